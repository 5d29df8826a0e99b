"""The case ``generated``: the smallest data found on which an SQL answer is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pytest_prep.judging.counterexample import workbench
from pytest_prep.judging.engine import OutOfMemory
from pytest_prep.judging.sandbox.sql import SqlSandbox

SCHEMA = "CREATE TABLE goods (id INTEGER PRIMARY KEY, price INTEGER CHECK (price > 0));"
SAMPLE = "INSERT INTO goods VALUES (1, 10), (2, 20), (3, 5);"
KATA = "sql/basics/dearest"
REFERENCE = "SELECT id FROM goods WHERE price >= 10"


@pytest.fixture
def kata(workspace):
    """A kata whose sample lets a wrong border pass, in a workspace that searches."""
    workspace.sql_kata(KATA, schema=SCHEMA, sample=SAMPLE, reference=REFERENCE)
    place = workspace.root / "pyproject.toml"
    place.write_text(place.read_text().replace('prep_search_seconds = "0"', ""))
    return workspace


def test_what_the_sample_misses_is_found_and_shown_in_full(kata) -> None:
    """The data, your result and the expected one, after one sentence in words."""
    kata.answer(KATA, "SELECT id FROM goods WHERE price > 9 AND price < 21")
    result = kata.run()
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(
        [
            "*dearest · generated*",
            "wrong answer: with 1 row of data: *",
            "the smallest data found:",
            "  goods",
            "    id  price",
            "    *  *",
            "  your result: no rows",
            "  expected",
        ]
    )


def test_a_right_answer_is_accepted(kata) -> None:
    """Another way to say the same is not called wrong."""
    kata.answer(KATA, "SELECT g.id FROM goods g WHERE NOT (g.price < 10) ORDER BY 1 DESC")
    kata.run().assert_outcomes(passed=2)


def test_null_is_tried_although_nobody_wrote_it(kata) -> None:
    """A column that may be NULL is NULL in some of the data."""
    kata.answer(KATA, "SELECT id FROM goods WHERE coalesce(price, 10) >= 10")
    result = kata.run()
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["    * NULL"])


def test_what_was_found_is_kept(kata) -> None:
    """As data to try first next time, and as SQL to paste below the schema."""
    kata.answer(KATA, "SELECT id FROM goods WHERE price > 10")
    kata.run().assert_outcomes(failed=2)
    folder = kata.root / ".prep" / "counterexamples"
    (stored,) = folder.glob("*.json")
    assert len(json.loads(stored.read_text())) == 1
    pasted = stored.with_suffix(".sql").read_text()
    assert pasted.startswith("CREATE TABLE goods")
    assert "INSERT INTO goods (id, price) VALUES" in pasted
    first = stored.read_text()
    kata.run().assert_outcomes(failed=2)
    assert stored.read_text() == first


@pytest.mark.parametrize("content", ["", "[{}]", "null", "\x00"])
def test_a_broken_store_counts_as_none(kata, content: str) -> None:
    """The search goes on without what it cannot read, and mends the file."""
    kata.answer(KATA, "SELECT id FROM goods WHERE price > 10")
    kata.run()
    (stored,) = (kata.root / ".prep" / "counterexamples").glob("*.json")
    stored.write_text(content)
    kata.run().assert_outcomes(failed=2)
    assert len(json.loads(stored.read_text())) == 1


def test_nothing_can_be_written(kata) -> None:
    """The verdict stands where the folder cannot be made."""
    (kata.root / ".prep").write_text("in the way")
    kata.answer(KATA, "SELECT id FROM goods WHERE price > 10")
    kata.run().assert_outcomes(failed=2)


@pytest.mark.parametrize(
    "answer", ["PIVOT goods ON id USING sum(price)", "SELECT nothing FROM goods", "FROM goods"]
)
def test_unusual_answers_get_a_verdict(kata, answer: str) -> None:
    """What the search cannot read is judged by the other cases, and never by a traceback."""
    kata.answer(KATA, answer)
    result = kata.run()
    result.assert_outcomes(failed=2)
    result.stdout.no_fnmatch_line("*Traceback*")


def test_an_answer_that_depends_on_the_order_of_rows(kata) -> None:
    """Right on the rows as they stand, wrong on the same rows inserted otherwise."""
    kata.answer(KATA, "SELECT first(id) FROM goods WHERE price >= 10 GROUP BY price")
    result = kata.run()
    assert result.parseoutcomes()["failed"] >= 1


def test_a_kata_may_do_without(kata) -> None:
    """``generated = false`` in kata.toml, and ``prep_search_seconds = 0`` for all."""
    toml = Path(kata.root / f"katas/{KATA}/kata.toml")
    kept = toml.read_text()
    assert any(name.endswith("::generated") for name in kata.ids())
    toml.write_text(kept + "generated = false\n")
    assert not any(name.endswith("::generated") for name in kata.ids())
    toml.write_text(kept)
    assert not any(name.endswith("::generated") for name in kata.ids("-o", "prep_search_seconds=0"))


def test_a_number_is_wanted(kata) -> None:
    """Wrong usage is told in one line."""
    result = kata.run("-o", "prep_search_seconds=soon")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*prep_search_seconds: 'soon' is not a number of seconds*"])


HUNGRY = f"{REFERENCE} AND len((SELECT list(i) FROM range(4000000) r(i))) > 5"


def test_too_much_memory(kata, monkeypatch) -> None:
    """It is told in our words, without the engine's advice about settings that are locked."""
    monkeypatch.setitem(workbench._CONFIG, "memory_limit", "20MB")
    kata.answer(KATA, HUNGRY)
    result = kata.run()
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(
        [
            "too much memory: with 0 rows of data: it needs more than such small data can explain",
            "  your result: none",
            "    stopped: it needs more than 1GB",
        ]
    )
    assert "temp_directory" not in result.stdout.str()


def test_a_search_that_outgrows_its_process(kata, monkeypatch) -> None:
    """What the engine does not notice is stopped from outside, and is the answer's doing too."""

    def search(*_: object) -> None:
        raise OutOfMemory("stopped after 2000 MB")

    monkeypatch.setattr(SqlSandbox, "search", search)
    kata.answer(KATA, REFERENCE)
    result = kata.run()
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["too much memory: with generated data: it needs more than *"])
