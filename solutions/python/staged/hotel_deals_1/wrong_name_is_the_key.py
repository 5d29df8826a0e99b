# Takes the name for the key of a hotel: 12 names belong to two hotels each.
# verdict: runtime_error
# caught by: test_edge_one_name_two_hotels
from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

_SCHEMA = """
CREATE TABLE hotels (
    hotel_id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    city TEXT NOT NULL,
    country TEXT NOT NULL,
    phone TEXT NOT NULL UNIQUE
);
CREATE TABLE deals (
    deal_id INTEGER PRIMARY KEY,
    hotel_id INTEGER NOT NULL REFERENCES hotels,
    stars INTEGER NOT NULL CHECK (stars BETWEEN 1 AND 5),
    room_type TEXT NOT NULL,
    price_cents INTEGER NOT NULL CHECK (price_cents > 0),
    original_cents INTEGER NOT NULL,
    checkin TEXT NOT NULL,
    checkout TEXT NOT NULL,
    available INTEGER NOT NULL CHECK (available IN (0, 1)),
    categories TEXT NOT NULL,
    created_at TEXT NOT NULL,
    CHECK (price_cents <= original_cents),
    CHECK (checkin < checkout)
);
"""

_SELECT = """
SELECT d.deal_id, d.stars, d.room_type, d.price_cents, d.original_cents, d.checkin, d.checkout,
    d.available, d.categories, d.created_at, h.hotel_id, h.name, h.city, h.country, h.phone
FROM deals AS d JOIN hotels AS h USING (hotel_id)
"""


def connect() -> sqlite3.Connection:
    """Return a connection to a new database in memory, which holds foreign keys."""
    connection = sqlite3.connect(":memory:")
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def create_schema(connection: sqlite3.Connection) -> None:
    """Make the tables ``hotels`` and ``deals``."""
    connection.executescript(_SCHEMA)


def load_deals(
    connection: sqlite3.Connection, rows: Iterable[Mapping[str, str]]
) -> tuple[int, int]:
    """Load the rows of the file, all or none; return how many hotels and deals are new."""
    known = {
        phone: (hotel_id, facts)
        for hotel_id, phone, *facts in connection.execute(
            "SELECT hotel_id, phone, name, city, country FROM hotels"
        )
    }
    hotels_before, deals = len(known), 0
    with connection:
        for row in rows:
            phone = row["hotel_name"]
            facts = [row["hotel_name"], row["hotel_city"], row["hotel_country"]]
            if phone not in known:
                cursor = connection.execute(
                    "INSERT INTO hotels (name, city, country, phone) VALUES (?, ?, ?, ?)",
                    (*facts, row["hotel_phone"]),
                )
                known[phone] = cursor.lastrowid, facts
            hotel_id, known_facts = known[phone]
            if facts != known_facts:
                raise ValueError(f"phone {phone} is {known_facts}, and now {facts}")
            cursor = connection.execute(
                "INSERT INTO deals VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
                "ON CONFLICT (deal_id) DO NOTHING",
                (
                    int(row["deal_id"]),
                    hotel_id,
                    int(row["hotel_star_rating"]),
                    row["room_type"],
                    _cents(row["price_per_night"]),
                    _cents(row["original_price"]),
                    row["checkin_date"],
                    row["checkout_date"],
                    row["is_available"] == "true",
                    row["categories"],
                    row["created_at"],
                ),
            )
            deals += cursor.rowcount
    return len(known) - hotels_before, deals


def list_deals(connection: sqlite3.Connection) -> tuple[int, dict[str, Any]]:
    """Return 200 and all deals with their hotels, the newest first."""
    found = connection.execute(f"{_SELECT} ORDER BY d.created_at DESC, d.deal_id DESC")
    return 200, {"items": [_deal(row) for row in found]}


def deal_detail(connection: sqlite3.Connection, deal_id: int) -> tuple[int, dict[str, Any]]:
    """Return 200 and a deal with its hotel, or 404 and what is missing."""
    row = connection.execute(f"{_SELECT} WHERE d.deal_id = ?", (deal_id,)).fetchone()
    if row is None:
        return 404, {"error": "deal_not_found", "deal_id": deal_id}
    return 200, _deal(row)


def _cents(text: str) -> int:
    return int(Decimal(text) * 100)


def _deal(row: tuple[Any, ...]) -> dict[str, Any]:
    names = (
        "deal_id",
        "stars",
        "room_type",
        "price_cents",
        "original_cents",
        "checkin",
        "checkout",
    )
    return {
        **dict(zip(names, row, strict=False)),
        "available": bool(row[7]),
        "categories": sorted(row[8].split(", ")),
        "created_at": row[9],
        "hotel": dict(zip(("hotel_id", "name", "city", "country", "phone"), row[10:], strict=True)),
    }
