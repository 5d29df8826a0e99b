"""What a run of the tests on the way tells: as much as the script reveals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pytest_prep.judging.verdict import WORDS, Verdict
from pytest_prep.report.glyphs import plain
from pytest_prep.report.interview_text import cut

#: Lines of a verdict's detail that are shown.
_DETAIL = 12
#: Characters of such a line.
_WIDE = 400


def told(verdicts: Mapping[str, Mapping[str, Any]], reveal: str) -> list[str]:
    """Return the lines for a run.

    The sample always speaks. Of the other cases ``names`` names those that fail, ``counts`` counts
    them, ``nothing`` is silent.
    """
    read = {case: Verdict.from_dict(dict(verdict)) for case, verdict in verdicts.items()}
    samples = {case: v for case, v in read.items() if _speaks(case)}
    hidden = {case: v for case, v in read.items() if not _speaks(case)}
    lines: list[str] = []
    for case, verdict in samples.items():
        lines += _in_full(case, verdict)
    if hidden and reveal != "nothing":
        right = sum(verdict.accepted for verdict in hidden.values())
        lines.append(f"hidden cases: {right} of {len(hidden)} accepted")
        if reveal == "names":
            for case, verdict in hidden.items():
                if not verdict.accepted:
                    lines.append(f"  {case}: {WORDS[verdict.status]}")
    elif hidden:
        lines.append("hidden cases are judged when you hand in")
    # What an answer raises or prints may hold anything.
    return [plain(line) for line in lines]


def all_told_accepted(verdicts: Mapping[str, Mapping[str, Any]], reveal: str) -> bool:
    """Tell whether all that a run tells is accepted; what it is silent about does not count."""
    read = {case: Verdict.from_dict(dict(verdict)) for case, verdict in verdicts.items()}
    return all(v.accepted for case, v in read.items() if _speaks(case) or reveal != "nothing")


def _speaks(case: str) -> bool:
    return case.removeprefix("test_").startswith("sample") or case == "judge"


def _in_full(case: str, verdict: Verdict) -> Iterator[str]:
    words = WORDS[verdict.status]
    yield f"{case}: {words}" + (f": {cut(verdict.summary)}" if verdict.summary else "")
    difference = verdict.difference
    if difference and difference.lines:
        yield "    " + " | ".join(difference.columns)
        for line in difference.lines:
            cells = [
                f"{cell} → {line.expected[i]}" if i in line.changed else cell
                for i, cell in enumerate(line.cells)
            ]
            yield f"  {line.mark} " + " | ".join(cells)
        yield "    (+ only in yours; - only expected; ~ yours → expected)"
    for text in verdict.detail.split("\n")[:_DETAIL] if verdict.detail else ():
        yield f"    {text[:_WIDE]}"
