"""What keeping a record costs: ``python benchmarks/store.py [NAME …] [--attempts N …]``.

Costs are CPU seconds, least of several, since a busy machine stretches the wall clock. A session's
is that of a process of its own that has loaded pytest and the plugin, as a session has when it
comes to its end; it is also given as a share of a trivial pytest run.

More than a million attempts are made of a million by copying: as many rows and index entries,
without the attempts' data, and figures multiplied by as much.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from pytest_prep.progress.events import ATTEMPT, Event, new_event
from pytest_prep.progress.replay import READ, record_of
from pytest_prep.progress.store import Store, open_store

CASES = ("sample", "edge_a", "edge_b", "edge_c", "real", "generated")
#: A learner's three years with 240 katas, whatever the number of attempts.
DAYS, KATAS = 1095, 240

SESSION = """
import sys, time
import pytest, pytest_prep.practice, pytest_prep.report.terminal
from pathlib import Path
count, place = int(sys.argv[1]), sys.argv[2]
wall, cpu = time.perf_counter(), time.process_time()
if count >= 0:
    from pytest_prep.progress.attempts import Tried, record_attempts
    from pytest_prep.progress.store import open_store
    store = open_store(place)
    loaded = time.process_time()
    if count:
        cases = {name: "accepted" for name in ("sample", "edge_a", "edge_b", "edge_c", "real")}
        record_attempts(store, [
            Tried(f"sql-kata-{n}", f"katas/sql/topic/kata_{n}", "sql", "easy", ("join", "window"),
                  10, "accepted", cases, True, f"SELECT {n} " + "x, " * 130, 0.01, 0.1)
            for n in range(max(count // 5, 1))
        ])
    store.close()
print((time.process_time() - cpu) * 1000, (time.perf_counter() - wall) * 1000)
"""

WRITER = """
import sys
from pytest_prep.progress.events import new_event
from pytest_prep.progress.store import open_store

for _ in range(int(sys.argv[2])):
    store = open_store(sys.argv[1])
    events = [new_event("attempt", {"kata": f"k{n % 5}", "spent": 1}) for n in range(20)]
    store.append(events)
    print(events[0].id, flush=True)
    store.close()
"""


def show(name: str, value: float, unit: str, goal: float | None = None) -> None:
    """Print a figure beside its goal."""
    beside = "" if goal is None else f"   goal ≤ {goal:g} {unit}"
    print(f"{name:<66} {value:10.3f} {unit}{beside}", flush=True)


def attempts(count: int) -> Iterator[Event]:
    """Yield attempts in the order of time, each with an answer of its own of 400 characters."""
    chance = random.Random(1)
    start = datetime(2024, 1, 1, 9, tzinfo=UTC)
    step = timedelta(days=DAYS) / count
    for number in range(count):
        # Some ten katas on a day.
        kata = (int(number * DAYS / count) * 7 + chance.randrange(10)) % KATAS
        status = chance.choice(("accepted", "wrong_answer", "wrong_answer", "time_limit"))
        answer = f"SELECT {number} " + "a_column, " * 39
        yield new_event(
            ATTEMPT,
            {
                "kata": f"sql-kata-{kata}",
                "path": f"katas/sql/topic_{kata % 20}/kata_{kata}",
                "track": ("sql", "python", "pandas")[kata % 3],
                "level": ("easy", "medium", "hard")[kata % 5 % 3],
                "topics": ["join", "window"],
                "minutes": 15,
                "status": status,
                "cases": dict.fromkeys(CASES, status),
                "complete": True,
                "answer": answer,
                "answer_hash": hashlib.sha256(answer.encode()).hexdigest(),
                "elapsed": chance.uniform(0, 1800),
                "spent": chance.uniform(0, 600),
                "hints": 0,
                "revealed": False,
                "duration": 0.05,
                "ratio": 0.02,
            },
            moment=start + number * step,
        )


def fill(store: Store, count: int) -> float:
    """Append attempts by portions; return the CPU seconds that this took, making them included."""
    began, portion = time.process_time(), []
    for event in attempts(count):
        portion.append(event)
        if len(portion) == 10_000:
            store.append(portion)
            portion = []
    store.append(portion)
    return time.process_time() - began


def bare_pytest(folder: Path) -> float:
    """Return the CPU seconds of a bare pytest run on one trivial test, least of five."""
    (folder / "test_one.py").write_text("def test_one(): pass\n")
    program = (
        "import resource, subprocess, sys\n"
        "subprocess.run([sys.executable, '-m', 'pytest', '-q', '--disable-plugin-autoload',"
        " 'test_one.py'], stdout=-3)\n"
        "use = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "print(use.ru_utime + use.ru_stime)"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", program], cwd=folder, capture_output=True, text=True, check=True
        )
        for _ in range(5)
    ]
    return min(float(run.stdout) for run in runs)


def session(folder: Path, __: list[int]) -> None:
    """The end of a session of no, 1, 100 and 1,000 verdicts; five verdicts a kata."""
    open_store(folder / "progress.sqlite3").close()
    bare = bare_pytest(folder)
    least: dict[int, float] = {}
    for count in (0, 1, 100, 1000):
        cpu = []
        for number in range(9):
            place = folder / f"{count}_{number}.sqlite3"
            open_store(place).close()
            ran = subprocess.run(
                [sys.executable, "-c", SESSION, str(count), str(place)],
                capture_output=True,
                text=True,
                check=True,
            )
            cpu.append(float(ran.stdout.split()[0]))
        least[count] = min(cpu)
    show("opening and closing the store, SQLite's module included, CPU", least[0], "ms")
    show("a session of 1 verdict, CPU", least[1], "ms", 5)
    show("  as a share of a bare pytest run on one test", least[1] / bare / 10, "%")
    show("a session of 100 verdicts, CPU", least[100], "ms")
    show("a session of 1,000 verdicts, CPU", least[1000], "ms")
    show("each further verdict, CPU", (least[1000] - least[1]) / 0.999, "µs", 30)


def multiply(place: Path, times: int) -> None:
    """Make each attempt of a store into several, the further ones without data."""
    with closing(sqlite3.connect(place)) as file:
        for version in "012345689abcdef"[: times - 1]:
            # An id of version 7 becomes one of another version.
            file.execute(
                "INSERT INTO event (id, time, day, kind, subject, learner, data) SELECT "
                f"substr(id, 1, 14) || '{version}' || substr(id, 16), time, day, kind, subject, "
                "learner, '{}' FROM event WHERE answer IS NOT NULL"
            )
        for table, names in (("tally", ("n",)), ("kata_day", ("attempts", "solves"))):
            changes = ", ".join(f"{name} = {name} * {times}" for name in (*names, "milliseconds"))
            file.execute(f"UPDATE {table} SET {changes}")
        file.commit()


def reading(folder: Path, counts: list[int]) -> None:
    """The figures of a record of many attempts, and its size on disk."""
    for count in counts:
        place = folder / f"{count}.sqlite3"
        made = min(count, 1_000_000)
        store = open_store(place)
        seconds = fill(store, made)
        store.close()
        name = f"{count:,} attempts"
        if made == count:
            show(f"{name}: making and writing one, with the figures", seconds / made * 1e6, "µs")
            show(f"{name}: on disk, each with a new answer of 400 bytes",
                 place.stat().st_size / made, "bytes an attempt")  # fmt: skip
        else:
            multiply(place, count // made)
        for what, read, rows in READERS:
            taken = []
            for _ in range(5):
                began = time.process_time()
                store = open_store(place)
                size = rows(read(store))
                store.close()
                taken.append(time.process_time() - began)
            show(f"{name}: {what} ({size:,} rows)", min(taken) * 1000, "ms", 50)
        store = open_store(place)
        ((total, *_),) = store.sums()
        assert total == count, total
        if made == count:
            began = time.process_time()
            store.rebuild()
            show(f"{name}: all figures made anew", time.process_time() - began, "s")
        store.close()
        place.unlink()


def at_the_end(store: Store) -> list[Any]:
    """Ask what a session of twenty katas asks at its end."""
    return [*store.trails([f"sql-kata-{n}" for n in range(20)]), *store.tallies("2025-06-01")]


def the_record(store: Store) -> object:
    """Read what the dashboard is drawn from."""
    return record_of(store.kata_days(), store.events(READ), store.learner)


READERS: tuple[tuple[str, Callable[[Store], list[Any]], Callable[[list[Any]], int]], ...] = (
    ("time and counts by day and area", lambda store: store.sums("day", "kind", "area"), len),
    ("counts by area, level and verdict", lambda store: store.sums("area", "part", "outcome"), len),
    ("each kata", lambda store: store.katas(), len),
    ("each kata on each day", lambda store: store.kata_days(), len),
    ("what the end of a session asks for", at_the_end, len),
    ("the record behind --progress", lambda store: [the_record(store)], lambda _: 1),
)


def kills(folder: Path, __: list[int]) -> None:
    """Two hundred writers killed at random moments."""
    place, chance = folder / "killed.sqlite3", random.Random(2)
    acknowledged: list[str] = []
    for number in range(200):
        run = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(place), "1000000"], stdout=subprocess.PIPE, text=True
        )
        assert run.stdout is not None
        if number % 2:
            # While it starts, up to the opening of the store.
            time.sleep(chance.uniform(0, 0.3))
        else:
            # While it writes.
            acknowledged.append(run.stdout.readline().strip())
            time.sleep(chance.uniform(0, 0.05))
        run.send_signal(signal.SIGKILL)
        output, _ = run.communicate()
        acknowledged += [line for line in output.split("\n")[:-1] if line]
    store = open_store(place)
    ids = [event.id for event in store.events()]
    figures = store.tallies(), store.kata_days()
    store.rebuild()
    agree = figures == (store.tallies(), store.kata_days())
    store.close()
    lost = len(set(acknowledged) - set(ids))
    print(f"200 kills: {len(acknowledged):,} sessions acknowledged, {lost} lost, "
          f"{len(ids) % 20} torn, figures {'agree' if agree else 'DIFFER'}")  # fmt: skip


def writers(folder: Path, __: list[int]) -> None:
    """Eight processes write at the same time."""
    place = folder / "writers.sqlite3"
    began = time.perf_counter()
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(place), "100"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(8)
    ]
    outputs = [run.communicate() for run in runs]
    errors = sum(bool(error) for _, error in outputs)
    wanted = {line for output, _ in outputs for line in output.split()}
    seconds = time.perf_counter() - began
    store = open_store(place)
    ids = [event.id for event in store.events()]
    total = sum(tally.n for tally in store.tallies())
    store.close()
    print(f"8 writers of 100 sessions each in {seconds:.1f} s: {errors} errors, "
          f"{8 * 100 * 20 - len(ids)} events lost, {len(wanted - set(ids))} sessions lost, "
          f"figures count {total:,} of {len(ids):,}")  # fmt: skip


FIGURES: dict[str, Callable[[Path, list[int]], None]] = {
    "session": session,
    "reading": reading,
    "kills": kills,
    "writers": writers,
}


def main() -> None:
    """Measure what is named on the command line, or everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("figures", nargs="*", metavar="NAME", help=", ".join(FIGURES))
    parser.add_argument("--attempts", nargs="*", type=int, default=[10_000, 1_000_000])
    arguments = parser.parse_args()
    for name in ("PREP_STORE", "PREP_NOW", "PREP_LEARNER", "PYTHONDONTWRITEBYTECODE"):
        os.environ.pop(name, None)
    for name in arguments.figures or FIGURES:
        with tempfile.TemporaryDirectory() as folder:
            FIGURES[name](Path(folder), arguments.attempts)


if __name__ == "__main__":
    main()
