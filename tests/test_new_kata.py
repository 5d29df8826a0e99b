"""``pytest --new-kata``: what is written, what its checks then say, and that nothing is lost."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import duckdb
import pytest
from workspace import Workspace

from pytest_prep.content.kata import read_kata
from pytest_prep.modes.sample_data import SchemaBroken, draft

MINE = "sql/window/my_kata"
WORDS = "python/text/words"


def test_an_sql_kata(workspace: Workspace) -> None:
    """Both folders are whole, the kata runs, and its checks list what is still to be written."""
    result = workspace.run("--new-kata", MINE, "--new-kata-set", "level=hard")
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(
        [
            f"the learner's side: katas/{MINE}",
            f"*katas/{MINE}/README.md:3: TODO: *",
            f"*solutions/{MINE}/notes.md:3: TODO: *",
            "must get the verdict wrong_answer on some case, and does not",
        ]
    )
    counts = result.parseoutcomes()
    assert (counts["failed"], counts["passed"]) == (3, 4)
    kata = read_kata(workspace.root / "katas" / MINE, workspace.root / "solutions" / MINE)
    assert (kata.id, kata.level, kata.topics, kata.minutes) == (
        "sql-my-kata", "hard", ("window",), 15,
    )  # fmt: skip
    learner = workspace.run(f"katas/{MINE}")
    assert learner.parseoutcomes() == {"todo": 2}
    assert workspace.run(f"katas/{MINE}", "--answers=solutions").parseoutcomes() == {"passed": 2}


def test_a_python_kata(workspace: Workspace) -> None:
    """The signature becomes starter, reference and tests."""
    signature = "signature=def words(text: str, n: int = 3) -> list[str]"
    result = workspace.run("--new-kata", WORDS, "--new-kata-set", signature)
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    starter = (workspace.root / "katas" / WORDS / "answer.py").read_text(encoding="utf-8")
    assert "def words(text: str, n: int = 3) -> list[str]:" in starter
    assert workspace.run(f"katas/{WORDS}").parseoutcomes() == {"todo": 2}


def test_finished(workspace: Workspace) -> None:
    """Once everything marked is written, the author's side is green."""
    workspace.run("--new-kata", MINE)
    root = workspace.root
    for path in [*(root / "katas" / MINE).rglob("*"), *(root / "solutions" / MINE).rglob("*")]:
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            path.write_text(text.replace("TODO: ", "Written: "), encoding="utf-8")
    for name, query in (
        ("first", "SELECT order_id, customer_id, ordered_on, 0 FROM orders"),
        ("second", "SELECT order_id, customer_id, ordered_on, amount FROM orders WHERE false"),
    ):
        workspace.write(f"solutions/{MINE}/wrong_{name}_mistake.sql", f"-- It is wrong.\n{query}\n")
    result = workspace.run(f"solutions/{MINE}")
    assert result.ret == 0, result.stdout.str()


def test_nothing_is_overwritten(workspace: Workspace) -> None:
    """A folder that holds something stays as it is, on both sides."""
    mine = workspace.write(f"solutions/{MINE}/answer.sql", "SELECT 1\n")
    result = workspace.run("--new-kata", MINE)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines([f"ERROR: --new-kata {MINE}: solutions/{MINE} is there already; *"])
    assert mine.read_text(encoding="utf-8") == "SELECT 1\n"
    assert not (workspace.root / "katas").exists()


@pytest.mark.parametrize(
    ("path", "said", "told"),
    [
        ("sql/My-Kata", "", "name a track, a topic and a kata"),
        ("../up/and/away", "", "name a track, a topic and a kata"),
        (MINE, "levle=hard", "did you mean 'level'?"),
        (MINE, "level=meduim", "did you mean 'medium'?"),
        (MINE, "minutes=soon", "a whole number from 1 to 240"),
        (MINE, "topics=Two Words", "lower-case words joined by hyphens"),
        (MINE, "schema=nowhere.sql", "No such file or directory: nowhere.sql"),
        (WORDS, "signature=words(text)", "does not begin with def"),
        (WORDS, "signature=def words(text", "signature: "),
    ],
)
def test_bad_input(workspace: Workspace, path: str, said: str, told: str) -> None:
    """One clear line, exit code 4, and nothing on disk."""
    more = ["--new-kata-set", said] if said else []
    result = workspace.run("--new-kata", path, *more)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert told in result.stderr.str()
    assert "Traceback" not in result.stderr.str()
    assert not (workspace.root / "katas").exists()


