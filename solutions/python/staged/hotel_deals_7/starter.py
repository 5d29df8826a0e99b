"""Hotel deals, round 7: performance.

The problem is in README.md; judge this file with
``pytest katas/python/staged/hotel_deals_7``. This is round 6 as it runs today: ``list_deals`` was
changed since, and is slow. New is ``serve``.
"""

from __future__ import annotations

import contextlib
import datetime
import queue
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sized
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

_UP = (
    "CREATE TABLE categories (category_id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)",
    """CREATE TABLE deal_categories (
        deal_id INTEGER NOT NULL REFERENCES deals ON DELETE CASCADE,
        category_id INTEGER NOT NULL REFERENCES categories,
        PRIMARY KEY (deal_id, category_id)
    )""",
    "CREATE INDEX deals_of_category ON deal_categories (category_id, deal_id)",
)
_DOWN = ("DROP TABLE deal_categories", "DROP TABLE categories")

#: The names of a deal's categories, joined by commas, which no name holds.
_CATEGORIES = """
(SELECT coalesce(group_concat(c.name), '')
FROM deal_categories AS l JOIN categories AS c USING (category_id)
WHERE l.deal_id = d.deal_id)
"""
_SELECT = f"""
SELECT d.deal_id, d.stars, d.room_type, d.price_cents, d.original_cents, d.checkin, d.checkout,
    d.available, {_CATEGORIES}, d.created_at, h.hotel_id, h.name, h.city, h.country, h.phone
FROM deals AS d JOIN hotels AS h USING (hotel_id)
"""

_STATS = """
SELECT h.city, h.country, count(d.deal_id) AS deals, sum(d.price_cents), min(d.price_cents)
FROM hotels AS h LEFT JOIN deals AS d ON d.hotel_id = h.hotel_id AND d.available = 1
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
    """Bring a database of any round up to date; one that is up to date stays as it is."""
    with _transaction(connection):
        connection.execute("CREATE INDEX IF NOT EXISTS deals_of_hotel ON deals (hotel_id)")
        if not _categories_are_text(connection):
            return
        for statement in _UP:
            connection.execute(statement)
        texts = connection.execute("SELECT deal_id, categories FROM deals")
        _link(connection, [(deal_id, name) for deal_id, text in texts for name in _names(text)])
        connection.execute("ALTER TABLE deals DROP COLUMN categories")


def migrate_back(connection: sqlite3.Connection) -> None:
    """Bring a database back to round 5; one that is there stays as it is."""
    with _transaction(connection):
        if _categories_are_text(connection):
            return
        texts = connection.execute(f"SELECT {_CATEGORIES}, d.deal_id FROM deals AS d").fetchall()
        connection.execute("ALTER TABLE deals ADD COLUMN categories TEXT NOT NULL DEFAULT ''")
        connection.executemany(
            "UPDATE deals SET categories = ? WHERE deal_id = ?",
            ((", ".join(sorted(_names(text))), deal_id) for text, deal_id in texts),
        )
        for statement in _DOWN:
            connection.execute(statement)


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
    hotels_before, deals, pairs = len(known), 0, list[tuple[int, str]]()
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
                "INSERT INTO deals (deal_id, hotel_id, stars, room_type, price_cents, "
                "original_cents, checkin, checkout, available, created_at) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (deal_id) DO NOTHING",
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
                    row["created_at"],
                ),
            )
            if cursor.rowcount:
                deals += 1
                pairs += [(int(row["deal_id"]), name) for name in _names(row["categories"])]
        _link(connection, pairs)
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
    found = connection.execute(
        f"SELECT d.deal_id FROM deals AS d WHERE {where} "
        "ORDER BY d.created_at DESC, d.deal_id DESC",
        values,
    ).fetchall()
    page = found[offset : offset + limit]
    items = [deal_detail(connection, deal_id)[1] for (deal_id,) in page]
    return 200, {"items": items, "total": len(found), "limit": limit, "offset": offset}


def city_stats(connection: sqlite3.Connection) -> tuple[int, dict[str, Any]]:
    """Return 200 and the deals, average and lowest price of each city, most deals first."""
    found = connection.execute(_STATS)
    return 200, {"items": [_city(*row) for row in found]}


def serve(
    pool: queue.Queue[sqlite3.Connection], wait: float, handler: Callable[..., Any], *arguments: Any
) -> Any:
    """Return what the handler answers on a connection of the pool, or 503 where none gets free."""
    raise NotImplementedError


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
    values = {**data, "created_at": now}
    names = values.pop("categories")
    with connection:
        (deal_id,) = connection.execute(
            f"INSERT INTO deals ({', '.join(values)}) VALUES ({', '.join('?' * len(values))}) "
            "RETURNING deal_id",
            tuple(values.values()),
        ).fetchone()
        _link(connection, [(deal_id, name) for name in names])
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
    names = values.pop("categories", None)
    with connection:
        if values:
            connection.execute(
                f"UPDATE deals SET {', '.join(f'{name} = ?' for name in values)} WHERE deal_id = ?",
                (*values.values(), deal_id),
            )
        if names is not None:
            connection.execute("DELETE FROM deal_categories WHERE deal_id = ?", (deal_id,))
            _link(connection, [(deal_id, name) for name in names])
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


@contextlib.contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    # sqlite3 opens a transaction before INSERT, UPDATE and DELETE, and none before CREATE or DROP.
    connection.execute("BEGIN")
    with connection:
        yield


def _categories_are_text(connection: sqlite3.Connection) -> bool:
    return ("categories",) in connection.execute("SELECT name FROM pragma_table_info('deals')")


def _names(text: str) -> set[str]:
    return {name.strip() for name in text.split(",")} - {""}


def _link(connection: sqlite3.Connection, pairs: Collection[tuple[int, str]]) -> None:
    """Link deals to categories, which are made where they are new."""
    connection.executemany(
        "INSERT INTO categories (name) VALUES (?) ON CONFLICT (name) DO NOTHING",
        {(name,) for _, name in pairs},
    )
    connection.executemany(
        "INSERT INTO deal_categories (deal_id, category_id) "
        "SELECT ?, category_id FROM categories WHERE name = ?",
        pairs,
    )


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
        "categories": sorted(_names(row[8])),
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
    "category": _text,
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
        hotels = _named(connection, "SELECT hotel_id, city FROM hotels", query["city"])
        conditions.append(f"d.hotel_id IN ({_marks(hotels)})")
        values += hotels
    if "category" in query:
        found = _named(connection, "SELECT category_id, name FROM categories", query["category"])
        conditions.append(
            "d.deal_id IN (SELECT l.deal_id FROM deal_categories AS l "
            f"WHERE l.category_id IN ({_marks(found)}))"
        )
        values += found
    return " AND ".join(conditions), values


def _named(connection: sqlite3.Connection, select: str, wanted: str) -> list[int]:
    # SQLite's lower() knows ASCII only, and hotels and categories are few: compare them here.
    found = connection.execute(select)
    return [number for number, name in found if name.casefold() == wanted.casefold()]


def _marks(values: Sized) -> str:
    return ", ".join("?" * len(values))
