"""Kill a mock interview at random moments, and count what is lost.

``python benchmarks/mock_kills.py [KILLS]`` (100 by default) plays one interview of a kata in plain
lines through a pipe, types notes, hints and runs, kills the process with SIGKILL at a random
moment, goes on with ``--mock-resume``, and so on. Everything that was confirmed on the screen
before a kill has to be in the journal after it.
"""

from __future__ import annotations

import json
import os
import random
import select
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KATA = "sql/null/cancelled_share"
PYPROJECT = '[tool.pytest]\ntestpaths = ["katas"]\naddopts = ["--import-mode=importlib"]\n'


def workspace(folder: Path) -> None:
    """Write a workspace of one kata and the shipped interviews."""
    for side in ("katas", "solutions"):
        shutil.copytree(ROOT / side / KATA, folder / side / KATA)
    shutil.copytree(ROOT / "katas" / "data", folder / "katas" / "data")
    shutil.copytree(ROOT / "interviews", folder / "interviews")
    (folder / "pyproject.toml").write_text(PYPROJECT, encoding="utf-8")


def play_and_kill(folder: Path, number: int, seconds: float) -> tuple[int, bool]:
    """Play on and kill; return the last confirmed note, and whether the interview was shown.

    A positive number of seconds counts from the first prompt, a negative one from the start.
    """
    option = "--mock-resume" if list(folder.glob(".prep/interviews/*/journal.jsonl")) else "--mock"
    process = subprocess.Popen(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--plain", option],
        cwd=folder,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    said, asked = b"", number
    end = time.monotonic() - seconds if seconds < 0 else None
    while end is None or time.monotonic() < end:
        ready, _, _ = select.select([process.stdout], [], [], 0.01)
        if ready:
            block = os.read(process.stdout.fileno(), 65536)
            assert block, f"it ended by itself: {said.decode(errors='replace')}"
            said += block
        if end is None and b"left] >" in said:
            end = time.monotonic() + seconds
        if b"left] >" in said and said.count(b"noted") == asked - number:
            asked += 1
            more = "r\n" if asked % 40 == 0 else ""
            process.stdin.write(f"o note {asked}\n{more}".encode())
            process.stdin.flush()
    process.kill()
    said += process.stdout.read()
    process.wait()
    return number + said.count(b"noted"), b"left] >" in said


def main(arguments: list[str]) -> int:
    """Play, kill, compare; print what was found."""
    kills = int(arguments[0]) if arguments else 100
    chance = random.Random(4)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        workspace(folder)
        number = lost = while_playing = 0
        for _ in range(kills):
            confirmed, ran = play_and_kill(folder, number, chance.uniform(-1.0, 1.5))
            while_playing += ran
            journals = list(folder.glob(".prep/interviews/*/journal.jsonl"))
            texts = journals[0].read_bytes() if journals else b""
            lines = [json.loads(line) for line in texts[: texts.rfind(b"\n") + 1].splitlines()]
            kept = {entry["text"] for entry in lines if entry["do"] == "note"}
            lost += sum(f"note {n}" not in kept for n in range(1, confirmed + 1))
            number = max([confirmed, *(int(text.split()[1]) for text in kept)])
        print(f"{kills} kills, {while_playing} of them while the interview was on the screen")
        print(f"{number} notes kept, {lost} confirmed ones lost")
    return 1 if lost else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
