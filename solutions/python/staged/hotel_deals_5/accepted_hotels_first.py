# Adds up the deals of each hotel, then the hotels of each city: sums may be added up again.
from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Callable, Iterable, Mapping
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

_STATS = """
SELECT h.city, h.country, coalesce(sum(n), 0) AS deals, sum(total), min(lowest)
FROM hotels AS h LEFT JOIN (
    SELECT hotel_id, count(*) AS n, sum(price_cents) AS total, min(price_cents) AS lowest
    FROM deals WHERE available GROUP BY hotel_id
) USING (hotel_id)
GROUP BY h.city, h.country
ORDER BY deals DESC, h.city, h.country
"""


def connect() -> sqlite3.Connection:
    """Return a connection to a new database in memory, which holds foreign keys."""
    connection = sqlite3.connect(":memory:")
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def create_schema(connection: sqlite3.Connection) -> None:
    """Make the tables ``hotels`` and ``deals``."""
    connection.executescript(_SCHEMA)
    migrate(connection)


def migrate(connection: sqlite3.Connection) -> None:
    """Bring a database of round 2 up to date; one that is up to date stays as it is."""
    connection.execute("CREATE INDEX IF NOT EXISTS deals_of_hotel ON deals (hotel_id)")


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
            phone = row["hotel_phone"]
            facts = [row["hotel_name"], row["hotel_city"], row["hotel_country"]]
            if phone not in known:
                cursor = connection.execute(
                    "INSERT INTO hotels (name, city, country, phone) VALUES (?, ?, ?, ?)",
                    (*facts, phone),
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


def list_deals(
    connection: sqlite3.Connection, query: Mapping[str, str] | None = None
) -> tuple[int, dict[str, Any]]:
    """Return 200 and a page of the deals that fit the query, the newest first, or 422."""
    query = query or {}
    wrong = {name for name, text in query.items() if not _FILTERS.get(name, _nothing)(text)}
    if wrong:
        return 422, {"error": "invalid", "fields": sorted(wrong)}
    where, values = _where(connection, query)
    limit, offset = int(query.get("limit", 20)), int(query.get("offset", 0))
    (total,) = connection.execute(
        f"SELECT count(*) FROM deals AS d WHERE {where}", values
    ).fetchone()
    found = connection.execute(
        f"{_SELECT} WHERE {where} ORDER BY d.created_at DESC, d.deal_id DESC LIMIT ? OFFSET ?",
        (*values, limit, offset),
    )
    items = [_deal(row) for row in found]
    return 200, {"items": items, "total": total, "limit": limit, "offset": offset}


def city_stats(connection: sqlite3.Connection) -> tuple[int, dict[str, Any]]:
    """Return 200 and the deals, average and lowest price of each city, most deals first."""
    found = connection.execute(_STATS)
    return 200, {"items": [_city(*row) for row in found]}


def deal_detail(connection: sqlite3.Connection, deal_id: int) -> tuple[int, dict[str, Any]]:
    """Return 200 and a deal with its hotel, or 404 and what is missing."""
    row = connection.execute(f"{_SELECT} WHERE d.deal_id = ?", (deal_id,)).fetchone()
    if row is None:
        return 404, {"error": "deal_not_found", "deal_id": deal_id}
    return 200, _deal(row)


def create_deal(
    connection: sqlite3.Connection, body: Mapping[str, Any], now: str
) -> tuple[int, dict[str, Any]]:
    """Make a deal that is created at ``now``; return 201 and it, 422, or 404 for its hotel."""
    data = {"available": True, "categories": [], **body}
    wrong = _FIELDS.keys() - data.keys() | _wrong_fields(data)
    wrong = wrong or _contradictions(data)
    if wrong:
        return 422, {"error": "invalid", "fields": sorted(wrong)}
    if not _hotel_exists(connection, data["hotel_id"]):
        return 404, {"error": "hotel_not_found", "hotel_id": data["hotel_id"]}
    values = {**data, "categories": ", ".join(data["categories"]), "created_at": now}
    with connection:
        (deal_id,) = connection.execute(
            f"INSERT INTO deals ({', '.join(values)}) VALUES ({', '.join('?' * len(values))}) "
            "RETURNING deal_id",
            tuple(values.values()),
        ).fetchone()
    return 201, deal_detail(connection, deal_id)[1]


def update_deal(
    connection: sqlite3.Connection, deal_id: int, changes: Mapping[str, Any]
) -> tuple[int, dict[str, Any]]:
    """Change the fields that are given; return 200 and the deal, 404 or 422."""
    status, deal = deal_detail(connection, deal_id)
    if status == 404:
        return status, deal
    wrong = _wrong_fields(changes) or _contradictions({**deal, **changes})
    if wrong:
        return 422, {"error": "invalid", "fields": sorted(wrong)}
    if "hotel_id" in changes and not _hotel_exists(connection, changes["hotel_id"]):
        return 404, {"error": "hotel_not_found", "hotel_id": changes["hotel_id"]}
    values = dict(changes)
    if "categories" in values:
        values["categories"] = ", ".join(values["categories"])
    if values:
        with connection:
            connection.execute(
                f"UPDATE deals SET {', '.join(f'{name} = ?' for name in values)} WHERE deal_id = ?",
                (*values.values(), deal_id),
            )
    return deal_detail(connection, deal_id)


def delete_deal(connection: sqlite3.Connection, deal_id: int) -> tuple[int, dict[str, Any] | None]:
    """Delete a deal; return 204 and None, or 404."""
    with connection:
        cursor = connection.execute("DELETE FROM deals WHERE deal_id = ?", (deal_id,))
    if cursor.rowcount == 0:
        return 404, {"error": "deal_not_found", "deal_id": deal_id}
    return 204, None


def _city(
    city: str, country: str, deals: int, total: int | None, lowest: int | None
) -> dict[str, Any]:
    # Twice the sum and one more, over twice the count: halves go up, and no float is in it.
    average = None if total is None else (2 * total + deals) // (2 * deals)
    return {
        "city": city,
        "country": country,
        "deals": deals,
        "average_cents": average,
        "lowest_cents": lowest,
    }


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
        "categories": sorted(row[8].split(", ")) if row[8] else [],
        "created_at": row[9],
        "hotel": dict(zip(("hotel_id", "name", "city", "country", "phone"), row[10:], strict=True)),
    }


