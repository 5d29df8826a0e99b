"""Dates and times near the literals of a query: a day, a month, a year off."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from contextlib import suppress

from pytest_prep.judging.counterexample.clues import Clues


def times(
    texts: Sequence[str], numbers: Sequence[str], clues: Clues, *, seconds: bool
) -> tuple[list[str], list[str]]:
    """Return the moments that literals mean, and moments around them.

    ``numbers`` may be years, months, or numbers of days.
    """
    anchors: list[dt.datetime] = []
    for text in texts:
        with suppress(ValueError):
            anchors.append(dt.datetime.fromisoformat(text).replace(tzinfo=None))
    for text in texts:
        if re.fullmatch(r"\d{4}(-\d\d)?", text):
            with suppress(ValueError):
                anchors.append(dt.datetime.fromisoformat(f"{text}-01-01"[:10]))
    values = [int(n) for n in numbers if n.isdigit()]
    years = [n for n in values if 1900 <= n <= 2100]
    anchors += [dt.datetime(year, 1, 1) for year in years]
    anchors += [dt.datetime(2024, n, 1) for n in values if 1 <= n <= 12]
    # Far ones stand for "no end"; around them there is nothing to find, and months overflow.
    far = [anchor for anchor in anchors if not 1000 < anchor.year < 9000]
    anchors = [anchor for anchor in anchors if anchor not in far]
    first = anchors[0] if anchors else dt.datetime(2024, 1, 1)
    day = dt.timedelta(days=1)
    found: list[dt.datetime] = []
    for anchor in anchors:
        found += [anchor - day, anchor + day, _months(anchor, 1), _months(anchor, -1)]
        found += [_months(anchor, 1) - day, _months(anchor, 12), _months(anchor, -12)]
        if seconds:
            found += [anchor + dt.timedelta(hours=12), anchor + day - dt.timedelta(seconds=1)]
    steps = set(clues.steps) | {(n, "DAY") for n in values if n <= 400}
    for amount, unit in sorted(steps):
        for n in (amount - 1, amount, amount + 1, 2 * amount):
            found += _moved(first, n, unit, seconds=seconds)
    if steps:
        found.append(first)
    return (
        [_written(moment, seconds=seconds) for moment in [*anchors, *far]],
        [_written(moment, seconds=seconds) for moment in found],
    )


def _written(moment: dt.datetime, *, seconds: bool) -> str:
    return moment.isoformat() if seconds else moment.date().isoformat()


_SECONDS = {"SECOND": 1, "MINUTE": 60, "HOUR": 3600}
_DAYS = {"DAY": 1, "WEEK": 7}


def _moved(moment: dt.datetime, amount: int, unit: str, *, seconds: bool) -> list[dt.datetime]:
    with suppress(OverflowError, ValueError):
        if unit in _SECONDS:
            return [moment + dt.timedelta(seconds=amount * _SECONDS[unit])] if seconds else []
        if unit in _DAYS:
            return [moment + dt.timedelta(days=amount * _DAYS[unit])]
        return [_months(moment, amount * {"YEAR": 12, "QUARTER": 3}.get(unit, 1))]
    return []


def _months(moment: dt.datetime, count: int) -> dt.datetime:
    months = moment.year * 12 + moment.month - 1 + count
    try:
        return moment.replace(year=months // 12, month=months % 12 + 1)
    except ValueError:  # no such day: the last one of the month
        return moment.replace(year=months // 12, month=months % 12 + 1, day=28)
