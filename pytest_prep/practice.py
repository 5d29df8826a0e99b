"""The hooks of a project with katas: the plugin's table of contents."""

from __future__ import annotations

import gc
from collections.abc import Callable, Generator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pytest_prep.companions import companions
from pytest_prep.content.kata import KATA_FILE, Kata
from pytest_prep.judging.budget import REFERENCE_WALL
from pytest_prep.judging.engine import Engine, EngineUnavailable
from pytest_prep.judging.execute import Executor, InProcess, SearchSettings
from pytest_prep.judging.judge import Judge
from pytest_prep.judging.translation import Translator
from pytest_prep.nodes import ANSWER, PRACTICE, CaseItem, KataDir, collect_directory
from pytest_prep.recorder import Recorder, annotate
from pytest_prep.selection import Keywords
from pytest_prep.settings import Settings, read_settings

if TYPE_CHECKING:
    from pytest_prep.fixtures import RealData
    from pytest_prep.judging.sandbox.sql import SqlSandbox


class Practice:
    """The plugin where there are katas: what a session shares, and the hooks."""

    def __init__(self, config: pytest.Config) -> None:
        """Read the settings; nothing heavy happens before it is needed."""
        self.config = config
        self.settings: Settings = read_settings(config)
        for path in filter(None, (self.settings.mock.path, self.settings.plan.path)):
            _put_back(config, path)
        self.keywords = Keywords(self.settings.keyword)
        kept = self.settings.root / ".prep"
        search = SearchSettings(self.settings.search_seconds, kept / "counterexamples")
        self.translator = Translator(
            self.settings.dialect, self.settings.engine, kept / "translated"
        )
        self.judge = Judge(
            self.settings.data,
            self.settings.generated,
            self._engine,
            search,
            self._executor,
            translator=self.translator,
            enforce=not self.settings.in_process,
        )
        self._here = InProcess(self._engine)
        self._sandbox: SqlSandbox | None = None
        #: A file that is judged in place of the katas' answers.
        self.judged: Path | None = None
        #: Ids of the katas seen by collection, selected or not.
        self.collected: set[str] = set()
        #: How many katas could not be collected.
        self.broken = 0
        self._engines: dict[str, Engine] = {}
        self._unavailable: dict[str, EngineUnavailable] = {}
        self._real: dict[str, RealData] = {}
        config.stash[PRACTICE] = self
        config.addinivalue_line(
            "markers",
            "kata(id, level, topic): set by the plugin on every case of a kata; "
            'select with -m \'kata(level="hard", topic="window")\'',
        )
        if self.settings.due:
            from pytest_prep.due import DueKatas

            config.pluginmanager.register(DueKatas(self), "prep-due")
        if not self.settings.worker:
            self.recorder = Recorder(config, self.settings)
            config.pluginmanager.register(self.recorder, "prep-recorder")
            if self.settings.mode:
                from pytest_prep.modes.session import ModeRunner

                config.pluginmanager.register(ModeRunner(self), "prep-mode")
            for name, plugin in companions(self.settings):
                config.pluginmanager.register(plugin, name)

    # -- what nodes and fixtures ask for

    def register_once(self, name: str, plugin: Callable[[], object]) -> None:
        """Bring in a part of the plugin when the first node that needs it is collected."""
        if not self.config.pluginmanager.has_plugin(name):
            self.config.pluginmanager.register(plugin(), name)

    def answer_of(self, kata: Kata) -> Path:
        """Return the file that is judged in the kata's own folder."""
        if self.judged is not None:
            return self.judged
        return kata.reference if self.settings.answers == "solutions" else kata.answer

    def real_data(self, kata: Kata) -> RealData:
        """Return the kata's data set, shared by the session."""
        from pytest_prep.content.errors import ContentError
        from pytest_prep.fixtures import RealData

        dataset = self.judge.dataset(kata)
        if dataset is None:
            raise ContentError(
                kata.folder / KATA_FILE, "[data] dataset", "is missing; the tests ask for data"
            )
        if dataset.name not in self._real:
            self._real[dataset.name] = RealData(dataset, self.settings.generated)
        return self._real[dataset.name]

    def set_backstop(self, item: pytest.Item) -> None:
        """Let pytest-timeout stop what our own limits cannot: a loop in a library's C code."""
        if self.config.pluginmanager.hasplugin("timeout"):
            item.add_marker(pytest.mark.timeout(2 * REFERENCE_WALL, func_only=True))

    def skip_elsewhere(self, kata: Kata) -> None:
        """Skip an item of an SQL kata that cannot run on the engine it would have to run on."""
        assert kata.sql is not None
        name = self.settings.engine or kata.sql.engine
        if name not in kata.sql.runs_on:
            pytest.skip(f"runs on {', '.join(kata.sql.runs_on)}, not on {name}")
        if name == "postgres":
            try:
                self._engine(name)
            except EngineUnavailable as error:
                pytest.skip(str(error))

    def _engine(self, name: str) -> Engine:
        """Return the engine for a kata of the home engine ``name``.

        Raises:
            EngineUnavailable: it cannot be used here; it is not tried a second time.
        """
        name = self.settings.engine or name
        if name in self._unavailable:
            raise self._unavailable[name]
        if name not in self._engines:
            try:
                self._engines[name] = make_engine(name, self.settings)
            except EngineUnavailable as error:
                self._unavailable[name] = error
                raise
        return self._engines[name]

    def _executor(self, name: str) -> Executor:
        """Return where scripts of a kata of the home engine ``name`` run."""
        settings = self.settings
        # A PostgreSQL server is a process of its own already.
        if settings.in_process or (settings.engine or name) == "postgres":
            return self._here
        if self._sandbox is None:
            from pytest_prep.judging.sandbox.sql import SqlSandbox

            spawns = settings.isolation == "spawn"
            self._sandbox = SqlSandbox(settings.engine, settings.data_folders, spawns=spawns)
        return self._sandbox

    # -- hooks

    def pytest_sessionstart(self) -> None:
        """Say at once that the one engine asked for cannot be used."""
        if self.settings.engine == "postgres" and not self.settings.worker:
            try:
                self._engine("postgres")
            except EngineUnavailable as error:
                raise pytest.UsageError(f"engine postgres: {error}") from error

    def pytest_unconfigure(self) -> None:
        """Close what the engines hold open."""
        if self._sandbox is not None:
            self._sandbox.close()
        for engine in self._engines.values():
            engine.close()
        self._engines.clear()

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Count the katas that cannot be collected."""
        folders = (self.settings.katas, self.settings.solutions)
        path = self.settings.root / report.nodeid
        if report.failed and any(path.is_relative_to(folder) for folder in folders):
            self.broken += 1

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> None:
        """Judge the others although a kata is broken; pytest itself would stop here.

        The session still fails. An error outside the katas stops it as always.
        """
        if self.settings.collect_only:
            return
        if self.broken and session.testsfailed == self.broken:
            self.config.option.continue_on_collection_errors = True

    @pytest.hookimpl(tryfirst=True)
    def pytest_collect_directory(
        self, path: Path, parent: pytest.Collector
    ) -> pytest.Collector | None:
        """Make katas and submissions out of their folders."""
        return collect_directory(path, parent)

    def pytest_collect_file(
        self, file_path: Path, parent: pytest.Collector
    ) -> pytest.Collector | None:
        """Make decks out of the Markdown files below the folder of cards."""
        if file_path.suffix != ".md" or self.settings.cards not in file_path.parents:
            return None
        from pytest_prep.card_nodes import collect_deck

        return collect_deck(file_path, parent)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_collection(self) -> Generator[None, Any, Any]:
        """Keep the garbage collector out of a phase that only builds, and leaves no garbage."""
        collecting = gc.isenabled()
        gc.disable()
        try:
            return (yield)
        finally:
            if collecting:
                gc.enable()

    def pytest_report_collectionfinish(self, items: list[pytest.Item]) -> str | None:
        """Say how many katas the selection holds."""
        if self.settings.worker or self.settings.mode or not items:
            return None
        return self.recorder.selected(items, self.collected)

    @pytest.hookimpl(trylast=True)
    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Spare the garbage collector the tree, where nothing else is run than katas.

        pytest runs two full collections at exit, which cost a sixth of a run of one kata.
        """
        if session.items and all(isinstance(item, CaseItem) for item in session.items):
            gc.freeze()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[Any]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Put the verdict on the report, as plain data."""
        report = yield
        annotate(item, call, report)
        return report


def _put_back(config: pytest.Config, path: str) -> None:
    """Select a path that an option swallowed."""
    named = config.args_source is pytest.Config.ArgsSource.ARGS
    config.args = [path, *config.args] if named else [path]
    config.args_source = pytest.Config.ArgsSource.ARGS


def make_engine(name: str, settings: Settings) -> Engine:
    """Return a new engine.

    Raises:
        EngineUnavailable: it cannot be used here.
    """
    if name == "postgres":
        from pytest_prep.judging.engines.postgres import Postgres

        if not settings.postgres:
            raise EngineUnavailable(
                "no PostgreSQL server is named: set PREP_POSTGRES in the environment, or "
                "prep_postgres in the configuration, to its URL"
            )
        postgres = Postgres(settings.postgres)
        postgres.check()
        return postgres
    from pytest_prep.judging.engines import embedded_engine

    return embedded_engine(name, settings.data_folders)


def folder_of(node: pytest.Item | pytest.Collector) -> KataDir:
    """Return the kata's folder that ``node`` belongs to.

    Raises:
        LookupError: it belongs to none.
    """
    folder = node.getparent(KataDir)
    if folder is None:
        raise LookupError(f"{node.nodeid} is not in a kata's folder: there is no answer to judge")
    return folder


def kata_of(node: pytest.Item | pytest.Collector) -> Kata:
    """Return the kata that ``node`` belongs to; LookupError where it belongs to none."""
    return folder_of(node).kata


def answer_path(node: pytest.Item) -> Path:
    """Return the answer that a test of a Python kata judges."""
    for parent in node.iter_parents():
        if ANSWER in parent.stash:
            return parent.stash[ANSWER]
    return node.config.stash[PRACTICE].answer_of(kata_of(node))
