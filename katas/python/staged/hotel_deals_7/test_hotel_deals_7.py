"""Round 7: performance, and everything of rounds 1 to 6 again."""

from __future__ import annotations

import contextlib
import datetime
import queue
import sqlite3
from functools import partial

import pytest

COLUMNS = (
    "deal_id, hotel_id, stars, room_type, price_cents, original_cents, checkin, checkout, "
    "available, categories, created_at"
)
NOW = "2025-06-01 12:00:00"
#: The tables of round 2.
OLD_SCHEMA = """
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


def row_of(deal_id, phone="+39 6 11", **changes):
    """Return a row of the file: a deal of one hotel in Rome, with the given changes."""
    row = {
        "deal_id": str(deal_id),
        "hotel_name": "Alba",
        "hotel_city": "Rome",
        "hotel_country": "Italy",
        "hotel_phone": phone,
        "hotel_star_rating": "4",
        "room_type": "Double",
        "price_per_night": "84.50",
        "original_price": "100.00",
        "discount_percent": "15",
        "checkin_date": "2025-03-01",
        "checkout_date": "2025-03-04",
        "is_available": "true",
        "categories": "Luxury, Beach",
        "created_at": "2025-01-02 06:00:00",
    }
    return row | changes


def body_of(**changes):
    """Return what a client sends for a new deal of hotel 1, with the given changes."""
    body = {
        "hotel_id": 1,
        "stars": 4,
        "room_type": "Double",
        "price_cents": 8450,
        "original_cents": 10000,
        "checkin": "2025-03-01",
        "checkout": "2025-03-04",
    }
    return body | changes


def database(answer, *rows):
    """Return a connection to a database with these rows loaded."""
    connection = answer.connect()
    answer.create_schema(connection)
    answer.load_deals(connection, iter(rows))
    return connection


def some_deals(answer):
    """Return a database with deals 1 to 6 of three hotels."""
    paris = {"hotel_city": "Paris", "hotel_country": "France"}
    canada = {"hotel_city": "Montréal", "hotel_country": "Canada"}
    return database(
        answer,
        row_of(1, price_per_night="50.00"),
        row_of(2, price_per_night="60.00", hotel_star_rating="5"),
        row_of(3, "+33 1 11", price_per_night="60.00", **paris),
        row_of(4, "+33 1 11", price_per_night="70.00", hotel_star_rating="3", **paris),
        row_of(5, "+1 514 1", price_per_night="80.00", hotel_star_rating="5", **canada),
        row_of(6, "+1 514 1", price_per_night="80.01", **canada),
    )


def old_database(answer):
    """Return a database of round 2 with one deal."""
    connection = answer.connect()
    connection.executescript(OLD_SCHEMA)
    connection.execute(
        "INSERT INTO hotels (hotel_id, name, city, country, phone) "
        "VALUES (1, 'Alba', 'Kraków', 'Poland', '+48 12 11')"
    )
    connection.execute(
        f"INSERT INTO deals ({COLUMNS}) VALUES (7, 1, 4, 'Twin', 1, 2, '2025-03-01', "
        "'2025-03-02', 1, 'Beach', '2025-01-01 00:00:00')"
    )
    connection.commit()
    return connection


def counts(connection):
    """Return the number of hotels and of deals."""
    return tuple(
        connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        for table in ("hotels", "deals")
    )


def content(connection):
    """Return all rows of deals, and what they are linked to."""
    deals, links = (
        connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()
        for table in ("deals", "deal_categories")
    )
    return deals, links


def refuses(connection, statement):
    """Tell whether the database refuses a statement."""
    try:
        connection.execute(statement)
    except sqlite3.IntegrityError:
        return True
    return False


def statements(connection, call):
    """Return the SQL statements that a call runs."""
    seen = []
    connection.set_trace_callback(seen.append)
    try:
        call()
    finally:
        connection.set_trace_callback(None)
    return seen


def steps(connection, call):
    """Return how many hundred steps SQLite takes for a call."""
    ticks = []
    connection.set_progress_handler(lambda: ticks.append(1) and None, 100)
    try:
        call()
    finally:
        connection.set_progress_handler(None, 0)
    return len(ticks)


def ids(answer, connection, query):
    """Return the ids of the deals that fit a query, in order."""
    status, body = answer.list_deals(connection, query)
    assert status == 200, f"{query} gave {status} and {body}"
    return [deal["deal_id"] for deal in body["items"]]


def text(value):
    """Return a value of the data set as the file writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime.datetime):
        return value.isoformat(sep=" ")
    return str(value)


def rows_of_the_file(dataset):
    """Return the 50,000 rows of the file."""
    names = dataset.columns("deals")
    return [dict(zip(names, map(text, row), strict=True)) for row in dataset.rows("deals")]


def page(answer, connection, query):
    """Return ids, total, limit and offset of a page."""
    found = ids(answer, connection, query)
    body = answer.list_deals(connection, query)[1]
    assert body.keys() == {"items", "total", "limit", "offset"}, f"the keys are {sorted(body)}"
    return found, body["total"], body["limit"], body["offset"]


def fetched(connection, call):
    """Return how many rows a call fetches."""
    count, before = [], connection.row_factory

    def counting(cursor, row):
        count.append(row)
        return before(cursor, row) if before else row

    connection.row_factory = counting
    try:
        call()
    finally:
        connection.row_factory = before
    return len(count)


def old_deals(connection, texts):
    """Make the tables of round 5, with a deal for each text of categories."""
    connection.executescript(OLD_SCHEMA)
    connection.execute("INSERT INTO hotels VALUES (1, 'Alba', 'Rome', 'Italy', '+39 6 11')")
    connection.executemany(
        "INSERT INTO deals VALUES (?, 1, 4, '', 1, 2, '2025-03-01', '2025-03-02', 1, ?, '')",
        enumerate(texts, start=1),
    )
    connection.execute("CREATE INDEX deals_of_hotel ON deals (hotel_id)")
    connection.commit()


