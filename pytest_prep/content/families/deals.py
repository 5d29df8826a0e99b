"""The ``deals`` family: 50,000 hotel deals in one wide table, and a dirty copy of it.

The hotel's columns are repeated on every deal, the categories are one comma-separated text: the
file an interviewer hands over to be modelled, loaded and served. What is planted in the hotels
is told in :mod:`pytest_prep.content.families.deals_hotels`, what is dirty in
:mod:`pytest_prep.content.families.deals_dirty`. In the deals themselves:

* 1 to 3 of 5 categories a deal, about 80,000 pairs; the separator is a comma and a space, and two
  category names hold a space;
* deals come in batches that share ``created_at`` to the second, and 2 % are later than their
  ``deal_id`` suggests, so ``created_at`` is no key and has another order than ``deal_id``;
* the price per night is exactly the original price less the discount, without rounding.
"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from pytest_prep.content.families.deal import Deal, money
from pytest_prep.content.families.deals_dirty import REPEATED, dirty_records
from pytest_prep.content.families.deals_hotels import make_hotels
from pytest_prep.content.families.framework import Draw, Family, FamilyFile, csv_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_prep.content.families.deals_hotels import Hotel

SEED = 20250807
DEALS = 50_000
BATCHES = 2_000

CATEGORIES = ("Beach", "City Break", "Family", "Last Minute", "Luxury")
#: room → price in percent of a double room, and share of the deals
_ROOMS = (
    (("Double", 100), 40),
    (("Single", 75), 20),
    (("Twin", 95), 20),
    (("Family Room", 150), 12),
    (("Suite", 320), 8),
)
#: price in percent, January to December
_SEASON = (80, 80, 90, 100, 110, 125, 140, 140, 115, 100, 85, 120)
_DISCOUNTS = (
    (0, 10),
    (5, 8),
    (10, 18),
    (15, 16),
    (20, 16),
    (25, 10),
    (30, 10),
    (40, 6),
    (50, 4),
    (60, 2),
)
_FIRST_BATCH = datetime.datetime(2025, 1, 2, 6, 0, 0)

COLUMNS = (
    ("deal_id", "INTEGER"),
    ("hotel_name", "VARCHAR"),
    ("hotel_city", "VARCHAR"),
    ("hotel_country", "VARCHAR"),
    ("hotel_phone", "VARCHAR"),
    ("hotel_star_rating", "INTEGER"),
    ("room_type", "VARCHAR"),
    ("price_per_night", "DECIMAL(10,2)"),
    ("original_price", "DECIMAL(10,2)"),
    ("discount_percent", "INTEGER"),
    ("checkin_date", "DATE"),
    ("checkout_date", "DATE"),
    ("is_available", "BOOLEAN"),
    ("categories", "VARCHAR"),
    ("created_at", "TIMESTAMP"),
)


def make_deals() -> Iterator[Deal]:
    """Draw the deals in the order of their ids."""
    draw = Draw(SEED)
    # A hotel as often as its weight says: one draw finds a deal's hotel.
    wheel = [hotel for hotel in make_hotels(draw) for _ in range(hotel.weight)]
    batches = _batches(draw)
    for number in range(DEALS):
        batch = number * BATCHES // DEALS
        # Some wait for approval and are published with a later batch than their neighbours.
        if draw.chance(0.02):
            batch = min(batch + draw.between(1, 100), BATCHES - 1)
        yield _deal(draw, number + 1, draw.pick(wheel), batches[batch])


def _batches(draw: Draw) -> list[datetime.datetime]:
    """Draw the times of the batches, one to eight hours apart: a year in all."""
    times = [_FIRST_BATCH]
    while len(times) < BATCHES:
        times.append(times[-1] + datetime.timedelta(seconds=draw.between(3_600, 27_936)))
    return times


def _deal(draw: Draw, deal_id: int, hotel: Hotel, created: datetime.datetime) -> Deal:
    stars = hotel.stars
    if hotel.other_stars is not None and draw.chance(0.15):
        stars = hotel.other_stars
    room, room_percent = draw.weighted(_ROOMS)
    checkin = created.date() + datetime.timedelta(days=draw.between(1, 180))
    percent = room_percent * _SEASON[checkin.month - 1]
    original = hotel.base_price * percent // 10_000 + draw.below(20)
    discount = draw.weighted(_DISCOUNTS)
    count = draw.weighted(((1, 5), (2, 4), (3, 1)))
    return Deal(
        deal_id=deal_id,
        hotel=hotel,
        stars=stars,
        room=room,
        # Whole units of money less whole percents are whole cents: nothing to round.
        price=original * (100 - discount),
        original=original * 100,
        discount=discount,
        checkin=checkin,
        checkout=checkin + datetime.timedelta(days=draw.between(1, 14)),
        available=draw.chance(0.85),
        categories=tuple(draw.sample(CATEGORIES, count)),
        created=created,
    )


def clean_record(deal: Deal) -> tuple[str, ...]:
    """Return the fields of the clean file."""
    hotel = deal.hotel
    return (
        str(deal.deal_id),
        hotel.name,
        hotel.city,
        hotel.country,
        hotel.phone,
        str(deal.stars),
        deal.room,
        money(deal.price),
        money(deal.original),
        str(deal.discount),
        deal.checkin.isoformat(),
        deal.checkout.isoformat(),
        "true" if deal.available else "false",
        ", ".join(deal.categories),
        deal.created.isoformat(sep=" "),
    )


def _make(table: str) -> bytes:
    header = [name for name, _ in COLUMNS]
    if table == "deals":
        return csv_bytes(header, map(clean_record, make_deals()))
    return csv_bytes(header, dirty_records(make_deals()), byte_order_mark=True)


FAMILY = Family(
    name="deals",
    title="Hotel deals of a year: one wide table, and a dirty copy of it",
    licence="MIT",
    files={
        "deals": FamilyFile(
            name="deals.csv",
            rows=DEALS,
            columns=COLUMNS,
            sha256="5add242af7e35900079b5fd818d839d180f53557248f4e685d82d49b890071b5",
        ),
        "deals_dirty": FamilyFile(
            name="deals_dirty.csv",
            rows=DEALS + REPEATED,
            columns=tuple((name, "VARCHAR") for name, _ in COLUMNS),
            sha256="4a5d7f228e00ac40c0a1ab8644dea6e4b7227abb6cac2b81c1b5ab8ac5877040",
        ),
    },
    make=_make,
)
