"""What is told of an answer in another dialect speaks of no line of its translation."""

from __future__ import annotations

from pathlib import Path

from pytest_prep.judging.compare import Rules
from pytest_prep.judging.counterexample import search
from pytest_prep.judging.translation import Rendered
from pytest_prep.judging.verdict import Verdict

STAFF = "CREATE TABLE staff (id INTEGER PRIMARY KEY, team VARCHAR NOT NULL);"


def test_no_small_change_of_a_translation_is_told() -> None:
    """Its lines and operators are the engine's; the learner wrote others."""
    query = "SELECT team FROM staff"
    found = search(STAFF, query.replace("team", "DISTINCT team"), query, rules=Rules(), seed=7)
    assert found.counterexample is not None
    assert found.counterexample.meant
    verdict = Verdict("wrong_answer", "wrong", counterexample=found.counterexample.to_dict())
    own = Rendered(query).mark(verdict, Path("x.sql")).counterexample
    translated = Rendered(query, "tsql").mark(verdict, Path("x.sql")).counterexample
    assert own is not None
    assert own["meant"]
    assert translated is not None
    assert translated["meant"] == ""
