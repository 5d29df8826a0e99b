"""What everybody may rely on, of every progress store alike."""

from __future__ import annotations

import itertools
import random
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from hashlib import sha256

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pytest_prep.progress import events as kinds
from pytest_prep.progress.events import Event, new_event, standing, undone_by
from pytest_prep.progress.rollups import Rollup
from pytest_prep.progress.store import Target, open_store

FRESH = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture(params=["sqlite", "postgres"])
def targets(request, tmp_path):
    """A function that gives the target of a new, empty store each time."""
    numbers = itertools.count()
    if request.param == "sqlite":
        yield lambda: Target(str(tmp_path / f"store_{next(numbers)}.sqlite3"))
        return
    url = request.getfixturevalue("postgres_url")
    psycopg = pytest.importorskip("psycopg")
    names = []
    with psycopg.connect(url, autocommit=True) as server:

        def make() -> Target:
            names.append(f"prep_test_{sha256(str(tmp_path).encode()).hexdigest()[:8]}_{len(names)}")
            server.execute(f"CREATE DATABASE {names[-1]}")
            return Target(f"{url.rpartition('/')[0]}/{names[-1]}", "ada")

        yield make
        for name in names:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def store(targets):
    """An empty store."""
    opened = open_store(targets())
    yield opened
    opened.close()


def attempt(kata="sql-a", status="accepted", *, answer="SELECT 1", **more) -> Event:
    """Return an attempt."""
    return new_event(
        kinds.ATTEMPT,
        {
            "kata": kata,
            "track": "sql",
            "level": "easy",
            "status": status,
            "complete": True,
            "cases": {"sample": status},
            "answer": answer,
            "answer_hash": sha256(answer.encode("utf-8", "replace")).hexdigest(),
            "elapsed": 60.0,
            "spent": 30.5,
            **more,
        },
    )


def at(event: Event, time: str, day: str | None = None) -> Event:
    """Return the event at another time."""
    return replace(event, time=f"{time}.000000Z", day=day or time[:10])


def mine(store, *events: Event) -> list[Event]:
    """Return events as the store gives them back: with its learner's name, in order."""
    named = [e if e.learner else replace(e, learner=store.learner) for e in events]
    return sorted(named, key=lambda e: (e.time, e.id))


def figures(store) -> tuple:
    """Return all figures of a store."""
    return store.tallies(everyone=True), store.kata_days(everyone=True)


# -- events


def test_what_goes_in_comes_out(store) -> None:
    """All fields, in the order of time and id, whatever the order they came in."""
    some = [attempt(), new_event("note", {"text": "x"}), attempt(status="wrong_answer")]
    assert store.append(reversed(some)) == 3
    assert list(store.events()) == mine(store, *some)


def test_kinds_are_picked(store) -> None:
    """One kind, several, or all."""
    a, b, c = attempt(), new_event("hint", {"kata": "k", "number": 1}), new_event("note", {})
    store.append([a, b, c])
    assert list(store.events(["hint"])) == mine(store, b)
    assert list(store.events(("note", "attempt"))) == mine(store, a, c)
    assert list(store.events(["card"])) == []


def test_repeating_changes_nothing(store) -> None:
    """An event is kept once, also within one call, and the count tells the new ones."""
    a, b = attempt(), attempt()
    assert store.append([a, a]) == 1
    before = figures(store)
    assert store.append([a]) == 0
    assert figures(store) == before
    assert store.append([a, b]) == 1
    assert store.append([]) == 0
    assert list(store.events()) == mine(store, a, b)


def test_all_or_nothing(store) -> None:
    """What cannot be written leaves the store as it was."""
    store.append([attempt()])
    before = list(store.events()), figures(store)
    with pytest.raises(TypeError):
        store.append([attempt(), new_event("note", {"text": object()})])
    assert (list(store.events()), figures(store)) == before


def test_a_store_stays(targets) -> None:
    """What was appended is there when the store is opened again, several at once too."""
    target = targets()
    first, second = open_store(target), open_store(target)
    a, b = attempt(), attempt()
    first.append([a])
    second.append([b])
    first.close()
    assert list(second.events()) == mine(second, a, b)
    second.close()
    third = open_store(target)
    assert list(third.events()) == mine(third, a, b)
    third.close()


@pytest.mark.parametrize(
    "text", ["", "a\x00b", "\ud800 alone", 'it\'s "so" \\ %s ? {x}', "日本 – ∑ 🙂", "\r\n\t"]
)
def test_any_text_survives(store, text: str) -> None:
    """Answers and notes are kept to the letter."""
    odd = [attempt(answer=text), new_event("note", {"text": text}), attempt(kata=text or "k")]
    store.append(odd)
    assert list(store.events()) == mine(store, *odd)


