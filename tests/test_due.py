"""``--due``: of the selected katas those that are due to be solved again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest

from pytest_prep.progress.events import ATTEMPT, RESET, REVEAL, new_event
from pytest_prep.progress.store import open_store

NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)
PODIUM = "katas/sql/window/podium"
ORDERS = "katas/sql/joins/no_orders"
INITIALS = "katas/python/text/initials"


@pytest.fixture
def solved(katas, monkeypatch):
    """Two katas due, one not yet due; the others were never solved."""
    monkeypatch.setenv("PREP_NOW", NOW.isoformat())
    monkeypatch.delenv("PREP_STORE", raising=False)
    katas.events = []
    for days, kata, path in [
        (30, "sql-podium", PODIUM),
        (30, "python-initials", INITIALS),
        (0.1, "sql-no-orders", ORDERS),
    ]:
        data = {"kata": kata, "path": path, "minutes": 10, "status": "accepted", "complete": True}
        katas.events.append(new_event(ATTEMPT, data, moment=NOW - timedelta(days=days)))
    record(katas, *katas.events)
    return katas


def record(katas, *events):
    """Append events to the workspace's record."""
    store = open_store(katas.root / ".prep/progress.sqlite3")
    store.append(events)
    store.close()


def test_it_selects_what_is_due(solved):
    """Every case of those katas, and nothing else."""
    assert solved.ids("--due") == [
        f"{INITIALS}/test_initials.py::test_sample",
        f"{INITIALS}/test_initials.py::test_edge_blank[]",
        f"{INITIALS}/test_initials.py::test_edge_blank[   ]",
        f"{PODIUM}/answer.sql::sample",
        f"{PODIUM}/answer.sql::edge_empty",
    ]


def test_it_works_with_paths_and_keywords(solved):
    """It narrows what is selected otherwise, and pytest counts what it leaves out."""
    assert {i.partition("::")[0] for i in solved.ids("--due", "katas/sql")} == {
        f"{PODIUM}/answer.sql"
    }
    assert solved.ids("--due", "-k", "initials and blank") == [
        f"{INITIALS}/test_initials.py::test_edge_blank[]",
        f"{INITIALS}/test_initials.py::test_edge_blank[   ]",
    ]
    result = solved.run("katas/sql", "--due")
    assert result.parseoutcomes() == {"todo": 2, "deselected": 5}
    result.stdout.fnmatch_lines(["due: 1 kata to solve again"])


def test_the_cases_of_a_due_kata_are_judged(solved):
    """It is a selection: what it leaves runs as always."""
    solved.solve("sql/window/podium")
    result = solved.run("katas/sql", "--due")
    result.assert_outcomes(passed=2, deselected=5)
    assert result.ret == 0


def test_without_the_option_nothing_is_read(solved):
    """A store that cannot be used is no hindrance then."""
    (solved.root / ".prep/progress.sqlite3").write_bytes(b"")
    assert len(solved.ids()) == 12


def test_workers_are_told(solved):
    """With -n the controller reads the record; the workers select the same katas."""
    pytest.importorskip("xdist")
    solved.solve("sql/window/podium", "python/text/initials")
    result = solved.run_outside("--due", "-n", "2", plugins=("-p", "prep", "-p", "xdist"))
    result.assert_outcomes(passed=5)
    result.stdout.fnmatch_lines(["due: 2 katas to solve again"])


def test_nothing_due_is_no_error(solved):
    """It says when the next one is."""
    result = solved.run("--due", ORDERS)
    assert result.ret == 0
    result.stdout.fnmatch_lines(
        [f"no kata is due; the next one is {ORDERS}, on 2026-03-22 (in 2 days)"]
    )


def test_nothing_due_with_workers(solved, monkeypatch):
    """The controller, which collects nothing, says so too."""
    pytest.importorskip("xdist")
    monkeypatch.setenv("PREP_NOW", (NOW - timedelta(days=29.5)).isoformat())
    result = solved.run_outside("--due", "-n", "2", plugins=("-p", "prep", "-p", "xdist"))
    assert result.ret == 0
    result.stdout.fnmatch_lines(["no kata is due; the next one is katas/*(in 2 days)"])


def test_nothing_solved(katas):
    """A fresh clone has no record, and looking makes none."""
    result = katas.run("--due")
    assert result.ret == 0
    assert [line for line in result.outlines if line] == [
        "no kata is due: none of these was solved yet"
    ]
    assert not (katas.root / ".prep/progress.sqlite3").exists()


def test_no_kata_at_all_is_still_an_error(solved):
    """A keyword that matches nothing is told by pytest's own exit code."""
    assert solved.run("--due", "-k", "nonesuch").ret == pytest.ExitCode.NO_TESTS_COLLECTED


def test_an_answer_that_is_still_the_accepted_one(solved):
    """To have it judged again would be no solve: --reset is named, and is enough."""
    solved.solve("sql/window/podium")
    text = (solved.root / PODIUM / "answer.sql").read_text(encoding="utf-8")
    hash_ = sha256(text.encode()).hexdigest()
    again = {**solved.events[0].data, "answer_hash": hash_}
    record(solved, new_event(ATTEMPT, again, moment=NOW - timedelta(days=29)))
    result = solved.run("--due", "--collect-only")
    result.stdout.fnmatch_lines(["1 kata still holds the accepted answer: add --reset to *"])
    assert solved.run("--due", PODIUM, "--reset").ret == 0
    result = solved.run("--due", PODIUM)
    assert result.parseoutcomes() == {"todo": 2}
    result.stdout.no_fnmatch_line("*accepted answer*")


def test_what_was_given_up_comes_back(solved):
    """A look at the reference makes a kata due on the next day, solved or not."""
    data = {"kata": "sql-latest-price"}
    record(solved, new_event(REVEAL, data, moment=NOW - timedelta(days=1)))
    assert "latest_price" in " ".join(solved.ids("--due"))


def test_what_was_given_up_today_is_named(solved):
    """A kata without any attempt has no path in the record; its folder is named all the same."""
    record(solved, new_event(REVEAL, {"kata": "sql-latest-price"}, moment=NOW))
    result = solved.run("--due", "-k", "latest_price")
    result.stdout.fnmatch_lines(
        ["no kata is due; the next one is katas/*/latest_price, on 2026-03-21 (tomorrow)"]
    )


def test_a_reset_changes_no_date(solved):
    """To begin is not to finish."""
    data = {"kata": "sql-no-orders", "kept": ""}
    record(solved, new_event(RESET, data, moment=NOW))
    assert solved.ids("--due", ORDERS) == []


def test_a_record_that_cannot_be_read(solved, monkeypatch):
    """One line says why, and the exit code is that of wrong usage."""
    monkeypatch.setenv("PREP_STORE", "postgresql://nobody@localhost:1/nothing")
    result = solved.run("--due")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    text = f"{result.stdout}{result.stderr}"
    assert "--due: " in text
    assert "Traceback" not in text


def test_katas_status_due(solved):
    """The list of katas knows the word too."""
    solved.solve("sql/window/podium", "sql/joins/no_orders")
    result = solved.run_outside("--katas", "--katas-status", "due")
    lines = [line.split() for line in result.outlines if "katas/" in line]
    assert [line[0] for line in lines] == ["due", "due"]
    assert {INITIALS, PODIUM} == {word for line in lines for word in line if "katas/" in word}
