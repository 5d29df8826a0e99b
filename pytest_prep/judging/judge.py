"""(kata, answer, case) → verdict, for SQL katas."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pytest_prep.content.answer import is_starter, read_text, unreadable
from pytest_prep.content.case import GENERATED, Case, about
from pytest_prep.content.errors import ContentError, did_you_mean
from pytest_prep.content.kata import KATA_FILE, Kata
from pytest_prep.judging.budget import FLOOR, REFERENCE_WALL, judged_right, settle, wall_cap
from pytest_prep.judging.budget import budget as budget_of
from pytest_prep.judging.engine import (
    Data,
    Database,
    Engine,
    EngineUnavailable,
    OutOfMemory,
    OutOfTime,
    Ran,
    SqlError,
)
from pytest_prep.judging.execute import Executor, InProcess, Job, SearchSettings
from pytest_prep.judging.findings import check_order, difference_of, refused, unparsed
from pytest_prep.judging.sql_memory import run_within_memory
from pytest_prep.judging.table import Rules, Table
from pytest_prep.judging.task import KataBroken, Task, kata_at_fault
from pytest_prep.judging.translation import Translator
from pytest_prep.judging.verdict import Timing, Verdict

if TYPE_CHECKING:
    from pytest_prep.content.dataset import Dataset

STOPPED = "stopped before it was done"
TOO_LARGE = "more memory than the budget allows"
TODO = Verdict("todo", "still the starter")


class Judge:
    """Judges SQL answers; keeps the reference's results for the kata judged last."""

    def __init__(
        self,
        data_dir: Path,
        cache: Path,
        engine: Callable[[str], Engine],
        search: SearchSettings,
        executor: Callable[[str], Executor] | None = None,
        *,
        translator: Translator | None = None,
        enforce: bool = True,
    ) -> None:
        """Set up a judge.

        Args:
            data_dir: the folder of ``datasets.toml``.
            cache: where generated data sets are kept.
            engine: gives the engine for a name of ``kata.toml``; raises LookupError, with the
                mend, for one that it does not have.
            search: how the case ``generated`` is judged.
            executor: gives the place where scripts for an engine run; by default this process.
            translator: reads answers in other dialects; by default none are.
            enforce: whether an answer that is right but too slow is rejected.
        """
        self._data_dir = data_dir
        self._cache = cache
        self._engine = engine
        self._search = search
        here = InProcess(engine)
        self._executor = executor or (lambda _: here)
        self._translator = translator
        self._enforce = enforce
        self._datasets: dict[str, Dataset] | None = None
        self._expected: dict[tuple[Path, str], Ran] = {}

    def judge(self, kata: Kata, path: Path, case: Case) -> Verdict:
        """Judge the answer in ``path`` on one case.

        Never raises for anything the learner or the kata's author did: that is a verdict.
        """
        try:
            answer = read_text(path)
        except ContentError as error:
            return Verdict("invalid", unreadable(path, error))
        try:
            if is_starter(answer, read_text(kata.starter), kata.suffix):
                return TODO
            task = self._task(kata, case)
            authors = path.parent == kata.reference.parent
            verdict = self._run(task, answer) if authors else self._translated(task, answer)
        except (ContentError, KataBroken, EngineUnavailable) as error:
            summary, _, detail = str(error).partition("\n")
            return Verdict("kata_error", summary, detail.strip("\n"))
        if verdict.accepted:
            return verdict
        return replace(verdict, about=task.about)

    def _translated(self, task: Task, answer: str) -> Verdict:
        """Judge a learner's answer, which may be in another dialect."""
        if self._translator is None:
            return self._run(task, answer)
        rendered = self._translator.render(task.kata, answer, task.data.schema)
        if isinstance(rendered, Verdict):
            return rendered
        verdict = self._run(task, rendered.sql)
        return rendered.mark(verdict, self._translator.place(task.kata))

    def opened(self, kata: Kata, case: Case, *, alone: bool) -> AbstractContextManager[Database]:
        """Open a case's database; ``alone`` as :meth:`Engine.database` wants it.

        Raises:
            ContentError: the kata is broken.
        """
        return self._engine_of(kata).database(
            self._task(kata, case).data, alone=alone, memory=kata.budget.memory
        )

    def run(self, kata: Kata, case: Case, query: str, wall: float) -> Ran:
        """Run a query as a learner's answer is run, for so many seconds; raises SqlError."""
        return self._execute(self._task(kata, case), query, alone=False, wall=wall)

    def reference_result(self, kata: Kata, case: Case) -> Table:
        """Return what the reference returns; raises ContentError or KataBroken."""
        return self._reference(self._task(kata, case)).table

    def _task(self, kata: Kata, case: Case) -> Task:
        assert kata.sql is not None
        script = read_text(case.script) if case.script else None
        constraints = kata.sql.result == "constraints"
        data = Data(
            schema="" if constraints else read_text(kata.folder / "schema.sql"),
            script="" if constraints else script,
            names_dataset="dataset." in (script or ""),
            dataset=self.dataset(kata),
            cache=self._cache,
        )
        return Task(
            kata,
            case,
            data,
            about=about(script) if script and not case.visible else "",
            reference=read_text(kata.reference),
            statements=script or "" if constraints else "",
        )

    def dataset(self, kata: Kata) -> Dataset | None:
        """Return the data set that ``kata`` names, None if it names none.

        Raises:
            ContentError: there is no such data set, or their list is broken.
        """
        if kata.dataset is None:
            return None
        if self._datasets is None:
            from pytest_prep.content.dataset import load_datasets

            self._datasets = load_datasets(self._data_dir)
        if kata.dataset not in self._datasets:
            raise ContentError(
                kata.folder / "kata.toml",
                "[data] dataset",
                f"there is no data set {kata.dataset!r}"
                f"{did_you_mean(kata.dataset, self._datasets)}",
            )
        return self._datasets[kata.dataset]

    def _run(self, task: Task, answer: str) -> Verdict:
        assert task.kata.sql is not None
        result = task.kata.sql.result
        rules = Rules(task.kata.sql.order, task.kata.sql.columns == "by-name")
        try:
            kinds = self._executor_of(task.kata).kinds(task.kata.sql.engine, answer)
        except SqlError as error:
            return unparsed(error)
        if result == "constraints":
            return self._constraints(task, answer)
        if result == "query" and (len(kinds) != 1 or kinds[0] not in ("SELECT", "MULTI")):
            found = ", ".join(kinds) or "none"
            return Verdict("invalid", f"one query is asked for; found {len(kinds)}: {found}")
        if task.kata.sql.require or task.kata.sql.forbid:
            from pytest_prep.judging.requirements import check_requirements

            violated = check_requirements(answer, task.kata.sql)
            if violated:
                return violated
        if task.case.name == GENERATED:
            from pytest_prep.judging.generated import judge_generated

            return judge_generated(
                task.kata,
                schema=task.data.schema,
                reference=task.reference,
                answer=answer,
                rules=rules,
                settings=self._search,
                look=self._executor_of(task.kata).search,
            )
        expected = self._reference(task)
        limit = budget_of(expected.cpu, task.kata.budget.time)
        alone = kinds != ["SELECT"]
        factor = task.kata.budget.time
        try:
            wall = wall_cap(limit)
            ran = run_within_memory(self._execute, task, answer, alone=alone, wall=wall)
            difference = difference_of(ran.table, expected.table, rules)
            if difference:
                timing = Timing(ran.cpu, expected.cpu, factor, limit)
                return Verdict(
                    "wrong_answer", difference.summary, difference=difference, timing=timing
                )
            if not self._enforce:
                return Verdict("accepted", timing=Timing(ran.cpu, expected.cpu, factor, limit))
            timing = settle(
                ran.cpu,
                expected.cpu,
                factor,
                lambda: self._execute(task, answer, alone=alone, wall=wall).cpu,
                # As the answer runs, so that both pay alike for where they run.
                lambda: self._execute(task, task.reference, alone=alone, wall=REFERENCE_WALL).cpu,
            )
        except OutOfTime:
            timing = Timing(wall_cap(limit), expected.cpu, factor, limit, finished=False)
            return Verdict("time_limit", STOPPED, timing=timing)
        except OutOfMemory as error:
            return Verdict("memory_limit", TOO_LARGE, str(error))
        except SqlError as error:
            return refused("runtime_error", error)
        verdict = judged_right(timing)
        if verdict.accepted or result != "query":
            return verdict
        from pytest_prep.judging.review.sql_plan import more_work

        return replace(verdict, detail=more_work(task.kata, task.case, answer, self))

    def _reference(self, task: Task) -> Ran:
        key = (task.kata.folder, task.case.name)
        if key not in self._expected:
            # Items come kata by kata: what another kata's reference returned is done with.
            if any(folder != task.kata.folder for folder, _ in self._expected):
                self._expected.clear()
            assert task.kata.sql is not None
            alone = task.kata.sql.result != "query"
            job = self._job(task, task.reference, alone=alone, wall=REFERENCE_WALL)
            with kata_at_fault(task):
                ran = self._executor_of(task.kata).run(job, trusted=True)
            check_order(task.kata, ran.table)
            self._expected[key] = ran
        return self._expected[key]

    def _constraints(self, task: Task, answer: str) -> Verdict:
        from pytest_prep.judging.constraints import verdict_of

        executor = self._executor_of(task.kata)
        job = self._job(task, task.reference, alone=True, wall=REFERENCE_WALL)
        with kata_at_fault(task):
            expected = executor.outcomes(job, trusted=True)
        try:
            job = self._job(task, answer, alone=True, wall=wall_cap(FLOOR))
            return verdict_of(executor.outcomes(job, trusted=False), expected)
        except OutOfTime:
            return Verdict("time_limit", "stopped before the tables were made")
        except OutOfMemory as error:
            return Verdict("memory_limit", TOO_LARGE, str(error).split("\n")[0])
        except SqlError as error:
            return refused("runtime_error", error)

    def _execute(
        self, task: Task, script: str, *, alone: bool, wall: float, memory: int | None = None
    ) -> Ran:
        """Run a script on the task's data, and for ``table:NAME`` read the table afterwards."""
        job = self._job(task, script, alone=alone, wall=wall, memory=memory)
        return self._executor_of(task.kata).run(job, trusted=False)

    def _job(
        self, task: Task, script: str, *, alone: bool, wall: float, memory: int | None = None
    ) -> Job:
        sql = task.kata.sql
        assert sql is not None
        memory = memory or task.kata.budget.memory
        return Job(sql.engine, task.data, script, alone, wall, memory, sql.table, task.statements)

    def _executor_of(self, kata: Kata) -> Executor:
        assert kata.sql is not None
        return self._executor(kata.sql.engine)

    def _engine_of(self, kata: Kata) -> Engine:
        assert kata.sql is not None
        try:
            return self._engine(kata.sql.engine)
        except LookupError as error:
            raise ContentError(kata.folder / KATA_FILE, "[sql] engine", str(error)) from error