def test_plain_data_survives(store) -> None:
    """None, bool, int, float, str, lists and dicts of these."""
    data = {"a": None, "b": True, "c": 2**60, "d": 0.1, "e": [1, {"f": []}], "é": "g"}
    store.append([new_event("note", data)])
    (event,) = store.events()
    assert event.data == data


def test_one_answer_is_kept_once(store) -> None:
    """The text of an answer takes room once, however often it was judged."""
    answer = "SELECT " + "x, " * 300
    store.append([attempt(answer=answer) for _ in range(5)])
    assert [e.data["answer"] for e in store.events()] == [answer] * 5
    assert store._rows("SELECT count(*), max(length(data)) FROM event")[0][1] < 500
    assert store._rows("SELECT text FROM answer") == [(answer,)]


def test_a_false_hash_costs_no_text(store) -> None:
    """Two answers of the same alleged hash stay two."""
    some = [attempt(answer=text, answer_hash="same") for text in ("a", "b")]
    store.append(some)
    assert list(store.events()) == mine(store, *some)


# -- figures


def test_tallies_by_day_and_sort(store) -> None:
    """Attempts by track, level and status; cards by category, deck and grade; with their time."""
    day = "2026-12-01"
    card = {"card": "c", "grade": 3, "milliseconds": 1500, "category": "sql", "deck": "joins"}
    mock = {"interview": "i", "kind": "coding", "script": "oa", "seconds": 60}
    store.append(
        [
            at(attempt(), f"{day}T10:00:00"),
            at(attempt(), f"{day}T11:00:00"),
            at(attempt(status="wrong_answer"), f"{day}T12:00:00"),
            at(attempt(complete=False), f"{day}T12:30:00"),
            at(new_event("card", card), f"{day}T13:00:00"),
            at(new_event("mock_stage", mock), f"{day}T14:00:00"),
            at(new_event("mock", mock), f"{day}T14:01:00"),
            at(new_event("note", {}), "2026-12-02T02:00:00", day),
        ]
    )
    found = [(t.day, t.kind, t.area, t.part, t.outcome, t.n, t.milliseconds, t.last[11:13])
             for t in sorted(store.tallies(), key=lambda t: t.last)]  # fmt: skip
    assert found == [
        (day, "attempt", "sql", "easy", "accepted", 2, 61000, "11"),
        (day, "attempt", "sql", "easy", "wrong_answer", 1, 30500, "12"),
        (day, "attempt", "sql", "easy", "partial", 1, 30500, "12"),
        (day, "card", "sql", "joins", "3", 1, 1500, "13"),
        (day, "mock_stage", "coding", "oa", "", 1, 0, "14"),
        (day, "mock", "coding", "oa", "", 1, 60000, "14"),
        (day, "note", "", "", "", 1, 0, "02"),
    ]


def test_days_of_a_kata(store) -> None:
    """Attempts, solves, hints, reveals, the first solve and the last verdict of each day."""
    store.append(
        [
            at(new_event("hint", {"kata": "k", "number": 2}), "2026-12-01T10:00:00"),
            at(attempt("k", "wrong_answer"), "2026-12-01T10:05:00"),
            at(attempt("k", elapsed=90), "2026-12-01T10:10:00"),
            at(attempt("k", elapsed=200), "2026-12-01T10:20:00"),
            at(new_event("reveal", {"kata": "k"}), "2026-12-02T10:00:00"),
            at(attempt("k", complete=False), "2026-12-02T10:01:00"),
        ]
    )
    first, second = store.kata_days()
    assert (first.attempts, first.solves, first.hints, first.reveals) == (3, 2, 2, 0)
    assert (first.solved[11:16], first.elapsed) == ("10:10", 90_000)
    assert (first.last[11:16], first.status, first.milliseconds) == ("10:20", "accepted", 91_500)
    assert (second.attempts, second.solves, second.hints, second.reveals) == (1, 0, 0, 1)
    assert (second.solved, second.elapsed, second.status) == ("", 0, "partial")


def test_sums_of_tallies(store) -> None:
    """By any fields, in their order; a field that is none is refused."""
    assert store.sums() == store.sums("day") == []
    store.append(
        [
            at(attempt(), "2026-12-01T10:00:00"),
            at(attempt(status="wrong_answer"), "2026-12-01T11:00:00"),
            at(attempt(track="python"), "2026-12-02T10:00:00"),
        ]
    )
    assert [row[:3] for row in store.sums("day")] == [
        ("2026-12-01", 2, 61000),
        ("2026-12-02", 1, 30500),
    ]
    assert [row[:-1] for row in store.sums("area", "outcome")] == [
        ("python", "accepted", 1, 30500),
        ("sql", "accepted", 1, 30500),
        ("sql", "wrong_answer", 1, 30500),
    ]
    assert store.sums() == [(3, 91500, "2026-12-02T10:00:00.000000Z")]
    with pytest.raises(ValueError, match="n: not all are fields"):
        store.sums("n")


