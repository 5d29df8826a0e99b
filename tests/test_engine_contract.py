"""What the judge may rely on, of every SQL engine alike."""

from __future__ import annotations

import datetime as dt
import time
from decimal import Decimal
from pathlib import Path

import pytest

from pytest_prep.content.checksum import file_sha256
from pytest_prep.content.dataset import Dataset, DataTable
from pytest_prep.judging.engine import (
    BrokenData,
    Data,
    OutOfMemory,
    OutOfTime,
    SqlError,
    SqlSyntaxError,
)
from pytest_prep.judging.engines.duckdb import DuckDB
from pytest_prep.judging.engines.postgres import Postgres
from pytest_prep.judging.engines.sqlite import SQLite
from pytest_prep.judging.table import Rules, equal_at_once

SCHEMA = """
CREATE TABLE shops (name VARCHAR PRIMARY KEY);
CREATE TABLE sales (
    id INTEGER PRIMARY KEY,
    shop VARCHAR NOT NULL REFERENCES shops (name),
    day DATE,
    price DECIMAL(10, 2) CHECK (price > 0),
    weight DOUBLE
);
"""
ROWS = """
INSERT INTO shops VALUES ('north'), ('south');
INSERT INTO sales VALUES
    (1, 'north', '2013-02-28', 9.50, 0.25),
    (2, 'north', NULL, 20.00, NULL),
    (3, 'south', '2013-03-01', NULL, 1.0);
"""
ENDLESS = (
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000000000) "
    "SELECT count(*) FROM n"
)
HUGE = (
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000) "
    "SELECT a.i, b.i, 'a text of some length, another one in every row' || a.i * b.i AS text "
    "FROM n AS a CROSS JOIN n AS b ORDER BY text"
)


@pytest.fixture(scope="module")
def data_folder(tmp_path_factory):
    """A folder from which engines may read real data."""
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="module", params=["duckdb", "sqlite", "postgres"])
def engine(request, data_folder):
    """Each engine in turn."""
    if request.param == "duckdb":
        engine = DuckDB([data_folder])
    elif request.param == "sqlite":
        engine = SQLite()
    else:
        engine = Postgres(request.getfixturevalue("postgres_url"))
    yield engine
    engine.close()


def case(schema=SCHEMA, script=ROWS, **more) -> Data:
    """Return what a case's database holds."""
    return Data(
        **{
            "schema": schema,
            "script": script,
            "names_dataset": False,
            "dataset": None,
            "cache": Path("nowhere"),
            **more,
        }
    )


@pytest.fixture
def db(engine):
    """A database for plain queries."""
    with engine.database(case(), alone=False) as database:
        yield database


@pytest.fixture
def own(engine):
    """A database for scripts of any kind."""
    with engine.database(case(), alone=True) as database:
        yield database


def rows(database, sql: str) -> list[tuple[object, ...]]:
    """Return the rows of a query."""
    return database.query(sql).table.rows


# -- kinds and statements


@pytest.mark.parametrize(
    ("sql", "kinds"),
    [
        ("SELECT 1", ["SELECT"]),
        ("-- why\nselect 1;\n-- done", ["SELECT"]),
        ("VALUES (1), (2)", ["SELECT"]),
        ("WITH a AS (SELECT 1 AS x) SELECT x FROM a", ["SELECT"]),
        ("WITH a AS (SELECT 1 AS x) INSERT INTO shops SELECT x FROM a", ["INSERT"]),
        ("SELECT ';', \"a;b\" FROM shops -- ;\n/* ; */;", ["SELECT"]),
        ("CREATE TABLE t (x INTEGER); INSERT INTO t VALUES (1)", ["CREATE", "INSERT"]),
        ("UPDATE shops SET name = 'x'; DELETE FROM shops", ["UPDATE", "DELETE"]),
        ("DROP TABLE shops", ["DROP"]),
        ("BEGIN; COMMIT", ["TRANSACTION", "TRANSACTION"]),
        ("EXPLAIN SELECT 1", ["EXPLAIN"]),
        ("SELECT no_such_column FROM no_such_table", ["SELECT"]),
        ("", []),
        ("-- only a comment", []),
    ],
)
def test_kinds_tell_a_query_from_other_statements(engine, sql, kinds):
    """The kind of every statement is known without running any; names are not looked up."""
    assert engine.kinds(sql) == kinds


