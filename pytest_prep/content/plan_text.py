"""Write a study plan as TOML, as :mod:`~pytest_prep.content.plan_file` reads it."""

from __future__ import annotations

import json
from collections.abc import Iterator

from pytest_prep.content.plan import TASKS, Plan, Task

_FIELDS = {"from": "area"}


def plan_text(plan: Plan) -> str:
    """Return a plan without days, targets and questions as TOML."""
    return "\n".join(_lines(plan)) + "\n"


def _lines(plan: Plan) -> Iterator[str]:
    yield "schema = 1"
    yield f"id = {_text(plan.id)}"
    yield f"title = {_text(plan.title)}"
    yield f"anchor = {_text(plan.anchor)}"
    yield f"shares = [{', '.join(f'{100 * share:g}' for share in plan.shares.values())}]"
    for block in plan.blocks:
        yield "\n[[block]]"
        yield f"name = {_text(block.name)}"
        yield f"minutes = [{block.minutes[0]}, {block.minutes[1]}]"
        yield f"priority = {block.priority}"
        yield f"tier = {block.tier}"
        yield "tasks = ["
        for task in block.tasks:
            yield f"  {{ {', '.join(_pairs(task))} }},"
        yield "]"


def _pairs(task: Task) -> Iterator[str]:
    yield f"do = {_text(task.do)}"
    needed, allowed = TASKS[task.do]
    for key in (*needed, *allowed, "minutes", "title"):
        value = getattr(task, _FIELDS.get(key, key))
        if value and key != "order":
            yield f"{key} = {_value(value)}"


def _value(value: object) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(map(_value, value))}]"
    return str(value) if isinstance(value, int) else _text(str(value))


def _text(text: str) -> str:
    """Return a TOML string: JSON's escapes are TOML's too, but for DEL, which TOML forbids raw."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
