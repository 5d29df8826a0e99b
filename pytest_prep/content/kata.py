"""Read and validate one ``kata.toml`` into a frozen :class:`Kata`."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pytest_prep.content.errors import did_you_mean
from pytest_prep.content.toml_table import Table, read_toml

KATA_FILE = "kata.toml"
#: Modules of a Python kata whose tests measure; collected where pytest-benchmark is at work.
BENCHMARKS = "bench_"
LEVELS = ("easy", "medium", "hard")
ENGINES = ("duckdb", "sqlite", "postgres")
#: Constructs that ``require`` and ``forbid`` may name: see judging/requirements.py.
CONSTRUCTS = (
    "window",
    "cte",
    "recursive-cte",
    "join",
    "outer-join",
    "self-join",
    "subquery",
    "distinct",
    "count-distinct",
    "group-by",
    "having",
    "qualify",
    "order-by",
    "limit",
    "union",
    "set-operation",
    "case",
)

#: A factor on the reference's CPU time that no fair answer exceeds by accident.
DEFAULT_TIME_FACTOR = 10.0

_T = TypeVar("_T")
_MEMORY = re.compile(r"(\d+)\s*(MB|GB)")


@dataclass(frozen=True)
class SqlFacts:
    """The ``[sql]`` table: how a query's result is judged."""

    #: The home engine.
    engine: str = "duckdb"
    #: Further engines on which the kata runs too.
    engines: tuple[str, ...] = ()
    #: Names of the result columns whose order is judged; empty: order is ignored.
    order: tuple[str, ...] = ()
    columns: str = "by-position"
    #: ``query``, ``table:NAME`` or ``constraints``.
    result: str = "query"
    #: Whether generated data is searched for a difference between answer and reference.
    generated: bool = True
    require: tuple[str, ...] = ()
    forbid: tuple[str, ...] = ()

    @property
    def table(self) -> str:
        """The table whose rows count after the answer ran, "" where its own result does."""
        return self.result.removeprefix("table:") if self.result.startswith("table:") else ""

    @property
    def runs_on(self) -> tuple[str, ...]:
        """All engines on which the kata runs, the home engine first."""
        return self.engine, *self.engines


@dataclass(frozen=True)
class PythonFacts:
    """The ``[python]`` table: what the answer has to define."""

    names: tuple[str, ...]


@dataclass(frozen=True)
class Budget:
    """The limits of one case."""

    #: × the reference's CPU time on the same data.
    time: float = DEFAULT_TIME_FACTOR
    #: Bytes, or None for the engine's default.
    memory: int | None = None
    #: The largest power of n by which a review lets an answer's time grow, None where it may
    #: only not grow faster than the reference's.
    growth: float | None = None


@dataclass(frozen=True)
class Kata:
    """One problem, with both of its folders.

    ``folder`` is the learner's side (``katas/…``), ``author_folder`` the author's
    (``solutions/…``); exactly one of ``sql`` and ``python`` is set.
    """

    folder: Path
    author_folder: Path
    id: str
    title: str
    level: str
    topics: tuple[str, ...]
    minutes: int
    hints: tuple[str, str, str]
    requirements: tuple[int, ...]
    cards: tuple[str, ...]
    reading: tuple[str, ...]
    sql: SqlFacts | None
    python: PythonFacts | None
    dataset: str | None
    budget: Budget

    @property
    def suffix(self) -> str:
        """The ending of answers: ``.sql`` or ``.py``."""
        return ".sql" if self.sql else ".py"

    @property
    def answer(self) -> Path:
        """The learner's file."""
        return self.folder / f"answer{self.suffix}"

    @property
    def reference(self) -> Path:
        """The author's answer, from which every expected result comes."""
        return self.author_folder / f"answer{self.suffix}"

    @property
    def starter(self) -> Path:
        """What the learner's file holds before it is touched."""
        return self.author_folder / f"starter{self.suffix}"


def read_kata(folder: Path, author_folder: Path) -> Kata:
    """Read ``folder/kata.toml``.

    Raises:
        ContentError: the file is missing, is not TOML, or says something that does not fit.
    """
    path = folder / KATA_FILE
    return _kata(folder, author_folder, read_toml(path))


