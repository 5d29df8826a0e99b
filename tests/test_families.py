"""Generated families give the same bytes for ever, with the traps of their katas planted."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pytest_prep.content.checksum import bytes_sha256
from pytest_prep.content.dataset import Dataset, load_datasets, locate, relation_sql
from pytest_prep.content.families import FAMILIES, load_family
from pytest_prep.content.families.deals_dirty import FAULTS, REPEATED

if TYPE_CHECKING:
    from collections.abc import Iterator

    import duckdb

DATA = Path(__file__).parents[1] / "katas" / "data"
FILES = [(name, table) for name in FAMILIES for table in load_family(name).files]


@pytest.fixture(scope="module")
def deals() -> Dataset:
    """The family as katas see it."""
    return load_datasets(DATA)["deals"]


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache folder in which the family's files have been made."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def db(deals: Dataset, cache: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Both tables, read as katas read them."""
    import duckdb

    connection = duckdb.connect()
    for table in deals.tables.values():
        real = relation_sql(locate(deals, table.name, cache), table)
        connection.execute(f"CREATE TABLE {table.name} AS FROM {real}")
    yield connection
    connection.close()


@pytest.fixture(scope="module")
def dirty(deals: Dataset, cache: Path) -> list[dict[str, str]]:
    """The rows of the dirty file as a careful reader gets them."""
    text = locate(deals, "deals_dirty", cache).read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize(("family", "table"), FILES)
def test_bytes_are_the_pinned_ones(family: str, table: str) -> None:
    """Whatever Python runs this, the file is the one the katas were written for."""
    file = load_family(family).files[table]
    assert bytes_sha256(load_family(family).make(table)) == file.sha256


@pytest.mark.parametrize("table", ["deals", "deals_dirty"])
def test_duckdb_reads_every_row_with_the_listed_types(table: str, deals: Dataset, db) -> None:
    """No row is lost to a quoted line break, no column becomes another type."""
    entry = deals.tables[table]
    relation = db.sql(f"FROM {table}")
    assert tuple(zip(relation.columns, map(str, relation.types), strict=True)) == entry.columns
    assert relation.shape == (entry.rows, len(entry.columns))