#: The tables of round 6 as they run, with its indexes.
RUNNING_SCHEMA = (
    OLD_SCHEMA.replace("    categories TEXT NOT NULL,\n", "")
    + """
CREATE INDEX deals_of_hotel ON deals (hotel_id);
CREATE TABLE categories (category_id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE deal_categories (
    deal_id INTEGER NOT NULL REFERENCES deals ON DELETE CASCADE,
    category_id INTEGER NOT NULL REFERENCES categories,
    PRIMARY KEY (deal_id, category_id)
);
CREATE INDEX deals_of_category ON deal_categories (category_id, deal_id);
INSERT INTO hotels VALUES (1, 'Alba', 'Rome', 'Italy', '+39 6 11');
INSERT INTO categories VALUES (1, 'Beach'), (2, 'Luxury');
"""
)


def fill(connection, n):
    """Make the tables of round 6 with n deals, none of them at the place of its time."""
    connection.executescript(RUNNING_SCHEMA)
    connection.executemany(
        "INSERT INTO deals VALUES (?, 1, 4, '', 1, 2, '2025-03-01', '2025-03-02', 1, ?)",
        ((number, f"{number * 7919 % n // 25:06}") for number in range(n)),
    )
    connection.execute(
        "INSERT INTO deal_categories SELECT deal_id, category_id FROM deals, categories"
    )
    connection.commit()


def growth_input(n):
    """Return a database with n deals, indexed by time, and the query of a page, for --review."""
    connection = sqlite3.connect(":memory:")
    fill(connection, n)
    connection.execute("CREATE INDEX deals_by_time ON deals (created_at)")
    return connection, {"limit": "20"}


# Round 7.


class Pool(queue.Queue):
    """A pool that tells how it was asked, and never lets anybody wait for real."""

    def __init__(self, *connections, coming=()):
        """Hold these connections; others are coming, for whoever waits."""
        super().__init__()
        self.coming = list(coming)
        self.waits = []
        for connection in connections:
            self.put(connection)

    def get(self, block=True, timeout=None):
        """Return a connection, one that is coming where the caller waits for it."""
        self.waits.append(timeout if block else 0)
        if block and self.empty() and self.coming:
            self.put(self.coming.pop())
        return super().get(block=False)


def running(answer, n):
    """Return a database of round 6 with n deals, brought up to date."""
    connection = answer.connect()
    fill(connection, n)
    answer.migrate(connection)
    return connection


def work(connection, call, deals):
    """Return the steps of a call per deal, and the plans of its statements in words."""
    seen = statements(connection, call)
    per_deal = steps(connection, call) * 100 / deals
    plans = [
        f"{statement.strip()}\n    " + "\n    ".join(row[3] for row in found)
        for statement in seen
        if (found := connection.execute(f"EXPLAIN QUERY PLAN {statement}").fetchall())
    ]
    return per_deal, "\n".join(plans)


def test_sample(answer):
    """Few statements a page; a connection that is borrowed and comes back; a pool that is empty."""
    connection = running(answer, 60)
    found = len(statements(connection, lambda: answer.list_deals(connection)))
    assert found <= 5, f"{found} statements for a page of 20 deals"
    pool = Pool(connection)
    status, body = answer.serve(pool, 0.1, answer.list_deals, {"limit": "3"})
    found = status, len(body["items"]), body["total"], pool.qsize()
    assert found == (200, 3, 60, 1), f"status, deals, total and size of the pool are {found}"
    found = answer.serve(Pool(), 0.1, answer.list_deals)
    assert found == (503, {"error": "busy"}), f"without a free connection: {found}"


def test_edge_statements_of_a_page(answer):
    """At most five, for a hundred deals and with every filter."""
    connection = running(answer, 120)
    for query in (
        {"limit": "100"},
        {"limit": "100", "city": "rome", "category": "beach", "min_stars": "1", "max_price": "9"},
    ):
        items = answer.list_deals(connection, query)[1]["items"]
        assert len(items) == 100, f"{query} gave {len(items)} deals, not 100"
        seen = statements(connection, partial(answer.list_deals, connection, query))
        assert len(seen) <= 5, f"{query} took {len(seen)} statements, the last: {seen[-1]}"


def test_edge_the_newest_page(answer):
    """A database that is running gets what leads to the newest deals without sorting all."""
    connection = running(answer, 3_000)
    found, plans = work(connection, lambda: answer.list_deals(connection), 3_000)
    assert found <= 4, f"{found:.1f} steps per deal, 4 are enough; the plans:\n{plans}"


def test_edge_a_page_far_behind(answer):
    """Skipping costs less than sorting."""
    connection = running(answer, 3_000)
    query = {"offset": "2400"}
    found, plans = work(connection, lambda: answer.list_deals(connection, query), 3_000)
    assert found <= 8, f"{found:.1f} steps per deal, 8 are enough; the plans:\n{plans}"


def test_edge_few_indexes(answer):
    """Three at most on deals: what no statement needs slows every write."""
    connection = running(answer, 10)
    found = connection.execute(
        "SELECT group_concat(name, ', '), count(*) FROM sqlite_master "
        "WHERE type = 'index' AND tbl_name = 'deals'"
    ).fetchone()
    assert found[1] <= 3, f"deals has {found[1]} indexes: {found[0]}"


def test_edge_the_second_migration(answer):
    """On a database that is up to date there is nothing to do."""
    connection = running(answer, 10)
    before = everything(connection)
    answer.migrate(connection)
    assert everything(connection) == before, "the second migration has changed something"


def test_edge_back_after_an_error(answer):
    """What the handler raises is the caller's, and the connection is the pool's."""
    pool = Pool(answer.connect())

    def fails(connection, reason):
        assert pool.empty(), "the connection is in the pool while it is used"
        raise ZeroDivisionError(reason)

    for _ in range(2):
        with pytest.raises(ZeroDivisionError, match="why"):
            answer.serve(pool, 0.1, fails, "why")
        assert pool.qsize() == 1, f"{pool.qsize()} connections in the pool after an error, not 1"