@pytest.mark.parametrize("order", ["after", "before", "with"])
def test_an_undone_event_does_not_count(store, order: str) -> None:
    """Whether the ``undo`` comes later, earlier (from another machine) or at once."""
    kept = at(attempt("k", "wrong_answer"), "2026-12-01T10:00:00")
    gone = at(attempt("k", elapsed=5), "2026-12-01T11:00:00")
    undo = at(new_event("undo", {"event": gone.id}), "2026-12-01T12:00:00")
    calls = {"after": [[kept, gone], [undo]], "before": [[undo], [kept, gone]]}
    for call in calls.get(order, [[kept, gone, undo]]):
        store.append(call)
    (day,) = store.kata_days()
    assert (day.attempts, day.solves, day.status, day.solved) == (1, 0, "wrong_answer", "")
    assert [(t.outcome, t.n) for t in store.tallies() if t.kind == "attempt"] == [
        ("wrong_answer", 1)
    ]
    assert standing(store.events()) == mine(store, kept)
    store.append([undo, gone])
    assert store.kata_days() == [day]


def test_an_undo_can_be_undone(store) -> None:
    """The event counts again."""
    event = at(attempt("k"), "2026-12-01T10:00:00")
    undo = at(new_event("undo", {"event": event.id}), "2026-12-01T11:00:00")
    again = at(new_event("undo", {"event": undo.id}), "2026-12-01T12:00:00")
    store.append([event])
    before = store.kata_days()
    store.append([undo])
    assert store.kata_days() == []
    store.append([again])
    assert store.kata_days() == before
    assert standing(store.events()) == mine(store, event)


def test_figures_are_made_anew(store) -> None:
    """``rebuild`` leads to the same figures, also from damaged ones."""
    gone = attempt("k")
    store.append([attempt("k"), gone, new_event("undo", {"event": gone.id}), new_event("note", {})])
    before = figures(store)
    store._rows("SELECT 1")
    with store._transaction():
        store._write("UPDATE tally SET n = ?", [(99,)])
        store._write("DELETE FROM kata_day WHERE learner <> ?", [("nobody",)])
        store._write("DELETE FROM undone WHERE id <> ?", [("",)])
    assert figures(store) != before
    assert store.rebuild() == 4
    assert figures(store) == before


# Few katas, days, times and statuses, so that ties and repetitions are frequent.
_TIMES = st.sampled_from([f"2026-12-0{d}T1{h}:00:00" for d in (1, 2) for h in (0, 1)])
_ATTEMPTS = st.builds(
    lambda kata, status, complete, spent, time: at(
        attempt(kata, status, complete=complete, spent=spent, elapsed=spent * 2), time
    ),
    st.sampled_from("ab"),
    st.sampled_from(["accepted", "wrong_answer"]),
    st.booleans(),
    st.floats(0, 1000),
    _TIMES,
)
_OTHERS = st.builds(
    lambda kind, kata, number, time: at(new_event(kind, {"kata": kata, "number": number}), time),
    st.sampled_from(["hint", "reveal", "reset", "open"]),
    st.sampled_from("ab"),
    st.integers(1, 3),
    _TIMES,
)


@st.composite
def histories(draw) -> list[Event]:
    """Draw events, some of which undo others of them, or events of elsewhere."""
    known = draw(st.lists(st.one_of(_ATTEMPTS, _OTHERS), min_size=1, max_size=12))
    for _ in range(draw(st.integers(0, 3))):
        name = draw(st.sampled_from([*(e.id for e in known), "of elsewhere"]))
        known.append(at(new_event("undo", {"event": name}), draw(_TIMES)))
    return known


@FRESH
@given(history=histories(), data=st.data())
def test_figures_do_not_depend_on_the_order(targets, history: list[Event], data) -> None:
    """In whatever order, portions and repetition the events come, the figures are the same."""
    store = open_store(targets())
    try:
        todo = data.draw(st.permutations(history)) + data.draw(
            st.lists(st.sampled_from(history), max_size=4)
        )
        while todo:
            size = data.draw(st.integers(1, len(todo)))
            store.append(todo[:size])
            todo = todo[size:]
        kept = figures(store)
        assert list(store.events()) == mine(store, *history)
        store.rebuild()
        assert figures(store) == kept
        undone = undone_by(e for e in history if e.kind == "undo")
        fresh = Rollup(mine(store, *history), undone)
        assert sorted(kept[1]) == fresh.days()
        assert sorted(kept[0]) == [tally for tally in fresh.tallies() if tally.n]
        # All days as one day.
        counted = (replace(e, day="") for e in mine(store, *history))
        assert store.katas() == Rollup(counted, undone).days()
    finally:
        store.close()


