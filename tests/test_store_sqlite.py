"""The SQLite store where something is wrong: broken, old, newer, full, locked, killed."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from pytest_prep.progress import sqlite
from pytest_prep.progress.events import Event, new_event
from pytest_prep.progress.rows import SCHEMA
from pytest_prep.progress.store import StoreError, Target, open_store

if TYPE_CHECKING:
    from pathlib import Path


def notes(count: int, size: int = 10) -> list[Event]:
    """Return some events."""
    return [new_event("note", {"text": f"{n} " + "x" * size}) for n in range(count)]


@pytest.fixture
def place(tmp_path) -> Path:
    """Where the store is."""
    return tmp_path / "a folder" / "progress.sqlite3"


@pytest.fixture
def told() -> list[str]:
    """What the store says."""
    return []


def filled(place: Path, events: list[Event]) -> None:
    """Make a store that holds events, all in its main file."""
    store = open_store(place)
    store.append(events)
    store.close()


def held(place: Path) -> list[Event]:
    """Return the events of a store."""
    store = open_store(place)
    try:
        return list(store.events())
    finally:
        store.close()


# -- other versions


def test_a_newer_store_is_refused_with_the_mend(place: Path) -> None:
    """It is left as it is."""
    filled(place, notes(3))
    with closing(sqlite3.connect(place)) as file:
        file.execute(f"PRAGMA user_version = {SCHEMA + 1}")
    before = place.read_bytes()
    with pytest.raises(StoreError, match=rf"version {SCHEMA + 1}.*pip install -U pytest-prep"):
        open_store(place)
    assert place.read_bytes() == before


def test_a_store_of_the_first_version_is_migrated_after_a_copy(place: Path, told) -> None:
    """Its events are all there, with figures; the old file stays beside it, and is named."""
    events = notes(3)
    place.parent.mkdir()
    with closing(sqlite3.connect(place, isolation_level=None)) as file:
        file.execute("PRAGMA journal_mode = WAL")
        file.execute(
            "CREATE TABLE event (id TEXT PRIMARY KEY, time TEXT NOT NULL, day TEXT NOT NULL, "
            "kind TEXT NOT NULL, data TEXT NOT NULL, learner TEXT NOT NULL) WITHOUT ROWID"
        )
        rows = [(e.id, e.time, e.day, e.kind, '{"text": "x"}', e.learner) for e in events]
        file.executemany("INSERT INTO event VALUES (?, ?, ?, ?, ?, ?)", rows)
    store = open_store(place, told.append)
    assert [e.id for e in store.events()] == [e.id for e in events]
    assert [t.n for t in store.tallies()] == [3]
    store.close()
    assert len(told) == 1
    assert "progress.sqlite3.version-1" in told[0]
    with closing(sqlite3.connect(f"{place}.version-1")) as copy:
        assert copy.execute("SELECT count(*) FROM event").fetchall() == [(3,)]
    open_store(place, told.append).close()
    assert len(told) == 1


def test_events_from_before_the_learner_had_a_name(place: Path) -> None:
    """Who takes a name later keeps the record."""
    filled(place, notes(2))
    store = open_store(Target(str(place), "ada"))
    store.append([new_event("attempt", {"kata": "k", "status": "accepted"})])
    assert [event.learner for event in store.events()] == ["", "", "ada"]
    assert sum(tally.n for tally in store.tallies()) == 3
    store.close()
    other = open_store(Target(str(place), "bob"))
    assert [event.learner for event in other.events()] == ["", ""]
    other.close()


# -- broken files


@pytest.mark.parametrize("content", [b"no database", b"SQLite format 3\0" + b"\xff" * 5000])
def test_what_is_no_database_is_set_aside(place: Path, told, content: bytes) -> None:
    """Its path is named, nothing of it is lost, and a new store takes its place."""
    place.parent.mkdir()
    place.write_bytes(content)
    store = open_store(place, told.append)
    assert store.append(notes(1)) == 1
    store.close()
    (aside,) = place.parent.glob("*.broken-*")
    assert aside.read_bytes() == content
    assert len(told) == 1
    assert aside.name in told[0]
    assert place.name in told[0]


def test_an_empty_file_is_a_new_store(place: Path, told) -> None:
    """As SQLite itself takes it."""
    place.parent.mkdir()
    place.touch()
    store = open_store(place, told.append)
    assert store.append(notes(1)) == 1
    store.close()
    assert told == []


@pytest.mark.parametrize("cut", [0.3, 0.6, 0.9])
def test_what_a_torn_file_still_holds_is_taken_over(place: Path, told, cut: float) -> None:
    """A file cut short is set aside; the events in front of the cut are in the new store."""
    events = notes(3000, 100)
    filled(place, events)
    whole = place.read_bytes()
    place.write_bytes(whole[: int(len(whole) * cut)])
    store = open_store(place, told.append)
    new = new_event("note", {"text": "after"})
    store.append([new])
    ids = {e.id for e in store.events()}
    assert new.id in ids
    assert len(told) == 1
    assert len(ids & {e.id for e in events}) > 300
    store.append(notes(10))
    assert len(told) == 1
    assert sum(t.n for t in store.tallies()) == len(ids) + 10
    store.close()


def test_a_damaged_page_is_found_when_it_is_needed(place: Path, told) -> None:
    """A session that is under way goes on with a new file, and its events are there."""
    filled(place, notes(3000, 100))
    store = open_store(place, told.append)
    data = bytearray(place.read_bytes())
    for page in range(4096, len(data), 4096):
        data[page : page + 200] = os.urandom(200)
    place.write_bytes(data)
    store.close()
    store = open_store(place, told.append)
    new = notes(5)
    assert store.append(new) == 5
    assert {e.id for e in new} <= {e.id for e in store.events()}
    assert len(told) == 1
    assert list(place.parent.glob("*.broken-*"))
    store.close()


def test_two_sessions_find_it_broken(place: Path) -> None:
    """One sets it aside, the other goes on with the new file: no event of either is lost."""
    program = (
        "import sys\n"
        "from pytest_prep.progress.events import new_event\n"
        "from pytest_prep.progress.store import open_store\n"
        "store = open_store(sys.argv[1])\n"
        "store.append([new_event('note', {})])\n"
    )
    place.parent.mkdir()
    place.write_bytes(b"no database at all" * 1000)
    runs = [
        subprocess.Popen([sys.executable, "-c", program, str(place)], stderr=subprocess.PIPE)
        for _ in range(6)
    ]
    for run in runs:
        _, errors = run.communicate(timeout=60)
        assert run.returncode == 0, errors.decode()
    assert len(held(place)) == 6
    assert len(list(place.parent.glob("*.broken-*"))) == 1


# -- disks


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    """The error names the file."""
    (tmp_path / "taken").write_text("")
    with pytest.raises(StoreError, match="taken"):
        open_store(tmp_path / "taken" / "progress.sqlite3")


def test_a_folder_in_the_place_of_the_file(place: Path) -> None:
    """Likewise, with the mend."""
    place.mkdir(parents=True)
    with pytest.raises(StoreError, match=r"unable to open database file; name a file .*PREP_STORE"):
        open_store(place)


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_a_read_only_folder(place: Path) -> None:
    """Nothing can be written there."""
    place.parent.mkdir()
    place.parent.chmod(0o555)
    try:
        with pytest.raises(StoreError):
            open_store(place)
    finally:
        place.parent.chmod(0o755)


def test_a_full_disk_leaves_the_store_whole(place: Path) -> None:
    """What was there before is there, what did not fit is not, and later there is room again."""
    events = notes(50)
    filled(place, events)
    store = open_store(place)
    (pages,) = store._connection.execute("PRAGMA page_count").fetchone()
    store._connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StoreError, match="full; make room"):
        store.append(notes(500, 1000))
    assert list(store.events()) == events
    store._connection.execute("PRAGMA max_page_count = 1000000")
    assert store.append(notes(500, 1000)) == 500
    store.close()


FULL = """
import resource, sys
from pytest_prep.progress.events import new_event
from pytest_prep.progress.store import StoreError, Target, open_store