@pytest.mark.parametrize(
    ("sql", "line"),
    [
        ("SELECT name\nFORM shops WHERE", 2),
        ("SELECT 1;\n\nSELEC 2", 3),
        ("SELECT (1 +\n  * 2)\nFROM shops", 2),
        ("SELECT name FROM shops\nWHERE name = 'north", 2),
    ],
)
def test_a_script_that_does_not_parse_is_refused_with_its_line(engine, sql, line):
    """A syntax error is found before anything runs, and its line is told."""
    with pytest.raises(SqlSyntaxError) as caught:
        engine.kinds(sql)
    assert caught.value.line == line


def test_statements_are_split_at_the_semicolons_that_end_them(db):
    """Strings, names and comments may hold semicolons, and every text runs by itself."""
    script = '-- one\nSELECT \';\' AS a;\n/* ; */ SELECT "x;y" FROM (SELECT 2 AS "x;y") AS t;'
    found = db.statements(script)
    assert len(found) == 2
    assert [rows(db, sql) for sql in found] == [[(";",)], [(2,)]]


# -- results


def test_a_query_returns_names_rows_and_one_type_for_each_column(db):
    """Columns have the names of the query; types are the engine's words."""
    table = db.query("SELECT id AS number, shop, 2 + 3 AS five FROM sales ORDER BY id").table
    assert table.columns == ("number", "shop", "five")
    assert table.rows == [(1, "north", 5), (2, "north", 5), (3, "south", 5)]
    assert [type_.upper() for type_ in table.types][::2] == ["INTEGER", "INTEGER"]
    assert "CHAR" in table.types[1].upper()


def test_a_result_without_rows_has_its_columns(db):
    """Also where nothing is found, the columns can be compared."""
    table = db.query("SELECT id, day FROM sales WHERE id < 0").table
    assert (table.columns, table.rows) == (("id", "day"), [])
    assert len(table.types) == 2


def test_the_last_statement_gives_the_result(own):
    """A script's result is that of its last statement."""
    assert rows(own, "DELETE FROM sales WHERE id > 1; SELECT count(*) FROM sales") == [(1,)]


def test_null_is_none(db):
    """NULL is None in a column of any type, and in an aggregate of nothing."""
    assert rows(db, "SELECT day, weight FROM sales WHERE id = 2") == [(None, None)]
    assert rows(db, "SELECT max(price) FROM sales WHERE id < 0") == [(None,)]


def test_a_date_is_the_same_value_wherever_it_comes_from(engine, db):
    """Two ways to one date compare equal; SQLite has the text, the others a date."""
    day = "2013-02-28" if engine.name == "sqlite" else dt.date(2013, 2, 28)
    one = db.query("SELECT day FROM sales WHERE id = 1").table
    other = db.query("SELECT min(day) AS day FROM sales").table
    assert one.rows == [(day,)]
    assert equal_at_once(one, other, Rules())
    assert one.types[0].upper() == "DATE"


def test_a_decimal_keeps_its_value(engine, db):
    """Decimals are exact, except in SQLite, which has floats only."""
    (price,) = rows(db, "SELECT price FROM sales WHERE id = 1")[0]
    assert price == Decimal("9.50")
    assert type(price) is (float if engine.name == "sqlite" else Decimal)
    assert rows(db, "SELECT sum(price) FROM sales") == [(Decimal("29.5"),)]


