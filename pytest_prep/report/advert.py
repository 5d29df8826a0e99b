"""What a job advert asks for, in the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console, ConsoleRenderable
from rich.table import Table
from rich.text import Text

from pytest_prep.progress.advert import NEEDS, Advert, Line
from pytest_prep.report.dashboard import Page, print_all
from pytest_prep.report.glyphs import Glyphs, count, plain

_TITLES = {"must": "must have", "nice": "nice to have", "named": "named besides"}
#: Characters of a line that are shown.
_SHOWN = 90


def show_advert(
    console: Console, glyphs: Glyphs, advert: Advert, *, name: str, taxonomy: str, foot: list[str]
) -> None:
    """Print what was found, with the words it was found by, and what was not."""
    page = Page(min(console.width, 100), glyphs)
    print_all(console, page, _parts(advert, name, taxonomy, foot))


def _parts(
    advert: Advert, name: str, taxonomy: str, foot: list[str]
) -> Iterator[ConsoleRenderable]:
    yield Text(f"{plain(name)} asks for {count(len(advert.matches), 'topic')}", style="bold")
    for need in NEEDS:
        matches = [match for match in advert.matches if match.need == need]
        if not matches:
            continue
        yield Text(f"\n{_TITLES[need]}", style="bold")
        table = Table.grid(padding=(0, 1))
        table.add_column()
        table.add_column(ratio=1, overflow="fold")
        table.add_column(justify="right")
        for match in matches:
            words = ", ".join(f"“{plain(word)}”" for word in match.words)
            lines = ", ".join(map(str, match.lines[:4])) + (" …" if len(match.lines) > 4 else "")
            label = "line" if len(match.lines) == 1 else "lines"
            table.add_row(
                f"  {plain(match.topic.title)}", words, Text(f"{label} {lines}", style="dim")
            )
        yield table
    if advert.figures:
        yield Text("\nfigures", style="bold")
        yield _lines([(figure, line) for figure, line in advert.figures])
    if advert.unmapped:
        yield Text(f"\nnot mapped: add its words to {taxonomy}", style="bold yellow")
        yield _lines([(f"line {line.number}", line) for line in advert.unmapped])
    yield Text("")
    for line in foot:
        yield Text(plain(line), style="cyan" if line.startswith("  ") else "")


def _lines(rows: list[tuple[str, Line]]) -> Table:
    table = Table.grid(padding=(0, 1))
    table.add_column(no_wrap=True)
    table.add_column(ratio=1, overflow="fold")
    for label, line in rows:
        text = plain(line.text)
        short = text if len(text) <= _SHOWN else f"{text[:_SHOWN].rsplit(' ', 1)[0]} …"
        table.add_row(f"  {plain(label)}", Text(short, style="dim"))
    return table
