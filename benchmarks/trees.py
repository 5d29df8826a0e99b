"""Generated projects to measure on: trees of small katas, and of plain test files."""

from __future__ import annotations

from pathlib import Path

_TOML = """\
id = "sql-generated-{number:05d}"
title = "Generated kata {number}"
level = "{level}"
topics = ["window", "generated"]
minutes = 10
hints = ["direction", "technique", "skeleton"]

[sql]
"""
_CONFIG = """\
[tool.pytest]
strict = true
testpaths = ["katas"]
addopts = ["--import-mode=importlib"]
# The search for counterexamples takes the time it is given; it is measured by itself.
prep_search_seconds = "0"
"""
#: Of a project that knows nothing of us.
_PLAIN = '[tool.pytest]\nstrict = true\naddopts = ["--import-mode=importlib"]\n'
#: Katas in one topic's folder.
PER_TOPIC = 500


def write_katas(root: Path, count: int) -> None:
    """Write ``count`` katas with one small case each, all answered rightly."""
    (root / "pyproject.toml").write_text(_CONFIG)
    for number in range(count):
        place = Path("sql", f"topic_{number // PER_TOPIC:03d}", f"kata_{number:05d}")
        kata, solution = root / "katas" / place, root / "solutions" / place
        kata.mkdir(parents=True)
        solution.mkdir(parents=True)
        level = ("easy", "medium", "hard")[number % 3]
        (kata / "kata.toml").write_text(_TOML.format(number=number, level=level))
        (kata / "schema.sql").write_text("CREATE TABLE t (a INTEGER CHECK (a > 0), b VARCHAR);\n")
        (kata / "sample.sql").write_text("INSERT INTO t VALUES (1, 'x'), (2, 'y'), (2, 'z');\n")
        (kata / "answer.sql").write_text(f"SELECT b, sum(a) + {number} FROM t GROUP BY b\n")
        (solution / "answer.sql").write_text(f"SELECT b, {number} + sum(a) FROM t GROUP BY ALL\n")
        (solution / "starter.sql").write_text("-- write the query here\n")


def write_tests(root: Path, folders: int, tests: int = 1) -> None:
    """Write ``folders`` folders with one file of ``tests`` plain tests each."""
    (root / "pyproject.toml").write_text(_PLAIN)
    body = "".join(f"def test_{number}():\n    pass\n\n\n" for number in range(tests))
    for number in range(folders):
        folder = root / f"folder_{number:05d}"
        folder.mkdir(parents=True)
        (folder / f"test_{number:05d}.py").write_text(body)


def write_duckdb_test(root: Path) -> None:
    """Write one trivial test that imports duckdb and runs a query."""
    (root / "pyproject.toml").write_text(_PLAIN)
    (root / "test_duckdb.py").write_text(
        "import duckdb\n\n\ndef test_query():\n    assert duckdb.sql('SELECT 1').fetchall()\n"
    )
