"""What ``--progress`` and ``--plan`` cost: ``python benchmarks/progress.py [--attempts N …]``.

CPU seconds of whole processes, least of several that take turns, as a ratio to a bare pytest run on
one trivial test in the same environment; and the milliseconds that the figures behind the dashboard
take in a process that is running already: reading the record, and working out where the learner
stands.
"""

from __future__ import annotations

import argparse
import os
import random
import tempfile
import time
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cost import BARE, Command, run
from trees import write_tests

from pytest_prep.progress.collection import KataFacts
from pytest_prep.progress.events import ATTEMPT, CARD, PLAN, Event, new_event
from pytest_prep.progress.replay import READ, record_of
from pytest_prep.progress.stats import overview
from pytest_prep.progress.store import open_store

ROOT = Path(__file__).resolve().parent.parent
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
TURNS = 5


def katas() -> list[KataFacts]:
    """Return the facts of the katas of this repository."""
    found = []
    for path in sorted((ROOT / "katas").rglob("kata.toml")):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        folder = path.parent.relative_to(ROOT)
        found.append(
            KataFacts(
                data["id"], data["title"], folder.as_posix(), folder.parts[1:-1], data["level"],
                tuple(data["topics"]), data["minutes"],
            )
        )  # fmt: skip
    return found


def history(attempts: int, collection: list[KataFacts]) -> Iterator[Event]:
    """Yield so many attempts over a year, and a card for every tenth."""
    rng = random.Random(7)
    step = timedelta(days=360) / attempts
    for number in range(attempts):
        kata = rng.choice(collection)
        moment = NOW - timedelta(days=361) + number * step
        yield new_event(
            ATTEMPT,
            {
                "kata": kata.id, "path": kata.path, "track": kata.track, "level": kata.level,
                "topics": list(kata.topics), "minutes": kata.minutes,
                "status": rng.choice(("accepted", "wrong_answer", "wrong_answer")),
                "cases": {"sample": "accepted"}, "complete": True, "answer": "SELECT 1",
                "answer_hash": f"{number:x}", "elapsed": 300, "spent": rng.randrange(30, 400),
            },
            moment=moment,
        )  # fmt: skip
        if number % 10 == 0:
            data = {"card": f"c{rng.randrange(400)}", "grade": rng.choice((1, 3, 3, 4))}
            data |= {"deck": "sql-concepts", "category": "sql", "milliseconds": 8000}
            yield new_event(CARD, data, moment=moment)
    yield new_event(PLAN, {"plan": "four-weeks", "interview": "2026-12-10"}, moment=NOW)


def figures(place: Path, collection: list[KataFacts]) -> float:
    """Return the milliseconds until all figures of the dashboard are there, least of several."""
    found = []
    for _ in range(TURNS):
        start = time.process_time()
        store = open_store(str(place))
        record = record_of(store.kata_days(), store.events(READ), store.learner)
        overview(record, collection, NOW)
        store.close()
        found.append(time.process_time() - start)
    return min(found) * 1000


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--attempts", type=int, nargs="*", default=[0, 10_000])
    asked = parser.parse_args().attempts
    collection = katas()
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "bare").mkdir()
        write_tests(Path(folder) / "bare", 1)
        bare = Command([*BARE], Path(folder) / "bare")
        commands = {"bare pytest": bare}
        os.environ["PREP_NOW"] = NOW.isoformat()
        for attempts in asked:
            place = Path(folder) / f"{attempts}.sqlite3"
            store = open_store(str(place))
            store.append(history(attempts, collection) if attempts else ())
            store.close()
            milliseconds = figures(place, collection)
            print(f"figures behind the dashboard, {attempts:>9,} attempts: {milliseconds:6.1f} ms")
            for mode in ("--progress", "--plan"):
                line = [*BARE, mode, "-o", f"prep_store={place}"]
                commands[f"{mode}, {attempts:,} attempts"] = Command(line, ROOT)
        least: dict[str, float] = {}
        for _ in range(TURNS):
            for name, command in commands.items():
                cpu = run(command).cpu
                least[name] = min(least.get(name, cpu), cpu)
        for name, cpu in least.items():
            print(f"{name:>32}: {cpu:5.2f} s CPU, {cpu / least['bare pytest']:4.2f} × bare pytest")


if __name__ == "__main__":
    main()
