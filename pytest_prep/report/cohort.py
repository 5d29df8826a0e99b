"""A line for every learner of a shared store."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console, ConsoleRenderable
from rich.table import Table
from rich.text import Text

from pytest_prep.progress.stats import Overview
from pytest_prep.report.dashboard import Page, print_all
from pytest_prep.report.glyphs import Glyphs, count, day_text, minutes_text, plain


def show_cohort(console: Console, glyphs: Glyphs, views: Sequence[Overview]) -> None:
    """Print the learners, those who solved most first."""
    page = Page(min(console.width, 120), glyphs)
    print_all(console, page, _parts(page, views))


def _parts(page: Page, views: Sequence[Overview]) -> Iterator[ConsoleRenderable]:
    if not views:
        yield Text("No learner has recorded anything in this store yet.")
        return
    yield Text(f"{count(len(views), 'learner')} on {day_text(views[0].today)}\n", style="bold")
    table = Table.grid(padding=(0, 1))
    table.add_column(overflow="ellipsis", no_wrap=True, max_width=20)
    table.add_column(no_wrap=True)
    table.add_column(justify="right", no_wrap=True)
    if not page.is_narrow:
        table.add_column(justify="right", no_wrap=True)
        table.add_column(no_wrap=True)
        table.add_column()
        table.add_row("learner", "", "solved", "time", "last active", "weak", style="dim")
    for view in sorted(views, key=lambda view: (-view.katas.done, view.learner)):
        full, empty = page.glyphs.bar(view.katas.done, view.katas.total, 10)
        cells: list[Text | str] = [
            Text(plain(view.learner) or "(no name)", style="bold"),
            Text.assemble((full, "green"), (empty, "dim")),
            f"{view.katas.done}/{view.katas.total}",
        ]
        weak = ", ".join(plain(one.name) for one in view.weak[:3]) or "–"
        if page.is_narrow:
            table.add_row(*cells)
            table.add_row("", Text(f"weak: {weak}", style="dim", overflow="fold"))
            continue
        last = view.last_active or "–"
        table.add_row(*cells, minutes_text(view.time.total), last, Text(weak))
    yield table