class TestDeals:
    """The clean table."""

    def test_business_rules_hold(self, db) -> None:
        """What a constraint of a kata may demand is true of every row."""
        broken = db.execute(
            """
            SELECT count(*) FROM deals WHERE NOT (
                hotel_star_rating BETWEEN 1 AND 5
                AND price_per_night > 0
                AND original_price > 0
                AND discount_percent BETWEEN 0 AND 100
                AND checkout_date > checkin_date
                AND checkin_date > created_at::DATE
                AND price_per_night * 100 = original_price * (100 - discount_percent)
            )
            """
        ).fetchone()
        assert broken == (0,)

    def test_nothing_is_missing(self, db) -> None:
        """No NULL, no empty text, no space around a text."""
        columns = [row[0] for row in db.execute("DESCRIBE deals").fetchall()]
        missing = " OR ".join(f"{name} IS NULL" for name in columns)
        untidy = " OR ".join(
            f"{name} = '' OR trim({name}) <> {name}"
            for name in ("hotel_name", "hotel_city", "hotel_country", "hotel_phone", "categories")
        )
        assert db.execute(f"SELECT count(*) FROM deals WHERE {missing} OR {untidy}").fetchone() == (
            0,
        )

    @pytest.mark.parametrize(
        ("key", "values"),
        [
            ("deal_id", 50_000),
            ("hotel_phone", 150),
            ("(hotel_name, hotel_city, hotel_country)", 150),
            ("(hotel_phone, hotel_name, hotel_city, hotel_country)", 150),
            ("(hotel_name, hotel_city)", 149),
            ("hotel_name", 138),
            ("(hotel_phone, hotel_star_rating)", 190),
            ("created_at", 2_000),
        ],
    )
    def test_number_of_different(self, key: str, values: int, db) -> None:
        """Phone and (name, city, country) are keys of a hotel; less, or the rating, is not."""
        assert db.execute(f"SELECT count(DISTINCT {key}) FROM deals").fetchone() == (values,)

    def test_names_used_twice_are_in_two_cities(self, db) -> None:
        """Grouping by name merges 24 hotels into 12."""
        found = db.execute(
            "SELECT count(*), min(hotels), max(hotels), min(places) FROM (SELECT "
            "count(DISTINCT hotel_phone) AS hotels, "
            "count(DISTINCT (hotel_city, hotel_country)) AS places "
            "FROM deals GROUP BY hotel_name HAVING hotels > 1)"
        ).fetchone()
        assert found == (12, 2, 2, 2)

    def test_rating_varies_within_some_hotels(self, db) -> None:
        """It differs in 40 hotels, by one star, and the usual one is the more frequent."""
        found = db.execute(
            "SELECT count(*) FILTER (n = 2), count(*) FILTER (n > 2), max(span) FROM (SELECT "
            "count(DISTINCT hotel_star_rating) AS n, "
            "max(hotel_star_rating) - min(hotel_star_rating) AS span "
            "FROM deals GROUP BY hotel_phone)"
        ).fetchone()
        assert found == (40, 0, 1)

    def test_categories(self, db) -> None:
        """Five, two of them with a space; no deal without one or with one twice."""
        pairs = "(SELECT deal_id, unnest(split(categories, ', ')) AS category FROM deals)"
        names = db.execute(f"SELECT DISTINCT category FROM {pairs} ORDER BY 1").fetchall()
        assert names == [("Beach",), ("City Break",), ("Family",), ("Last Minute",), ("Luxury",)]
        counted = db.execute(
            f"SELECT count(*), count(DISTINCT (deal_id, category)), count(DISTINCT deal_id) "
            f"FROM {pairs}"
        ).fetchone()
        assert counted == (79_708, 79_708, 50_000)

    def test_splitting_categories_without_trimming_gives_more(self, db) -> None:
        """The separator is a comma and a space."""
        found = db.execute(
            "SELECT count(DISTINCT c) FROM (SELECT unnest(split(categories, ',')) AS c FROM deals)"
        ).fetchone()
        assert found == (10,)

    def test_cities_are_spelt_in_one_way(self, db) -> None:
        """Case matters in what is asked for, never in the data."""
        found = db.execute(
            "SELECT count(DISTINCT hotel_city), count(DISTINCT lower(hotel_city)) FROM deals"
        ).fetchone()
        assert found == (39, 39)

    def test_order_of_publication_is_not_that_of_ids(self, db) -> None:
        """Sorting by deal_id is no substitute for sorting by created_at."""
        found = db.execute(
            "SELECT count(*) FROM (SELECT created_at < lag(created_at) OVER (ORDER BY deal_id) "
            "AS older FROM deals) WHERE older"
        ).fetchone()
        assert found == (1_026,)


