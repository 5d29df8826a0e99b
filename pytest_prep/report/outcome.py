"""The end of the summary: what the session changed in the record, and the next step."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from _pytest.pathlib import bestrelpath

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pytest

    from pytest_prep.next_kata import NextKata
    from pytest_prep.progress.attempts import Outcome
    from pytest_prep.recorder import KataRecord

_LEVELS = {"easy": 0, "medium": 1, "hard": 2}
#: Katas named in one list; the rest is counted.
NAMED = 3


def show_outcome(
    reporter: pytest.TerminalReporter, outcome: Outcome | None, goal: int, notes: Iterable[str]
) -> None:
    """Write what changed, and today's minutes; before them what is to say of the store.

    Args:
        reporter: where to write.
        outcome: what the session changed; None where nothing was recorded.
        goal: minutes a day, where the learner's plan does not say.
        notes: lines about the store.
    """
    tw = reporter._tw
    for note in notes:
        tw.line(note, yellow=True)
    if outcome is None:
        return
    parts = (
        ("newly accepted", outcome.accepted),
        ("accepted again", outcome.accepted_again),
        ("lost", outcome.lost),
        ("only some cases judged", outcome.partial),
    )
    changes = [f"{words}: {_names(paths)}" for words, paths in parts if paths]
    if changes:
        tw.line(" · ".join(changes))
    goal = outcome.goal or goal
    minutes = int(outcome.minutes)
    if minutes < goal:
        tw.line(f"today: {minutes} of {goal} minutes")
    else:
        tw.line(f"today: {minutes} minutes, the goal of {goal} is met")


def show_next_step(
    reporter: pytest.TerminalReporter,
    records: list[KataRecord],
    partial: Sequence[str],
    further: NextKata | None,
) -> None:
    """Name the kata to turn to: a rejected one, one to do, a partly judged one, or one further on.

    Of those to do it is the easiest. Paths are such as work in the folder that pytest was started
    in.
    """
    tw = reporter._tw
    root, here = reporter.config.rootpath, reporter.config.invocation_params.dir
    rejected = [r for r in records if r.status not in ("todo", "accepted", "kata_error")]
    todo = sorted(
        (r for r in records if r.status == "todo"), key=lambda r: (_LEVELS[r.level], r.minutes)
    )
    if len(records) == 1 and records[0].status == "accepted" and not partial:
        tw.line(f"compare: pytest {bestrelpath(here, root / records[0].path)} --reveal, --review")
    again = [record.path for record in rejected] or ([] if todo else partial)
    if again:
        tw.line(f"next: pytest {bestrelpath(here, root / again[0])}", bold=True)
    elif todo:
        first = todo[0]
        path = bestrelpath(here, root / first.path)
        suffix = ".py" if any(name.startswith("test_") for name in first.cases) else ".sql"
        tw.line(f"next: {first.title} ({first.level}, {first.minutes} minutes)", bold=True)
        tw.line(f"      read    {Path(path, 'README.md')}")
        tw.line(f"      write   {Path(path, f'answer{suffix}')}")
        tw.line(f"      run     pytest {path}")
    elif further is not None:
        path = bestrelpath(here, root / further.path)
        tw.line(f"next: {further.title} ({further.level}, {further.minutes} minutes)", bold=True)
        tw.line(f"      pytest {path}")


def _names(paths: tuple[str, ...]) -> str:
    names = [path.rpartition("/")[2] for path in paths[:NAMED]]
    more = len(paths) - len(names)
    return ", ".join(names) + (f" and {more} more" if more else "")
