"""What isolation costs: ``python benchmarks/isolation.py [sql|bare|pandas …]``.

Wall-clock and CPU seconds of a session of katas with children and without, least of three runs
that take turns, and the difference by kata.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from trees import write_katas

_PYPROJECT = """\
[tool.pytest]
strict = true
testpaths = ["katas"]
addopts = ["--import-mode=importlib"]
"""
_TOML = """\
id = "python-generated-{number:03d}"
title = "Generated kata {number}"
level = "easy"
topics = ["generated"]
minutes = 10
hints = ["direction", "technique", "skeleton"]

[python]
names = ["solve"]
"""
_ANSWER = "{imports}\ndef solve(n):\n    return n + 1\n"
_TEST = "{imports}\ndef test_sample(answer):\n    assert answer.solve(1) == 2\n"


def write_python_katas(root: Path, count: int, imports: str) -> None:
    """Write small Python katas, all answered rightly."""
    (root / "pyproject.toml").write_text(_PYPROJECT)
    for number in range(count):
        name = f"kata_{number:03d}"
        kata, solution = root / f"katas/python/all/{name}", root / f"solutions/python/all/{name}"
        kata.mkdir(parents=True)
        solution.mkdir(parents=True)
        (kata / "kata.toml").write_text(_TOML.format(number=number))
        (kata / f"test_{name}.py").write_text(_TEST.format(imports=imports))
        for path in (kata / "answer.py", solution / "answer.py"):
            path.write_text(_ANSWER.format(imports=imports))
        (solution / "starter.py").write_text("def solve(n):\n    raise NotImplementedError\n")


def session(root: Path, isolation: str) -> tuple[float, float]:
    """Return the wall-clock and CPU seconds of a session."""
    before, start = os.times(), time.perf_counter()
    subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "--disable-plugin-autoload", "-p", "prep"),
            f"--isolation={isolation}",
        ],
        cwd=root,
        stdout=subprocess.DEVNULL,
        check=True,
    )
    wall, after = time.perf_counter() - start, os.times()
    cpu = after.children_user + after.children_system
    return wall, cpu - before.children_user - before.children_system


def main() -> None:
    """Measure what is named on the command line, or everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("flavours", nargs="*", help="sql, bare, pandas")
    parser.add_argument("--katas", type=int, default=200)
    arguments = parser.parse_args()
    for flavour in arguments.flavours or ("sql", "bare", "pandas"):
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            if flavour == "sql":
                write_katas(root, arguments.katas)
            else:
                imports = "import pandas\n" if flavour == "pandas" else ""
                write_python_katas(root, arguments.katas, imports)
            runs: dict[str, list[tuple[float, float]]] = {"fork": [], "spawn": [], "none": []}
            for _ in range(3):
                for isolation, found in runs.items():
                    found.append(session(root, isolation))
        wall = {name: min(run[0] for run in found) for name, found in runs.items()}
        cpu = {name: min(run[1] for run in found) for name, found in runs.items()}
        each = 1000 / arguments.katas
        print(
            f"{flavour:<7} {arguments.katas} katas: {wall['fork']:.2f} s with children, "
            f"{wall['spawn']:.2f} s with a worker, {wall['none']:.2f} s without; by kata "
            f"{(wall['fork'] - wall['none']) * each:+.1f} and "
            f"{(wall['spawn'] - wall['none']) * each:+.1f} ms wall, "
            f"{(cpu['fork'] - cpu['none']) * each:+.1f} and "
            f"{(cpu['spawn'] - cpu['none']) * each:+.1f} ms CPU"
        )


if __name__ == "__main__":
    main()
