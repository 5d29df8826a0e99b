"""The charts of the dashboard: a heatmap, completion, accuracy by topic, where time went."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import ConsoleRenderable
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from pytest_prep.progress.stats import Overview, Time
from pytest_prep.progress.weakness import TopicState
from pytest_prep.report.glyphs import Glyphs, count, day_text, minutes_text, plain

#: Lines of the chart of completion, and topics of the chart of accuracy.
HEIGHT = 5
TOPICS = 10
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def charts(width: int, glyphs: Glyphs, view: Overview) -> Iterator[ConsoleRenderable]:
    """Yield those charts for which there is anything to show."""
    if any(minutes for _, minutes in view.calendar):
        yield from _calendar(glyphs, view)
    if len(view.completion) > 1 and view.katas.done:
        yield from _completion(width, glyphs, view)
    tried = [topic for topic in view.topics if topic.attempts]
    if tried:
        yield from _accuracy(width, glyphs, view.topics, tried)
    if view.time.total >= 1:
        yield from _distribution(width, glyphs, view.time)


def _calendar(glyphs: Glyphs, view: Overview) -> Iterator[ConsoleRenderable]:
    yield Text(f"\nthe last {len(view.calendar) // 7 + 1} weeks, a column each", style="bold")
    for number, name in enumerate(_DAYS):
        line = Text(f"  {name}")
        for _, minutes in view.calendar[number::7]:
            style = "green" if minutes >= view.time.goal else "yellow" if minutes else "dim"
            line.append(f" {glyphs.shade(minutes, view.time.goal)}", style=style)
        yield line
    none, little, less, met, twice = tuple(glyphs.shades)
    words = f"{none} none  {little} less than half  {less} less than the goal  {met} goal"
    yield Padding(Text(f"{words}  {twice} twice", style="dim"), (0, 0, 0, 2))


def _completion(width: int, glyphs: Glyphs, view: Overview) -> Iterator[Text]:
    values = [done for _, done in view.completion]
    top = values[-1]
    yield Text(f"\nkatas solved, {count(len(values), 'day')}", style="bold")
    side = len(str(top)) + 2
    room = min(len(values) * 3, width - side - 1, 60)
    wide = max(room // len(values), 1)
    lines = glyphs.chart(values, top, room // wide, HEIGHT)
    for number, line in enumerate(lines):
        label = str(top) if number == 0 else "0" if number == HEIGHT - 1 else ""
        bars = "".join(mark * wide for mark in line)
        yield Text.assemble((f"{label:>{side}} ", "dim"), (bars, "green"))
    first, last = view.completion[0][0], view.completion[-1][0]
    yield Text(f"{'':>{side}} {day_text(first)} to {day_text(last)}", style="dim")


def _accuracy(
    width: int, glyphs: Glyphs, topics: tuple[TopicState, ...], tried: list[TopicState]
) -> Iterator[ConsoleRenderable]:
    yield Text("\nattempts accepted, by topic", style="bold")
    table = _bars()
    shown = sorted(tried, key=lambda topic: (-topic.attempts, topic.name))[:TOPICS]
    for topic in sorted(shown, key=lambda topic: (topic.accuracy or 0, topic.name)):
        full, empty = glyphs.bar(topic.accepted, topic.attempts, _bar_width(width))
        _bar_row(table, topic.name, full, empty, f"{topic.accepted} of {topic.attempts}")
    yield table
    unknown = [topic.name for topic in topics if not topic.attempts]
    if unknown:
        names = ", ".join(map(plain, unknown[:6]))
        rest = f" and {len(unknown) - 6} more" if len(unknown) > 6 else ""
        yield Padding(Text(f"unknown, never tried: {names}{rest}", style="dim"), (0, 0, 0, 2))


def _distribution(width: int, glyphs: Glyphs, time: Time) -> Iterator[ConsoleRenderable]:
    yield Text("\nwhere the time went", style="bold")
    table = _bars()
    for area, total, _ in time.areas:
        full, empty = glyphs.bar(total, time.total, _bar_width(width))
        text = f"{minutes_text(total)}, {100 * total / time.total:.0f}%"
        _bar_row(table, area, full, empty, text)
    yield table


def _bar_width(width: int) -> int:
    return 10 if width < 60 else 24


def _bars() -> Table:
    table = Table.grid(padding=(0, 1))
    table.add_column(no_wrap=True, overflow="ellipsis", max_width=20)
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    return table


def _bar_row(table: Table, name: str, full: str, empty: str, text: str) -> None:
    bar = Text.assemble((full, "green"), (empty, "dim"))
    table.add_row(Text(f"  {plain(name)}"), bar, Text(text))
