"""Every query of the dialect corpus is translated right, or refused with the reason it asks for."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.dialect_corpus import SCHEMA, SUPPORTED, database, outcome, read_corpus
from pytest_prep.judging.dialect import NotSupported, translate
from pytest_prep.judging.engine import SqlSyntaxError
from pytest_prep.judging.translation import DIALECTS, dialect_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.dialect_corpus import Query


@pytest.fixture(scope="module")
def connection() -> Iterator[Any]:
    """The corpus' tables in DuckDB."""
    with database() as opened:
        yield opened


@pytest.mark.parametrize("dialect", SUPPORTED)
def test_the_corpus_is_judged_as_its_own_engine_would(dialect: str, connection: Any) -> None:
    """Rows as recorded from the engine or its manual; what cannot be trusted is refused."""
    queries = read_corpus(dialect)
    assert len(queries) > 100
    assert [told for query in queries if (told := complaint(query, connection))] == []


def complaint(query: Query, connection: Any) -> str:
    """Return what is wrong with the outcome of a query, "" if nothing."""
    found = outcome(query, connection)
    if query.refused:
        right = found.word == "refused" and query.refused in found.detail
    else:
        right = found.word in ("right", "stopped")
    return "" if right else f"{query.name}: {found.word}: {found.detail}"


def test_every_dialect_offered_can_be_read() -> None:
    """The names that options and answers may use are those that the translation knows."""
    assert set(DIALECTS) == {*SUPPORTED, "duckdb"}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("-- dialect: postgres\nSELECT 1", ("postgres", 1)),
        ("--DIALECT:MySQL\nSELECT 1", ("mysql", 1)),
        ("-- Return the rows.\n\n-- dialect: tsql  \nSELECT 1", ("tsql", 3)),
        ("SELECT 1\n-- dialect: postgres", ("", 0)),
        ("-- my dialect: postgres\nSELECT 1", ("", 0)),
        ("SELECT 1", ("", 0)),
    ],
)
def test_a_comment_before_the_first_statement_names_the_dialect(
    text: str, named: tuple[str, int]
) -> None:
    """It may stand below the starter's own comments."""
    assert dialect_of(text) == named


def test_types_decide_what_a_division_is() -> None:
    """PostgreSQL divides integers to integers, so the translation must too."""
    sql = translate("SELECT 7 / 2", "postgres", "duckdb", SCHEMA).sql
    assert "//" in sql or "CAST" in sql


def test_refusals_name_the_line() -> None:
    """The learner's own line, to go to."""
    with pytest.raises(NotSupported) as caught:
        translate("SELECT\n  approx_percentile(1, 0.5)", "trino", "duckdb", SCHEMA)
    assert caught.value.line == 2


def test_a_slip_of_syntax_names_the_line() -> None:
    """What does not parse is no refusal."""
    with pytest.raises(SqlSyntaxError) as caught:
        translate("SELECT 1\nFROM FROM", "postgres", "duckdb", SCHEMA)
    assert caught.value.line == 2
