"""Records come together by files: ``--progress-export``, ``--progress-import``, ``-rebuild``."""

from __future__ import annotations

import itertools
import json
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pytest_prep.progress.events import Event, new_event
from pytest_prep.progress.store import open_store
from pytest_prep.progress.transfer import (
    NoEvent,
    event_of_line,
    export_events,
    import_events,
    line_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from workspace import Workspace

EVENT = new_event("attempt", {"kata": "k", "status": "accepted", "answer": "SELECT 1", "spent": 2})
LAW = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

TEXT = st.text(st.characters(codec=None), max_size=8)
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)
EVENTS = st.builds(
    lambda kind, data, time: replace(new_event(kind, data), time=time, day=time[:10]),
    st.sampled_from(["attempt", "hint", "card", "mock", "note", "a_kind_of_tomorrow"]),
    st.dictionaries(st.sampled_from(["kata", "card", "status", "spent", "x"]) | TEXT, PLAIN),
    st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)).map(
        lambda t: f"{t:%Y-%m-%dT%H:%M:%S.%f}Z"
    ),
)


@pytest.fixture
def stores(tmp_path):
    """A function that opens a new store each time."""
    numbers = itertools.count()
    opened = []

    def make():
        opened.append(open_store(tmp_path / f"{next(numbers)}.sqlite3"))
        return opened[-1]

    yield make
    for store in opened:
        store.close()


def merge(store, lines: list[str], folder: Path) -> list[str]:
    """Import lines; return what was told."""
    told: list[str] = []
    path = folder / "merged.jsonl"
    path.write_text("".join(lines), encoding="utf-8")
    import_events(store, path, told.append)
    return told


def everything(store) -> tuple:
    """Return all that a store holds."""
    return list(store.events()), store.tallies(), store.kata_days()


# -- the laws


@LAW
@given(EVENTS)
@example(replace(EVENT, data={"answer": "\ud800"}))
def test_a_line_is_an_event(event: Event) -> None:
    """An event survives the way through a line, which holds no other line end."""
    line = line_of(event)
    assert line.count("\n") == 1
    assert event_of_line(line.encode()) == event


@LAW
@given(data=st.data(), events=st.lists(EVENTS, min_size=1, max_size=10))
def test_merging_is_commutative_and_idempotent(
    stores: Callable, tmp_path: Path, data, events: list[Event]
) -> None:
    """Files that overlap, in any order and repetition, lead to one and the same store."""
    files = data.draw(st.lists(st.lists(st.sampled_from(events), max_size=8), max_size=4))
    files.append(events)
    merged = []
    for order in (files, data.draw(st.permutations(files)), [*files, *files]):
        store = stores()
        for some in order:
            assert merge(store, [line_of(e) for e in some], tmp_path) == []
        merged.append(everything(store))
    assert merged[0] == merged[1] == merged[2]
    assert merged[0][0] == sorted(events, key=lambda e: (e.time, e.id))


def test_equal_stores_give_equal_files(stores: Callable, tmp_path: Path) -> None:
    """There and back again: the second file is the first one."""
    first, second = stores(), stores()
    first.append([EVENT, *(new_event("note", {"text": "é" * n}) for n in range(5))])
    assert export_events(first, tmp_path / "a") == 6
    merged = import_events(second, tmp_path / "a", print)
    assert (merged.new, merged.known, merged.skipped) == (6, 0, 0)
    export_events(second, tmp_path / "b")
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    assert everything(first) == everything(second)


def test_more_events_than_one_portion(stores: Callable, tmp_path: Path) -> None:
    """A long file goes in by portions, and again without effect."""
    events = [new_event("note", {"n": n}) for n in range(4500)]
    path = tmp_path / "long"
    path.write_text("".join(map(line_of, events)))
    store = stores()
    assert import_events(store, path, print).new == 4500
    assert import_events(store, path, print).known == 4500
    assert sum(tally.n for tally in store.tallies()) == 4500


# -- lines that are none


