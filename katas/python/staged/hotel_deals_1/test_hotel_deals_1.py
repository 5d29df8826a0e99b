"""Round 1: two tables that hold the rules, a load that is all or nothing, two ways to read."""

from __future__ import annotations

import datetime
import sqlite3

import pytest

COLUMNS = (
    "deal_id, hotel_id, stars, room_type, price_cents, original_cents, checkin, checkout, "
    "available, categories, created_at"
)


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


def growth_input(n):
    """Return an empty database and n rows of the file, for --review."""
    connection = sqlite3.connect(":memory:")
    connection.execute(
        "CREATE TABLE hotels (hotel_id INTEGER PRIMARY KEY, name, city, country, phone UNIQUE)"
    )
    names = COLUMNS.replace("deal_id", "deal_id INTEGER PRIMARY KEY", 1)
    connection.execute(f"CREATE TABLE deals ({names})")
    return connection, [row_of(number) for number in range(n)]


def database(answer, *rows):
    """Return a connection to a database with these rows loaded."""
    connection = answer.connect()
    answer.create_schema(connection)
    answer.load_deals(connection, iter(rows))
    return connection


def counts(connection):
    """Return the number of hotels and of deals."""
    return tuple(
        connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        for table in ("hotels", "deals")
    )


def statements(connection, call):
    """Return how many SQL statements a call runs."""
    seen = []
    connection.set_trace_callback(seen.append)
    try:
        call()
    finally:
        connection.set_trace_callback(None)
    return len(seen)


def refuses(connection, statement):
    """Tell whether the database refuses a statement."""
    try:
        connection.execute(statement)
    except sqlite3.IntegrityError:
        return True
    return False