def test_edge_no_transaction_comes_back(answer):
    """What a handler did not commit is gone, whether it raised or forgot."""
    connection = running(answer, 2)

    def half(connection, fail):
        connection.execute("DELETE FROM deals WHERE deal_id = 1")
        if fail:
            raise ZeroDivisionError
        return 200, {}

    pool = Pool(connection)
    for fail in (True, False):
        with contextlib.suppress(ZeroDivisionError):
            answer.serve(pool, 0.1, half, fail)
        assert not connection.in_transaction, "the connection came back in a transaction"
        found = number_of(connection, "deals")
        assert found == 2, f"{found} deals are left of 2, though nothing was committed"


def test_edge_a_commit_stays(answer):
    """What a handler wrote is not taken back."""
    connection = running(answer, 2)
    found = answer.serve(Pool(connection), 0.1, answer.delete_deal, 1)
    assert found == (204, None), f"deleting gave {found}"
    assert number_of(connection, "deals") == 1, "the deal is there again"


def test_edge_waits_and_no_longer(answer):
    """A connection that gets free in time is used; there is an end to waiting."""
    connection = running(answer, 2)
    pool = Pool(coming=[connection])
    found = answer.serve(pool, 0.25, answer.deal_detail, 1)[0]
    assert found == 200, f"a connection got free while waiting, and the status is {found}"
    assert pool.waits == [0.25], f"waited for {pool.waits} seconds, not for [0.25]"
    ran = []
    found = answer.serve(Pool(), 0.25, ran.append)
    assert (found, ran) == ((503, {"error": "busy"}), []), f"without a connection: {found}"


def test_real_file(answer, dataset):
    """The pages of 50,000 deals: the newest ones, and one far behind."""
    rows = rows_of_the_file(dataset)
    connection = database(answer, *rows)
    order = sorted(rows, key=lambda row: (row["created_at"], int(row["deal_id"])), reverse=True)
    for offset, limit in ((0, 4), (40_000, 8)):
        query = {"offset": str(offset)}
        found = ids(answer, connection, query)
        right = [int(row["deal_id"]) for row in order[offset : offset + 20]]
        assert found == right, f"the page behind {offset} deals is {found}, not {right}"
        call = partial(answer.list_deals, connection, query)
        seen = len(statements(connection, call))
        assert seen <= 5, f"{seen} statements for a page of 20 deals"
        found, plans = work(connection, call, len(rows))
        assert found <= limit, f"{found:.1f} steps per deal, not {limit}; the plans:\n{plans}"


# Round 6 again.


def migrated(answer, texts):
    """Return a database of round 5 with these texts of categories, brought up to date."""
    connection = answer.connect()
    old_deals(connection, texts)
    answer.migrate(connection)
    return connection


def number_of(connection, table):
    """Return the number of rows of a table."""
    return connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]


def names_of(answer, connection, deal_id):
    """Return the categories of a deal, as a client gets them."""
    return answer.deal_detail(connection, deal_id)[1]["categories"]


def everything(connection):
    """Return what a database holds: its tables and indexes, and every row."""
    made = connection.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    return made, [
        (name, connection.execute(f"SELECT * FROM {name} ORDER BY 1, 2").fetchall())
        for (name,) in sorted(tables)
    ]


def stopped_after(connection, number, call):
    """Stop a call after some of SQLite's steps; tell whether it was still at work."""
    ticks = []

    def stop():
        ticks.append(1)
        return len(ticks) == number

    connection.set_progress_handler(stop, 10)
    try:
        call(connection)
    except sqlite3.OperationalError:
        return True
    finally:
        connection.set_progress_handler(None, 0)
    return False


def test_edge_round_6(answer):
    """The way there, a filter, and the way back."""
    connection = migrated(answer, ["Luxury, Beach", "City Break", "Beach"])
    found = number_of(connection, "categories"), number_of(connection, "deal_categories")
    assert found == (3, 4), f"{found} categories and links, not (3, 4)"
    columns = [row[1] for row in connection.execute("PRAGMA table_info(deals)")]
    assert "categories" not in columns, "the table deals still has its column categories"
    status, body = answer.list_deals(connection, {"category": "beach"})
    assert status == 200, f"the filter gave {status} and {body}"
    found = body["total"], [(deal["deal_id"], deal["categories"]) for deal in body["items"]]
    right = (2, [(3, ["Beach"]), (1, ["Beach", "Luxury"])])
    assert found == right, f"the filter gave {found}, not {right}"
    answer.migrate_back(connection)
    found = connection.execute("SELECT deal_id, categories FROM deals ORDER BY deal_id").fetchall()
    right = [(1, "Beach, Luxury"), (2, "City Break"), (3, "Beach")]
    assert found == right, f"after the way back the table holds {found}, not {right}"


def test_edge_texts_of_any_form(answer):
    """Blanks around a name are no part of it, an empty one is none, one given twice counts once."""
    texts = [
        "Beach,Luxury",
        " Beach ,  Luxury ",
        "Luxury,,Luxury",
        "",
        " , ",
        "City Break , Beach,",
    ]
    right = [["Beach", "Luxury"]] * 2 + [["Luxury"], [], [], ["Beach", "City Break"]]
    connection = migrated(answer, texts)
    found = [names_of(answer, connection, number) for number in range(1, 7)]
    assert found == right, f"the texts {texts} became {found}, not {right}"
    rows = [row_of(number, categories=names) for number, names in enumerate(texts, start=1)]
    connection = database(answer, *rows)
    found = [names_of(answer, connection, number) for number in range(1, 7)]
    assert found == right, f"loaded from a file, the texts {texts} became {found}, not {right}"


def test_edge_there_and_back(answer):
    """The way back brings the old tables, with newer deals too; there again, all is as before."""
    connection = migrated(answer, ["Luxury, Beach", ""])
    answer.create_deal(connection, body_of(categories=["Spa", "Beach"]), NOW)
    deals = [answer.deal_detail(connection, number) for number in (1, 2, 3)]
    answer.migrate_back(connection)
    back = everything(connection)
    answer.migrate_back(connection)
    assert everything(connection) == back, "the second way back has changed something"
    found = connection.execute(f"SELECT {COLUMNS} FROM deals ORDER BY deal_id").fetchall()
    texts = [row[9] for row in found]
    assert texts == ["Beach, Luxury", "", "Beach, Spa"], f"the texts are {texts}"
    assert refuses(connection, "UPDATE deals SET categories = NULL"), "deals without are accepted"
    assert refuses(connection, "UPDATE deals SET stars = 6"), "deals has lost a rule on the way"
    tables = {row[0] for row in connection.execute("SELECT tbl_name FROM sqlite_master")}
    assert tables == {"deals", "hotels"}, f"after the way back there are the tables {tables}"
    connection.rollback()
    answer.migrate(connection)
    found = [answer.deal_detail(connection, number) for number in (1, 2, 3)]
    assert found == deals, f"there again, the deals are {found}, not {deals}"


