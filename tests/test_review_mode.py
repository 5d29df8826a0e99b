"""``pytest --review``: what is shown and recorded, and the gate for CI."""

from __future__ import annotations

import pytest
from workspace import PRICE_KATA, PRICES, Workspace

from pytest_prep.progress.events import REVIEW
from pytest_prep.progress.store import open_store

DUCKDB = {**PRICES, "reference": "SELECT item, price FROM prices WHERE true"}


@pytest.fixture
def prices(workspace: Workspace) -> Workspace:
    """One kata about prices."""
    workspace.sql_kata(PRICE_KATA, **DUCKDB)
    return workspace


def scores(workspace: Workspace) -> list[object]:
    """Return the recorded scores."""
    store = open_store(workspace.root / ".prep" / "progress.sqlite3")
    try:
        return [event.data["score"] for event in store.events([REVIEW])]
    finally:
        store.close()


def test_findings_and_measures(prices: Workspace) -> None:
    """Verdict, score with its sum, findings with line, why and mend, measures; recorded."""
    prices.answer(PRICE_KATA, "SELECT *\nFROM prices\n")
    result = prices.run("katas", "--review")
    assert result.ret == 0
    result.stdout.fnmatch_lines(
        [
            "The all prices · katas/sql/basics/all_prices",
            "verdict       accepted",
            "score         95 of 100 (100 - 5)",
            "-5            line 1: SELECT * of a table is the result",
            "              why: *",
            "              mend: name the columns *",
            "rows touched  2 read and *, reference 2 and *, on case sample",
            "time          *",
            "The score is about how it is written, not about whether it is right.",
        ]
    )
    assert scores(prices) == [95]


def test_a_failing_answer_is_reviewed_too(prices: Workspace) -> None:
    """The verdict stands beside the score."""
    prices.answer(PRICE_KATA, "SELECT item, price FROM prices WHERE price > 5\n")
    prices.run("katas", "--review").stdout.fnmatch_lines(["verdict *wrong answer", "score *100*"])


@pytest.mark.parametrize(("least", "code"), [("90", 0), ("96", 1), ("95", 0)])
def test_gate(prices: Workspace, least: str, code: int) -> None:
    """The exit code is 1 where a score is lower than asked for; that asks for the review."""
    prices.answer(PRICE_KATA, "SELECT * FROM prices\n")
    result = prices.run("katas", f"--review-fail-under={least}")
    assert result.ret == code
    if code:
        result.stdout.fnmatch_lines(["below 96: katas/sql/basics/all_prices"])


def test_what_cannot_be_read_fails_the_gate(prices: Workspace) -> None:
    """No score is no pass."""
    prices.answer(PRICE_KATA, "SELECT FROM WHERE\n")
    assert prices.run("katas", "--review").ret == 0
    result = prices.run("katas", "--review", "--review-fail-under=1")
    assert result.ret == 1
    result.stdout.fnmatch_lines(["review        nothing to review: Parser Error: *"])
    assert scores(prices) == []


def test_a_python_answer_that_does_not_parse(katas: Workspace) -> None:
    """The line is named, in the learner's words."""
    katas.write("katas/python/text/initials/answer.py", "def initials(:\n")
    katas.run("katas/python", "--review").stdout.fnmatch_lines(
        ["verdict       invalid", "review *the answer does not parse: line 1: *"]
    )


def test_to_do_is_no_failure(katas: Workspace) -> None:
    """In CI, katas that are not begun pass the gate."""
    result = katas.run("katas", "--review", "--review-fail-under=80")
    assert result.ret == 0
    result.stdout.fnmatch_lines(["still to do, nothing to review: 5"])


def test_bad_gate(prices: Workspace) -> None:
    """A score that is none is one clear line."""
    result = prices.run("katas", "--review", "--review-fail-under=much")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*--review-fail-under: 'much' is not a score from 0 to 100"])


def test_python(katas: Workspace) -> None:
    """The tests of a Python kata are run for its verdict and for the lines that ran."""
    katas.write(
        "katas/python/text/initials/answer.py",
        """
        def initials(name):
            if name == "never":
                return "N"
            return "".join(word[0] for word in name.split())
        """,
    )
    result = katas.run("katas/python/text", "--review")
    assert result.ret == 0
    result.stdout.fnmatch_lines(
        [
            "verdict       accepted",
            "*line 3: no test of the kata runs line 3",
            "coverage      75 % of 4 statements ran in the kata's tests",
            "growth        not measured: the kata has no generator of sizes (growth_input)",
        ]
    )


def test_in_this_very_process(katas: Workspace) -> None:
    """Without children the growth is not measured, everything else is."""
    katas.solve("python/text/initials")
    result = katas.run("katas/python/text", "--review", "--isolation=none")
    result.stdout.fnmatch_lines(["coverage      100 %*", "growth        not measured: *process*"])
