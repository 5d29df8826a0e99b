"""Reading the tables, keys, checks and references of a schema."""

from __future__ import annotations

import duckdb
import pytest

from pytest_prep.judging.counterexample.schema import (
    Check,
    ForeignKey,
    Schema,
    kind_of,
    read_schema,
)

SQL = """
CREATE TABLE teams (team_id INTEGER PRIMARY KEY, title VARCHAR NOT NULL UNIQUE);
CREATE TABLE people (
    person_id INTEGER PRIMARY KEY,
    team_id INTEGER REFERENCES teams (team_id),
    boss_id INTEGER REFERENCES people (person_id),
    born DATE CHECK (born >= DATE '1900-01-01'),
    left_on DATE,
    CHECK (left_on > born)
);
"""


@pytest.fixture
def schema() -> Schema:
    """The schema above, as read from a fresh database."""
    with duckdb.connect() as connection:
        connection.execute(SQL)
        return read_schema(connection, SQL)


def test_parents_come_before_children(schema):
    """Tables are sorted so that rows can be inserted in that order."""
    assert [table.name for table in schema.tables] == ["teams", "people"]


def test_keys_hold_the_places_of_their_columns(schema):
    """The primary key is first, unique constraints follow."""
    assert schema.table("teams").keys == ((0,), (1,))


def test_references_name_table_and_columns(schema):
    """A reference to the own table is one like any other."""
    assert schema.table("people").foreign == (
        ForeignKey((1,), "teams", (0,)),
        ForeignKey((2,), "people", (0,)),
    )
    assert schema.table("people").refers_to_itself
    assert not schema.table("teams").refers_to_itself


def test_checks_know_the_columns_they_read(schema):
    """A check over one column can prune its pool; one over two needs repair."""
    assert [check.columns for check in schema.table("people").checks] == [(3,), (3, 4)]
    assert isinstance(schema.table("people").checks[0], Check)


def test_a_key_column_is_not_null(schema):
    """A primary key implies NOT NULL."""
    assert schema.column(("teams", 0)).not_null
    assert not schema.column(("people", 1)).not_null


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("UTINYINT", "int"),
        ("DECIMAL(10,2)", "decimal"),
        ("TIMESTAMP_NS", "timestamp"),
        ("TIME", "time"),
        ("ENUM('a', 'b')", "enum"),
        ("INTEGER[]", "other"),
        ("STRUCT(a INTEGER)", "other"),
    ],
)
def test_kind_of_a_type(name, kind):
    """Types are told apart by the values they hold."""
    assert kind_of(name) == kind
