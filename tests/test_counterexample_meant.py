"""A small change that repairs a wrong answer is named in one sentence, where there is one."""

from __future__ import annotations

import pytest

from pytest_prep.judging.compare import Rules
from pytest_prep.judging.counterexample import Counterexample, search

STAFF = """
CREATE TABLE staff (id INTEGER PRIMARY KEY, team VARCHAR NOT NULL, salary INTEGER);
"""
RANKED = """
SELECT id, team
FROM (SELECT *, {function} OVER (PARTITION BY team ORDER BY salary DESC) AS place FROM staff
      WHERE salary IS NOT NULL)
WHERE place {compared} 2
"""


def told(reference: str, answer: str) -> str:
    """Return the sentence on a wrong answer."""
    found = search(STAFF, reference, answer, rules=Rules(), seed=7)
    assert found.counterexample is not None
    return found.counterexample.meant


@pytest.mark.parametrize(
    ("reference", "answer", "sentence"),
    [
        (
            RANKED.format(function="dense_rank()", compared="<="),
            RANKED.format(function="rank()", compared="<="),
            "line 3: rank where DENSE_RANK may be meant; with that, no difference on ",
        ),
        (
            RANKED.format(function="rank()", compared="<="),
            RANKED.format(function="rank()", compared="<"),
            "line 5: < where <= may be meant; with that, no difference on ",
        ),
        (
            "SELECT DISTINCT team FROM staff",
            "SELECT team FROM staff",
            "line 1: DISTINCT may be missing; with that, no difference on ",
        ),
        (
            "SELECT id, team FROM staff",
            "SELECT id, team FROM staff WHERE team <> 'a'",
            "line 1: WHERE team <> 'a' may be too much; without that, no difference on ",
        ),
    ],
)
def test_a_known_mistake_is_named(reference: str, answer: str, sentence: str) -> None:
    """With its line, and with what the sentence rests on."""
    assert told(reference, answer).startswith(sentence)


def test_nothing_is_said_where_no_small_change_helps() -> None:
    """A query about something else is not one step away."""
    reference = "SELECT team, count(*) AS people FROM staff GROUP BY team"
    assert (
        told(reference, "SELECT team, max(id) - min(id) AS people FROM staff GROUP BY team") == ""
    )


def test_a_coincidence_is_not_enough() -> None:
    """What repairs the one database shown must stand many others too."""
    reference = "SELECT id FROM staff WHERE salary > 10 AND salary % 7 = 3"
    assert told(reference, "SELECT id FROM staff WHERE salary < 10") == ""


def test_the_sentence_travels() -> None:
    """It crosses processes with the rest; what was kept before there was one can be read."""
    found = search(
        STAFF, "SELECT DISTINCT team FROM staff", "SELECT team FROM staff", rules=Rules(), seed=7
    ).counterexample
    assert found is not None
    data = found.to_dict()
    assert Counterexample.from_dict(data) == found
    del data["meant"]
    assert Counterexample.from_dict(data).meant == ""
