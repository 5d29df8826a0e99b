"""``--engine``: katas on an engine other than their own, as a user sees it."""

from __future__ import annotations

import importlib.util

import pytest

from pytest_prep.content.errors import ContentError
from pytest_prep.content.kata import read_kata

PRICES = "CREATE TABLE prices (item VARCHAR NOT NULL, price INTEGER);"
ROWS = "INSERT INTO prices VALUES ('pen', 5), ('ink', 8), ('cap', NULL);"


@pytest.fixture
def shop(workspace):
    """A kata that runs everywhere and one that runs on DuckDB only, both solved."""
    workspace.sql_kata(
        "sql/basics/cheapest",
        schema=PRICES,
        sample=ROWS,
        cases={"edge_none": "-- Nothing has a price.\nINSERT INTO prices VALUES ('pen', NULL);\n"},
        reference="SELECT min(price) AS price FROM prices",
        more='engines = ["sqlite", "postgres"]',
    )
    workspace.sql_kata(
        "sql/basics/listed",
        schema=PRICES,
        sample=ROWS,
        reference="SELECT list(item ORDER BY item) AS items FROM prices",
    )
    workspace.solve("sql/basics/cheapest", "sql/basics/listed")
    return workspace


def test_without_the_option_each_kata_runs_on_its_own_engine(shop):
    """Further engines are only for those who ask."""
    shop.run().assert_outcomes(passed=3)


def test_katas_that_do_not_suit_the_engine_are_skipped_with_a_reason(shop):
    """The others are judged there."""
    result = shop.run("--engine=sqlite", "-rs")
    result.assert_outcomes(passed=2, skipped=1)
    result.stdout.fnmatch_lines(["SKIPPED*: runs on duckdb, not on sqlite"])


def test_the_answer_really_runs_on_that_engine(shop):
    """What only SQLite has is accepted there, and refused elsewhere."""
    shop.answer("sql/basics/cheapest", "SELECT min(price) + (sqlite_version() IS NULL) FROM prices")
    shop.run("--engine=sqlite", "-k", "cheapest").assert_outcomes(passed=2)
    result = shop.run("-k", "cheapest")
    result.assert_outcomes(failed=2)
    result.stdout.fnmatch_lines(["*crashed: *sqlite_version*"])


def test_a_wrong_answer_is_wrong_there_too(shop):
    """The verdict has the same form on every engine."""
    shop.answer("sql/basics/cheapest", "SELECT max(price) AS price FROM prices")
    result = shop.run("--engine=sqlite", "-k", "cheapest")
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["*wrong answer: *", "*~ 8 → 5*"])


def test_the_configuration_can_name_the_engine_and_the_option_overrides_it(shop):
    """prep_engine is for a workspace that practises for one engine."""
    with (shop.root / "pyproject.toml").open("a", encoding="utf-8") as file:
        file.write('prep_engine = "sqlite"\n')
    shop.run().assert_outcomes(passed=2, skipped=1)
    shop.run("--engine=duckdb").assert_outcomes(passed=3)


def test_python_katas_are_not_concerned(katas):
    """They have no engine."""
    katas.solve("python/text/initials")
    katas.run("--engine=sqlite", "katas/python/text").assert_outcomes(passed=3)


def test_a_submission_is_checked_on_that_engine(shop):
    """The right ones must be accepted there, the wrong ones rejected in whatever way."""
    folder = "solutions/sql/basics/cheapest"
    shop.write(
        f"{folder}/accepted_sorted.sql",
        """
        -- Sorts and takes the first.
        SELECT (SELECT price FROM prices WHERE price IS NOT NULL ORDER BY 1 LIMIT 1) AS price
        """,
    )
    shop.write(
        f"{folder}/wrong_dearest.sql",
        """
        -- Takes the greatest.
        -- caught by: sample
        SELECT max(price) AS price FROM prices
        """,
    )
    shop.write(f"{folder}/slow_never.sql", "-- Is not slow at all.\nSELECT min(price) FROM prices")
    result = shop.run(
        "--engine=sqlite", folder, "-rs", "-k", "sql and not complete and not example"
    )
    result.assert_outcomes(passed=4, skipped=1)
    result.stdout.fnmatch_lines(["SKIPPED*what is slow was measured on the kata's own engine"])


def test_an_unknown_engine_is_one_line(shop):
    """With the engines there are; for the option and for the key."""
    result = shop.run_outside("--engine=sqlit")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(
        ["ERROR: --engine: 'sqlit' is not an engine*did you mean 'sqlite'?"]
    )


