"""A small workspace of katas, ways to run pytest on it, and to read what it shows."""

from __future__ import annotations

import gc
import json
import re
from pathlib import Path
from textwrap import dedent

import pytest

PYPROJECT = """
[tool.pytest]
strict = true
testpaths = ["katas"]
addopts = ["--import-mode=importlib"]
# What is looked for in generated data has tests of its own: tests/test_generated.py.
prep_search_seconds = "0"
"""

#: Loaded into every inner run, beside pytest's own; entry points are left alone, for speed.
PLUGINS = ("-p", "prep", "-p", "timeout")

STARTER = "-- Return the rows that README.md asks for.\n"
PY_STARTER = '"""The problem is in README.md."""\n'

#: An SQL kata about two prices.
PRICE_KATA = "sql/basics/all_prices"
PRICES = {
    "schema": "CREATE TABLE prices (item VARCHAR NOT NULL, price INTEGER);",
    "sample": "INSERT INTO prices VALUES ('pen', 5), ('ink', 9);",
    "cases": {
        "edge_unknown": """
            -- A price is unknown.
            -- It is not nothing.
            INSERT INTO prices VALUES ('pen', NULL), ('cap', 3);
            """,
    },
    "reference": "SELECT item, price FROM prices",
}

#: A Python kata with two tests, and a right answer to it.
INITIALS_KATA = "python/text/initials"
RIGHT = """
def initials(name):
    return "".join(word[0] for word in name.split())
"""

INITIALS = {
    "names": ["initials"],
    "reference": RIGHT,
    "tests": '''
        def test_sample(answer):
            """A plain name."""
            assert answer.initials("Ada Lovelace") == "AL"


        def test_edge_blank(answer):
            assert answer.initials("  ") == "", "a blank name has no initials"
        ''',
}


class Workspace:
    """Katas, solutions and runs of pytest on them."""

    def __init__(self, pytester: pytest.Pytester) -> None:
        self.pytester = pytester
        self.root: Path = pytester.path
        self.write("pyproject.toml", PYPROJECT)

    def write(self, path: str, text: str) -> Path:
        """Write a dedented text; missing folders are made."""
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(dedent(text).lstrip("\n"), encoding="utf-8")
        return place

    def toml(self, name: str, *, kind: str, level="easy", topics=("basics",), more="") -> str:
        """Return a valid ``kata.toml``; ``more`` are further lines of its last table."""
        table = "[sql]" if kind == "sql" else "[python]"
        return (
            f'id = "{kind}-{name.replace("_", "-")}"\n'
            f'title = "The {name.replace("_", " ")}"\n'
            f'level = "{level}"\n'
            f"topics = {json.dumps(list(topics))}\n"
            "minutes = 10\n"
            'hints = ["look at it", "turn it round", "SELECT …"]\n'
            f"{table}\n{dedent(more)}\n"
        )

    def sql_kata(
        self, path, *, schema, sample, reference, cases=None, answer=STARTER, more="", **facts
    ) -> Path:
        """Write an SQL kata at ``katas/<path>`` with its author's side; return its folder."""
        name = path.rpartition("/")[2]
        self.write(f"katas/{path}/kata.toml", self.toml(name, kind="sql", more=more, **facts))
        self.write(f"katas/{path}/README.md", f"# The {name}\n")
        self.write(f"katas/{path}/schema.sql", schema)
        self.write(f"katas/{path}/sample.sql", sample)
        self.write(f"solutions/{path}/answer.sql", reference)
        self.write(f"solutions/{path}/starter.sql", STARTER)
        for case, script in (cases or {}).items():
            self.write(f"solutions/{path}/cases/{case}.sql", script)
        self.answer(path, answer)
        return self.root / "katas" / path

    def python_kata(self, path, *, names, reference, tests, answer=None, more="", **facts) -> Path:
        """Write a Python kata; its starter raises NotImplementedError in every function."""
        name = path.rpartition("/")[2]
        more = f"names = {json.dumps(list(names))}\n{dedent(more)}"
        self.write(f"katas/{path}/kata.toml", self.toml(name, kind="python", more=more, **facts))
        self.write(f"katas/{path}/README.md", f"# The {name}\n")
        self.write(f"katas/{path}/test_{name}.py", tests)
        self.write(f"solutions/{path}/answer.py", reference)
        bodies = [f"\ndef {n}(*args):\n    raise NotImplementedError\n" for n in names]
        starter = PY_STARTER + "".join(bodies)
        self.write(f"solutions/{path}/starter.py", starter)
        self.write(f"katas/{path}/answer.py", starter if answer is None else answer)
        return self.root / "katas" / path

    def answer(self, path: str, text: str) -> Path:
        """Write the learner's SQL answer of ``katas/<path>``."""
        return self.write(f"katas/{path}/answer.sql", text)

    def solve(self, *paths: str) -> None:
        """Copy the reference into the learner's folder."""
        for path in paths:
            for suffix in ("sql", "py"):
                reference = self.root / f"solutions/{path}/answer.{suffix}"
                if reference.exists():
                    text = reference.read_text(encoding="utf-8")
                    self.write(f"katas/{path}/answer.{suffix}", text)

    def run(self, *args: str, plugins=PLUGINS) -> pytest.RunResult:
        """Run pytest in this process."""
        try:
            return self.pytester.runpytest_inprocess(*plugins, *args)
        finally:
            gc.unfreeze()  # the plugin freezes the tree of a session that is all katas

    def run_outside(self, *args: str, plugins=PLUGINS, timeout=60) -> pytest.RunResult:
        """Run pytest in a process of its own, without the plugins that nobody named."""
        return self.pytester.runpytest_subprocess(
            "--disable-plugin-autoload", *plugins, *args, timeout=timeout
        )

    def ids(self, *args: str) -> list[str]:
        """Return the ids of the collected items, in pytest's order."""
        return collected(self.run("--collect-only", "-q", *args))


def collected(result: pytest.RunResult) -> list[str]:
    """Return the node ids that ``--collect-only -q`` printed."""
    return [line for line in result.outlines if "::" in line and not line.startswith("ERROR")]


def failures(result: pytest.RunResult) -> dict[str, list[str]]:
    """Return the lines that are shown of each rejected case, without blank ones."""
    blocks: dict[str, list[str]] = {}
    lines: list[str] | None = None
    for line in result.outlines:
        if head := re.fullmatch(r"_+ \w+ · (\w+) _+", line):
            lines = blocks.setdefault(head[1], [])
        elif line.startswith("=="):
            lines = None
        elif lines is not None and line.strip():
            lines.append(line.rstrip())
    return blocks


def the_failure(workspace: Workspace, item: str) -> list[str]:
    """Return what is shown of the one failing item of ``pytest solutions``."""
    result = workspace.run("solutions", "-rfE")
    counts = result.parseoutcomes()
    assert counts.get("failed", 0) + counts.get("errors", 0) == 1, counts
    (line,) = [line for line in result.outlines if line.startswith(("FAILED ", "ERROR "))]
    assert re.search(rf"/{re.escape(item)}( - |$)", line), line
    lines = result.outlines
    start = next(i for i, text in enumerate(lines) if text.startswith("____"))
    shown = lines[start + 1 : next(i for i in range(start, len(lines)) if lines[i][:2] == "==")]
    assert "Traceback" not in "\n".join(shown)
    assert str(workspace.root) not in "\n".join(shown)
    assert not [text for text in shown if text.startswith(("E  ", ">"))], "no traceback"
    return shown
