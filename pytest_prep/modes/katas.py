"""``--katas``: the selected katas as a table, grouped by area."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

import pytest

from pytest_prep.content.answer import is_starter, read_text
from pytest_prep.content.errors import ContentError
from pytest_prep.modes.chosen import NOTHING, chosen_katas, record_of
from pytest_prep.nodes import KataDir
from pytest_prep.progress.standing import Standing

if TYPE_CHECKING:
    from pytest_prep.practice import Practice

WORDS = {
    "todo": "to do",
    "begun": "begun",
    "failed": "failed",
    "due": "due",
    "accepted": "accepted",
}
_COLOURS = {"todo": "yellow", "begun": "cyan", "failed": "red", "due": "magenta"}
#: Columns below which levels and topics are left out.
NARROW = 60


@dataclass(frozen=True, slots=True)
class Row:
    """One kata of the table."""

    path: str
    status: str
    level: str
    minutes: int
    title: str
    topics: tuple[str, ...]

    @property
    def area(self) -> str:
        """The folder that the kata's folder is in."""
        return self.path.rpartition("/")[0]

    @property
    def name(self) -> str:
        """The name of its folder."""
        return self.path.rpartition("/")[2]


def run(practice: Practice, items: Sequence[pytest.Item]) -> int:
    """Show the table."""
    wanted = practice.settings.katas_status
    if not items:
        sys.stdout.write(f"{NOTHING}\n")
        return int(pytest.ExitCode.NO_TESTS_COLLECTED)
    rows = []
    with record_of(practice) as record:
        for folder in chosen_katas(items):
            kata = folder.kata
            status = status_of(folder, record.of(kata.id))
            if record.is_due(kata.id) and status in ("accepted", "todo"):
                status = "due"
            if not wanted or status in wanted:
                path = folder.nodeid
                rows.append(Row(path, status, kata.level, kata.minutes, kata.title, kata.topics))
    if practice.settings.plain or not sys.stdout.isatty():
        _lines(rows)
    else:
        _table(rows)
    counts = {status: sum(row.status == status for row in rows) for status in WORDS}
    parts = [f"{count} {WORDS[status]}" for status, count in counts.items() if count]
    number = f"{len(rows)} kata{'s' if len(rows) != 1 else ''}"
    sys.stdout.write(f"{number}{': ' + ' · '.join(parts) if parts else ''}\n")
    return 0


def status_of(folder: KataDir, standing: Standing) -> str:
    """Return how a kata stands, from its file and the record: a key of :data:`WORDS`."""
    kata = folder.kata
    try:
        text = read_text(kata.answer)
        untouched = is_starter(text, read_text(kata.starter), kata.suffix)
    except ContentError:
        untouched = not kata.answer.exists()
    if untouched:
        # A fresh clone beside an older record: what was accepted still is.
        return "accepted" if standing.last == "accepted" else "todo"
    if standing.last in ("", "todo"):
        return "begun"
    return "accepted" if standing.last == "accepted" else "failed"


def _lines(rows: list[Row]) -> None:
    """Write a line a kata, its columns apart by two spaces or more."""
    width = max((len(row.path) for row in rows), default=0)
    for row in rows:
        sys.stdout.write(
            f"{WORDS[row.status]:8}  {row.level:6}  {row.minutes:3} min  "
            f"{row.path:{width}}  {' '.join(row.topics)}".rstrip()
            + "\n"
        )


def _table(rows: list[Row]) -> None:
    """Write the table of a screen: a heading an area, what does not fit cut at the right."""
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False)
    is_narrow = console.width < NARROW
    spent = 22 if is_narrow else 30
    longest = max((len(row.name) for row in rows), default=0)
    width = max(min(longest, console.width - spent), 8)
    for area, katas in groupby(rows, key=lambda row: row.area):
        console.print(Text(area, style="bold"))
        for row in katas:
            name = row.name if len(row.name) <= width else f"{row.name[: width - 1]}…"
            line = Text("  ")
            line.append(f"{WORDS[row.status]:8}", style=_COLOURS.get(row.status, "green"))
            line.append(f"  {name:{width}}")
            if not is_narrow:
                line.append(f"  {row.level:6}")
            line.append(f"  {row.minutes:3} min")
            if not is_narrow:
                line.append(f"  {' '.join(row.topics)}", style="dim")
            console.print(line, no_wrap=True, overflow="ellipsis")
    if rows:
        console.print()