SOLVED = "sql/joins/no_orders"


def line(**changes: object) -> str:
    """Return the line of an event with some keys changed; None takes a key away."""
    fields = {**json.loads(line_of(EVENT)), **changes}
    return json.dumps({key: value for key, value in fields.items() if value is not None}) + "\n"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{", "is no JSON (expecting property name enclosed in double quotes)"),
        (line_of(EVENT)[:-20], "is no JSON (unterminated string *"),
        ('{"id": ' + "9" * 5000 + "}", "holds a number that is too long"),
        ("[1]", "is no JSON object"),
        ("7", "is no JSON object"),
        ("[" * 100_000, "is nested too deeply"),
        (line(id="1"), "id is not a UUID in lower case"),
        (line(id=None), "id is not a UUID in lower case"),
        (line(time="yesterday"), "time is not a time such as 2026-12-01T09:30:00.000000Z"),
        (line(time="2026-13-01T09:30:00.000000Z"), "time or day: month must be in 1..12"),
        (line(day="2026-02-30"), "time or day: day is out of range for month"),
        (line(kind=3), "kind is not a word such as attempt"),
        (line(learner=["x"]), "learner is not a name"),
        (line(data="x"), "data is not an object"),
        (line(data=None), "data is not an object"),
    ],
)
def test_a_line_that_is_no_event(text: str, problem: str) -> None:
    """Each mistake is named."""
    with pytest.raises(NoEvent) as error:
        event_of_line(text.encode())
    assert str(error.value) == problem or str(error.value).startswith(problem.rstrip("*"))


def test_bad_lines_are_named_and_the_rest_goes_on(stores: Callable, tmp_path: Path) -> None:
    """With their number; blank lines and unknown keys are no mistake."""
    store = stores()
    path = tmp_path / "in"
    parts = [b"\n", b"{}\n", line_of(EVENT).encode(), b"\xff\xfe\n"]
    path.write_bytes(b"".join(parts) + line(later="x").encode())
    told: list[str] = []
    merged = import_events(store, path, told.append)
    assert (merged.new, merged.known, merged.skipped) == (1, 1, 2)
    assert told == [
        f"{path}:2: id is not a UUID in lower case; the line is left out",
        f"{path}:4: is not UTF-8; the line is left out",
    ]
    assert list(store.events()) == [EVENT]


def test_a_former_export_stays_where_the_new_one_cannot_be_written(
    stores: Callable, tmp_path: Path, monkeypatch
) -> None:
    """The file is replaced at once, or not at all, and nothing is left beside it."""
    store = stores()
    store.append([EVENT])
    path = tmp_path / "out"
    path.write_text(line())

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        export_events(store, path)
    assert path.read_text() == line()
    assert [p.name for p in tmp_path.iterdir() if "out" in p.name] == ["out"]


def test_an_export_into_a_missing_folder_names_what_was_typed(
    stores: Callable, tmp_path: Path
) -> None:
    """Not the temporary file beside it."""
    path = tmp_path / "missing" / "out.jsonl"
    with pytest.raises(FileNotFoundError) as caught:
        export_events(stores(), path)
    assert caught.value.filename == str(path)


# -- what is typed


@pytest.mark.parametrize("name", [f"katas/{SOLVED}/answer.sql", ".prep/progress.sqlite3", "katas"])
def test_an_export_replaces_nothing_but_an_export(katas: Workspace, name: str) -> None:
    """Not an answer, not the store itself, not a folder."""
    katas.solve(SOLVED)
    katas.run(f"katas/{SOLVED}")
    answer = (katas.root / "katas" / SOLVED / "answer.sql").read_bytes()
    result = katas.run("--progress-export", name)
    assert result.ret == 4
    result.stderr.fnmatch_lines(["ERROR: */*: is there, and is no export of a record; name*"])
    assert (katas.root / "katas" / SOLVED / "answer.sql").read_bytes() == answer
    for _ in range(2):
        result = katas.run("--progress-export", "mine.jsonl")
        assert (result.ret, result.outlines) == (0, ["mine.jsonl: 1 event written"])


