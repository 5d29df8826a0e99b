"""From save to verdict: ``python benchmarks/watch.py [--saves N] [kata …]``.

For each kata, seconds from the moment its answer's file is saved until the verdict is written, by
``pytest --watch`` and by a pytest that is spawned for it: median and 95th percentile. Right and
wrong answers take turns, each is a new text, and answers run in children as always. The search for
counterexamples is off: it takes the time that it is given, after the verdict on the cases.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
KATAS = (
    "sql/tiny/pens",
    "sql/null/cancelled_share",
    "sql/window/year_close",
    "python/tiny/double",
    "python/pandas/accidental_key",
)
_PYPROJECT = """\
[tool.pytest]
testpaths = ["katas"]
addopts = ["--import-mode=importlib"]
prep_search_seconds = "0"
"""
_TOML = """\
id = "{track}-{name}"
title = "A tiny kata"
level = "easy"
topics = ["tiny"]
minutes = 5
hints = ["direction", "technique", "skeleton"]

[{track}]
"""
#: Katas that are small on purpose: two cases, one statement.
_TINY = {
    "katas/sql/tiny/pens/kata.toml": _TOML.format(track="sql", name="pens"),
    "katas/sql/tiny/pens/schema.sql": "CREATE TABLE pens (name VARCHAR, price INTEGER);\n",
    "katas/sql/tiny/pens/sample.sql": "INSERT INTO pens VALUES ('a', 1), ('b', 2);\n",
    "katas/sql/tiny/pens/answer.sql": "-- write here\n",
    "solutions/sql/tiny/pens/starter.sql": "-- write here\n",
    "solutions/sql/tiny/pens/answer.sql": "SELECT name FROM pens WHERE price > 1\n",
    "solutions/sql/tiny/pens/cases/edge_null.sql": "INSERT INTO pens VALUES ('c', NULL);\n",
    "katas/python/tiny/double/kata.toml": _TOML.format(track="python", name="double")
    + 'names = ["double"]\n',
    "katas/python/tiny/double/answer.py": "def double(n):\n    raise NotImplementedError\n",
    "solutions/python/tiny/double/starter.py": "def double(n):\n    raise NotImplementedError\n",
    "solutions/python/tiny/double/answer.py": "def double(n):\n    return n + n\n",
    "katas/python/tiny/double/test_double.py": (
        "def test_sample(answer):\n    assert answer.double(2) == 4\n\n\n"
        "def test_edge_nothing(answer):\n    assert answer.double(0) == 0\n"
    ),
}
_WRONG = {".sql": "SELECT 'wrong {number}' AS x", ".py": "raise ValueError({number})"}


def write_workspace(root: Path, katas: list[str]) -> None:
    """Write a workspace with these katas."""
    (root / "pyproject.toml").write_text(_PYPROJECT)
    shutil.copytree(ROOT / "katas" / "data", root / "katas" / "data")
    for path, text in _TINY.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    for kata in katas:
        for side in ("katas", "solutions"):
            if not (root / side / kata).exists():
                shutil.copytree(ROOT / side / kata, root / side / kata)


class Answers:
    """New answers to a kata, right and wrong ones in turn."""

    def __init__(self, root: Path, kata: str) -> None:
        self.path = next((root / "katas" / kata).glob("answer.*"))
        self._right = next((root / "solutions" / kata).glob("answer.*")).read_text()
        self._number = 0

    def save(self) -> float:
        """Save the next one as editors do; return the moment."""
        self._number += 1
        comment = "--" if self.path.suffix == ".sql" else "#"
        text = f"{self._right}\n{comment} {self._number}\n"
        if self._number % 2:
            text = _WRONG[self.path.suffix].format(number=self._number)
        beside = self.path.with_name(f".{self.path.name}.new")
        beside.write_text(text)
        start = time.perf_counter()
        beside.replace(self.path)
        return start


def watched(root: Path, kata: str, saves: int) -> list[float]:
    """Return the seconds of each save under ``--watch``."""
    command = [sys.executable, "-m", "pytest", "--watch", f"katas/{kata}"]
    answers, found = Answers(root, kata), []
    with subprocess.Popen(
        command, cwd=root, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, bufsize=0
    ) as process:
        assert process.stdout is not None
        _read_until(process.stdout.fileno(), b"it is judged.\n")
        for number in range(saves + 1):
            time.sleep(0.5)  # as long as a very quick learner needs
            start = answers.save()
            text = _read_until(process.stdout.fileno(), b" cases", b" accepted\n")
            if number:  # the first is the one that warms up
                found.append(time.perf_counter() - start)
            assert (b"accepted  " in text) != (b"cases accepted" in text), text
        process.terminate()
    return found


def spawned(root: Path, kata: str, saves: int) -> list[float]:
    """Return the seconds of each save with a pytest spawned for it."""
    answers, found = Answers(root, kata), []
    for _ in range(saves):
        start = answers.save()
        subprocess.run(
            [sys.executable, "-m", "pytest", "-q", f"katas/{kata}"],
            cwd=root,
            stdout=subprocess.DEVNULL,
            check=False,
        )
        found.append(time.perf_counter() - start)
    return found


def _read_until(handle: int, *ends: bytes) -> bytes:
    text = b""
    while not all(end in text for end in ends[:1]):
        piece = os.read(handle, 1 << 16)
        assert piece, text
        text += piece
    return text


def _row(name: str, seconds: list[float]) -> str:
    ordered = sorted(seconds)
    worst = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
    median = statistics.median(ordered)
    return f"  {name:<10} median {1000 * median:6.1f} ms   p95 {1000 * worst:6.1f} ms"


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("katas", nargs="*", default=list(KATAS))
    parser.add_argument("--saves", type=int, default=50)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write_workspace(root, asked.katas)
        for kata in asked.katas:
            print(f"{kata}, {asked.saves} saves")
            print(_row("--watch", watched(root, kata, asked.saves)))
            print(_row("spawned", spawned(root, kata, max(asked.saves // 5, 5))), flush=True)


if __name__ == "__main__":
    main()
