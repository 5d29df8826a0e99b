"""Verdicts in the terminal: one rejected case, and the summary by kata."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import TYPE_CHECKING

import pytest
from _pytest._code.code import ReprFileLocation, TerminalRepr
from _pytest._io import TerminalWriter
from _pytest._io.wcwidth import wcswidth

from pytest_prep.judging.budget import FLOOR
from pytest_prep.judging.verdict import WORDS, Status, Timing, Verdict

if TYPE_CHECKING:
    from pytest_prep.judging.difference import Difference, Line
    from pytest_prep.recorder import KataRecord

_SIGNS = {"+": "green", "-": "red", "~": "yellow"}
#: The colour of each verdict's word; red where none is named.
COLOURS: dict[Status, str] = {"accepted": "green", "todo": "yellow"}
#: Katas listed by name in the summary; the rest is counted.
LISTED = 12
#: Characters of one value; a cell with yours and the expected one holds two.
_COLUMN_WIDTH = 28
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_LEGEND = {"+": "+ only in yours", "-": "- only expected", "~": "~ yours → expected"}


class VerdictRepr(TerminalRepr):
    """A rejected case, as pytest shows failures: with colours there, plain as text.

    ``brief`` leaves out all but the first line, for the second and later cases of a kata that
    was already explained.
    """

    def __init__(self, verdict: Verdict, path: str, *, brief: bool = False) -> None:
        self.verdict = verdict
        self.path = path
        self.brief = brief
        line = verdict.line or 1
        self.reprcrash = ReprFileLocation(path, line, one_line(verdict))

    def toterminal(self, tw: TerminalWriter) -> None:
        """Write the verdict."""
        verdict = self.verdict
        tw.line(one_line(verdict), bold=True, red=True)
        if self.brief:
            return
        if verdict.about:
            tw.line(f"this data: {verdict.about}")
        if verdict.difference:
            tw.line()
            _difference(tw, verdict.difference)
        if verdict.counterexample:
            from pytest_prep.report.counterexample import show_counterexample

            show_counterexample(tw, verdict.counterexample)
        if verdict.detail:
            tw.line()
            tw.line("\n".join(_plain(line) for line in verdict.detail.split("\n")))
        tw.line()
        if verdict.timing:
            tw.line(timing_line(verdict.timing))
        tw.line(f"{self.path}:{verdict.line}" if verdict.line else self.path)


def one_line(verdict: Verdict) -> str:
    """Return the verdict and what is wrong, in one line."""
    words = WORDS[verdict.status]
    return f"{words}: {_plain(verdict.summary)}" if verdict.summary else words


def timing_line(timing: Timing) -> str:
    """Return the CPU time used beside the budget and where that comes from."""
    used = (
        f"CPU {seconds(timing.answer)}"
        if timing.finished
        else f"stopped after {seconds(timing.answer)}"
    )
    reference = f"reference {seconds(timing.reference)}"
    if timing.budget <= FLOOR:
        return f"{used} · budget {seconds(timing.budget)} (the minimum; {reference})"
    return f"{used} · budget {seconds(timing.budget)} ({timing.factor:g} × {reference})"


def seconds(value: float) -> str:
    """Return seconds in the unit that reads best."""
    return f"{value * 1000:.0f} ms" if value < 1 else f"{value:.1f} s"


def _difference(tw: TerminalWriter, difference: Difference) -> None:
    if difference.hint_pattern:
        tw.line(_plain(difference.hint_pattern))
        tw.line()
    if difference.lines:
        write_table(tw, difference)


def write_table(tw: TerminalWriter, difference: Difference) -> None:
    """Write the table: + only in yours, - only in the expected result, ~ yours → expected."""
    room = tw.fullwidth - 4
    side = max(8, min(_COLUMN_WIDTH, (room - 3) // 2))
    head = [shortened(_plain(name), side) for name in difference.columns]
    rows = [_cells(line, side) for line in difference.lines]
    widths = [
        max(_width(row[i]) for row in [head, *rows] if i < len(row)) for i in range(len(head))
    ]
    changed = {i for line in difference.lines for i in line.changed}
    shown = _fitting(widths, room, changed)
    tw.line("    " + "  ".join(_padded(head[i], widths[i]) for i in shown), bold=True)
    for line, cells in zip(difference.lines, rows, strict=True):
        colour = _SIGNS.get(line.mark)
        paint = {colour: True} if colour else {}
        tw.write(f"  {line.mark} ", **paint)
        for i in shown:
            lit = line.mark != "~" or i in line.changed
            text = _padded(cells[i] if i < len(cells) else "", widths[i])
            tw.write(text + "  ", **(paint if lit else {}))
        tw.line()
    marks = {line.mark for line in difference.lines}
    notes = [words for sign, words in _LEGEND.items() if sign in marks]
    if len(shown) < len(head):
        more = len(head) - len(shown)
        notes.append(f"{more} more column{'s' if more != 1 else ''}")
    if difference.more_yours or difference.more_expected:
        notes.append(
            f"not shown: {difference.more_yours} more of yours, "
            f"{difference.more_expected} more expected"
        )
    tw.line(f"    ({'; '.join(notes)})")


def _cells(line: Line, side: int) -> list[str]:
    return [
        _pair(_plain(cell), _plain(line.expected[i]), side)
        if i in line.changed
        else shortened(_plain(cell), side)
        for i, cell in enumerate(line.cells)
    ]


def _pair(yours: str, expected: str, side: int) -> str:
    """Return both values in one cell, long ones from shortly before they differ."""
    pairs = enumerate(zip(yours, expected, strict=False))
    alike = next((n for n, (a, b) in pairs if a != b), min(len(yours), len(expected)))
    if max(len(yours), len(expected)) > side and alike > side // 2:
        start = alike - side // 4
        yours, expected = f"…{yours[start:]}", f"…{expected[start:]}"
    return f"{shortened(yours, side)} → {shortened(expected, side)}"


def _fitting(widths: list[int], room: int, wanted: Collection[int]) -> list[int]:
    """Return the columns that fit into ``room`` characters: the wanted first, at least one."""
    shown: list[int] = []
    for i in sorted(range(len(widths)), key=lambda i: (i not in wanted, i)):
        room -= widths[i] + 2
        if room < -2 and shown:
            break
        shown.append(i)
    return sorted(shown)


def _plain(text: str) -> str:
    """Return ``text`` as one line without characters that a terminal obeys."""
    text = re.sub(r"\s*\n\s*", "⏎", text)
    return _CONTROL.sub(lambda found: repr(found[0])[1:-1], text)


def _width(text: str) -> int:
    """Return the columns that ``text`` takes: two for each Chinese character or emoji."""
    return max(wcswidth(text), 0)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))


def show_katas(reporter: pytest.TerminalReporter, records: list[KataRecord]) -> None:
    """Write the summary: katas by verdict, which are not accepted and why."""
    tw = reporter._tw
    counts: dict[Status, int] = {}
    for record in records:
        counts[record.status] = counts.get(record.status, 0) + 1
    parts = [f"{counts[status]} {words}" for status, words in WORDS.items() if status in counts]
    reporter.section(f"katas: {' · '.join(parts)}", sep="=")
    tried = [record for record in records if record.status != "todo"]
    rejected = [record for record in tried if record.status != "accepted"]
    shown = tried if len(tried) <= LISTED else rejected
    noted = [
        (record.path, f"{_plain(note)} ({cases[0]}{_and_more(len(cases))})")
        for record in tried
        for note, cases in record.notes.items()
    ]
    paths = [*(record.path for record in shown[:LISTED]), *(path for path, _ in noted[:LISTED])]
    width = max(map(len, paths), default=0)
    first = max([12, *(len(WORDS[record.status]) for record in shown[:LISTED])])

    def line(path: str, reason: str) -> None:
        if len(reason) <= tw.fullwidth - width - first - 5:
            tw.line(f"{path:<{width}}  {reason}".rstrip())
        else:
            tw.line(path)
            tw.line(f"    {shortened(reason, max(tw.fullwidth - 5, 20))}")

    for record in shown[:LISTED]:
        status = record.status
        tw.write(f"{WORDS[status]:<{first}}  ", **{COLOURS.get(status, "red"): True})
        line(record.path, why(record))
    if len(shown) > LISTED:
        tw.line(f"… and {len(shown) - LISTED} more")
    for path, note in noted[:LISTED]:
        tw.write(f"{'note':<{first}}  ")
        line(path, note)


def shortened(text: str, room: int) -> str:
    """Return ``text``, or as much of it as ``room`` characters hold."""
    return text if len(text) <= room else text[: room - 1].rstrip() + "…"


def why(record: KataRecord) -> str:
    """Return how the cases of a kata went, in one line without the verdict's word."""
    name, verdict = record.speaker
    if verdict.status != "accepted":
        rejected = sum(1 for v in record.cases.values() if not v.accepted)
        return f"{name}{_and_more(rejected)}: {_plain(verdict.summary)}"
    count = len(record.cases)
    used = [v.timing for v in record.cases.values() if v.timing]
    slowest = max(used, key=lambda timing: timing.answer, default=None)
    cases = f"{count} case{'s' if count != 1 else ''}"
    close = [case for case, v in record.cases.items() if v.summary]
    if close:
        return f"{cases}; {close[0]}: {record.cases[close[0]].summary}"
    if slowest is None:
        return cases
    return f"{cases}, slowest {seconds(slowest.answer)} of {seconds(slowest.budget)}"


def _and_more(count: int) -> str:
    return f" and {count - 1} more" if count > 1 else ""