def test_edge_back_from_round_2(answer):
    """On a database that never went there, the way back changes nothing."""
    connection = old_database(answer)
    before = everything(connection)
    answer.migrate_back(connection)
    assert everything(connection) == before, "it has changed something"


def test_edge_stopped_on_the_way(answer):
    """Stopped anywhere, there or back, the database is wholly old or wholly new."""

    def old():
        connection = answer.connect()
        old_deals(connection, ["Luxury, Beach", "Beach"])
        return connection

    def new():
        connection = old()
        answer.migrate(connection)
        return connection

    for make, step in ((old, answer.migrate), (new, answer.migrate_back)):
        before, done = everything(make()), make()
        step(done)
        fine = before, everything(done)
        number, at_work = 1, True
        while at_work:
            connection = make()
            at_work = stopped_after(connection, number, step)
            assert not connection.in_transaction, f"stop {number} leaves a transaction open"
            assert everything(connection) in fine, (
                f"stop {number} leaves a database that is neither as before nor as after"
            )
            number += 1


def test_edge_the_links_hold_their_rules(answer):
    """A pair is of a deal and a category that are there, and comes once; so does a name."""
    connection = database(answer, row_of(1), row_of(2, categories="Beach"))
    for statement in (
        "UPDATE deal_categories SET deal_id = 99",
        "UPDATE deal_categories SET category_id = 99",
        "INSERT INTO deal_categories (deal_id, category_id) "
        "SELECT deal_id, category_id FROM deal_categories WHERE deal_id = 2",
        "INSERT INTO categories (name) VALUES ('Beach')",
        "INSERT INTO categories (name) VALUES (NULL)",
    ):
        assert refuses(connection, statement), f"the database accepts {statement}"


def test_edge_a_bad_file_leaves_no_category(answer):
    """What a file brings that is refused is gone with it."""
    connection = database(answer, row_of(1))
    rows = [row_of(2, categories="Spa"), row_of(3, price_per_night="0.00")]
    with pytest.raises(sqlite3.IntegrityError):
        answer.load_deals(connection, rows)
    found = number_of(connection, "categories"), number_of(connection, "deal_categories")
    assert found == (2, 2), f"{found} categories and links after it, not (2, 2)"


def test_edge_links_go_with_the_deal(answer):
    """A deleted deal leaves no pair."""
    connection = database(answer, row_of(1), row_of(2, categories="Beach"))
    found = answer.delete_deal(connection, 1), number_of(connection, "deal_categories")
    assert found == ((204, None), 1), f"the answer and the number of pairs left are {found}"


def test_edge_a_deal_comes_once(answer):
    """Whatever the number of its categories, in the list and in the total."""
    connection = database(answer, row_of(1), row_of(2, categories="A, B, C"), row_of(3))
    for query, right in (
        (None, [3, 2, 1]),
        ({"city": "Rome"}, [3, 2, 1]),
        ({"category": "luxury"}, [3, 1]),
    ):
        found = page(answer, connection, query)[:2]
        assert found == (right, len(right)), f"{query} gave ids and total {found}"


def test_edge_all_categories_are_shown(answer):
    """The filter decides which deals come, not which of their categories are shown."""
    connection = database(answer, row_of(1))
    (deal,) = answer.list_deals(connection, {"category": "Luxury"})[1]["items"]
    assert deal["categories"] == ["Beach", "Luxury"], f"the categories are {deal['categories']}"


def test_edge_which_category(answer):
    """The whole name, upper and lower case aside, beside other filters; no name is 422."""
    connection = database(
        answer,
        row_of(1, categories="City Break"),
        row_of(2, categories="Été"),
        row_of(3, categories="city break, Été", hotel_star_rating="5"),
    )
    for query, right in (
        ({"category": "CITY BREAK"}, [3, 1]),
        ({"category": "ÉTÉ"}, [3, 2]),
        ({"category": "Ete"}, []),
        ({"category": "City"}, []),
        ({"category": "%"}, []),
        ({"category": "' OR 1 = 1 --"}, []),
        ({"category": "été", "min_stars": "5"}, [3]),
        ({"category": "été", "city": "rome", "limit": "1", "offset": "1"}, [2]),
        ({"category": "été", "city": "Paris"}, []),
    ):
        found = ids(answer, connection, query)
        assert found == right, f"{query} gave {found}, not {right}"
    found = answer.list_deals(connection, {"category": " ", "city": ""})
    assert found == (422, {"error": "invalid", "fields": ["category", "city"]}), f"got {found}"


def test_edge_a_rare_category(answer):
    """The work for it does not grow with the number of all deals."""
    connection = database(answer, *map(row_of, range(2_000)), row_of(9_999, categories="Spa"))
    work = steps(connection, lambda: answer.list_deals(connection, {"category": "spa"}))
    assert ids(answer, connection, {"category": "spa"}) == [9_999], "the only deal is not found"
    assert work < 40, f"{work * 100} steps for one deal of 2,001: is every link looked at?"


# Round 5 again.

#: A hotel in a city of the same name, in another country.
SEYCHELLES = {"hotel_city": "Victoria", "hotel_country": "Seychelles"}
CANADA = {"hotel_city": "Victoria", "hotel_country": "Canada"}


def stats(answer, connection):
    """Return city, country, deals, average and lowest price of each city."""
    status, body = answer.city_stats(connection)
    assert status == 200, f"the status is {status}"
    assert body.keys() == {"items"}, f"the keys of the answer are {sorted(body)}"
    keys = ("city", "country", "deals", "average_cents", "lowest_cents")
    for item in body["items"]:
        assert item.keys() == set(keys), f"the keys of a city are {sorted(item)}"
    return [tuple(item[key] for key in keys) for item in body["items"]]


