"""One deal of the ``deals`` family, before it is written clean or dirty."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime

    from pytest_prep.content.families.deals_hotels import Hotel


@dataclass(frozen=True)
class Deal:
    """One offer of one room type for one stay; prices in cents."""

    deal_id: int
    hotel: Hotel
    stars: int
    room: str
    price: int
    original: int
    discount: int
    checkin: datetime.date
    checkout: datetime.date
    available: bool
    categories: tuple[str, ...]
    created: datetime.datetime


def money(cents: int) -> str:
    """Return cents as ``1234.50``."""
    return f"{cents // 100}.{cents % 100:02d}"