def text(value):
    """Return a value of the data set as the file writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime.datetime):
        return value.isoformat(sep=" ")
    return str(value)


def test_sample(answer):
    """One deal, loaded twice and read; an id that is not there."""
    connection = answer.connect()
    answer.create_schema(connection)
    found = answer.load_deals(connection, [row_of(7)]), answer.load_deals(connection, [row_of(7)])
    assert found == ((1, 1), (0, 0)), f"two loads of one row gave {found}, not ((1, 1), (0, 0))"
    status, deal = answer.deal_detail(connection, 7)
    hotel_id = connection.execute("SELECT hotel_id FROM hotels").fetchone()[0]
    right = {
        "deal_id": 7,
        "stars": 4,
        "room_type": "Double",
        "price_cents": 8450,
        "original_cents": 10000,
        "checkin": "2025-03-01",
        "checkout": "2025-03-04",
        "available": True,
        "categories": ["Beach", "Luxury"],
        "created_at": "2025-01-02 06:00:00",
        "hotel": {
            "hotel_id": hotel_id,
            "name": "Alba",
            "city": "Rome",
            "country": "Italy",
            "phone": "+39 6 11",
        },
    }
    assert status == 200, f"the status is {status}, not 200"
    assert deal == right, f"got {deal}\nright is {right}"
    assert deal["available"] is True, "available is a number, not True"
    missing = answer.deal_detail(connection, 8)
    assert missing == (404, {"error": "deal_not_found", "deal_id": 8}), f"got {missing}"


def test_edge_stars_belong_to_the_deal(answer):
    """Two deals of one hotel keep each their own stars."""
    connection = database(answer, row_of(1), row_of(2, hotel_star_rating="5"))
    stars = [answer.deal_detail(connection, number)[1]["stars"] for number in (1, 2)]
    assert stars == [4, 5], f"the stars are {stars}, the file says [4, 5] for one phone"
    assert counts(connection) == (1, 2), f"{counts(connection)} hotels and deals, not (1, 2)"


def test_edge_one_name_two_hotels(answer):
    """Hotels of one name, even in cities of one name, are two where the phones are two."""
    connection = database(
        answer,
        row_of(1, hotel_city="Victoria", hotel_country="Canada"),
        row_of(2, "+248 4 22", hotel_city="Victoria", hotel_country="Seychelles"),
    )
    countries = [answer.deal_detail(connection, number)[1]["hotel"]["country"] for number in (1, 2)]
    assert countries == ["Canada", "Seychelles"], f"the countries are {countries}"


@pytest.mark.parametrize(("price", "cents"), [("1.15", 115), ("2.03", 203), ("1000.10", 100010)])
def test_edge_money_is_exact(answer, price, cents):
    """No cent is lost on the way through a float."""
    connection = database(answer, row_of(1, price_per_night=price, original_price="2000.00"))
    found = answer.deal_detail(connection, 1)[1]["price_cents"]
    assert found == cents, f"{price} became {found} cents"


def test_edge_not_available(answer):
    """The text false is not true."""
    connection = database(answer, row_of(1, is_available="false"))
    found = answer.deal_detail(connection, 1)[1]["available"]
    assert found is False, f"available is {found!r} for a row with false"


def test_edge_one_category(answer):
    """One category is a list of one; names may hold a space."""
    connection = database(answer, row_of(1, categories="City Break"))
    found = answer.deal_detail(connection, 1)[1]["categories"]
    assert found == ["City Break"], f"the categories are {found}"


@pytest.mark.parametrize(
    "change",
    [
        {"price_per_night": "0.00"},
        {"price_per_night": "100.01"},
        {"hotel_star_rating": "0"},
        {"hotel_star_rating": "6"},
        {"checkout_date": "2025-03-01"},
        {"checkout_date": "2025-02-28"},
    ],
)
def test_edge_a_bad_row_loads_nothing(answer, change):
    """A row that breaks a rule raises, and nothing of its file stays."""
    connection = database(answer, row_of(1))
    rows = [row_of(2, "+39 6 22"), row_of(3, "+39 6 33", **change)]
    with pytest.raises(sqlite3.IntegrityError):
        answer.load_deals(connection, rows)
    assert counts(connection) == (1, 1), (
        f"after a file with a bad row ({change}) there are {counts(connection)} hotels and deals; "
        "before it were (1, 1)"
    )


@pytest.mark.parametrize("column", ["hotel_name", "hotel_city", "hotel_country"])
@pytest.mark.parametrize("loaded", [True, False])
def test_edge_a_phone_with_two_hotels(answer, column, loaded):
    """A phone that contradicts itself is told, in one file and against the table."""
    rows = [row_of(1), row_of(2, **{column: "Other"})]
    connection = database(answer, *([rows.pop(0)] if loaded else []))
    before = counts(connection)
    with pytest.raises(ValueError, match=r"39 6 11"):
        answer.load_deals(connection, rows)
    assert counts(connection) == before, f"{counts(connection)} after the error, before: {before}"


def test_edge_a_second_file(answer):
    """A second file adds what is new, and leaves deals that are there as they are."""
    connection = database(answer, row_of(1), row_of(2))
    rows = [row_of(2, room_type="Suite"), row_of(3), row_of(4, "+39 6 22")]
    found = answer.load_deals(connection, iter(rows))
    assert found == (1, 2), f"{found} hotels and deals are said to be new, not (1, 2)"
    room = answer.deal_detail(connection, 2)[1]["room_type"]
    assert room == "Double", f"deal 2 was there as a Double and became a {room}"


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ("hotel_id = 999", "a hotel that is not there"),
        ("stars = 6", "six stars"),
        ("stars = NULL", "no stars"),
        ("price_cents = 0", "a price of 0"),
        ("price_cents = 10001", "a price above the original one"),
        ("checkout = checkin", "no night at all"),
        ("available = 2", "2 for available"),
        ("room_type = NULL", "no room"),
    ],
)
def test_edge_the_database_holds_the_rules(answer, change, what):
    """Nobody gets around the rules, also not with SQL."""
    connection = database(answer, row_of(1))
    refused = refuses(connection, f"UPDATE deals SET {change}")
    assert refused, f"the table deals accepts {what}"


def test_edge_a_phone_once(answer):
    """The table refuses a second hotel of one phone."""
    connection = database(answer, row_of(1))
    refused = refuses(
        connection,
        "INSERT INTO hotels (name, city, country, phone) VALUES ('B', 'B', 'B', '+39 6 11')",
    )
    assert refused, "the table hotels accepts a phone twice"


def test_edge_the_load_is_committed(answer):
    """After the load no transaction is open: a roll-back takes nothing away."""
    connection = database(answer, row_of(1))
    connection.rollback()
    assert counts(connection) == (1, 1), "the load was not committed"


def test_edge_newest_first(answer):
    """Newest first, of equal times the higher id."""
    connection = database(
        answer,
        row_of(1, created_at="2025-01-03 06:00:00"),
        row_of(2, created_at="2025-01-02 06:00:00"),
        row_of(3, created_at="2025-01-03 06:00:00"),
        row_of(4, created_at="2025-01-01 06:00:00"),
    )
    status, body = answer.list_deals(connection)
    assert status == 200, f"the status is {status}"
    found = [deal["deal_id"] for deal in body["items"]]
    assert found == [3, 1, 2, 4], f"the order is {found}, not [3, 1, 2, 4]"


def test_edge_an_empty_list(answer):
    """No deals are an empty list, not an error."""
    found = answer.list_deals(database(answer))
    assert (found[0], found[1]["items"]) == (200, []), f"got {found}"


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
    small = statements(few, lambda: answer.list_deals(few))
    large = statements(many, lambda: answer.list_deals(many))
    assert small == large, f"{small} queries for 2 deals, {large} for 12: one more for each deal"


def test_real_file(answer, dataset):
    """The file of 50,000 rows: 150 hotels, and 40 of them with more than one rating."""
    names = dataset.columns("deals")
    rows = [dict(zip(names, map(text, row), strict=True)) for row in dataset.rows("deals")]
    connection = database(answer)
    found = answer.load_deals(connection, iter(rows))
    assert found == (150, 50_000), f"{found} hotels and deals are new, not (150, 50000)"
    varying = connection.execute(
        "SELECT count(*) FROM (SELECT 1 FROM deals GROUP BY hotel_id "
        "HAVING count(DISTINCT stars) > 1)"
    ).fetchone()[0]
    assert varying == 40, f"{varying} hotels have deals of more than one rating, the file has 40"
    again = answer.load_deals(connection, iter(rows))
    assert again == (0, 0), f"a second load of the file adds {again}"