def test_edge_round_5(answer):
    """Three cities, two of one name; a deal that is sold out; a hotel without deals."""
    connection = database(
        answer,
        row_of(1, price_per_night="50.00"),
        row_of(2, price_per_night="60.00"),
        row_of(3, price_per_night="10.00", is_available="false"),
        row_of(4, "+1 250 1", price_per_night="70.00", **CANADA),
        row_of(5, "+248 4 1", price_per_night="80.00", is_available="false", **SEYCHELLES),
    )
    found = stats(answer, connection)
    right = [
        ("Rome", "Italy", 2, 5500, 5000),
        ("Victoria", "Canada", 1, 7000, 7000),
        ("Victoria", "Seychelles", 0, None, None),
    ]
    assert found == right, f"got {found}\nright is {right}"


def test_edge_two_countries(answer):
    """Cities of one name in two countries stay apart, and hotels of one city come together."""
    connection = database(
        answer,
        row_of(1, "+248 4 1", **SEYCHELLES),
        row_of(2, "+1 250 1", **CANADA),
        row_of(3, "+1 250 2", hotel_name="Riva", price_per_night="84.00", **CANADA),
    )
    found = stats(answer, connection)
    right = [
        ("Victoria", "Canada", 2, 8425, 8400),
        ("Victoria", "Seychelles", 1, 8450, 8450),
    ]
    assert found == right, f"got {found}\nright is {right}"


def test_edge_a_city_without_deals(answer):
    """It is shown with 0 deals, whether all are sold out or none is left."""
    connection = database(
        answer,
        row_of(1),
        row_of(2, "+33 1 1", hotel_city="Paris", hotel_country="France", is_available="false"),
    )
    answer.delete_deal(connection, 1)
    found = stats(answer, connection)
    right = [("Paris", "France", 0, None, None), ("Rome", "Italy", 0, None, None)]
    assert found == right, f"got {found}, not {right}"


def test_edge_nothing_at_all(answer):
    """Without hotels there is no city."""
    found = stats(answer, database(answer))
    assert found == [], f"got {found}"


def test_edge_most_deals_first(answer):
    """Most deals first; of equal ones by city, then by country."""
    rows = [
        row_of(1, "+1 1", **SEYCHELLES),
        row_of(2, "+1 2", **CANADA),
        row_of(3, "+1 3", hotel_city="Arles", hotel_country="France"),
        row_of(4, "+1 4", hotel_city="Zagreb", hotel_country="Croatia"),
        row_of(5, "+1 4", hotel_city="Zagreb", hotel_country="Croatia"),
    ]
    found = [city[:3] for city in stats(answer, database(answer, *rows))]
    right = [
        ("Zagreb", "Croatia", 2),
        ("Arles", "France", 1),
        ("Victoria", "Canada", 1),
        ("Victoria", "Seychelles", 1),
    ]
    assert found == right, f"the order is {found}, not {right}"


def test_edge_average_of_deals(answer):
    """Every deal weighs the same, not every hotel."""
    rows = [row_of(n, price_per_night="10.00") for n in (1, 2, 3)]
    rows.append(row_of(4, "+39 6 22", hotel_name="Riva", price_per_night="50.00"))
    found = stats(answer, database(answer, *rows))
    assert found == [("Rome", "Italy", 4, 2000, 1000)], f"got {found}, the average is 2000"


def test_edge_halves_go_up(answer):
    """An average is rounded to the nearest cent, and half a cent goes up."""
    for prices, right in (
        (("0.02", "0.03"), 3),
        (("0.03", "0.04"), 4),
        (("0.01", "0.01", "0.02"), 1),
        (("0.01", "0.02", "0.02"), 2),
    ):
        rows = [row_of(n, price_per_night=price) for n, price in enumerate(prices)]
        found = stats(answer, database(answer, *rows))[0][3]
        assert found == right, f"the average of {prices} is {found} cents, not {right}"
        assert type(found) is int, f"the average is {found!r}, not a whole number"


def test_edge_a_write_shows_at_once(answer):
    """Nothing is kept from before: a deal that comes, changes or goes is seen."""
    connection = database(answer, row_of(7, price_per_night="50.00"))
    found = [stats(answer, connection)[0][2:]]
    new = answer.create_deal(connection, body_of(price_cents=7000), NOW)[1]["deal_id"]
    found.append(stats(answer, connection)[0][2:])
    answer.update_deal(connection, new, {"price_cents": 6000})
    found.append(stats(answer, connection)[0][2:])
    answer.update_deal(connection, 7, {"available": False})
    found.append(stats(answer, connection)[0][2:])
    answer.delete_deal(connection, new)
    found.append(stats(answer, connection)[0][2:])
    right = [
        (1, 5000, 5000),
        (2, 6000, 5000),
        (2, 5500, 5000),
        (1, 6000, 6000),
        (0, None, None),
    ]
    assert found == right, f"deals, average and lowest price were {found}\nright is {right}"


def test_edge_one_query_for_all_cities(answer):
    """Twelve cities take as many queries as two."""
    few, many = (
        database(answer, *[row_of(n, f"+39 {n}", hotel_city=f"City {n}") for n in range(cities)])
        for cities in (2, 12)
    )
    small = len(statements(few, lambda: answer.city_stats(few)))
    large = len(statements(many, lambda: answer.city_stats(many)))
    assert small == large, f"{small} queries for 2 cities, {large} for 12: one more for each city"


def test_edge_the_database_adds_up(answer):
    """A row a city is fetched, not a row a deal."""
    connection = database(answer, *map(row_of, range(300)))
    found = fetched(connection, lambda: answer.city_stats(connection))
    assert found <= 30, f"{found} rows were fetched for one city with 300 deals"


# Round 4 again.


