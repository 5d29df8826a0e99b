"""``--counterexample-save NAME``: an author turns what a search found into a case."""

from __future__ import annotations

import pytest

from tests.workspace import PRICE_KATA, PRICES, Workspace

CASE = f"solutions/{PRICE_KATA}/cases/edge_found.sql"


@pytest.fixture
def shop(workspace: Workspace) -> Workspace:
    """A kata with an answer that only unusual data shows to be wrong."""
    workspace.sql_kata(PRICE_KATA, **{**PRICES, "cases": {}})
    workspace.answer(PRICE_KATA, "SELECT item, price FROM prices WHERE price IS NOT NULL")
    workspace.write("pyproject.toml", '[tool.pytest]\ntestpaths = ["katas"]\n')
    return workspace


def test_the_data_becomes_a_case_that_rejects_the_answer(shop: Workspace) -> None:
    """The file is written, named in the summary, and judged from the next run on."""
    result = shop.run("--counterexample-save=edge_found")
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines([f"{CASE} written; *"])
    text = (shop.root / CASE).read_text()
    assert text.startswith("-- TODO: ")
    assert "INSERT INTO prices" in text
    result = shop.run("-k", "edge_found")
    result.assert_outcomes(failed=1)


def test_an_existing_case_stays(shop: Workspace) -> None:
    """Nothing is overwritten."""
    shop.write(CASE, "-- Mine.\nINSERT INTO prices VALUES ('pen', 5);\n")
    shop.run("--counterexample-save=edge_found").stdout.fnmatch_lines(["*is there already*"])
    assert (shop.root / CASE).read_text().startswith("-- Mine.")


def test_nothing_found_is_said(shop: Workspace) -> None:
    """A right answer has no counterexample."""
    shop.solve(PRICE_KATA)
    shop.run("--counterexample-save=edge_found").stdout.fnmatch_lines(["*no counterexample*"])
    assert not (shop.root / CASE).exists()


def test_a_name_that_no_case_can_have_is_wrong_usage(shop: Workspace) -> None:
    """It would not be judged, or lead out of the folder."""
    result = shop.run("--counterexample-save=../x")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*is not a case's name such as edge_ties*"])
