"""Workspaces of katas in pytester's folder."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

# Pytester forgets the modules that an inner run imports first: keep those which every run needs,
# and those in C that cannot be imported twice.
import coverage.tracer  # noqa: F401
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

# Under nohup or in the background signals are ignored, and every process of a test inherits that.
signal.signal(signal.SIGHUP, signal.SIG_DFL)
signal.signal(signal.SIGINT, signal.default_int_handler)

# Test modules are no package: this makes what they share importable by its plain name.
sys.path.insert(0, str(Path(__file__).parent))
pytest.register_assert_rewrite("animals", "workspace")

from watching import Watching  # noqa: E402
from workspace import INITIALS, INITIALS_KATA, PRICE_KATA, PRICES, Workspace  # noqa: E402

pytest_plugins = ["pytester"]
# pytester forgets what a run inside this process imports first. The C part of psycopg stays, and
# would raise the errors of a package that is gone.
with contextlib.suppress(ImportError):
    import psycopg  # noqa: F401


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


@pytest.fixture
def judged(workspace: Workspace):
    """A kata of prices and a function that judges an answer to it."""

    def judge(answer: str | None, *args: str, **kata: object) -> pytest.RunResult:
        workspace.sql_kata(PRICE_KATA, **{**PRICES, **kata})
        if answer is not None:
            workspace.answer(PRICE_KATA, answer)
        return workspace.run("katas", *args)

    return judge


@pytest.fixture
def initials(workspace: Workspace):
    """Write the kata of initials and judge an answer to it; None leaves the starter."""

    def judge(answer: str | None, *args: str, **kata: object) -> pytest.RunResult:
        workspace.python_kata(INITIALS_KATA, **{**INITIALS, "answer": answer, **kata})
        return workspace.run(*args)

    return judge


@pytest.fixture
def mixed(katas: Workspace) -> Workspace:
    """Of five katas one accepted, three rejected, one to do; values of every kind differ."""
    katas.solve("sql/joins/no_orders")
    katas.answer("sql/window/podium", "SELECT item, price FROM prices ORDER BY price DESC")
    katas.answer("sql/window/latest_price", "SELECT item, max(price) FROM price GROUP BY 1")
    katas.write("katas/python/text/initials/answer.py", "def initials(name):\n    return name[:1]")
    return katas


@pytest.fixture
def watch(workspace: Workspace) -> Iterator[Callable[..., Watching]]:
    """Give a function that starts to watch the kata of prices and the kata of initials."""
    running: list[Watching] = []
    workspace.sql_kata(PRICE_KATA, **PRICES)
    workspace.python_kata(INITIALS_KATA, **INITIALS, answer=None)

    def start(*args: str, **how: object) -> Watching:
        running.append(Watching(workspace, *args, **how))
        return running[-1]

    yield start
    for one in running:
        one.__exit__()