def _kata(folder: Path, author_folder: Path, top: Table) -> Kata:
    kata_id = top.id()
    title = top.take("title", str, "a text")
    level = top.choice("level", LEVELS, "a level")
    topics = top.words("topics", "texts", default=...)
    if not topics:
        raise top.error("topics", "is empty; name at least one topic")
    for topic in topics:
        top.checked_id("topics", topic)
    minutes = top.take("minutes", int, "a whole number of minutes")
    if not 1 <= minutes <= 240:
        raise top.error("minutes", f"{minutes} is not between 1 and 240")
    hints = top.words("hints", "texts", default=...)
    if len(hints) != 3 or not all(hint.strip() for hint in hints):
        raise top.error(
            "hints", f"{len(hints)} given; exactly three are needed: direction, technique, skeleton"
        )
    requirements = top.words("requirements", "whole numbers", int)
    cards = top.words("cards", "card ids")
    reading = top.words("reading", "texts")
    sql = _table(top, "sql", _sql)
    python = _table(top, "python", _python)
    if (sql is None) == (python is None):
        raise top.error("[sql] or [python]", "exactly one of the two tables is needed")
    dataset = _table(top, "data", lambda t: t.take("dataset", str, "the name of a data set"))
    budget = _table(top, "budget", _budget) or Budget()
    top.finish()
    return Kata(
        folder=folder,
        author_folder=author_folder,
        id=kata_id,
        title=title,
        level=level,
        topics=topics,
        minutes=minutes,
        hints=hints,
        requirements=requirements,
        cards=cards,
        reading=reading,
        sql=sql,
        python=python,
        dataset=dataset,
        budget=budget,
    )


def _table(top: Table, name: str, read: Callable[[Table], _T]) -> _T | None:
    raw = top.take(name, dict, f"a table [{name}]", None)
    if raw is None:
        return None
    table = Table(top.path, name, raw)
    result = read(table)
    table.finish()
    return result


def _sql(table: Table) -> SqlFacts:
    result = table.take("result", str, '"query", "table:NAME" or "constraints"', "query")
    if result not in ("query", "constraints") and not re.fullmatch(r"table:\w+", result):
        raise table.error("result", f'{result!r} is not "query", "table:NAME" or "constraints"')
    for key in ("require", "forbid"):
        for construct in table.words(key, "constructs"):
            if construct not in CONSTRUCTS:
                raise table.error(
                    key,
                    f"{construct!r} is not a construct ({', '.join(CONSTRUCTS)})"
                    f"{did_you_mean(construct, CONSTRUCTS)}",
                )
    engine = table.choice("engine", ENGINES, "an engine", "duckdb")
    engines = table.words("engines", "engines")
    for index, name in enumerate(engines):
        if name not in ENGINES:
            raise table.error(
                "engines",
                f"{name!r} is not an engine ({', '.join(ENGINES)}){did_you_mean(name, ENGINES)}",
            )
        if name == engine or name in engines[:index]:
            raise table.error("engines", f"{name!r} is named twice; list further engines only")
    return SqlFacts(
        engine=engine,
        engines=engines,
        order=table.words("order", "column names"),
        columns=table.choice("columns", ("by-position", "by-name"), "a rule", "by-position"),
        result=result,
        generated=table.take("generated", bool, "true or false", True),
        require=table.words("require", "constructs"),
        forbid=table.words("forbid", "constructs"),
    )


def _python(table: Table) -> PythonFacts:
    names = table.words("names", "names that the answer defines", default=...)
    if not names or not all(name.isidentifier() for name in names):
        raise table.error("names", "name the functions or classes that answer.py must define")
    return PythonFacts(names)


def _budget(table: Table) -> Budget:
    time = float(table.take("time", (int, float), "a number", DEFAULT_TIME_FACTOR))
    if time <= 1:
        raise table.error("time", f"{time:g} must be more than 1: it multiplies the reference")
    growth = table.take("growth", (int, float), "a power of n such as 1.5", None)
    if growth is not None and growth < 0:
        raise table.error("growth", f"{growth:g} is no power of n that time could grow by")
    memory = table.take("memory", str, 'a size such as "512MB"', None)
    if memory is None:
        return Budget(time, growth=growth)
    size = _MEMORY.fullmatch(memory)
    if not size:
        raise table.error("memory", f'{memory!r} is not a size such as "512MB" or "1GB"')
    return Budget(time, int(size[1]) * (10**6 if size[2] == "MB" else 10**9), growth)
