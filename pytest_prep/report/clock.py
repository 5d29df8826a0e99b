"""A plan by the clock: the script of a live interview, with or without the clock running."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console, ConsoleRenderable
from rich.table import Table
from rich.text import Text

from pytest_prep.content.plan import Plan
from pytest_prep.progress.work import Work
from pytest_prep.report.dashboard import Page, print_all
from pytest_prep.report.glyphs import Glyphs, count, plain
from pytest_prep.report.plan_words import title_of


def show_clock(
    console: Console, glyphs: Glyphs, plan: Plan, works: tuple[Work, ...], minute: int | None
) -> None:
    """Print the script; ``minute`` is the minute of the session, None where none runs."""
    page = Page(min(console.width, 100), glyphs)
    print_all(console, page, _parts(plan, works, minute))


def _parts(plan: Plan, works: tuple[Work, ...], minute: int | None) -> Iterator[ConsoleRenderable]:
    end = max(block.at[1] for block in plan.blocks if block.at)
    title = Text(plain(plan.title), style="bold")
    if minute is None:
        title.append(" · the clock is not running", style="not bold")
    else:
        title.append(f" · minute {minute} of {end}", style="not bold")
    yield title
    yield Text("")
    table = Table.grid(padding=(0, 1))
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True, justify="right")
    table.add_column(overflow="fold")
    for block in plan.blocks:
        start, stop = block.at or (0, 0)
        now = minute is not None and start <= minute < stop
        late = minute is not None and minute >= stop
        style = "bold" if now else "dim" if late else ""
        text = Text(plain(block.name), style=style)
        for work in works:
            if work.block is block:
                text.append_text(_task(work))
        table.add_row("now" if now else "", Text(f"{start}–{stop} min", style=style), text)
    yield table
    if minute is None:
        yield Text(f"\nstart the clock: pytest --plan {plan.id}", style="cyan")
    yield Text("A round may begin at its first minute; it need not wait for the one before.")


def _task(work: Work) -> Text:
    mark = "[x] " if work.of and work.is_done else "[ ] " if work.of else " -  "
    text = Text(f"\n{mark}{plain(title_of(work.task))}", style="not bold")
    if work.missing:
        text.append(f" ({plain(work.missing.partition(':')[0])})", style="dim")
    elif work.command and not work.is_done:
        text.append(f"\n    {plain(work.command)}", style="cyan")
    if work.of > 1:
        text.append(f" · {count(work.of - work.done, 'kata')} left", style="dim")
    return text
