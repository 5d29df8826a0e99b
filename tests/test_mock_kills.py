"""Killed at random moments, an interview loses nothing that it had said was kept."""

from __future__ import annotations

import json
import os
import random
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

WRITER = """
import sys
from pathlib import Path

sys.path.insert(0, {tests!r})
from papers import Desk, paper
from pytest_prep.modes.mock.clock import SystemClock
from pytest_prep.modes.mock.core import begin, go_on
from pytest_prep.modes.mock.journal import JOURNAL, Journal, entries_of

folder, number = Path(sys.argv[1]), int(sys.argv[2])
if (folder / JOURNAL).exists() and (folder / JOURNAL).read_bytes().count(b"\\n"):
    interview = go_on(entries_of(folder), Journal(folder), SystemClock(), Desk())
else:
    interview = begin(paper("design", "talk"), Journal(folder), SystemClock(), Desk())
if interview.state.phase == "ready":
    interview.start()
interview.back()
sys.stdout.write("ready\\n")
sys.stdout.flush()
while True:
    number += 1
    interview.note(str(number))
    interview.answer("all", "word " * number)
    interview.tick()
    sys.stdout.write(f"{{number}}\\n")
    sys.stdout.flush()
"""


def killed_after(script: Path, folder: Path, number: int, seconds: float) -> int:
    """Let it write, kill it, and return the last number that it said was kept."""
    process = subprocess.Popen(
        [sys.executable, str(script), str(folder), str(number)], stdout=subprocess.PIPE
    )
    said, end = b"", None
    while end is None or time.monotonic() < end:
        ready, _, _ = select.select([process.stdout], [], [], 0.005)
        if ready:
            block = os.read(process.stdout.fileno(), 65536)
            assert block, "it ended by itself"
            said += block
        if end is None and b"ready\n" in said:
            end = time.monotonic() + seconds
    process.kill()
    said += process.stdout.read()
    process.wait()
    lines = [line for line in said[: said.rfind(b"\n") + 1].split(b"\n") if line.isdigit()]
    return int(lines[-1]) if lines else number


@pytest.mark.timeout(120)
def test_nothing_that_was_kept_is_lost(tmp_path):
    """Twenty kills one after the other; each next one goes on where the last one was cut."""
    script = tmp_path / "writer.py"
    script.write_text(WRITER.format(tests=str(Path(__file__).parent)))
    folder = tmp_path / "interview"
    chance, number = random.Random(8), 0
    for _ in range(20):
        number = killed_after(script, folder, number, chance.uniform(0.0, 0.12))
        text = (folder / "journal.jsonl").read_bytes()
        entries = [json.loads(line) for line in text[: text.rfind(b"\n") + 1].splitlines()]
        notes = {int(entry["text"]) for entry in entries if entry["do"] == "note"}
        assert notes >= set(range(1, number + 1))
        number = max(notes, default=number)
    assert number > 20