def test_two_machines(katas: Workspace) -> None:
    """The record of one machine goes to another, and is complete there; nothing is collected."""
    katas.solve("sql/joins/no_orders")
    katas.run("katas/sql")
    katas.write("katas/test_broken.py", "1 / 0")
    result = katas.run("--progress-export", "mine.jsonl")
    assert (result.ret, result.outlines) == (0, ["mine.jsonl: 1 event written"])
    result = katas.run("--progress-import", "mine.jsonl", "-o", "prep_store=other.sqlite3")
    assert (result.ret, result.outlines) == (0, ["mine.jsonl: 1 event new, 0 known already"])
    here, there = (
        open_store(katas.root / name) for name in (".prep/progress.sqlite3", "other.sqlite3")
    )
    assert everything(here) == everything(there)
    here.close()
    there.close()


def test_what_is_wrong_is_told_in_one_line(katas: Workspace) -> None:
    """A missing file, a record that is not there, a bad line."""
    missing = katas.run("--progress-import", "no.jsonl")
    assert missing.ret == pytest.ExitCode.USAGE_ERROR
    missing.stderr.fnmatch_lines(["ERROR: *no.jsonl: No such file or directory"])
    assert not (katas.root / ".prep").exists()
    nothing = katas.run("--progress-export", "out.jsonl")
    assert nothing.ret == pytest.ExitCode.USAGE_ERROR
    nothing.stderr.fnmatch_lines(["ERROR: *progress.sqlite3: there is no record yet"])
    katas.write("in.jsonl", line_of(EVENT) + "oops\n")
    half = katas.run("--progress-import", "in.jsonl")
    assert half.ret == 1
    half.stderr.fnmatch_lines(["*in.jsonl:2: is no JSON (expecting value); the line is left out"])
    assert half.outlines == ["in.jsonl: 1 event new, 0 known already, 1 lines left out"]
    wrong = katas.run("--progress-export", "no/such/folder.jsonl")
    assert wrong.ret == pytest.ExitCode.USAGE_ERROR
    wrong.stderr.fnmatch_lines(["ERROR: *: No such file or directory"])


ODD = st.sampled_from([None, True, -1, 1e300, "x", [], [[]], {"a": []}, "\ud800", "a\0b"])


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_events_with_odd_data_stop_nobody(katas: Workspace, data) -> None:
    """What another program wrote into an event's data is no reason for a traceback."""
    path = "sql/joins/no_orders"
    store = open_store(katas.root / ".prep" / "progress.sqlite3")
    keys = ("status", "complete", "cases", "answer_hash", "elapsed", "spent", "number", "minutes")
    for kind in ("attempt", "hint", "open", "reset", "plan", "undo", "card", "mock"):
        odd = {key: data.draw(ODD) for key in keys}
        merge(store, [line_of(new_event(kind, {**odd, "kata": "sql-no-orders"}))], katas.root)
    store.close()
    katas.answer(path, f"SELECT {data.draw(st.integers())}")
    result = katas.run(f"katas/{path}")
    assert result.ret == 1
    result.stdout.fnmatch_lines(["today: *"])
    assert "Traceback" not in str(result.stdout)


def test_figures_are_rebuilt(katas: Workspace) -> None:
    """``--progress-rebuild`` counts again."""
    katas.solve("sql/joins/no_orders")
    katas.run("katas/sql")
    store = open_store(katas.root / ".prep" / "progress.sqlite3")
    before = everything(store)
    with store._transaction():
        store._write("DELETE FROM tally WHERE n > ?", [(0,)])
    store.close()
    result = katas.run("--progress-rebuild")
    assert result.ret == 0
    result.stdout.fnmatch_lines(["*progress.sqlite3: figures rebuilt from 1 event"])
    store = open_store(katas.root / ".prep" / "progress.sqlite3")
    assert everything(store) == before
    store.close()
