"""Read and validate one study plan, ``plans/<id>.toml``."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

from pytest_prep.content.errors import did_you_mean
from pytest_prep.content.kata import LEVELS
from pytest_prep.content.plan import ANCHORS, COUNTS, ORDERS, TASKS, Block, Plan, Target, Task
from pytest_prep.content.toml_table import Table, read_toml


@dataclass(frozen=True)
class Defaults:
    """What tasks are where they do not say."""

    order: str = ORDERS[0]
    new: int = 10
    review: int = 10


DEFAULTS = Defaults()


def read_plan(path: Path) -> Plan:
    """Read a plan.

    Raises:
        ContentError: the file cannot be used; the message names the place and the mend.
    """
    top = read_toml(path)
    schema = top.take("schema", int, "1")
    if schema != 1:
        raise top.error("schema", f"{schema} is not a known one; write 1, or update pytest-prep")
    name = top.id()
    anchor = top.choice("anchor", ANCHORS, "an anchor")
    days = top.take("days", int, "a whole number of days, or left out", None)
    if days is not None and not 1 <= days <= 366:
        raise top.error("days", f"{days} is not between 1 and 366")
    interview_day = _within(top, "interview_day", days or 1, (days or 1) + 1, days or 1)
    title = top.take("title", str, "a text")
    source = top.take("source", str, "a text", "")
    defaults = _defaults(top)
    shares = _shares(top)
    blocks = top.entries("block", lambda table: _block(table, days, anchor, defaults), "block")
    if not blocks:
        raise top.error("block", "is missing; add at least one [[block]]")
    targets = top.entries("target", lambda table: _target(table, days), "target")
    ready = top.words("ready", "questions")
    top.finish()
    return Plan(
        path=path,
        id=name,
        title=title,
        source=source,
        days=days,
        anchor=anchor,
        interview_day=interview_day,
        review=defaults.review,
        shares=shares,
        blocks=_named(blocks),
        targets=targets,
        ready=tuple((f"check:ready-{n}", question) for n, question in enumerate(ready, 1)),
    )


def _defaults(top: Table) -> Defaults:
    table = Table(top.path, "defaults", top.take("defaults", dict, "a table [defaults]", {}))
    defaults = Defaults(
        order=table.choice("order", ORDERS, "an order", ORDERS[0]),
        new=_positive(table, "new", 10),
        review=table.take("review", int, "minutes a day, or 0 to forbid it", 10),
    )
    if not 0 <= defaults.review <= 120:
        raise table.error("review", f"{defaults.review} is not between 0 and 120 minutes")
    table.finish()
    return defaults


def _shares(top: Table) -> dict[int, float]:
    values = top.words("shares", "numbers", (int, float), [70, 20, 10])  # type: ignore[arg-type]
    if len(values) != 3 or min(values) <= 0:
        raise top.error("shares", "give three numbers above 0: critical, important, bonus")
    return {tier: value / sum(values) for tier, value in enumerate(values, 1)}


def _block(table: Table, days: int | None, anchor: str, defaults: Defaults) -> Block:
    day = table.take("day", int, "the number of the day, from 1", None)
    if days is None and day is not None:
        raise table.error("day", "the plan has no days; add days = … at the top, or leave it out")
    if days is not None and anchor != "clock" and (day is None or not 1 <= day <= days):
        raise table.error("day", f"{day} is not between 1 and {days}")
    tasks = table.words("tasks", 'tables such as { do = "kata", ref = "…" }', dict, ...)
    at = _pair(table, "at") if anchor == "clock" else None
    return Block(
        name=table.take("name", str, "a text"),
        day=day,
        minutes=(0, at[1] - at[0]) if at else _pair(table, "minutes"),
        priority=_within(table, "priority", 0, 2, 1),
        tier=_within(table, "tier", 1, 3, 1),
        theme=table.take("theme", str, "a text", ""),
        at=at,
        tasks=tuple(read_task(table, number, raw, defaults) for number, raw in enumerate(tasks, 1)),
        questions=tuple(("", question) for question in table.words("questions", "questions")),
    )


def read_task(block: Table, number: int, raw: dict[str, object], defaults: Defaults) -> Task:
    """Read one task; ``number`` is its place in the block.

    Raises:
        ContentError: it is no task, or lacks what it needs.
    """
    table = Table(block.path, f"{block.name} task {number}", raw)
    do = table.choice("do", tuple(TASKS), "a task")
    needed, allowed = TASKS[do]
    for key in raw:
        if key not in ("do", "minutes", "title", "optional", *needed, *allowed):
            known = (*needed, *allowed, "minutes", "title", "optional")
            raise table.error(
                key,
                f"a task {do!r} has no such argument{did_you_mean(key, known)} "
                f"Known here: {', '.join(known)}",
            )
    for key in needed:
        if key not in raw:
            raise table.error(key, f"is missing; a task {do!r} needs {', '.join(needed)}")
    minutes = table.take("minutes", int, "a whole number of minutes", None)
    if minutes is not None and not 1 <= minutes <= 600:
        raise table.error("minutes", f"{minutes} is not between 1 and 600")
    return Task(
        do=do,
        ref=table.take("ref", str, "a text", ""),
        area=table.take("from", str, 'a track or a folder, such as "sql"', ""),
        level=table.choice("level", ("", *LEVELS), "a level", ""),
        topics=table.words("topics", "texts"),
        count=_positive(table, "count", 0),
        order=table.choice("order", ORDERS, "an order", defaults.order),
        deck=table.take("deck", str, "the id of a deck", ""),
        new=_positive(table, "new", defaults.new) if do == "cards" else 0,
        bank=table.take("bank", str, "the id of a bank", ""),
        rounds=table.words("rounds", "numbers of rounds", int),
        template=table.take("template", str, "the name of a template", ""),
        title=table.take("title", str, "a text", ""),
        minutes=minutes,
        optional=table.take("optional", bool, "true or false", False),
    )


def _target(table: Table, days: int | None) -> Target:
    day = _within(table, "day", 1, days or 366, ...)
    counts = {name: _positive(table, name, 0) for name in COUNTS if name in table.data}
    table.known += COUNTS
    if not counts:
        raise table.error("target", f"counts nothing; name one of {', '.join(COUNTS)}")
    return Target(day, counts)


def _pair(table: Table, key: str) -> tuple[int, int]:
    values = table.words(key, "whole numbers", int, ...)
    if len(values) != 2 or not 0 <= values[0] <= values[1]:
        raise table.error(key, f"{list(values)} is not two numbers such as [60, 90]")
    return values[0], values[1]


def _positive(table: Table, key: str, default: int) -> int:
    number: int = table.take(key, int, "a whole number above 0", default)
    if number < 1 and number != default:
        raise table.error(key, f"{number} is not above 0")
    return number


def _within(table: Table, key: str, least: int, most: int, default: object) -> int:
    number: int = table.take(key, int, f"a number from {least} to {most}", default)
    if not least <= number <= most:
        raise table.error(key, f"{number} is not between {least} and {most}")
    return number


def _named(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Give tasks and questions keys: what is to be done, and a number where it comes again."""
    seen: Counter[str] = Counter()

    def key(text: str) -> str:
        seen[text] += 1
        return text if seen[text] == 1 else f"{text}-{seen[text]}"

    named = []
    for block in blocks:
        tasks = tuple(replace(task, key=key(_key(task))) for task in block.tasks)
        questions = tuple((key(f"check:{_slug(block.name)}"), q) for _, q in block.questions)
        named.append(replace(block, tasks=tasks, questions=questions))
    return tuple(named)


def _key(task: Task) -> str:
    parts = (task.ref, task.area, task.level, task.deck, task.bank, task.template)
    slug = _slug("-".join((*filter(None, parts), *task.topics)))
    return f"{task.do}:{slug}" if slug else task.do


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
