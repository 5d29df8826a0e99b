"""The calendar: the one module that asks what time it is."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, time, timedelta

#: A study day ends at four in the morning: who practises past midnight is still in the same day.
ROLLOVER = timedelta(hours=4)

#: Environment variable that sets the time, for tests and screens: ISO 8601 with an offset.
FROZEN = "PREP_NOW"


def now() -> datetime:
    """Return the present moment in UTC.

    Raises:
        ValueError: the environment's ``PREP_NOW`` is no moment with an offset.
    """
    frozen = os.environ.get(FROZEN)
    if frozen:
        moment = datetime.fromisoformat(frozen)
        if moment.tzinfo is None:
            raise ValueError(f"{FROZEN}: {frozen!r} lacks an offset such as +00:00")
        return moment.astimezone(UTC)
    return datetime.now(UTC)


def study_day(moment: datetime) -> date:
    """Return the local study day of a moment: days turn at 04:00 local time."""
    return (moment.astimezone() - ROLLOVER).date()


def day_start(day: date) -> datetime:
    """Return the moment, in UTC, at which a study day starts: 04:00 local time."""
    return (datetime.combine(day, time()) + ROLLOVER).astimezone(UTC)
