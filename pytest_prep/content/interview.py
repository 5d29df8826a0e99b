"""Read and validate one script of a mock interview, ``interviews/<id>.toml``."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from pytest_prep.content.duration import seconds_of
from pytest_prep.content.errors import ContentError
from pytest_prep.content.kata import LEVELS
from pytest_prep.content.toml_table import Table, read_toml

INTERVIEW_KINDS = (
    "coding",
    "assessment",
    "behavioural",
    "design",
    "deep-dive",
    "case",
    "leadership",
    "staged",
    "loop",
)
STAGE_KINDS = ("code", "choice", "talk", "design", "break", "interview")
CLOCKS = ("real", "active")
REVEALS = ("names", "counts", "nothing")
ORDERS = ("free", "fixed")
#: Where stages draw from, where the script does not say.
KATAS, CARDS, SCENARIOS = "katas", "mcq", "scenarios"


@dataclass(frozen=True)
class Pick:
    """What a stage draws: ``count`` of those that fit."""

    #: ``katas``, ``scenarios``, a bank's id, or the folder or deck of the cards.
    source: str
    count: int = 1
    #: Topics of katas, tags of questions, cards and scenarios: one of them suffices.
    tags: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    #: The first folder below ``katas``: ``sql``, ``python``.
    tracks: tuple[str, ...] = ()
    #: How many of each level.
    mix: dict[str, int] = field(default_factory=dict)
    #: ``topic``: no two of one topic, as far as there are enough.
    distinct: str = ""


@dataclass(frozen=True)
class Stage:
    """One part of an interview."""

    id: str
    title: str
    kind: str
    #: Seconds; soft unless ``hard``.
    time: float
    hard: bool
    #: Share of the measured score, relative to the other stages.
    weight: float
    #: ``free``: one may go back to an earlier problem or question of the stage.
    order: str
    pick: Pick | None = None
    #: Ids of katas, questions, cards, or of the scenario, where nothing is drawn.
    items: tuple[str, ...] = ()
    #: The id of the script whose stages stand here.
    interview: str = ""
    #: Whether a code stage asks for tests of the learner's own.
    tests: bool = False
    say: tuple[str, ...] = ()
    ask: tuple[str, ...] = ()
    commits: tuple[str, ...] = ()


@dataclass(frozen=True)
class Script:
    """What ``--mock`` plays."""

    path: Path
    id: str
    title: str
    kind: str
    about: str
    #: Seconds.
    duration: int
    #: ``real`` counts sleep and time away, ``active`` does not.
    clock: str
    #: Points that each hint costs; its length is the most that are given.
    hints: tuple[int, ...]
    #: What a run tells of the cases other than the sample: ``names``, ``counts``, ``nothing``.
    reveal: str
    #: The pass mark of this script, 0 to 100.
    pass_mark: int
    stages: tuple[Stage, ...]


def read_script(path: Path) -> Script:
    """Read a script.

    Raises:
        ContentError: the file cannot be read, or something in it does not fit.
    """
    top = read_toml(path)
    head = Table(path, "interview", top.take("interview", dict, "a table [interview]"))
    name = head.id()
    if name != path.stem:
        raise head.error("id", f"{name!r} differs from the file's name {path.stem!r}; make it one")
    duration = _seconds(head, "duration", ...)
    hints = head.words("hints", "whole numbers", int, [5, 10, 15])
    if len(hints) > 3 or any(cost < 0 for cost in hints):
        raise head.error("hints", "name the costs of three hints at most, none below 0")
    pass_mark = head.take("pass_mark", int, "a whole number from 0 to 100", 70)
    if not 0 <= pass_mark <= 100:
        raise head.error("pass_mark", f"{pass_mark} is not between 0 and 100")
    stages = top.entries("stage", lambda table: _stage(table, duration), "stage")
    if not stages:
        raise top.error("[[stage]]", "there is none; an interview has at least one")
    script = Script(
        path=path,
        id=name,
        title=head.take("title", str, "a text"),
        kind=head.choice("kind", INTERVIEW_KINDS, "a kind of interview"),
        about=head.take("about", str, "a text", ""),
        duration=duration,
        clock=head.choice("clock", CLOCKS, "a clock", "real"),
        hints=hints,
        reveal=head.choice("reveal", REVEALS, "a way to tell", "counts"),
        pass_mark=pass_mark,
        stages=stages,
    )
    head.finish()
    top.finish()
    planned = sum(stage.time for stage in stages)
    if planned > duration:
        raise head.error(
            "duration",
            f"{duration // 60} minutes, but its stages take {planned // 60}; give it as many",
        )
    return script


def _stage(table: Table, duration: int) -> Stage:
    name = table.id()
    kind = table.choice("kind", STAGE_KINDS, "a kind of stage")
    weight = float(table.take("weight", (int, float), "a number", 1))
    if weight < 0:
        raise table.error("weight", f"{weight:g} is below 0")
    items, pick = _items(table, kind)
    return Stage(
        id=name,
        title=table.take("title", str, "a text", name.replace("-", " ").capitalize()),
        kind=kind,
        time=_seconds(table, "time", duration),
        hard=table.take("hard", bool, "true or false", False),
        weight=weight,
        order=table.choice("order", ORDERS, "an order", "free"),
        pick=pick,
        items=items,
        interview=table.id("interview") if kind == "interview" else "",
        tests=table.take("tests", bool, "true or false", False) if kind == "code" else False,
        say=table.words("say", "texts"),
        ask=table.words("ask", "texts"),
        commits=table.words("commits", "texts"),
    )


#: The key that names what a stage holds, and where it draws from by default.
_HOLDS = {
    "code": ("katas", KATAS),
    "choice": ("cards", CARDS),
    "talk": ("questions", ""),
    "design": ("scenarios", SCENARIOS),
}


def _items(table: Table, kind: str) -> tuple[tuple[str, ...], Pick | None]:
    if kind not in _HOLDS:
        return (), None
    key, source = _HOLDS[kind]
    items = table.words(key, "ids")
    raw = table.take("pick", dict, "a table of what is drawn", None)
    if (raw is None) == (not items):
        raise table.error(f"{key} or pick", "exactly one of the two is needed")
    if raw is None:
        return items, None
    inner = Table(table.path, f"{table.name}] [pick", raw)
    pick = _pick(inner, source)
    inner.finish()
    return (), pick


def _pick(table: Table, source: str) -> Pick:
    count = table.take("count", int, "a whole number", 1)
    if not 1 <= count <= 100:
        raise table.error("count", f"{count} is not between 1 and 100")
    for level in levels if isinstance(levels := table.data.get("levels"), list) else ():
        if level not in LEVELS:
            raise table.error("levels", f"{level!r} is not a level ({', '.join(LEVELS)})")
    inner = Table(table.path, f"{table.name}.mix", table.take("mix", dict, "a table", {}))
    mix = {level: inner.take(level, int, "a whole number", 0) for level in LEVELS}
    inner.finish()
    mix = {level: number for level, number in mix.items() if number}
    if mix and sum(mix.values()) != count:
        raise table.error("mix", f"adds up to {sum(mix.values())}, but count is {count}")
    return Pick(
        source=table.take("from", str, "where it is drawn from", source or ...),
        count=count,
        tags=table.words("tags", "texts"),
        levels=table.words("levels", "levels"),
        tracks=table.words("tracks", "texts"),
        mix=mix,
        distinct=table.choice("distinct", ("", "topic"), "a rule", ""),
    )


def _seconds(table: Table, key: str, default: object) -> int:
    text = table.take(key, str, 'a duration such as "20m"', default)
    if isinstance(text, int):
        return text
    try:
        return seconds_of(text)
    except ValueError as error:
        raise ContentError(table.path, f"[{table.name}] {key}", str(error)) from None