class TestDirtyDeals:
    """The dirty copy."""

    def test_byte_order_mark(self, deals: Dataset, cache: Path) -> None:
        """A reader that ignores it finds no column `deal_id`."""
        assert locate(deals, "deals_dirty", cache).read_bytes().startswith(b"\xef\xbb\xbfdeal_id,")

    def test_quoted_line_breaks(self, deals: Dataset, cache: Path, dirty) -> None:
        """Counting lines gives 504 rows too many."""
        lines = locate(deals, "deals_dirty", cache).read_text("utf-8-sig").count("\n")
        assert sum("\n" in row["hotel_name"] for row in dirty) == 504
        assert lines == len(dirty) + 1 + 504

    def test_namibia(self, dirty, db) -> None:
        """Its code is the text NA, for a careful reader and for DuckDB."""
        assert sum(row["hotel_country"] == "NA" for row in dirty) == 2_024
        assert db.execute(
            "SELECT count(*), count(DISTINCT c.hotel_country) FROM deals_dirty d JOIN deals c "
            "ON c.deal_id = d.deal_id::INTEGER WHERE d.hotel_country = 'NA' "
            "AND c.hotel_country = 'Namibia'"
        ).fetchone() == (2_024, 1)

    def test_leading_zeros(self, dirty) -> None:
        """Numbers that are codes: all ids have seven digits, all phones start with 0."""
        assert all(re.fullmatch(r"0\d{6}", row["deal_id"]) for row in dirty)
        assert all(re.fullmatch(r"0\d+", row["hotel_phone"]) for row in dirty)
        assert len({row["hotel_phone"] for row in dirty}) == 150

    def test_thousands_separators(self, dirty) -> None:
        """Every amount from 1,000 has one."""
        amount = re.compile(r"-?\d{1,3}(,\d{3})*\.\d\d")
        amounts = [row["original_price"] for row in dirty] + [
            row["price_per_night"] for row in dirty if row["price_per_night"]
        ]
        assert all(amount.fullmatch(text) for text in amounts)
        assert sum("," in row["original_price"] for row in dirty) == 149

    def test_date_formats(self, dirty) -> None:
        """Three; a row uses one of them for both dates."""
        forms = Counter()
        for row in dirty:
            for text in (row["checkin_date"], row["checkout_date"]):
                forms[re.sub("[A-Za-z]+", "A", re.sub(r"\d+", "9", text))] += 1
        assert forms == {"9-9-9": 59_922, "9/9/9": 30_236, "9 A 9": 9_992}

    def test_faults(self, dirty) -> None:
        """Each kind as often as declared, and never two faults in one row."""
        kinds = [_faults(row) for row in dirty]
        assert max(map(len, kinds)) == 1
        assert Counter(kind for found in kinds for kind in found) == FAULTS

    def test_repeated_rows(self, dirty) -> None:
        """The second copy is the same and stands behind the first one."""
        first: dict[str, int] = {}
        distances = []
        for place, row in enumerate(dirty):
            if row["deal_id"] in first:
                assert row == dirty[first[row["deal_id"]]]
                assert not _faults(row)
                distances.append(place - first[row["deal_id"]])
            else:
                first[row["deal_id"]] = place
        assert len(distances) == REPEATED
        assert (min(distances), max(distances)) == (2, 51)

    def test_good_rows_are_the_clean_ones(self, dirty, db) -> None:
        """Cleaning every row without a fault gives exactly the clean table's rows."""
        names = [name for name, _ in load_family("deals").files["deals"].columns]
        clean = {
            row[0]: dict(zip(names, row, strict=True))
            for row in db.execute("FROM deals").fetchall()
        }
        good = [row for row in dirty if not _faults(row)]
        assert len(good) == 50_000 + REPEATED - sum(FAULTS.values())
        for row in good:
            expected = clean[int(row["deal_id"])]
            assert row["hotel_name"].replace("\n", " ") == expected["hotel_name"]
            assert row["hotel_city"] == expected["hotel_city"]
            assert row["room_type"] == expected["room_type"]
            assert row["categories"] == expected["categories"]
            assert row["created_at"] == str(expected["created_at"])
            assert row["is_available"] == str(expected["is_available"]).lower()
            for name in ("price_per_night", "original_price"):
                assert row[name].replace(",", "") == str(expected[name])
            for name in ("hotel_star_rating", "discount_percent"):
                assert int(row[name]) == expected[name]
            for name in ("checkin_date", "checkout_date"):
                assert _date(row[name]) == expected[name]


def _date(text: str):
    form = "%d/%m/%Y" if "/" in text else "%d %b %Y" if " " in text else "%Y-%m-%d"
    return datetime.strptime(text, form).date()


def _faults(row: dict[str, str]) -> list[str]:
    found = []
    if not 1 <= int(row["hotel_star_rating"]) <= 5:
        found.append("rating out of range")
    if row["price_per_night"] == "":
        found.append("price missing")
    if row["price_per_night"].startswith("-"):
        found.append("price negative")
    if int(row["discount_percent"]) > 100:
        found.append("discount over 100")
    if _date(row["checkout_date"]) <= _date(row["checkin_date"]):
        found.append("check-out not after check-in")
    return found