def test_a_double_is_a_float_of_a_type_that_compares_within_a_tolerance(db):
    """The type's name tells the comparison that the column is approximate."""
    table = db.query("SELECT weight, weight / 3 AS third FROM sales WHERE id = 1").table
    assert table.rows == [(0.25, pytest.approx(0.25 / 3))]
    assert all(type_.upper().startswith(("DOUBLE", "REAL", "FLOAT")) for type_ in table.types)


def test_cpu_seconds_are_measured(db):
    """More work takes more of them."""
    little = db.query("SELECT 1").cpu
    much = db.query(ENDLESS.replace("2000000000", "300000")).cpu
    assert 0 <= little < much < 20


# -- errors


@pytest.mark.parametrize(
    ("sql", "line", "word"),
    [
        ("SELECT id,\n  colour\nFROM sales", 2, "colour"),
        ("SELECT id\nFROM sales\nJOIN customers ON id = shop", 3, "customers"),
    ],
)
def test_an_unknown_name_is_an_error_with_its_line(db, sql, line, word):
    """The message names it, the line is where it stands."""
    with pytest.raises(SqlError) as caught:
        db.query(sql)
    assert word in str(caught.value)
    assert caught.value.line == line


def test_the_line_is_counted_in_the_whole_script(engine, own):
    """A mistake in a later statement has the line of the file; DuckDB tells none there."""
    with pytest.raises(SqlError) as caught:
        own.query("DELETE FROM sales;\n\n-- next\nSELECT colour\nFROM sales")
    assert caught.value.line == (None if engine.name == "duckdb" else 4)


def test_the_first_line_of_a_message_is_enough(db):
    """What the terminal shows in one line is no excerpt and not empty."""
    with pytest.raises(SqlError) as caught:
        db.query("SELECT colour FROM sales")
    assert "colour" in str(caught.value).split("\n")[0]


def test_a_database_can_be_used_after_an_error(db, own):
    """One refused statement does not spoil the next one."""
    for database in (db, own):
        with pytest.raises(SqlError):
            database.query("SELECT colour FROM sales")
        assert rows(database, "SELECT count(*) FROM sales") == [(3,)]


# -- limits


@pytest.mark.parametrize("alone", [False, True])
def test_a_query_is_stopped_at_the_wall_clock_cap(engine, alone):
    """A query without an end ends soon after its cap, and its database still works."""
    with engine.database(case(), alone=alone) as database:
        start = time.monotonic()
        with pytest.raises(OutOfTime):
            database.query(ENDLESS, wall=0.3)
        assert time.monotonic() - start < 5
        assert rows(database, "SELECT count(*) FROM sales") == [(3,)]


def test_a_script_is_stopped_at_the_cap_as_a_whole(own):
    """The cap is on the script, not on each statement."""
    with pytest.raises(OutOfTime):
        own.query(f"{ENDLESS}; {ENDLESS}", wall=0.3)


def test_a_result_beyond_the_memory_limit_is_stopped(engine):
    """A million sorted rows do not fit into 60 MB."""
    with (
        engine.database(case(), alone=False, memory=60 * 10**6) as database,
        pytest.raises(OutOfMemory),
    ):
        database.query(HUGE, wall=60)


# -- constraints


@pytest.mark.parametrize(
    "bad",
    [
        "INSERT INTO shops VALUES ('north')",
        "INSERT INTO shops VALUES (NULL)",
        "INSERT INTO sales VALUES (1, 'north', NULL, NULL, NULL)",
        "INSERT INTO sales VALUES (4, NULL, NULL, NULL, NULL)",
        "INSERT INTO sales VALUES (4, 'west', NULL, NULL, NULL)",
        "INSERT INTO sales VALUES (4, 'north', NULL, 0, NULL)",
        "DELETE FROM shops WHERE name = 'north'",
    ],
)
def test_bad_rows_are_refused_and_good_ones_are_not(engine, own, bad):
    """Keys, NOT NULL, CHECK and foreign keys hold, each for its statement alone."""
    if engine.name == "sqlite" and bad == "INSERT INTO shops VALUES (NULL)":
        pytest.skip("SQLite allows NULL in a primary key of text")
    with pytest.raises(SqlError):
        own.query(bad)
    own.query("INSERT INTO sales VALUES (4, 'south', NULL, NULL, NULL)")
    assert rows(own, "SELECT count(*) FROM sales") == [(4,)]