store = open_store(sys.argv[1])
store.append([new_event("note", {"text": "before"})])
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    store.append([new_event("note", {"text": "x" * 1000}) for _ in range(1000)])
except StoreError as error:
    print(error)
store.append([new_event("note", {"text": "after"})])
store.close()
"""


def test_a_limit_on_files(place: Path) -> None:
    """A write that fails inside the journal fails alone."""
    ran = subprocess.run(
        [sys.executable, "-c", FULL, str(place)], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.count("\n") == 1
    assert "progress.sqlite3: " in ran.stdout
    assert [e.data["text"] for e in held(place)] == ["before", "after"]


# -- others at the same time


def test_another_writer_is_waited_for(place: Path) -> None:
    """A transaction of another program delays the write, and fails nothing."""
    filled(place, [])
    program = (
        "import sqlite3, sys, time\n"
        "file = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "file.execute('BEGIN IMMEDIATE')\n"
        "print('held', flush=True)\n"
        "time.sleep(0.7)\n"
        "file.execute('ROLLBACK')\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(place)], stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        other.stdout.readline()
        store = open_store(place)
        assert store.append(notes(1)) == 1
        store.close()


def test_who_never_lets_go_is_named(place: Path, monkeypatch) -> None:
    """After its patience the store says what is the matter."""
    filled(place, [])
    monkeypatch.setattr(sqlite, "PATIENCE", 0.2)
    with closing(sqlite3.connect(place, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        store = open_store(place)
        with pytest.raises(StoreError, match="database is locked; another program holds it"):
            store.append(notes(1))
        other.execute("ROLLBACK")
        assert store.append(notes(1)) == 1
        store.close()


# -- kill -9

WRITER = """
import sys
from pytest_prep.progress.events import new_event
from pytest_prep.progress.store import open_store

while True:
    store = open_store(sys.argv[1])
    events = [new_event("attempt", {"kata": f"k{n % 5}", "spent": 1}) for n in range(20)]
    store.append(events)
    print(events[0].id, flush=True)
    store.close()
"""


def test_kill_at_any_moment(place: Path) -> None:
    """What was acknowledged is there, a session is there whole or not at all, the figures agree."""
    chance = random.Random(1)
    acknowledged: list[str] = []
    for _ in range(12):
        run = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(place)], stdout=subprocess.PIPE, text=True
        )
        assert run.stdout is not None
        acknowledged.append(run.stdout.readline().strip())
        time.sleep(chance.uniform(0, 0.05))
        run.send_signal(signal.SIGKILL)
        rest, _ = run.communicate(timeout=30)
        acknowledged += [line for line in rest.split("\n")[:-1] if line]
    store = open_store(place)
    ids = [event.id for event in store.events()]
    assert set(acknowledged) <= set(ids)
    assert len(ids) % 20 == 0
    figures = store.tallies(), store.kata_days()
    assert sum(tally.n for tally in figures[0]) == len(ids)
    store.rebuild()
    assert (store.tallies(), store.kata_days()) == figures
    assert store._rows("PRAGMA integrity_check") == [("ok",)]
    store.close()