def _number(low: int, high: int) -> Callable[[Any], bool]:
    # type() and not isinstance(): True is an int.
    return lambda value: type(value) is int and low <= value <= high


def _date(value: Any) -> bool:
    try:
        return datetime.date.fromisoformat(value).isoformat() == value
    except (TypeError, ValueError):
        return False


def _text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _categories(value: Any) -> bool:
    return (
        isinstance(value, list)
        and all(_text(name) and "," not in name for name in value)
        and len(set(value)) == len(value)
    )


_MANY = 2**63 - 1
#: What a value of each field has to be; other fields do not exist.
_FIELDS: dict[str, Callable[[Any], bool]] = {
    "hotel_id": _number(1, _MANY),
    "stars": _number(1, 5),
    "room_type": _text,
    "price_cents": _number(1, _MANY),
    "original_cents": _number(1, _MANY),
    "checkin": _date,
    "checkout": _date,
    "available": lambda value: isinstance(value, bool),
    "categories": _categories,
}


def _wrong_fields(data: Mapping[str, Any]) -> set[str]:
    """Return the names that do not exist, and those whose value does not fit."""
    return {name for name, value in data.items() if not _FIELDS.get(name, _nothing)(value)}


def _nothing(value: Any) -> bool:
    return False


def _contradictions(deal: Mapping[str, Any]) -> set[str]:
    """Return the fields of a whole deal that fit alone, and not together."""
    wrong = set()
    if deal["price_cents"] > deal["original_cents"]:
        wrong.add("price_cents")
    if deal["checkout"] <= deal["checkin"]:
        wrong.add("checkout")
    return wrong


def _hotel_exists(connection: sqlite3.Connection, hotel_id: int) -> bool:
    found = connection.execute("SELECT 1 FROM hotels WHERE hotel_id = ?", (hotel_id,))
    return found.fetchone() is not None


def _digits(text: str) -> bool:
    # int() would also take " 4", "+4", "1_000" and digits of other scripts.
    return text.isascii() and text.isdigit() and len(text) <= 15


_FILTERS: dict[str, Callable[[str], bool]] = {
    "city": _text,
    "min_stars": _digits,
    "min_price": _digits,
    "max_price": _digits,
    "limit": lambda text: _digits(text) and 1 <= int(text) <= 100,
    "offset": _digits,
}
_CONDITIONS = {
    "min_stars": "d.stars >= ?",
    "min_price": "d.price_cents >= ?",
    "max_price": "d.price_cents <= ?",
}


def _where(connection: sqlite3.Connection, query: Mapping[str, str]) -> tuple[str, list[Any]]:
    """Return the condition of a checked query, which is about deals alone, and its values."""
    conditions, values = ["TRUE"], list[Any]()
    for name, condition in _CONDITIONS.items():
        if name in query:
            conditions.append(condition)
            values.append(int(query[name]))
    if "city" in query:
        hotels = _hotels_in(connection, query["city"])
        conditions.append(f"d.hotel_id IN ({', '.join('?' * len(hotels))})")
        values += hotels
    return " AND ".join(conditions), values


def _hotels_in(connection: sqlite3.Connection, city: str) -> list[int]:
    # SQLite's lower() knows ASCII only, and the hotels are few: compare them here.
    hotels = connection.execute("SELECT hotel_id, city FROM hotels")
    return [hotel_id for hotel_id, name in hotels if name.casefold() == city.casefold()]