@pytest.fixture
def no_server(monkeypatch):
    """Nothing names a PostgreSQL server."""
    monkeypatch.delenv("PREP_POSTGRES", raising=False)


def test_postgres_without_a_url_is_one_line(shop, no_server):
    """The run stops before any kata, and says what to set."""
    result = shop.run_outside("--engine=postgres")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(
        ["ERROR: engine postgres: no PostgreSQL server is named: set PREP*"]
    )
    assert "Traceback" not in result.stdout.str() + result.stderr.str()


def test_postgres_without_a_server_is_one_line(shop, monkeypatch):
    """The message says which server does not answer."""
    pytest.importorskip("psycopg")
    monkeypatch.setenv("PREP_POSTGRES", "postgresql://me:secret@127.0.0.1:1/practice")
    result = shop.run_outside("--engine=postgres")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["ERROR: engine postgres: no PostgreSQL at the URL of*refused*"])
    assert "secret" not in result.stderr.str()
    assert "Traceback" not in result.stdout.str() + result.stderr.str()


def test_a_kata_of_postgres_is_skipped_where_there_is_none(shop, no_server):
    """The other katas are judged."""
    shop.sql_kata(
        "sql/basics/at_home",
        schema=PRICES,
        sample=ROWS,
        reference="SELECT 1",
        answer="SELECT 1 AS one",
        more='engine = "postgres"',
    )
    result = shop.run("-rs")
    result.assert_outcomes(passed=3, skipped=1)
    result.stdout.fnmatch_lines(["SKIPPED*no PostgreSQL server is named*"])


def test_katas_run_on_a_postgres_server(shop, postgres_url, monkeypatch):
    """Named by the environment, which goes before the configuration."""
    monkeypatch.setenv("PREP_POSTGRES", postgres_url)
    with (shop.root / "pyproject.toml").open("a", encoding="utf-8") as file:
        file.write('prep_postgres = "postgresql://127.0.0.1:1/nowhere"\n')
    shop.answer(
        "sql/basics/cheapest",
        "SELECT min(price) + 0 * length(current_setting('server_version')) FROM prices",
    )
    result = shop.run_outside("--engine=postgres")
    result.assert_outcomes(passed=2, skipped=1)


@pytest.mark.skipif(importlib.util.find_spec("xdist") is None, reason="needs pytest-xdist")
def test_xdist_workers_run_on_a_postgres_server(shop, postgres_url, monkeypatch):
    """Each worker has its own schemas there."""
    monkeypatch.setenv("PREP_POSTGRES", postgres_url)
    result = shop.run_outside("--engine=postgres", "-n2", plugins=("-p", "prep", "-p", "xdist"))
    result.assert_outcomes(passed=2, skipped=1)


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ('engines = ["oracle"]', r"\[sql\] engines: 'oracle' is not an engine \(duckdb, sqlite"),
        ('engines = ["sqlit"]', r"did you mean 'sqlite'\?"),
        ('engines = ["duckdb"]', r"'duckdb' is named twice; list further engines only"),
        ('engines = ["sqlite", "sqlite"]', r"'sqlite' is named twice"),
        ('engines = "sqlite"', r"'sqlite' is not a list of engines"),
        ("engines = [1]", r"1 in the list is not one of engines"),
    ],
)
def test_a_wrong_list_of_engines_is_an_error_of_the_kata(workspace, lines, message):
    """With the place and the mend."""
    workspace.sql_kata(
        "sql/basics/wrong", schema=PRICES, sample=ROWS, reference="SELECT 1", more=lines
    )
    with pytest.raises(ContentError, match=message):
        read_kata(workspace.root / "katas/sql/basics/wrong", workspace.root / "solutions")


def test_a_kata_lists_its_own_engine_and_the_further_ones(shop):
    """In this order."""
    kata = read_kata(shop.root / "katas/sql/basics/cheapest", shop.root / "solutions")
    assert kata.sql is not None
    assert kata.sql.runs_on == ("duckdb", "sqlite", "postgres")


def test_the_references_as_a_table(shop):
    """``pytest solutions --engine`` says which katas run there."""
    result = shop.run("solutions", "--engine=sqlite")
    result.stdout.fnmatch_lines(
        [
            "*= sqlite: 1 of 2 references =*",
            "sql/basics/cheapest  accepted",
            "sql/basics/listed    not here",
        ]
    )
    assert "references =" not in shop.run("--engine=sqlite").stdout.str()
