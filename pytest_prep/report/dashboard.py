"""The dashboard: where a learner stands, in the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rich.console import Console, ConsoleRenderable
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from pytest_prep.progress.recall import DeckState
from pytest_prep.progress.stats import Mocks, Overview, Share
from pytest_prep.progress.steps import Step
from pytest_prep.progress.streaks import Streak
from pytest_prep.progress.weakness import Weak
from pytest_prep.report.charts import charts
from pytest_prep.report.glyphs import (
    Glyphs,
    count,
    day_text,
    days_left_text,
    minutes_text,
    plain,
)

#: Weak topics that are told with their reasons; the others are counted.
WEAKEST = 5
_NARROW = 60


@dataclass(frozen=True, slots=True)
class Page:
    """How much room there is."""

    width: int
    glyphs: Glyphs

    @property
    def is_narrow(self) -> bool:
        """Whether there is room for little more than names and numbers."""
        return self.width < _NARROW

    @property
    def bar(self) -> int:
        """The width of a bar."""
        return 10 if self.is_narrow else 20


def show(
    console: Console,
    glyphs: Glyphs,
    view: Overview,
    steps: tuple[Step, ...],
    plan: tuple[tuple[str, str], ...] = (),
) -> None:
    """Print the dashboard.

    Args:
        console: where to.
        glyphs: the characters it can show.
        view: where the learner stands.
        steps: what to do next.
        plan: lines on the progress of the plan: a label and a text.
    """
    page = Page(min(console.width, 100), glyphs)
    print_all(console, page, _parts(page, view, steps, plan))


def print_all(console: Console, page: Page, parts: Iterable[ConsoleRenderable]) -> None:
    """Print one part below the other, without blanks at the ends of lines."""
    with console.capture() as captured:
        for part in parts:
            console.print(part, width=page.width, soft_wrap=False)
    text = "\n".join(line.rstrip(" ") for line in captured.get().split("\n"))
    console.file.write(page.glyphs.fitting(text))


def _parts(
    page: Page, view: Overview, steps: tuple[Step, ...], plan: tuple[tuple[str, str], ...]
) -> Iterator[ConsoleRenderable]:
    yield _title(view)
    if view.is_new:
        yield Text("\n" + _welcome(view))
    yield Text("")
    yield _shares(page, view)
    if not view.is_new:
        yield Text("")
        yield _figures(page, view)
    if view.weak:
        yield from _weak(view.weak)
    if plan:
        yield from _plan(plan)
    if not view.is_new:
        yield from charts(page.width, page.glyphs, view)
    yield from _next(steps)


def _title(view: Overview) -> Text:
    title = Text(day_text(view.today, weekday=True), style="bold")
    if view.days_left is not None:
        title.append(f" · {days_left_text(view.days_left)}")
        title.append(f" ({day_text(view.interview)})", style="dim")
    if view.narrowed:
        title.append(f"\nthe {count(view.katas.total, 'selected kata')} only", style="dim")
    return title


def _welcome(view: Overview) -> str:
    katas = count(view.katas.total, "kata")
    if not view.katas.total:
        return "No kata is selected: leave paths, -k and -m out to see them all."
    text = f"Nothing is recorded yet. {katas} to practise"
    if view.cards and view.cards.total:
        text += f", {count(view.cards.total, 'card')} to learn"
    return text + ". What you try from here on is kept, and shows here."


def _shares(page: Page, view: Overview) -> Table:
    """Return the bars: all, by area, by difficulty."""
    table = Table.grid(padding=(0, 1))
    table.add_column(no_wrap=True, overflow="ellipsis", max_width=12 if page.is_narrow else 22)
    table.add_column(no_wrap=True, width=page.bar)
    table.add_column(justify="right", no_wrap=True)
    table.add_column(justify="right", no_wrap=True)
    if not page.is_narrow:
        table.add_column()
    for share in (view.katas, *view.areas):
        name = Text("  " * share.depth + plain(share.name), style="" if share.depth else "bold")
        levels = " · ".join(f"{level} {done}/{total}" for level, done, total in share.levels)
        _add_share(table, page, name, share, levels if share.depth == 0 else "")
    table.add_row()
    for level, done, total in view.katas.levels:
        _add_share(table, page, Text(level, style="bold"), Share(level, done, total), "")
    return table


def _add_share(table: Table, page: Page, name: Text, share: Share, levels: str) -> None:
    percent = f"{100 * share.done // share.total}%" if share.total else ""
    cells: list[Text] = [
        name,
        _bar(page.glyphs, share.done, share.total, page.bar),
        Text(f"{share.done}/{share.total}"),
        Text(percent),
    ]
    if not page.is_narrow:
        cells.append(Text(f" {levels}", style="dim"))
    table.add_row(*cells)


def _bar(glyphs: Glyphs, done: float, total: float, width: int, style: str = "green") -> Text:
    full, empty = glyphs.bar(done, total, width)
    return Text.assemble((full, style), (empty, "dim"))


def _figures(page: Page, view: Overview) -> Table:
    """Return cards, interviews, time and streak: a label and a text each."""
    table = Table.grid(padding=(0, 1))
    table.add_column(no_wrap=True, width=6)
    table.add_column()
    rows = [("time", _time(page, view))]
    if not view.narrowed:
        rows.append(("streak", _streak(view.streak)))
    if view.mocks:
        rows.insert(0, ("mocks", _mocks(view.mocks)))
    if view.cards and (view.cards.total or view.cards.seen):
        rows.insert(0, ("cards", _cards(view.cards, view.decks)))
    for label, text in rows:
        table.add_row(Text(label, style="bold"), text)
    return table


def _cards(cards: DeckState, decks: tuple[DeckState, ...]) -> Text:
    total = f" of {cards.total}" if cards.total else ""
    text = Text(f"{cards.seen}{total} seen")
    if cards.recall is not None and cards.confidence is not None:
        text.append(f" · recall {100 * cards.recall:.0f}%")
        text.append(f" · average grade {cards.confidence:.1f} of 4 · ")
        due = f"{cards.due} due today" if cards.due else "none due today"
        text.append(due, style="yellow" if cards.due else "")
    begun = [deck for deck in decks if deck.seen]
    if begun:
        names = (f"{deck.name or 'cards'} {deck.seen}/{deck.total or '?'}" for deck in begun)
        text.append("\n" + " · ".join(map(plain, names)), style="dim")
    return text


def _mocks(mocks: Mocks) -> Text:
    if not mocks.count:
        return Text("none yet")
    text = Text(count(mocks.count, "interview"))
    if mocks.average is not None and mocks.last is not None:
        text.append(f" · average {mocks.average:.0f} of 100 · last {mocks.last:.0f}")
    if len(mocks.kinds) > 1:
        kinds = (
            f"{kind} {n}" + (f" (average {average:.0f})" if average is not None else "")
            for kind, n, average in mocks.kinds
        )
        text.append("\n" + " · ".join(map(plain, kinds)), style="dim")
    return text


def _time(page: Page, view: Overview) -> Text:
    time = view.time
    text = Text("today ")
    if view.narrowed:
        text.append(minutes_text(time.today))
    else:
        text.append_text(_bar(page.glyphs, time.today, time.goal, page.bar // 2))
        text.append(f" {minutes_text(time.today)} of {minutes_text(time.goal)}")
        text.append(", goal met" if time.today >= time.goal else "", style="green")
    text.append(f" · in total {minutes_text(time.total)}")
    today = [f"{area} {minutes_text(now)}" for area, _, now in time.areas if now]
    if today and not view.narrowed:
        text.append(f"\ntoday: {' · '.join(map(plain, today))}", style="dim")
    return text


def _streak(streak: Streak) -> Text:
    text = Text(count(streak.days, "day"))
    if streak.longest > streak.days:
        text.append(f" (longest {streak.longest})")
    text.append(" · today counts already" if streak.today else " · today does not count yet")
    return text


def _weak(weak: tuple[Weak, ...]) -> Iterator[ConsoleRenderable]:
    yield Text("\nweak, and why", style="bold")
    table = Table.grid(padding=(0, 1))
    table.add_column(overflow="fold")
    table.add_column(ratio=1)
    for one in weak[:WEAKEST]:
        name = plain(one.name) if one.kind == "topic" else f"{one.kind} {plain(one.name)}"
        table.add_row(Text(f"  {name}", style="yellow"), Text("; ".join(one.reasons)))
    yield table
    if len(weak) > WEAKEST:
        rest = ", ".join(plain(one.name) for one in weak[WEAKEST:])
        yield Padding(Text(f"and {rest}", style="dim"), (0, 0, 0, 2))


def _plan(plan: tuple[tuple[str, str], ...]) -> Iterator[ConsoleRenderable]:
    yield Text("")
    table = Table.grid(padding=(0, 1))
    table.add_column(no_wrap=True, min_width=6)
    table.add_column()
    for label, text in plan:
        table.add_row(Text(label, style="bold"), Text(plain(text)))
    yield table


def _next(steps: tuple[Step, ...]) -> Iterator[ConsoleRenderable]:
    if not steps:
        return
    yield Text("\nnext", style="bold")
    table = Table.grid(padding=(0, 1))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for number, step in enumerate(steps, 1):
        text = Text(plain(step.text) + "\n")
        text.append(plain(step.command), style="cyan")
        table.add_row(Text(f"  {number}."), text)
    yield table