def test_data_that_break_the_schema_are_the_katas_fault(engine):
    """A case that cannot be loaded says which part is broken."""
    with (
        pytest.raises(BrokenData, match="the case's data"),
        engine.database(case(script="INSERT INTO shops VALUES (1, 2, 3)"), alone=False),
    ):
        pass
    with (
        pytest.raises(BrokenData, match=r"schema\.sql"),
        engine.database(case(schema="CREATE TABLE (", script=""), alone=True),
    ):
        pass
    with engine.database(case(), alone=False) as database:
        assert rows(database, "SELECT count(*) FROM sales") == [(3,)]


# -- isolation


def test_nothing_that_a_script_does_outlives_its_database(engine):
    """Tables, rows and settings are gone with it, and come back with the next one."""
    script = "DROP TABLE sales; CREATE TABLE mine (x INTEGER); INSERT INTO shops VALUES ('west')"
    with engine.database(case(), alone=True) as database:
        database.query(script)
        assert rows(database, "SELECT count(*) FROM mine") == [(0,)]
    for alone in (True, False):
        with engine.database(case(), alone=alone) as database:
            assert rows(database, "SELECT count(*) FROM shops") == [(2,)]
            assert rows(database, "SELECT count(*) FROM sales") == [(3,)]
            with pytest.raises(SqlError):
                database.query("SELECT * FROM mine")


def test_a_script_with_an_open_transaction_is_undone(engine):
    """What was begun and never committed troubles nobody."""
    with engine.database(case(), alone=True) as database:
        database.query("BEGIN; DELETE FROM sales")
        assert rows(database, "SELECT count(*) FROM sales") == [(0,)]
    with engine.database(case(), alone=False) as database:
        assert rows(database, "SELECT count(*) FROM sales") == [(3,)]


def test_databases_do_not_see_each_other(engine):
    """Two may be open at once, with the same names in them."""
    with (
        engine.database(case(), alone=False) as one,
        engine.database(case(script="INSERT INTO shops VALUES ('east')"), alone=False) as two,
        engine.database(case(script=""), alone=True) as three,
    ):
        counts = [rows(database, "SELECT count(*) FROM shops") for database in (one, two, three)]
    assert counts == [[(2,)], [(1,)], [(0,)]]


def test_an_answer_reaches_no_file(engine, own, tmp_path):
    """Whatever the engine's way to write a file is, it is refused."""
    file = tmp_path / "stolen"
    ways = {
        "duckdb": [f"COPY sales TO '{file}'", f"ATTACH '{file}' AS other"],
        "sqlite": [f"ATTACH '{file}' AS other", f"VACUUM INTO '{file}'"],
        "postgres": [f"COPY sales TO '{file}'", f"COPY sales TO PROGRAM 'cat >{file}'"],
    }
    for way in ways[engine.name]:
        with pytest.raises(SqlError):
            own.query(way)
    assert not file.exists()


# -- real data


@pytest.fixture
def real(data_folder) -> Dataset:
    """Two real tables, one of them with every type that the data sets have."""
    columns = (
        ("id", "INTEGER"),
        ("code", "VARCHAR"),
        ("big", "BIGINT"),
        ("part", "DOUBLE"),
        ("price", "DECIMAL(10,2)"),
        ("day", "DATE"),
        ("moment", "TIMESTAMP"),
        ("flag", "BOOLEAN"),
    )
    lines = [
        ",".join(name for name, _ in columns),
        "1,abc,5000000000,0.5,9.50,2013-01-31,2013-01-31 05:00:00,true",
        '2,"",-1,,0.10,,,false',
        "3,,,1e100,,1999-12-31,1999-12-31 23:59:59,",
    ]
    files = {"things": (columns, lines), "others": ((("id", "INTEGER"),), ["id", "7"])}
    tables = {}
    for name, (described, text) in files.items():
        path = data_folder / f"{name}.csv"
        path.write_text("\n".join(text) + "\n", encoding="utf-8")
        tables[name] = DataTable(
            name, path, "csv", described, len(text) - 1, file_sha256(path), None
        )
    return Dataset("set", "Things", "CC0-1.0", "", None, tables)


