"""What both front ends share: judging, the record, and the report at the end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pytest_prep.content.whole import write_whole
from pytest_prep.judging.verdict import gravest
from pytest_prep.modes.mock.core import Interview
from pytest_prep.modes.mock.journal import NotWritten
from pytest_prep.modes.mock.judge import Judging
from pytest_prep.modes.mock.paper import Item
from pytest_prep.modes.mock.past import Past
from pytest_prep.modes.mock.result import result_of
from pytest_prep.modes.mock.state import Work
from pytest_prep.progress.events import ATTEMPT, MOCK, MOCK_STAGE
from pytest_prep.settings import Settings

Where = tuple[int, int]
#: Appends an event by a key that makes it the same one when it is written again.
Record = Callable[..., None]


@dataclass
class Room:
    """One interview, with what it needs of the outside."""

    settings: Settings
    interview: Interview
    #: Where the journal and the report are.
    folder: Path
    record: Record
    past: Past = field(default_factory=Past)

    @property
    def shown_folder(self) -> str:
        """The folder as it is told: relative to the root."""
        return self.folder.relative_to(self.settings.root).as_posix()

    def judging(self, item: Item, text: str, *, final: bool = False, tests: str = "") -> Judging:
        """Start judging an answer, see :class:`.Judging`.

        Raises:
            NotWritten: there is no room for it.
        """
        try:
            return Judging(self.settings, item, text, final=final, tests=tests)
        except OSError as error:
            raise NotWritten(f"it cannot be judged now: {error.strerror}; try again") from error

    def reference(self, item: Item) -> str:
        """Return the reference of a kata, ``""`` where it cannot be read."""
        settings = self.settings
        folder: Path = settings.root / item.data["path"]
        author_folder = settings.solutions / folder.relative_to(settings.katas)
        path = author_folder / f"answer{item.data['suffix']}"
        try:
            return path.read_text(encoding="utf-8", errors="replace")
        except OSError:
            return ""

    def put_back(self, item: Item, work: Work) -> str:
        """Put the answer back that stood in a kata before, and keep the one that stands there now.

        Returns:
            a line that tells where that is, or why nothing was put back.
        """
        root = self.settings.root
        answer = root / item.data["answer"]
        kept = self.folder / "answers" / f"{item.id}{item.data['suffix']}"
        try:
            kept.parent.mkdir(exist_ok=True)
            kept.write_bytes(answer.read_bytes() if answer.exists() else b"")
            write_whole(answer, (root / work.kept).read_bytes())
        except OSError as error:
            return f"not put back: {item.data['answer']}: {error.strerror}"
        return (
            f"{item.data['answer']} is back; the other one is {kept.relative_to(root).as_posix()}"
        )

    def result(self) -> dict[str, Any]:
        """Return the result so far."""
        return result_of(self.interview.state)

    def finish(self) -> tuple[dict[str, Any], list[str]]:
        """End the marking; write the report and the record.

        Returns:
            the result, and lines about what was written.
        """
        result = self.result()
        from pytest_prep.report.interview import write_reports

        told = write_reports(result, self.folder)
        self._record(result)
        # Last: what a crash cuts short here is done again by going on.
        self.interview.finish()
        return result, [line.replace(f"{self.settings.root}/", "") for line in told]

    def _record(self, result: dict[str, Any]) -> None:
        state = self.interview.state
        for number, stage in enumerate(result["stages"]):
            self.record(
                f"{result['interview']}/{number}",
                MOCK_STAGE,
                interview=result["interview"],
                script=result["script"],
                stage=stage["id"],
                kind=stage["kind"],
                score=stage["score"],
                measured=stage["measured"],
                seconds=stage["spent"],
                items=[item["id"] for item in stage["items"]],
            )
            if stage["kind"] != "code":
                continue
            for item, work in zip(stage["items"], state.works[number], strict=True):
                if work.verdicts and work.final is not None:
                    self._record_attempt(item, work.final, result["interview"])
        self.record(
            result["interview"],
            MOCK,
            interview=result["interview"],
            script=result["script"],
            kind=result["kind"],
            score=result["score"],
            self_score=result["self_score"],
            passed=result["passed"],
            predicted=result["predicted"],
            seconds=result["seconds"],
            actions=result["actions"],
        )

    def _record_attempt(self, item: dict[str, Any], text: str, interview: str) -> None:
        cases = {case: verdict["status"] for case, verdict in item["verdicts"].items()}
        timings = [v["timing"] for v in item["verdicts"].values() if v.get("timing")]
        ratios = [timing[0] / timing[3] for timing in timings if timing[3]]
        import hashlib

        self.record(
            f"{interview}/{item['id']}",
            ATTEMPT,
            kata=item["id"],
            path=item["path"],
            track=item["path"].split("/")[1] if "/" in item["path"] else "",
            level=item["level"],
            topics=item["topics"],
            minutes=item["minutes"],
            status=gravest(list(cases.values())),
            cases=cases,
            complete=True,
            answer=text,
            answer_hash=hashlib.sha256(text.encode()).hexdigest(),
            elapsed=item["spent"],
            spent=0.0,  # the interview itself counts the time
            hints=len(item["hints"]),
            revealed=False,
            duration=0.0,
            ratio=max(ratios, default=None),
            interview=interview,
        )