def test_questions_on_a_terminal(workspace: Workspace) -> None:
    """What is not said is asked for; an empty answer takes the default that is shown."""
    script = shutil.which("script")
    if script is None:
        pytest.skip("there is no program called script here")
    command = f"{sys.executable} -m pytest --disable-plugin-autoload -p prep --new-kata {MINE}"
    ran = subprocess.run(
        [script, "-qec", f"{command} --new-kata-set minutes=25", "/dev/null"],
        cwd=workspace.root,
        input="The best day\n\nwindow,ranking\n\n",
        capture_output=True,
        text=True,
        check=False,
    )
    assert "title [My kata]: " in ran.stdout
    assert "minutes that" not in ran.stdout
    facts = tomllib.loads((workspace.root / "katas" / MINE / "kata.toml").read_text("utf-8"))
    assert facts["title"] == "The best day"
    assert facts["level"] == "medium"
    assert facts["topics"] == ["window", "ranking"]
    assert facts["minutes"] == 25
    assert "Captured stdout" not in ran.stdout


class TestSampleData:
    """Rows that a schema accepts."""

    SCHEMA = """
        CREATE TABLE cities (city_id INTEGER PRIMARY KEY, city VARCHAR NOT NULL, email VARCHAR);
        CREATE TABLE stays (
            stay_id INTEGER PRIMARY KEY,
            city_id INTEGER NOT NULL REFERENCES cities (city_id),
            status VARCHAR NOT NULL CHECK (status IN ('booked', 'guest''s', 'gone')),
            stars INTEGER NOT NULL CHECK (stars BETWEEN 1 AND 5),
            price DECIMAL(10, 2) CHECK (price > 0),
            arrived TIMESTAMP NOT NULL,
            paid BOOLEAN
        );
        """

    def test_rows_fit_the_schema(self) -> None:
        """Keys, foreign keys and CHECKs hold; the script loads into empty tables."""
        made = draft(self.SCHEMA, 7)
        connection = duckdb.connect()
        connection.execute(self.SCHEMA)
        connection.execute(made.sample)
        assert connection.execute("SELECT count(*) FROM stays").fetchall() == [(6,)]
        assert len(connection.execute(made.reference).fetchall()) == 6
        assert made.example.count("\n") == 8

    def test_the_seed_decides(self) -> None:
        """The same seed gives the same rows, another one others."""
        assert draft(self.SCHEMA, 7) == draft(self.SCHEMA, 7)
        assert draft(self.SCHEMA, 7).sample != draft(self.SCHEMA, 8).sample

    def test_without_faker(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Plain texts stand in where Faker is not installed."""
        monkeypatch.setitem(sys.modules, "faker", None)
        assert "'city 1'" in draft(self.SCHEMA, 7).sample

    @pytest.mark.parametrize("schema", ["CREATE TABLE x (", "SELECT 1", "CREATE TABLE x (y WHAT)"])
    def test_a_broken_schema(self, schema: str) -> None:
        """What makes no table is told in one line."""
        with pytest.raises(SchemaBroken) as caught:
            draft(schema, 1)
        assert "\n" not in str(caught.value)


def test_no_shipped_kata_is_half_written() -> None:
    """The mark of what is still to be written stands nowhere in the katas."""
    root = Path(__file__).parent.parent
    for tree in ("katas", "solutions"):
        for path in (root / tree).rglob("*"):
            if path.suffix in (".md", ".toml", ".sql", ".py") and path.is_file():
                assert "TODO:" not in path.read_text(encoding="utf-8"), path