REAL_SCHEMA = """
CREATE TABLE things (
    id INTEGER PRIMARY KEY, code VARCHAR, big BIGINT, part DOUBLE, price DECIMAL(10, 2),
    day DATE, moment TIMESTAMP, flag BOOLEAN
);
"""


@pytest.mark.parametrize("alone", [False, True])
def test_real_data_keep_their_values_and_nulls(engine, real, alone):
    """Every type arrives; NULL stays NULL."""
    data = case(REAL_SCHEMA, None, dataset=real)
    with engine.database(data, alone=alone) as database:
        first, second, third = rows(database, "SELECT * FROM things ORDER BY id")
    dates = (dt.date(2013, 1, 31), dt.datetime(2013, 1, 31, 5))
    if engine.name == "sqlite":
        dates = ("2013-01-31", "2013-01-31 05:00:00")
    price = 9.5 if engine.name == "sqlite" else Decimal("9.50")
    assert first == (1, "abc", 5000000000, 0.5, price, *dates, True)
    assert second[2:] == (
        -1,
        None,
        pytest.approx(0.1) if engine.name == "sqlite" else Decimal("0.10"),
        None,
        None,
        False,
    )
    assert third[:5] == (3, None, None, 1e100, None)


def test_real_data_are_seen_through_the_schemas_columns_only(engine, real):
    """A table has the columns of schema.sql in its order, and no others."""
    schema = "CREATE TABLE things (code VARCHAR, id INTEGER PRIMARY KEY)"
    with engine.database(case(schema, None, dataset=real), alone=False) as database:
        assert database.query("SELECT * FROM things").table.columns == ("code", "id")
        for query in ("SELECT price FROM things", "SELECT * FROM others"):
            with pytest.raises(SqlError):
                database.query(query)


def test_real_data_cannot_be_changed(engine, real):
    """Not by a script either: the next case reads the same rows."""
    data = case(REAL_SCHEMA, None, dataset=real)
    for _ in range(2):
        with engine.database(data, alone=True) as database:
            assert rows(database, "SELECT count(*) FROM things") == [(3,)]
            with pytest.raises(SqlError):
                database.query("DELETE FROM things")


def test_a_case_may_take_rows_out_of_the_real_data(engine, real):
    """In a case's script, dataset.<table> is the real table in full."""
    script = "INSERT INTO shops SELECT 'shop ' || id FROM dataset.things WHERE price IS NOT NULL"
    data = case(script=script, dataset=real, names_dataset=True)
    with engine.database(data, alone=False) as database:
        found = rows(database, "SELECT name FROM shops ORDER BY name")
    assert found == [("shop 1",), ("shop 2",)]


@pytest.mark.parametrize(
    ("schema", "message"),
    [
        ("CREATE TABLE planes (id INTEGER)", "has no table planes"),
        ("CREATE TABLE things (id INTEGER, colour VARCHAR)", "colour"),
    ],
)
def test_a_schema_that_does_not_fit_the_real_data_is_the_katas_fault(engine, real, schema, message):
    """A table or a column that the data set lacks is named."""
    with (
        pytest.raises(BrokenData, match=message),
        engine.database(case(schema, None, dataset=real), alone=False),
    ):
        pass


def test_an_engine_can_be_used_after_it_was_closed(engine, real):
    """Closing gives everything back; the next case opens what it needs."""
    engine.close()
    with engine.database(case(REAL_SCHEMA, None, dataset=real), alone=False) as database:
        assert rows(database, "SELECT count(*) FROM things") == [(3,)]
