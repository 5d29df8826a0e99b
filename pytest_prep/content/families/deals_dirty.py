"""The dirty copy of the deals: the same offers as a careless export writes them.

How values are written, in every row unless a share is given:

* the file starts with a byte-order mark;
* ``deal_id`` has seven digits with leading zeros, ``hotel_phone`` is the number within the country
  and starts with 0;
* ``hotel_country`` is the two-letter code, NA for Namibia;
* amounts from 1,000 have a thousands separator (and are quoted for its sake);
* the stay's dates are written 2025-03-04, 04/03/2025 (the day first, always) or 4 Mar 2025, one
  way a row, about 60, 30 and 10 % of the rows; ``created_at`` is always 2025-03-04 18:30:00;
* in 1 % of the rows a line break, inside the quotes, replaces the space of the hotel's name.

Rows that break a rule, each in one way: see :data:`FAULTS`. Repeated rows stand behind the row
they repeat, 2 to 51 rows later. All other rows are the clean table's, in its order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_prep.content.families.deal import money
from pytest_prep.content.families.framework import Draw

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Iterator

    from pytest_prep.content.families.deal import Deal

SEED = 20250808
#: fault → how many deals have it
FAULTS = {
    "rating out of range": 60,
    "price missing": 50,
    "price negative": 40,
    "discount over 100": 30,
    "check-out not after check-in": 45,
}
REPEATED = 75

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def dirty_records(deals: Iterable[Deal]) -> Iterator[tuple[str, ...]]:
    """Yield the fields of the dirty file, row by row."""
    draw = Draw(SEED)
    clean = list(deals)
    chosen = iter(draw.sample(range(len(clean)), sum(FAULTS.values()) + REPEATED))
    faults = {next(chosen): fault for fault, count in FAULTS.items() for _ in range(count)}
    repeated = set(chosen)
    again: dict[int, list[tuple[str, ...]]] = {}
    for number, deal in enumerate(clean):
        record = _record(draw, deal, faults.get(number))
        yield record
        yield from again.pop(number, ())
        if number in repeated:
            later = min(number + draw.between(1, 50), len(clean) - 1)
            if later == number:  # the last row can only be repeated at once
                yield record
            else:
                again.setdefault(later, []).append(record)


def _record(draw: Draw, deal: Deal, fault: str | None) -> tuple[str, ...]:
    stars, discount = str(deal.stars), str(deal.discount)
    price = _amount(deal.price)
    checkout = deal.checkout
    if fault == "rating out of range":
        stars = draw.pick(("0", "6", "7"))
    elif fault == "price missing":
        price = ""
    elif fault == "price negative":
        price = f"-{price}"
    elif fault == "discount over 100":
        discount = str(draw.between(101, 150))
    elif fault == "check-out not after check-in":
        checkout = deal.checkin - (deal.checkout - deal.checkin) * draw.below(2)
    style = draw.weighted((("iso", 6), ("slashes", 3), ("words", 1)))
    hotel = deal.hotel
    name = hotel.name
    if draw.chance(0.01):
        name = name.replace(" ", "\n", 1)
    return (
        f"{deal.deal_id:07d}",
        name,
        hotel.city,
        hotel.country_code,
        hotel.local_phone,
        stars,
        deal.room,
        price,
        _amount(deal.original),
        discount,
        _date(deal.checkin, style),
        _date(checkout, style),
        "true" if deal.available else "false",
        ", ".join(deal.categories),
        deal.created.isoformat(sep=" "),
    )


def _amount(cents: int) -> str:
    plain = money(cents)
    if cents < 100_000:
        return plain
    return f"{plain[:-6]},{plain[-6:]}"


def _date(day: datetime.date, style: str) -> str:
    if style == "iso":
        return day.isoformat()
    if style == "slashes":
        return f"{day.day:02d}/{day.month:02d}/{day.year}"
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
