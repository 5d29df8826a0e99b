"""A task of a plan in a few words."""

from __future__ import annotations

from pytest_prep.content.plan import Task

_VERBS = {
    "scenario": "Design", "case": "Case", "say": "Say aloud", "write": "Write", "sheet": "Sheet",
    "read": "Read", "checklist": "Checklist", "kit": "Kit",
}  # fmt: skip


def title_of(task: Task) -> str:
    """Return what a learner is to do."""
    if task.do in _VERBS:
        name = task.title or (task.ref or task.template).replace("-", " ")
        verb = _VERBS[task.do]
        return name if name.lower().startswith(verb.lower()) else f"{verb}: {name}"
    if task.title:
        return task.title
    if task.do == "setup":
        return "Set up: judge a first kata"
    if task.do == "pick":
        topics = f" ({', '.join(task.topics)})" if task.topics else ""
        return f"{task.count} {' '.join(filter(None, (task.level, task.area)))} katas{topics}"
    if task.do == "kata":
        return f"Kata {task.ref}"
    if task.do == "list":
        return f"List {task.ref}"
    if task.do == "stage":
        rounds = ", ".join(map(str, task.rounds))
        return f"Project {task.ref.removeprefix('stage-')}, round {rounds}"
    if task.do == "cards":
        return f"{task.new} new cards: {task.deck}"
    if task.do == "review":
        return "Review the cards that are due"
    if task.do == "mcq":
        return f"{task.count} questions: {task.bank}"
    about = ", ".join(filter(None, (task.area, task.level)))
    return f"Mock interview: {task.ref.replace('-', ' ')}{f' ({about})' if about else ''}"
