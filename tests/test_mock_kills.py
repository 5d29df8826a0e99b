"""Killed at random moments, an interview loses nothing that it had said was kept."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

#: Imported once, so that each of many children is there at once: a fork, and then a kill.
KILLER = """
import json
import os
import random
import select
import signal
import sys
import time
from pathlib import Path

from papers import Desk, paper
from pytest_prep.modes.mock import timed
from pytest_prep.modes.mock.clock import SystemClock
from pytest_prep.modes.mock.core import begin, go_on
from pytest_prep.modes.mock.journal import JOURNAL, Journal, entries_of

timed.BEAT = 0.0
folder, kills = Path(sys.argv[1]), int(sys.argv[2])
journal = folder / JOURNAL


def whole_lines():
    text = journal.read_bytes() if journal.exists() else b""
    return text[: text.rfind(b"\\n") + 1].splitlines()


def play(said, number):
    if whole_lines():
        interview = go_on(entries_of(folder), Journal(folder), SystemClock(), Desk())
    else:
        interview = begin(paper("design", "talk"), Journal(folder), SystemClock(), Desk())
    if interview.state.phase == "ready":
        interview.start()
    interview.back()
    while True:
        number += 1
        interview.note(str(number))
        interview.answer("all", "word " * (number % 40))
        interview.tick()
        os.write(said, b"%d\\n" % number)


chance, number, told = random.Random(8), 0, 0
for turn in range(kills):
    hears, said = os.pipe()
    child = os.fork()
    if not child:
        try:
            play(said, number)
        except BaseException:
            sys.excepthook(*sys.exc_info())
        os._exit(1)
    os.close(said)
    if turn % 10 == 0:
        select.select([hears], [], [])  # so that some are killed while they write
    time.sleep(chance.uniform(0.0, 0.06))
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), "it ended by itself"
    with os.fdopen(hears, "rb") as pipe:
        lines = pipe.read().split(b"\\n")[:-1]
    kept = max([number, *map(int, lines)])
    told += bool(lines)
    notes = {e["text"] for e in map(json.loads, whole_lines()) if e["do"] == "note"}
    assert notes >= {str(n) for n in range(1, kept + 1)}, (kept, sorted(map(int, notes)))
    number = max(kept, *map(int, notes)) if notes else kept
print(number, told)
"""


@pytest.mark.timeout(120)
def test_nothing_that_was_kept_is_lost(tmp_path):
    """A hundred kills one after the other; each next one goes on where the last one was cut."""
    script = tmp_path / "killer.py"
    script.write_text(KILLER)
    tests = Path(__file__).parent
    ran = subprocess.run(
        [sys.executable, str(script), str(tmp_path / "interview"), "100"],
        env={"PYTHONPATH": f"{tests}:{tests.parent}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    number, told = map(int, ran.stdout.split())
    assert number >= told >= 10