# -- one kata


def test_the_trail_of_a_kata(store) -> None:
    """The last attempt, the last solve, and what was opened, hinted, revealed and reset."""
    opened = at(new_event("open", {"kata": "k"}), "2026-12-01T09:00:00")
    solve = at(attempt("k"), "2026-12-01T10:00:00")
    later = at(attempt("k", "wrong_answer"), "2026-12-02T10:00:00")
    hint = at(new_event("hint", {"kata": "j", "number": 1}), "2026-12-02T11:00:00")
    store.append([later, solve, opened, hint])
    found = store.trails(["k", "j", "unknown"])
    assert set(found) == {"k", "j"}
    assert found["k"].last.id == later.id
    assert found["k"].solved == solve.time
    assert [e.id for e in found["k"].marks] == [opened.id]
    assert (found["j"].last, found["j"].solved, len(found["j"].marks)) == (None, "", 1)


def test_many_katas_are_asked_for_at_once(store) -> None:
    """More than a database takes in one list."""
    store.append([attempt(f"k{n}") for n in range(1200)])
    assert len(store.trails([f"k{n}" for n in range(3000)])) == 1200


# -- learners


def test_learners_are_kept_apart(targets) -> None:
    """Each one's events carry the name, and each reads the own ones, or everyone's."""
    place = targets().place
    ada, bob = (open_store(Target(place, name)) for name in ("ada", "bob"))
    a, b = attempt("k"), attempt("k")
    ada.append([a])
    bob.append([b])
    assert list(ada.events()) == [replace(a, learner="ada")]
    assert [t.learner for t in bob.tallies()] == ["bob"]
    assert [d.learner for d in bob.kata_days(everyone=True)] == ["ada", "bob"]
    assert {e.learner for e in bob.events(everyone=True)} == {"ada", "bob"}
    assert bob.trails(["k"])["k"].last.id == b.id
    ada.close()
    bob.close()


def test_a_named_event_keeps_its_name(store) -> None:
    """What was merged from elsewhere stays whose it is."""
    store.append([replace(attempt(), learner="cleo")])
    assert [e.learner for e in store.events(everyone=True)] == ["cleo"]


# -- several writers

WRITER = """
import sys
from pytest_prep.progress.events import new_event
from pytest_prep.progress.store import Target, open_store

for number in range({rounds}):
    store = open_store(Target(sys.argv[1], sys.argv[2]))
    store.append([new_event("attempt", {{"kata": f"k{{n}}", "spent": 1}}) for n in range({each})])
    store.close()
"""


def test_writers_at_the_same_time(targets) -> None:
    """Eight processes that begin with no store at all: no event is lost, none is doubled."""
    target = targets()
    program = WRITER.format(rounds=10, each=3)
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", program, target.place, "ada"], stderr=subprocess.PIPE, text=True
        )
        for _ in range(8)
    ]
    for writer in writers:
        _, errors = writer.communicate(timeout=120)
        assert writer.returncode == 0, errors
    store = open_store(target)
    assert len(list(store.events())) == 8 * 10 * 3
    assert sum(t.n for t in store.tallies()) == 240
    assert sum(d.milliseconds for d in store.kata_days()) == 240_000
    kept = figures(store)
    store.rebuild()
    assert figures(store) == kept
    store.close()


def test_the_same_events_from_many_sides_at_once(targets) -> None:
    """Several threads merge overlapping events, each with a store of its own."""
    target = targets()
    open_store(target).close()
    everything = [attempt(f"k{n % 7}") for n in range(60)]

    def merge(seed: int) -> int:
        some = everything[:]
        random.Random(seed).shuffle(some)
        store = open_store(target)
        try:
            return sum(store.append(some[start : start + 7]) for start in range(0, 60, 7))
        finally:
            store.close()

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(merge, range(6))) == 60
    store = open_store(target)
    assert list(store.events()) == mine(store, *everything)
    assert sum(d.attempts for d in store.kata_days()) == 60
    store.close()


def test_reading_while_writing(store) -> None:
    """Events that are being read do not keep others from being written."""
    store.append([attempt() for _ in range(10)])
    reading = store.events()
    next(reading)
    assert store.append([attempt()]) == 1
    assert len(list(reading)) == 9
