"""What flashcards cost: to the first card, to read many, to keep many answers.

``python benchmarks/flash.py`` makes its own decks and record in a temporary folder. Times are CPU
seconds, the least of a few runs; the first figure is a ratio to a bare pytest of the same run.
"""

from __future__ import annotations

import os
import pty
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

from pytest_prep.content.decks import Decks
from pytest_prep.modes.flash.history import History
from pytest_prep.modes.flash.session import FlashSession
from pytest_prep.modes.flash.state import Limits
from pytest_prep.modes.flash.summary import summarise
from pytest_prep.progress.clock import now
from pytest_prep.progress.events import CARD, PLAN, Event, new_event
from pytest_prep.progress.store import open_store

CARDS, REVIEWS, DECKS = 10_000, 100_000, 100

ROOT = Path(__file__).parent.parent

T = TypeVar("T")


def cpu() -> float:
    """Return the CPU seconds of this process and of its ended children."""
    return sum(os.times()[:4])


def least(runs: int, do: Callable[[], T]) -> tuple[float, T]:
    """Return the least CPU seconds of some runs, children too, and what the last one gave."""
    best = float("inf")
    for _ in range(runs):
        start = cpu()
        result = do()
        best = min(best, cpu() - start)
    return best, result


def to_first_card(folder: Path) -> None:
    """Print how long it takes until a card is asked, against a bare pytest on one test."""
    (folder / "test_one.py").write_text("def test_one():\n    pass\n", encoding="utf-8")
    environment = {
        **os.environ,
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        "PREP_STORE": str(folder / "first.sqlite3"),
    }

    def pytest(*args: str, where: Path) -> str:
        command = [sys.executable, "-m", "pytest", *args]
        ran = subprocess.run(
            command,
            cwd=where,
            input="",
            capture_output=True,
            text=True,
            env=environment,
            check=False,
        )
        return ran.stdout

    bare, out = least(5, lambda: pytest("test_one.py", where=folder))
    assert "1 passed" in out
    flash, out = least(5, lambda: pytest("-p", "prep", "--flash", where=ROOT))
    assert "card 1 of" in out, out
    print(f"bare pytest, one test          {bare:.2f} s")
    print(f"--flash, first card and end    {flash:.2f} s  {flash / bare:.2f} × bare")
    to_first_screen(bare, environment)


def to_first_screen(bare: float, environment: dict[str, str]) -> None:
    """Print the same on a screen: pytest in a terminal of its own, left when a card is shown."""
    environment = {**environment, "TERM": "xterm-256color", "COLUMNS": "100", "LINES": "30"}
    environment.pop("CI", None)

    def once() -> None:
        pid, terminal = pty.fork()
        if pid == 0:
            os.chdir(ROOT)
            command = [sys.executable, "-m", "pytest", "-p", "prep", "--flash"]
            os.execve(sys.executable, command, environment)
        seen = b""
        while b"card 1 of" not in seen:
            seen += os.read(terminal, 65536)
        os.write(terminal, b"q")
        try:
            while os.read(terminal, 65536):
                pass
        except OSError:  # the terminal's other side is gone
            pass
        os.waitpid(pid, 0)
        os.close(terminal)

    screen, _ = least(3, once)
    print(f"--flash on a screen, and end   {screen:.2f} s  {screen / bare:.2f} × bare")


def write_decks(folder: Path) -> None:
    """Write decks of basic cards, multiple choice and gaps."""
    folder.mkdir()
    each = CARDS // DECKS
    for deck in range(DECKS):
        head = f"---\ndeck: d{deck}\ntitle: Deck {deck}\ncategory: c{deck % 10}\n---\n"
        texts = []
        for card in range(each):
            start = f"\n## Question {card} of deck {deck}?\n"
            start += f"<!-- id: c{deck}-{card} | tags: t{card % 7} -->\n"
            kinds = (
                "### Answer\nAn answer of a line or two, with `code` in it.\n\n```sql\nSELECT 1;\n"
                "```\n### Keywords\n- code | sql\n### Why\nBecause.\n",
                "- [ ] no\n  Not this.\n- [x] yes\n- [ ] perhaps\n  Nor this.\n### Why\nSo.\n",
                "The {{c1::gap}} is here.\n",
            )
            texts.append(start + kinds[card % 3])
        (folder / f"d{deck}.md").write_text(head + "".join(texts), encoding="utf-8")


def reading(folder: Path) -> Decks:
    """Print how long it takes to parse all cards, and to read them from the index."""
    index = folder / "index"
    index.mkdir()

    def read() -> Decks:
        decks = Decks(folder / "cards", folder, index)
        assert len(decks.cards()) == CARDS
        return decks

    cold, _ = least(1, read)
    warm, decks = least(5, read)
    print(f"parse {CARDS:,} cards           {cold:.2f} s")
    print(f"the same, files unchanged      {warm:.2f} s")
    return decks


def answering(folder: Path, decks: Decks) -> None:
    """Print what a session over all cards costs when there are many answers."""
    chance = random.Random(7)
    ids = list(decks.cards())
    start = now() - timedelta(days=200)
    events: list[Event] = [
        new_event(PLAN, {"interview": (now() + timedelta(days=14)).date().isoformat()})
    ]
    for number in range(REVIEWS):
        data = {
            "card": chance.choice(ids), "content": "x", "grade": chance.choice((1, 2, 3, 3, 3, 4)),
            "milliseconds": 9000, "deck": "d0", "category": "c0", "seed": None,
        }  # fmt: skip
        moment = start + timedelta(days=199) * (number / REVIEWS)
        events.append(new_event(CARD, data, moment=moment))
    store = open_store(folder / "p.sqlite3")
    store.append(events)
    cards = list(decks.cards().values())
    load, history = least(2, lambda: History(store))
    plan, session = least(2, lambda: FlashSession(cards, history, Limits(minutes=1000)))
    print(f"record of {REVIEWS:,} answers    {load:.2f} s")
    print(f"plan of {CARDS:,} cards         {plan:.2f} s  ({len(session.plan.cards)} chosen)")
    taken = []
    for _ in range(100):
        session.reveal()
        session.phase = type(session.phase)("answer")
        begin = time.process_time()
        session.grade(3)
        taken.append(time.process_time() - begin)
    taken.sort()
    middle, most = taken[50] * 1000, taken[-1] * 1000
    print(f"from a grade to the next card  {middle:.1f} ms median, {most:.0f} ms at the most")
    took, _ = least(1, lambda: summarise(session, 20))
    print(f"summary                        {took:.2f} s")
    store.close()


def main() -> None:
    """Measure everything."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        to_first_card(folder)
        write_decks(folder / "cards")
        answering(folder, reading(folder))


if __name__ == "__main__":
    main()
