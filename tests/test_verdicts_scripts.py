"""Scripts: DML by the table it leaves, tables by what they refuse, and what neither may touch."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from workspace import PRICE_KATA as KATA
from workspace import PRICES, failures

if TYPE_CHECKING:
    from workspace import Workspace


ANSWER = f"katas/{KATA}/answer.sql"


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM read_csv('{secret}')",
        "SELECT * FROM read_text('{secret}')",
        "SELECT * FROM '{secret}'",
        "SELECT * FROM glob('{folder}/*')",
        "SELECT item, price FROM prices WHERE (SELECT count(*) FROM read_csv('{secret}')) >= 0",
    ],
)
def test_a_query_cannot_read_files(judged, tmp_path: Path, query: str) -> None:
    """Neither the references nor anything else on the disk can be read."""
    secret = tmp_path / "secret.csv"
    secret.write_text("item,price\npen,5\n")
    result = judged(query.format(secret=secret, folder=tmp_path))
    result.assert_outcomes(failed=2)
    assert failures(result)["sample"][0].startswith("crashed: ")


TABLE = {
    "more": 'result = "table:prices"',
    "reference": "UPDATE prices SET price = 0 WHERE price IS NULL",
}


def test_dml_is_judged_by_the_table_it_leaves(judged) -> None:
    """With ``result = "table:NAME"`` several statements and transactions are allowed."""
    judged("UPDATE prices SET price = 0 WHERE price IS NULL", **TABLE).assert_outcomes(passed=2)
    judged(
        """
        BEGIN;
        CREATE TEMP TABLE known AS FROM prices;
        DELETE FROM prices;
        INSERT INTO prices SELECT item, coalesce(price, 0) FROM known;
        COMMIT;
        """,
        **TABLE,
    ).assert_outcomes(passed=2)
    result = judged("UPDATE prices SET price = 1 WHERE price IS NULL", **TABLE)
    result.assert_outcomes(passed=1, failed=1)
    assert "  ~ pen   1 → 0" in failures(result)["edge_unknown"]


def test_dml_that_drops_the_table(judged) -> None:
    """The message names the table that is gone, not a statement the learner never wrote."""
    result = judged("-- away\nDROP TABLE prices", **TABLE)
    lines = failures(result)["sample"]
    assert lines[0] == "crashed: there is no table prices after it ran"
    assert "LINE" not in "\n".join(lines)
    assert lines[-1] == ANSWER


def test_dml_leaves_nothing_behind(judged, workspace: Workspace) -> None:
    """What an answer makes or drops is gone for the next case and the next kata."""
    workspace.sql_kata("sql/basics/more", **PRICES, answer="SELECT item, price FROM prices")
    result = judged(
        "CREATE TABLE mine (a INTEGER); CREATE SCHEMA s; CREATE MACRO sum(x) AS 7;"
        "UPDATE prices SET price = 0 WHERE price IS NULL",
        **TABLE,
    )
    result.assert_outcomes(passed=4)


@pytest.mark.parametrize(
    "statement",
    [
        "COPY prices TO '{path}'",
        "COPY prices FROM '{path}'",
        "EXPORT DATABASE '{path}'",
        "ATTACH '{path}' AS x",
        "INSERT INTO prices SELECT content, 1 FROM read_text('{path}')",
        "INSTALL httpfs",
        "LOAD '{path}'",
        "SET memory_limit = '9GB'",
        "SET enable_external_access = true",
    ],
)
@pytest.mark.parametrize("folder", ["katas/data", "solutions", ".prep/data"])
def test_a_script_cannot_touch_files_or_settings(
    judged, workspace: Workspace, statement: str, folder: str
) -> None:
    """Not even the data sets, which queries read: a script could overwrite them."""
    place = workspace.root / folder
    place.mkdir(parents=True)
    (place / "there.csv").write_text("pen,5\n")
    for name in ("there.csv", "new.csv"):
        result = judged(statement.format(path=place / name), **TABLE, cases={})
        assert failures(result)["sample"][0].startswith("crashed: ")
    assert [path.name for path in place.iterdir() if path.suffix] == ["there.csv"]
    assert (place / "there.csv").read_text() == "pen,5\n"


CONSTRAINTS = {
    "more": 'result = "constraints"',
    "schema": "",
    "sample": """
        -- a plain deal
        INSERT INTO deals VALUES (1, 10);
        -- a price below 0
        INSERT INTO deals VALUES (2, -1);
        """,
    "cases": {
        "edge_key": """
            -- Keys that come twice.
            -- the first
            INSERT INTO deals VALUES (1, 10);
            -- the same id again
            INSERT INTO deals VALUES (1, 20);
            """
    },
    "reference": "CREATE TABLE deals (id INTEGER PRIMARY KEY, price INTEGER CHECK (price >= 0))",
}


def test_constraints_accepted(judged) -> None:
    """Tables are right when they accept and refuse what the reference's do."""
    judged(
        "CREATE TABLE deals (id INTEGER, price DOUBLE, UNIQUE (id), CHECK (NOT price < 0));",
        **CONSTRAINTS,
    ).assert_outcomes(passed=2)


def test_constraints_too_weak(judged) -> None:
    """A bad row that gets in is shown with its comment."""
    result = judged("CREATE TABLE deals (id INTEGER PRIMARY KEY, price INTEGER);", **CONSTRAINTS)
    result.assert_outcomes(passed=1, failed=1)
    lines = failures(result)["sample"]
    assert lines[0].startswith("wrong answer: 1 bad row let in")
    assert "let in: a price below 0" in lines
    assert "    INSERT INTO deals VALUES (2, -1);" in lines


def test_constraints_too_strict(judged) -> None:
    """A good row that is refused is shown with the engine's reason."""
    result = judged(
        "CREATE TABLE deals (id INTEGER PRIMARY KEY, price INTEGER CHECK (price > 10));",
        **CONSTRAINTS,
    )
    lines = failures(result)["sample"]
    assert lines[0].startswith("wrong answer: 1 good row refused")
    assert "refused: a plain deal" in lines
    assert any("Constraint Error: CHECK constraint failed" in line for line in lines)


def test_constraints_without_the_table(judged) -> None:
    """Tables under another name refuse everything, and the message says why."""
    result = judged("CREATE TABLE deal (id INTEGER);", **CONSTRAINTS)
    assert "Table with name deals does not exist" in "\n".join(failures(result)["sample"])
