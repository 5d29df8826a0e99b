"""A small workspace of katas in pytester's folder, and ways to run pytest on it."""

from __future__ import annotations

import gc
import importlib.util
import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent

# Pytester forgets the modules that an inner run imports first: keep those which every run needs.
import duckdb  # noqa: F401
import pytest

import pytest_prep.example
import pytest_prep.fixtures
import pytest_prep.judging.constraints
import pytest_prep.judging.engines.duckdb
import pytest_prep.judging.explain
import pytest_prep.practice
import pytest_prep.python_katas
import pytest_prep.report.terminal
import pytest_prep.submissions  # noqa: F401

pytest_plugins = ["pytester"]

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


@pytest.fixture(autouse=True)
def _quiet_environment(monkeypatch):
    """Take away what the machine that runs the tests would add to the inner runs."""
    for name in ("CI", "BUILD_NUMBER", "FORCE_COLOR", "NO_COLOR", "PY_COLORS", "PYTEST_PLUGINS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    monkeypatch.setenv("COLUMNS", "120")
    # pytest-timeout gives up for the whole process once a debugger was entered.
    monkeypatch.setattr("pytest_timeout.SUPPRESS_TIMEOUT", False)
    # An inner run in this process would take this repository's conftest.py for its own.
    monkeypatch.delitem(sys.modules, "conftest", raising=False)


@pytest.fixture(scope="session")
def postgres_url():
    """The URL of a PostgreSQL server: PREP_POSTGRES, or one started for these tests."""
    pytest.importorskip("psycopg", reason="psycopg is not installed: pip install -e '.[postgres]'")
    url = os.environ.get("PREP_POSTGRES")
    if url:
        yield url
        return
    place = Path(__file__).with_name("postgres_server.py")
    spec = importlib.util.spec_from_file_location("postgres_server", place)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    try:
        server = module.private_server()
        url = server.__enter__()
    except module.NoServer as error:
        pytest.skip(str(error))
    yield url
    server.__exit__(None, None, None)


@pytest.fixture
def workspace(pytester) -> Workspace:
    """A workspace without katas."""
    return Workspace(pytester)


@pytest.fixture
def katas(workspace) -> Workspace:
    """Three SQL katas and two Python katas, all to do."""
    prices = "CREATE TABLE prices (item VARCHAR NOT NULL, day INTEGER NOT NULL, price INTEGER);"
    workspace.sql_kata(
        "sql/window/latest_price",
        level="medium",
        topics=("window", "ranking"),
        schema=prices,
        sample="INSERT INTO prices VALUES ('pen', 1, 5), ('pen', 2, 6), ('ink', 1, 9);",
        cases={
            "edge_ties": """
                -- One item has two prices on its last day.
                INSERT INTO prices VALUES ('pen', 1, 4), ('pen', 2, 7), ('pen', 2, 5);
                """,
            "edge_unknown": """
                -- A price is unknown.
                INSERT INTO prices VALUES ('pen', 1, 4), ('pen', 2, NULL);
                """,
        },
        reference="""
            SELECT item, max(price) AS price FROM prices AS p
            WHERE day = (SELECT max(day) FROM prices WHERE item = p.item) GROUP BY item
            """,
    )
    workspace.sql_kata(
        "sql/window/podium",
        level="hard",
        topics=("window", "ranking"),
        more='order = ["price", "item"]',
        schema=prices,
        sample="INSERT INTO prices VALUES ('pen', 1, 5), ('ink', 1, 9), ('cap', 1, 7);",
        cases={"edge_empty": "-- There is no price.\nDELETE FROM prices;\n"},
        reference="SELECT item, price FROM prices ORDER BY price, item",
    )
    workspace.sql_kata(
        "sql/joins/no_orders",
        topics=("join", "anti-join"),
        schema="""
            CREATE TABLE customers (id INTEGER PRIMARY KEY, name VARCHAR NOT NULL);
            CREATE TABLE orders (customer INTEGER);
            """,
        sample="""
            INSERT INTO customers VALUES (1, 'Ada'), (2, 'Bo');
            INSERT INTO orders VALUES (1);
            """,
        cases={
            "edge_null_key": """
                -- An order belongs to no customer.
                INSERT INTO customers VALUES (1, 'Ada'), (2, 'Bo');
                INSERT INTO orders VALUES (1), (NULL);
                """,
        },
        reference="""
            SELECT name FROM customers AS c
            WHERE NOT EXISTS (SELECT 1 FROM orders WHERE customer = c.id)
            """,
    )
    workspace.python_kata(
        "python/text/initials",
        names=["initials"],
        topics=("strings",),
        reference="""
            def initials(name):
                return "".join(word[0] for word in name.split())
            """,
        tests='''
            import pytest


            def test_sample(answer):
                """A plain name."""
                assert answer.initials("Ada Lovelace") == "AL"


            @pytest.mark.parametrize("name", ["", "   "])
            def test_edge_blank(answer, name):
                """Nothing but blanks."""
                assert answer.initials(name) == "", "a blank name has no initials"
            ''',
    )
    workspace.python_kata(
        "python/numbers/running_sum",
        names=["running_sum"],
        level="medium",
        topics=("loops", "window"),
        reference="""
            def running_sum(values):
                total = 0
                for value in values:
                    total += value
                    yield total
            """,
        tests="""
            def test_sample(answer):
                assert list(answer.running_sum([1, 2, 3])) == [1, 3, 6]


            class TestEdges:
                def test_edge_empty(self, answer):
                    assert list(answer.running_sum([])) == []
            """,
    )
    return workspace


#: Bad answers, each with a header that says what must become of it.
ZOO = Path(__file__).with_name("zoo")


@dataclass(frozen=True)
class Animal:
    """A bad answer."""

    name: str
    text: str
    #: The verdicts of which it must get one.
    verdicts: tuple[str, ...]
    #: What the verdict's summary must hold.
    says: str


def animals(language: str) -> list[Animal]:
    """Return the bad answers in ``sql`` or ``python``."""
    found = []
    for path in sorted((ZOO / language).iterdir()):
        if path.suffix not in (".sql", ".py"):
            continue
        text = path.read_text(encoding="utf-8")
        _, verdict, says = (line.lstrip("-# ") for line in text.split("\n")[:3])
        found.append(
            Animal(
                path.stem,
                text,
                tuple(verdict.removeprefix("verdict:").replace(",", " ").split()),
                says.removeprefix("says:").strip(),
            )
        )
    return found


@pytest.fixture
def bad_answers() -> Callable[[str], list[Animal]]:
    """Give the bad answers of a language."""
    return animals
