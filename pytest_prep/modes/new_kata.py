"""``--new-kata PATH``: both folders of a new kata, and its checks, which say what is missing."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pytest_prep.content.errors import did_you_mean
from pytest_prep.content.kata import LEVELS
from pytest_prep.modes.kata_templates import Idea, python_files, sql_files
from pytest_prep.modes.sample_data import SchemaBroken, draft

#: What ``--new-kata-set`` may say.
KEYS = ("title", "level", "topics", "minutes", "schema", "signature", "seed")
_PATH = re.compile(r"[a-z0-9_]+/[a-z0-9_]+/[a-z0-9_]+")
_WORDS = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_SCHEMA = """\
CREATE TABLE customers (
    customer_id INTEGER PRIMARY KEY,
    name VARCHAR NOT NULL,
    city VARCHAR
);

CREATE TABLE orders (
    order_id INTEGER PRIMARY KEY,
    customer_id INTEGER NOT NULL REFERENCES customers (customer_id),
    ordered_on DATE NOT NULL,
    amount DECIMAL(10, 2) NOT NULL CHECK (amount > 0)
);
"""


class NotWritten(Exception):
    """Nothing was written; ``str(error)`` says why, and the mend."""


def begin_kata(
    config: pytest.Config, path: str, said: list[str], katas: str, solutions: str
) -> int | None:
    """Write a kata's files, and have pytest go on with the checks of its author's side.

    Args:
        config: pytest's configuration, whose selection becomes the new kata.
        path: ``<track>/<topic>/<name>``.
        said: facts as ``KEY=VALUE``; on a terminal the missing ones are asked for.
        katas: the folder of the learner's sides, relative to the root.
        solutions: the folder of the author's sides.

    Returns:
        None, so that pytest runs; or 4, its exit code for wrong usage, where nothing was written.
    """
    root = config.rootpath
    try:
        facts = _facts(path, said)
        with _free_input(config):
            _ask(facts, path)
        texts = _texts(path, facts, f"{katas}/{path}")
        _write(root, (f"{katas}/{path}", f"{solutions}/{path}"), texts)
    except (NotWritten, SchemaBroken) as error:
        sys.stderr.write(f"ERROR: --new-kata {path}: {error}\n")
        return int(pytest.ExitCode.USAGE_ERROR)
    except OSError as error:
        sys.stderr.write(f"ERROR: --new-kata {path}: {error.strerror}: {error.filename}\n")
        return int(pytest.ExitCode.USAGE_ERROR)
    sys.stdout.write(
        f"the learner's side: {katas}/{path}\n"
        f"the author's side:  {solutions}/{path}\n"
        f"its checks, as pytest {solutions}/{path} runs them, say what is missing:\n\n"
    )
    config.args[:] = [str(root / solutions / path)]
    return None


def _facts(path: str, said: list[str]) -> dict[str, str]:
    """Read what the command line says.

    Raises:
        NotWritten: the path or a fact is not what it must be.
    """
    if not _PATH.fullmatch(path):
        raise NotWritten(
            "name a track, a topic and a kata in lower-case letters, digits and _, "
            "such as sql/window/my_kata"
        )
    facts = {}
    for text in said:
        key, equals, value = text.partition("=")
        if not equals or key not in KEYS:
            near = did_you_mean(key, KEYS)
            raise NotWritten(f"{text!r} is not KEY=VALUE with one of {', '.join(KEYS)}{near}")
        facts[key] = value.strip()
    return facts


def _ask(facts: dict[str, str], path: str) -> None:
    """Ask for what is not said, where somebody can answer; an empty answer takes the default."""
    topic = path.split("/")[1].replace("_", "-")
    name = path.rpartition("/")[2].replace("_", " ")
    is_sql = path.startswith("sql/")
    defaults = {
        "title": name.capitalize(),
        "level": "medium",
        "topics": topic,
        "minutes": "15",
        **({"schema": ""} if is_sql else {"signature": ""}),
    }
    questions = {
        "title": "title",
        "level": f"level ({', '.join(LEVELS)})",
        "topics": "topics, joined by commas",
        "minutes": "minutes that a prepared person needs",
        "schema": "file with CREATE TABLE statements, empty for an example",
        "signature": "signature such as def f(values: list[int]) -> int, empty for an example",
    }
    for key, default in defaults.items():
        if key in facts:
            continue
        facts[key] = default
        if sys.stdin.isatty() and sys.stdout.isatty():
            sys.stdout.write(f"{questions[key]}{f' [{default}]' if default else ''}: ")
            sys.stdout.flush()
            facts[key] = sys.stdin.readline().strip() or default


def _texts(path: str, facts: dict[str, str], place: str) -> tuple[dict[str, str], dict[str, str]]:
    """Return the texts of both folders by file name."""
    track, _, name = path.split("/")
    is_sql = track == "sql"
    topics = tuple(word.strip().lower() for word in facts["topics"].split(",") if word.strip())
    if facts["level"] not in LEVELS:
        raise NotWritten(
            f"level {facts['level']!r}: one of {', '.join(LEVELS)}"
            f"{did_you_mean(facts['level'], LEVELS)}"
        )
    if not topics or not all(_WORDS.fullmatch(topic) for topic in topics):
        raise NotWritten(f"topics {facts['topics']!r}: lower-case words joined by hyphens")
    if not facts["minutes"].isdigit() or not 1 <= int(facts["minutes"]) <= 240:
        raise NotWritten(f"minutes {facts['minutes']!r}: a whole number from 1 to 240")
    seed = facts.get("seed", "1")
    if not seed.isdigit():
        raise NotWritten(f"seed {seed!r}: a whole number")
    idea = Idea(
        id=f"{'sql' if is_sql else 'py'}-{name.replace('_', '-')}",
        name=name,
        place=place,
        title=facts["title"],
        level=facts["level"],
        topics=topics,
        minutes=int(facts["minutes"]),
    )
    if not is_sql:
        try:
            return python_files(idea, facts["signature"])
        except (SyntaxError, ValueError) as error:
            raise NotWritten(f"signature: {error}") from error
    schema = _SCHEMA
    if facts["schema"]:
        schema = Path(facts["schema"]).read_text(encoding="utf-8")
    return sql_files(idea, draft(schema, int(seed)))


def _write(
    root: Path, places: tuple[str, str], texts: tuple[dict[str, str], dict[str, str]]
) -> None:
    """Write both folders, which must not be there yet.

    Raises:
        NotWritten: one of them holds something.
    """
    for place in places:
        folder = root / place
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise NotWritten(f"{place} is there already; nothing was changed")
    for place, named in zip(places, texts, strict=True):
        for name, text in named.items():
            path = root / place / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8") as file:
                file.write(text)


@contextmanager
def _free_input(config: pytest.Config) -> Iterator[None]:
    """Give the questions the real standard input, which pytest has taken away before collecting."""
    manager = config.pluginmanager.getplugin("capturemanager")
    if manager is None:
        yield
        return
    manager.suspend_global_capture(in_=True)
    try:
        yield
    finally:
        # as it was: the input taken, the output free
        manager.resume_global_capture()
        manager.suspend_global_capture()
