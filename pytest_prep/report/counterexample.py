"""A counterexample in the terminal: the data, your result, the expected one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from _pytest._io import TerminalWriter
from _pytest._io.wcwidth import wcswidth

from pytest_prep.judging.counterexample import Counterexample, Shown

#: Characters of one cell.
_WIDTH = 28


def show_counterexample(tw: TerminalWriter, data: dict[str, Any]) -> None:
    """Write the tables with the columns that matter, then both results."""
    example = Counterexample.from_dict(data)
    tw.line()
    tw.line("the smallest data found:")
    for table in example.tables:
        tw.line()
        tw.line(f"  {table.name}{'' if table.rows else ': no rows'}", bold=True)
        if table.rows:
            named = [table.columns[i] for i in table.named]
            _rows(tw, named, table.display(), count=len(table.rows))
    tw.line()
    if example.yours is not None:
        _result(tw, "your result", example.yours, red=True)
    else:
        tw.line("  your result: none")
        if example.error:
            tw.line("\n".join(f"    {line}" for line in example.error.split("\n")))
    _result(tw, "expected", example.expected, green=True)
    for sentence in (example.note, example.meant):
        if sentence:
            tw.line()
            tw.line(sentence)


def _result(tw: TerminalWriter, name: str, shown: Shown, **colour: bool) -> None:
    tw.line(f"  {name}{'' if shown.count else ': no rows'}", bold=True, **colour)
    if shown.count:
        _rows(tw, shown.columns, shown.rows, count=shown.count)


def _rows(
    tw: TerminalWriter, head: Sequence[str], rows: Sequence[Sequence[str]], *, count: int
) -> None:
    widths = [min(_WIDTH, max(wcswidth(row[i]) for row in [head, *rows])) for i in range(len(head))]
    for row in [head, *rows]:
        cells = (_cell(text, width) for text, width in zip(row, widths, strict=True))
        tw.line(f"    {'  '.join(cells)}".rstrip())
    if count > len(rows):
        tw.line(f"    … and {count - len(rows)} more")


def _cell(text: str, width: int) -> str:
    if wcswidth(text) > width:
        text = text[: width - 1] + "…"
    return text + " " * (width - wcswidth(text))