def test_edge_round_4(answer):
    """A first page, a second one, one behind the end, and a page that there cannot be."""
    connection = some_deals(answer)
    for query, right in (
        ({"limit": "4"}, ([6, 5, 4, 3], 6, 4, 0)),
        ({"limit": "4", "offset": "4"}, ([2, 1], 6, 4, 4)),
        ({"limit": "4", "offset": "6"}, ([], 6, 4, 6)),
        ({"city": "Paris", "limit": "1", "offset": "1"}, ([3], 2, 1, 1)),
        (None, ([6, 5, 4, 3, 2, 1], 6, 20, 0)),
    ):
        found = page(answer, connection, query)
        assert found == right, f"{query} gave ids, total, limit and offset {found}, not {right}"
    found = answer.list_deals(connection, {"limit": "0", "offset": "-1", "city": "Paris"})
    right = (422, {"error": "invalid", "fields": ["limit", "offset"]})
    assert found == right, f"got {found}, not {right}"


def test_edge_twenty_by_default(answer):
    """Without a limit a page has twenty deals, from the newest on."""
    connection = database(answer, *map(row_of, range(1, 26)))
    found = page(answer, connection, None)
    right = (list(range(25, 5, -1)), 25, 20, 0)
    assert found == right, f"got {found}, not {right}"
    found = page(answer, connection, {"offset": "20"})
    assert found == ([5, 4, 3, 2, 1], 25, 20, 20), f"the rest is {found}"


def test_edge_borders_of_a_page(answer):
    """1 to 100 deals, from 0 on; all else is 422, and named together with other mistakes."""
    connection = database(answer, *map(row_of, range(1, 103)))
    for limit in (1, 100):
        found = len(ids(answer, connection, {"limit": str(limit)}))
        assert found == limit, f"limit {limit} gave {found} deals"
    for name, values in (("limit", ("0", "101", "1000")), ("offset", ())):
        for value in (*values, "", "-1", "+1", "1.0", " 1", "all", "٤", "9" * 16):
            found = answer.list_deals(connection, {name: value})
            right = (422, {"error": "invalid", "fields": [name]})
            assert found == right, f"{name}={value!r} gave {found[0]}, not 422 and the field"
    found = answer.list_deals(connection, {"page": "2", "limit": "x", "city": ""})
    right = (422, {"error": "invalid", "fields": ["city", "limit", "page"]})
    assert found == right, f"got {found}, not {right}"


def test_edge_the_total_is_of_what_fits(answer):
    """The total counts what the filters let through, on every page and behind the last one."""
    connection = some_deals(answer)
    for query, right in (
        ({"city": "paris"}, 2),
        ({"min_stars": "5"}, 2),
        ({"min_price": "6000", "max_price": "8000"}, 4),
        ({"city": "Nowhere"}, 0),
    ):
        for offset in ("0", "1", "1000"):
            found = page(answer, connection, {**query, "limit": "1", "offset": offset})[1]
            assert found == right, f"{query} from {offset}: the total is {found}, not {right}"


def test_edge_pages_of_one_batch(answer):
    """Deals of one moment, loaded in any order: each is on one page, and on one only."""
    numbers = [n * 17 % 45 for n in range(45)]
    connection = database(answer, *map(row_of, numbers))
    pages = [
        ids(answer, connection, {"limit": "7", "offset": str(offset)}) for offset in range(0, 45, 7)
    ]
    found = [number for one in pages for number in one]
    assert found == list(range(44, -1, -1)), f"the pages together are {found}"


def test_edge_only_the_page_is_fetched(answer):
    """Twenty deals of 300 are not cut out of all 300."""
    connection = database(answer, *map(row_of, range(300)))
    found = fetched(connection, lambda: answer.list_deals(connection, {"offset": "100"}))
    assert found <= 100, f"{found} rows were fetched for a page of 20"


# Rounds 1 to 3 again.


def test_edge_a_deal_in_an_answer(answer):
    """A deal has all of its fields, each of its type."""
    sold_out = row_of(7, is_available="false", price_per_night="1.15")
    connection = database(answer, sold_out, row_of(9))
    status, deal = answer.deal_detail(connection, 7)
    right = {
        "deal_id": 7,
        "stars": 4,
        "room_type": "Double",
        "price_cents": 115,
        "original_cents": 10000,
        "checkin": "2025-03-01",
        "checkout": "2025-03-04",
        "available": False,
        "categories": ["Beach", "Luxury"],
        "created_at": "2025-01-02 06:00:00",
        "hotel": {
            "hotel_id": connection.execute("SELECT hotel_id FROM hotels").fetchone()[0],
            "name": "Alba",
            "city": "Rome",
            "country": "Italy",
            "phone": "+39 6 11",
        },
    }
    assert (status, deal) == (200, right), f"got {status} and {deal}\nright is {right}"
    found = deal["available"], answer.deal_detail(connection, 9)[1]["available"]
    assert found[0] is False, "available is a number, not False"
    assert found[1] is True, f"available is {found[1]} for a row with true"
    missing = answer.deal_detail(connection, 8)
    assert missing == (404, {"error": "deal_not_found", "deal_id": 8}), f"got {missing}"


def test_edge_a_bad_row_loads_nothing(answer):
    """A row that breaks a rule raises, and nothing of its file stays."""
    connection = database(answer, row_of(1))
    for change in (
        {"price_per_night": "0.00"},
        {"price_per_night": "100.01"},
        {"hotel_star_rating": "0"},
        {"hotel_star_rating": "6"},
        {"checkout_date": "2025-03-01"},
    ):
        rows = [row_of(2, "+39 6 22"), row_of(3, "+39 6 33", **change)]
        with pytest.raises(sqlite3.IntegrityError):
            answer.load_deals(connection, rows)
        found = counts(connection)
        assert found == (1, 1), f"{found} hotels and deals after a file with {change}, not (1, 1)"


def test_edge_a_phone_with_two_hotels(answer):
    """A phone that contradicts itself is told, in one file and against the table."""
    for column in ("hotel_name", "hotel_city", "hotel_country"):
        first, second = row_of(1), row_of(2, **{column: "Other"})
        for loaded, file in (([], [first, second]), ([first], [second])):
            connection = database(answer, *loaded)
            before = counts(connection)
            with pytest.raises(ValueError, match=r"39 6 11"):
                answer.load_deals(connection, file)
            assert counts(connection) == before, f"{counts(connection)} after it, {before} before"


