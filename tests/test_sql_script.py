"""Scripts are split as SQLite and PostgreSQL themselves read them."""

from __future__ import annotations

import sqlite3

import pytest

from pytest_prep.judging.engine import SqlSyntaxError
from pytest_prep.judging.engines.postgres_schema import postgres_schema, with_dataset
from pytest_prep.judging.engines.script import POSTGRES, SQLITE, Dialect, line_of, pointed, split


def texts(script: str, dialect: Dialect) -> list[str]:
    """Return the statements without the white space around them."""
    return [statement.text.strip() for statement in split(script, dialect)]


def kinds(script: str, dialect: Dialect) -> list[str]:
    """Return the kinds of the statements."""
    return [statement.kind for statement in split(script, dialect)]


@pytest.mark.parametrize("dialect", [SQLITE, POSTGRES], ids=["sqlite", "postgres"])
@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("", []),
        (" ;; -- nothing;\n/* ; */", []),
        ("SELECT 1", ["SELECT 1"]),
        ("SELECT ';;'; SELECT 2;", ["SELECT ';;'", "SELECT 2"]),
        ("SELECT 'it''s;'; SELECT \"a;\"\"b\"", ["SELECT 'it''s;'", 'SELECT "a;""b"']),
        ("-- why; not\nSELECT 1; SELECT 2", ["-- why; not\nSELECT 1", "SELECT 2"]),
        ("SELECT 1 -- one;\n; SELECT 2", ["SELECT 1 -- one;", "SELECT 2"]),
        ("SELECT 'no end; SELECT 2", ["SELECT 'no end; SELECT 2"]),
        ("SELECT /* no end; SELECT 2", ["SELECT /* no end; SELECT 2"]),
    ],
)
def test_a_semicolon_ends_a_statement_unless_it_is_quoted(dialect, script, expected):
    """Strings, quoted names and comments belong to their statement; comments alone are none."""
    assert texts(script, dialect) == expected


def test_sqlite_has_its_own_quotes_and_comments_that_do_not_nest():
    """Back quotes and brackets quote names there."""
    script = "SELECT `a;b`, [c;d] FROM t /* ; /* ; */; SELECT 2"
    assert texts(script, SQLITE) == ["SELECT `a;b`, [c;d] FROM t /* ; /* ; */", "SELECT 2"]


def test_postgres_has_dollar_quotes_escapes_and_comments_that_nest():
    """Brackets are subscripts there."""
    script = r"SELECT $$;$$, $a$ ; $$ ; $a$, E'\';', b[1:2] /* ; /* ; */ ; */; SELECT $1"
    assert texts(script, POSTGRES) == [script.removesuffix("; SELECT $1"), "SELECT $1"]


TRIGGER = (
    "CREATE TRIGGER log AFTER INSERT ON t BEGIN\n"
    "  UPDATE t SET x = CASE WHEN x > 1 THEN 1 END; DELETE FROM u;\nEND"
)


def test_the_body_of_a_trigger_belongs_to_it():
    """SQLite takes the pieces as complete statements, each for itself."""
    found = texts(f"CREATE TABLE t (x); {TRIGGER}; SELECT 1;", SQLITE)
    assert found == ["CREATE TABLE t (x)", TRIGGER, "SELECT 1"]
    assert all(sqlite3.complete_statement(f"{text};") for text in found)


def test_the_body_of_a_function_belongs_to_it():
    """So does a transaction block's BEGIN not begin a body."""
    function = "CREATE OR REPLACE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END"
    assert texts(f"{function}; SELECT f(); BEGIN; SELECT 3; COMMIT", POSTGRES) == [
        function,
        "SELECT f()",
        "BEGIN",
        "SELECT 3",
        "COMMIT",
    ]


@pytest.mark.parametrize(
    ("sql", "kind"),
    [
        ("(SELECT 1) UNION (SELECT 2)", "SELECT"),
        ("((VALUES (1)))", "SELECT"),
        ("TABLE shops", "SELECT"),
        ("WITH a AS (SELECT 1), b (x) AS (DELETE FROM t RETURNING 1) SELECT 1", "SELECT"),
        ("WITH RECURSIVE a AS (SELECT 1) UPDATE t SET x = (SELECT 1)", "UPDATE"),
        ("replace into t values (1)", "INSERT"),
        ("ROLLBACK TO SAVEPOINT a", "TRANSACTION"),
        ("TRUNCATE t", "TRUNCATE"),
        ("PRAGMA foreign_keys", "PRAGMA"),
        ("'what'", "'what'"),
    ],
)
def test_the_kind_is_what_the_statement_does(sql, kind):
    """A WITH is what follows its common table expressions."""
    assert kinds(sql, POSTGRES) == [kind]


def test_a_null_character_is_refused_with_its_line():
    """No engine reads past it."""
    with pytest.raises(SqlSyntaxError) as caught:
        split("SELECT 1;\nSELECT '\0'", SQLITE)
    assert caught.value.line == 2


def test_a_place_is_shown_in_its_line():
    """The mark stands below the character."""
    script = "SELECT\n  colour\nFROM t"
    place = script.index("colour")
    assert line_of(script, place) == 2
    assert pointed(script, place) == "LINE 2:   colour\n          ^"


def test_only_types_are_replaced_in_a_schema():
    """A column may be called like a type, and PostgreSQL's own names stay."""
    schema = (
        "CREATE TABLE t (double DOUBLE, b DOUBLE PRECISION, s STRING NOT NULL, -- a DOUBLE\n"
        "  n TINYINT CHECK (n <> 'x DOUBLE' AND double > 1::DOUBLE), d DECIMAL(10, 2))"
    )
    assert postgres_schema(schema) == (
        "CREATE TABLE t (double DOUBLE PRECISION, b DOUBLE PRECISION, s TEXT NOT NULL, "
        "-- a DOUBLE\n"
        "  n SMALLINT CHECK (n <> 'x DOUBLE' AND double > 1::DOUBLE PRECISION), d DECIMAL(10, 2))"
    )


def test_the_data_sets_name_is_replaced_where_it_qualifies_a_table():
    """Not in a string, and not where it is a column."""
    script = "INSERT INTO t SELECT dataset, 'dataset.x' FROM dataset.flights"
    assert with_dataset(script, "real") == (
        "INSERT INTO t SELECT dataset, 'dataset.x' FROM \"real\".flights"
    )
