"""``-- dialect: NAME``, ``--dialect`` and the ini key: answers in another dialect of SQL."""

from __future__ import annotations

import pytest

from tests.workspace import PRICE_KATA, PRICES, Workspace

#: An integer division: 4 and 4 in PostgreSQL, 4.5 and 4.0 if it were read as DuckDB's.
HALVES = "SELECT item, price / 2 AS half FROM prices"
KATA = {**PRICES, "reference": "SELECT item, price // 2 AS half FROM prices"}


@pytest.fixture
def shop(workspace: Workspace) -> Workspace:
    """A kata where the dialects' divisions differ."""
    workspace.sql_kata(PRICE_KATA, **KATA)
    return workspace


def test_without_a_dialect_the_engine_reads_the_answer(shop: Workspace) -> None:
    """DuckDB divides integers to floats, so the query is wrong there."""
    shop.answer(PRICE_KATA, HALVES)
    shop.run().assert_outcomes(failed=2)


def test_a_comment_names_the_dialect(shop: Workspace) -> None:
    """PostgreSQL's division cuts off: right."""
    shop.answer(PRICE_KATA, f"-- dialect: postgres\n{HALVES}")
    shop.run().assert_outcomes(passed=2)


@pytest.mark.parametrize("how", ["option", "ini"])
def test_all_answers_can_be_in_one_dialect(shop: Workspace, how: str) -> None:
    """By ``--dialect``, or for good by ``prep_dialect``."""
    shop.answer(PRICE_KATA, HALVES)
    if how == "ini":
        place = shop.root / "pyproject.toml"
        place.write_text(place.read_text() + 'prep_dialect = "postgres"\n')
        shop.run().assert_outcomes(passed=2)
    else:
        shop.run("--dialect=postgres").assert_outcomes(passed=2)


def test_the_comment_goes_before_the_option(shop: Workspace) -> None:
    """One answer can be written for the engine all the same."""
    shop.answer(PRICE_KATA, "-- dialect: duckdb\nSELECT item, price // 2 AS half FROM prices")
    shop.run("--dialect=postgres").assert_outcomes(passed=2)


def test_solutions_are_never_translated(shop: Workspace) -> None:
    """They are written for the engine, whatever the learner's dialect is."""
    shop.write(
        f"solutions/{PRICE_KATA}/accepted_floor.sql", "-- Rounds down.\n" + KATA["reference"]
    )
    shop.run("solutions", "--dialect=postgres", "-k", "accepted_floor").assert_outcomes(passed=1)
    shop.run("katas", "--answers=solutions", "--dialect=postgres").assert_outcomes(passed=2)


def test_a_rejected_answer_names_its_translation(shop: Workspace) -> None:
    """The file holds what was run."""
    shop.answer(PRICE_KATA, "-- dialect: postgres\nSELECT item, price / 3 AS half FROM prices")
    result = shop.run()
    result.assert_outcomes(failed=1, passed=1)
    place = ".prep/translated/sql-all-prices.sql"
    result.stdout.fnmatch_lines([f"judged as translated from postgres: see {place}"])
    text = (shop.root / place).read_text()
    assert text.startswith("-- Translated from postgres.\n")
    assert "3" in text


def test_what_is_not_supported_is_refused_with_the_line(shop: Workspace) -> None:
    """Not judged: the message says what it is, where it stands, and what to do."""
    shop.answer(
        PRICE_KATA,
        "-- dialect: trino\nSELECT\n 1,\n  approx_percentile(price, 0.5) FROM prices",
    )
    result = shop.run("-k", "sample")
    result.stdout.fnmatch_lines(
        ["invalid: not translated from trino: *", "katas/sql/basics/all_prices/answer.sql:4"]
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("-- dialect: postgress\nSELECT 1", "*'postgress' is not a dialect*'postgres'?*"),
        ("-- dialect:\nSELECT 1", "*'' is not a dialect*"),
        ("-- dialect: mysql\nSELECT FROM WHERE", "invalid: as mysql: *"),
        ("-- dialect: mysql\nDROP TABLE prices", "*not translated from mysql: only queries*"),
        ("-- dialect: tsql\nSELECT " + "(" * 5000, "invalid: *"),
        ("-- dialect: hive\nSELECT nosuch FROM prices", "invalid: as hive: *nosuch*"),
    ],
)
def test_bad_answers_get_one_clear_line(shop: Workspace, text: str, told: str) -> None:
    """A wrong name of a dialect, no SQL, no query, a monster, an unknown column."""
    shop.answer(PRICE_KATA, text)
    result = shop.run("-k", "sample")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines([told])
    assert "Traceback" not in result.stdout.str()


def test_an_unknown_dialect_on_the_command_line_is_wrong_usage(shop: Workspace) -> None:
    """With the nearest name."""
    result = shop.run("--dialect=postgers")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*--dialect: 'postgers' is not a dialect *did you mean*postgres*"])