def test_edge_a_second_file(answer):
    """A second file adds what is new, and leaves deals that are there as they are."""
    connection = database(answer, row_of(1), row_of(2))
    before = answer.deal_detail(connection, 2)
    rows = [row_of(2, room_type="Suite", categories="Family"), row_of(3), row_of(4, "+39 6 22")]
    found = answer.load_deals(connection, iter(rows))
    assert found == (1, 2), f"{found} hotels and deals are said to be new, not (1, 2)"
    assert answer.deal_detail(connection, 2) == before, "deal 2 was there, and has changed"
    connection.rollback()
    assert counts(connection) == (2, 4), "the load was not committed"


def test_edge_the_database_holds_the_rules(answer):
    """Nobody gets around the rules, also not with SQL."""
    connection = database(answer, row_of(1))
    for change in (
        "hotel_id = 999",
        "stars = 6",
        "stars = NULL",
        "price_cents = 0",
        "price_cents = 10001",
        "checkout = checkin",
        "available = 2",
        "room_type = NULL",
    ):
        assert refuses(connection, f"UPDATE deals SET {change}"), f"deals accepts {change}"
    second = "INSERT INTO hotels (name, city, country, phone) VALUES ('B', 'B', 'B', '+39 6 11')"
    assert refuses(connection, second), "the table hotels accepts a phone twice"


def test_edge_newest_first(answer):
    """Newest first, of equal times the higher id."""
    connection = database(
        answer,
        row_of(1, created_at="2025-01-03 06:00:00"),
        row_of(2, created_at="2025-01-02 06:00:00"),
        row_of(3, created_at="2025-01-03 06:00:00"),
        row_of(4, created_at="2025-01-01 06:00:00"),
    )
    found = ids(answer, connection, None)
    assert found == [3, 1, 2, 4], f"the order is {found}, not [3, 1, 2, 4]"


def test_edge_items_are_whole(answer):
    """A deal in the list is the same as the deal alone."""
    connection = database(answer, row_of(1), row_of(2, "+39 6 22", hotel_name="Riva"))
    for deal in answer.list_deals(connection)[1]["items"]:
        alone = answer.deal_detail(connection, deal["deal_id"])[1]
        assert deal == alone, f"in the list: {deal}\nalone: {alone}"


def test_edge_queries_do_not_grow(answer):
    """Twelve deals take as many queries as two."""
    few = database(answer, *[row_of(n, f"+39 6 {n}") for n in range(2)])
    many = database(answer, *[row_of(n, f"+39 6 {n}") for n in range(12)])
    small = len(statements(few, lambda: answer.list_deals(few)))
    large = len(statements(many, lambda: answer.list_deals(many)))
    assert small == large, f"{small} queries for 2 deals, {large} for 12: one more for each deal"


def test_edge_create_change_delete(answer):
    """A deal is made, changed and deleted."""
    connection = database(answer, row_of(7))
    body = body_of(available=False, categories=["Luxury", "City Break"])
    status, deal = answer.create_deal(connection, body, NOW)
    assert status == 201, f"the status of a new deal is {status}, not 201"
    new = deal["deal_id"]
    assert deal == answer.deal_detail(connection, new)[1], f"got {deal}, another one is stored"
    found = (deal["available"], deal["categories"], deal["created_at"])
    right = (False, ["City Break", "Luxury"], NOW)
    assert found == right, f"available, categories and created_at are {found}, not {right}"
    status, plain = answer.create_deal(connection, body_of(), NOW)
    found = (status, plain["available"], plain["categories"])
    assert found == (201, True, []), f"without available and categories: {found}"
    found = [answer.delete_deal(connection, new), answer.delete_deal(connection, new)]
    right = [(204, None), (404, {"error": "deal_not_found", "deal_id": new})]
    assert found == right, f"deleting twice gave {found}"
    connection.rollback()
    assert counts(connection) == (1, 2), f"{counts(connection)} hotels and deals, not (1, 2)"


def test_edge_bad_input(answer):
    """Bad input is 422 with the names of the fields, and changes nothing."""
    connection = database(answer, row_of(7))
    before = content(connection)
    for change, fields in (
        ({"stars": 6}, ["stars"]),
        ({"stars": True}, ["stars"]),
        ({"stars": "4"}, ["stars"]),
        ({"room_type": "  "}, ["room_type"]),
        ({"room_type": None}, ["room_type"]),
        ({"price_cents": 0}, ["price_cents"]),
        ({"price_cents": 10001}, ["price_cents"]),
        ({"original_cents": 0}, ["original_cents"]),
        ({"original_cents": 2**63}, ["original_cents"]),
        ({"hotel_id": 0}, ["hotel_id"]),
        ({"checkin": "2025-02-30"}, ["checkin"]),
        ({"checkout": "20250304"}, ["checkout"]),
        ({"checkout": "2025-03-01"}, ["checkout"]),
        ({"available": 1}, ["available"]),
        ({"categories": "Beach"}, ["categories"]),
        ({"categories": ["Beach", "Beach"]}, ["categories"]),
        ({"categories": ["Beach, Luxury"]}, ["categories"]),
        ({"categories": [""]}, ["categories"]),
        ({"stars": 0, "hotel_id": 99}, ["stars"]),
        ({"price_cents": 10001, "checkout": "2025-02-01"}, ["checkout", "price_cents"]),
        (dict.fromkeys("gfedcba", 1), list("abcdefg")),
    ):
        right = (422, {"error": "invalid", "fields": fields})
        made = answer.create_deal(connection, body_of(**change), NOW)
        assert made == right, f"create with {change} gave {made}, not {right}"
        changed = answer.update_deal(connection, 7, change)
        assert changed == right, f"update with {change} gave {changed}, not {right}"
        assert content(connection) == before, f"the table has changed with {change}"
    found = answer.create_deal(connection, {"stars": 4, "checkin": "2025-03-01"}, NOW)
    fields = ["checkout", "hotel_id", "original_cents", "price_cents", "room_type"]
    assert found == (422, {"error": "invalid", "fields": fields}), f"got {found}"


def test_edge_borders_are_right(answer):
    """The least of everything is fine, and so is the most that the table can hold."""
    connection = database(answer, row_of(7))
    for change in (
        {"stars": 1, "price_cents": 1, "original_cents": 1},
        {"price_cents": 2**63 - 1, "original_cents": 2**63 - 1},
    ):
        made, changed = (
            answer.create_deal(connection, body_of(**change), NOW),
            answer.update_deal(connection, 7, change),
        )
        assert (made[0], changed[0]) == (201, 200), f"{change} gave {made} and {changed}"


def test_edge_unknown_hotel_and_deal(answer):
    """A hotel or a deal that is not there is 404."""
    connection = database(answer, row_of(7))
    right = (404, {"error": "hotel_not_found", "hotel_id": 99})
    made = answer.create_deal(connection, body_of(hotel_id=99), NOW)
    moved = answer.update_deal(connection, 7, {"hotel_id": 99})
    assert (made, moved) == (right, right), f"create gave {made}, update {moved}"
    found = answer.update_deal(connection, 8, {"stars": 99})
    assert found == (404, {"error": "deal_not_found", "deal_id": 8}), f"update gave {found}"


def test_edge_the_rest_stays(answer):
    """Only what is given changes."""
    for change in (
        {},
        {"room_type": "Suite"},
        {"available": False},
        {"categories": []},
        {"categories": ["City Break", "Family"]},
        {"stars": 5, "categories": ["Beach", "Family"]},
        {"price_cents": 9000},
        {"checkin": "2025-03-02", "checkout": "2025-03-09"},
    ):
        connection = database(answer, row_of(7), row_of(8))
        before, other = (answer.deal_detail(connection, number)[1] for number in (7, 8))
        found = answer.update_deal(connection, 7, change)
        assert found == (200, before | change), f"got {found}, right is {(200, before | change)}"
        connection.rollback()
        assert answer.deal_detail(connection, 7) == found, f"{change} was not committed"
        assert answer.deal_detail(connection, 8)[1] == other, "another deal has changed as well"


def test_edge_moved_to_another_hotel(answer):
    """A deal may change its hotel."""
    connection = database(answer, row_of(7), row_of(8, "+39 6 22", hotel_name="Riva"))
    hotel = answer.deal_detail(connection, 8)[1]["hotel"]
    status, deal = answer.update_deal(connection, 7, {"hotel_id": hotel["hotel_id"]})
    assert (status, deal.get("hotel")) == (200, hotel), f"got {status} and {deal}"


def test_edge_against_what_is_stored(answer):
    """A change has to fit the fields that it does not name."""
    connection = database(answer, row_of(7))
    for change, field in (
        ({"original_cents": 8000}, "price_cents"),
        ({"checkin": "2025-03-04"}, "checkout"),
        ({"checkout": "2025-02-01"}, "checkout"),
    ):
        found = answer.update_deal(connection, 7, change)
        right = (422, {"error": "invalid", "fields": [field]})
        assert found == right, f"{change} gave {found}, not {right}"


def test_edge_what_fits(answer):
    """Borders are included, cities compared as wholes, and values are never SQL."""
    connection = some_deals(answer)
    for query, right in (
        ({"city": "montréal"}, [6, 5]),
        ({"city": "MONTRÉAL", "min_stars": "5", "min_price": "1", "max_price": "8000"}, [5]),
        ({"city": "Montreal"}, []),
        ({"city": "P%"}, []),
        ({"city": "Paris' OR 'a' = 'a"}, []),
        ({"min_stars": "0"}, [6, 5, 4, 3, 2, 1]),
        ({"min_stars": "5"}, [5, 2]),
        ({"min_price": "8000"}, [6, 5]),
        ({"max_price": "8000"}, [5, 4, 3, 2, 1]),
        ({"max_price": "9" * 15}, [6, 5, 4, 3, 2, 1]),
        ({"min_price": "6000", "max_price": "6000"}, [3, 2]),
        ({"city": "Rome", "min_stars": "5"}, [2]),
    ):
        found = ids(answer, connection, query)
        assert found == right, f"{query} gave {found}, not {right}"


def test_edge_wrong_filters_are_all_named(answer):
    """What is no plain number is 422, and everything wrong is told together."""
    connection = some_deals(answer)
    for name in ("min_stars", "min_price", "max_price"):
        for value in ("", "4.0", "-1", " 4", "1_000", "four", "٤", "9" * 16):
            found = answer.list_deals(connection, {name: value})
            right = (422, {"error": "invalid", "fields": [name]})
            assert found == right, f"{name}={value!r} gave {found[0]}, not 422 and the field"
    query = {"town": "Paris", "city": " ", "min_stars": "x", "max_price": "5", "z": "", "a": ""}
    found = answer.list_deals(connection, query)
    right = (422, {"error": "invalid", "fields": ["a", "city", "min_stars", "town", "z"]})
    assert found == right, f"got {found}, not {right}"


def test_edge_migration_of_round_2(answer):
    """A database of round 2 gets what it lacks; the second time there is nothing to do."""
    connection = old_database(answer)
    answer.migrate(connection)
    before = content(connection)
    answer.migrate(connection)
    assert content(connection) == before, "the second migration has changed the deals"
    found = ids(answer, connection, {"city": "KRAKÓW"})
    assert found == [7], f"the deal of round 2 is not found after the migration: {found}"
    added = answer.load_deals(connection, [row_of(8)])
    assert added == (1, 1), f"after the migration a load of one row adds {added}"


def test_edge_a_city_with_one_deal(answer):
    """The work for it does not grow with the number of all deals."""
    rows = [row_of(n) for n in range(2_000)]
    connection = database(answer, *rows, row_of(9_999, "+48 42 1", hotel_city="Łódź"))
    work = steps(connection, lambda: answer.list_deals(connection, {"city": "ŁÓDŹ"}))
    assert ids(answer, connection, {"city": "ŁÓDŹ"}) == [9_999], "the only deal is not found"
    assert work < 40, f"{work * 100} steps for one deal of 2,001: is every deal looked at?"
