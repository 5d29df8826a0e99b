"""The walk-throughs of CONTRIBUTING.md are typed, in order, in a project that has no katas."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from pytest_prep.content.interviews import load_library
from pytest_prep.content.kata import ENGINES

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
_STEP = re.compile(
    r"(?:^<!-- (file|append|exit): (\S+) -->\n)?^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL
)


class Step(NamedTuple):
    """One block of a walk-through: a file to write, or commands to type."""

    #: ``file``, ``append`` or ``exit``, ``""`` for commands that succeed.
    mark: str
    #: The file, or the exit code.
    value: str
    text: str


def steps(title: str) -> list[Step]:
    """Return the marked files and the commands of a section."""
    start = PAGE.index(f"## {title}\n")
    end = PAGE.find("\n## ", start + 1)
    # a heading inside a block is part of the block
    while PAGE[start:end].count("\n```") % 2:
        end = PAGE.find("\n## ", end + 1)
    found = []
    for mark, value, language, text in _STEP.findall(PAGE[start:end]):
        if mark or language == "sh":
            found.append(Step(mark, value, text))
    return found


def replay(step: Step, folder: Path) -> None:
    """Do one step in a project's folder."""
    if step.mark in ("file", "append"):
        path = folder / step.value
        path.parent.mkdir(parents=True, exist_ok=True)
        before = path.read_text(encoding="utf-8") if step.mark == "append" and path.exists() else ""
        path.write_text(before + step.text, encoding="utf-8")
        return
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST_", "PREP_", "COV_"))}
    for command in step.text.strip().split("\n"):
        ran = subprocess.run(
            [sys.executable, "-m", *shlex.split(command)],
            cwd=folder,
            env=clean,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.returncode == int(step.value or 0), f"$ {command}\n{ran.stdout}\n{ran.stderr}"
        assert "Traceback" not in ran.stderr


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with this repository's configuration, and no katas."""
    folder = tmp_path_factory.mktemp("contributing")
    (folder / "pyproject.toml").write_text(
        (ROOT / "pyproject.toml").read_text(encoding="utf-8"), encoding="utf-8"
    )
    return folder


def test_add_a_kata(project: Path) -> None:
    """Begun with --new-kata, written file by file, then green on both sides and under mutants."""
    walk = steps("Add a kata")
    assert len(walk) >= 11
    for step in walk:
        replay(step, project)
    assert "TODO:" not in "".join(
        path.read_text(encoding="utf-8")
        for tree in ("katas", "solutions")
        for path in (project / tree).rglob("*.*")
        if path.is_file() and "__pycache__" not in path.parts
    )


def test_add_a_data_set(project: Path) -> None:
    """The kata of the first walk-through is judged on a table of one's own."""
    walk = steps("Add a data set")
    assert [step.mark for step in walk] == ["file", "append", "append", ""]
    for step in walk:
        replay(step, project)


def test_add_a_deck(project: Path) -> None:
    """The deck that is there to copy passes the check of decks, and its cards are asked."""
    (deck,) = re.findall(r"^````markdown\n(.*?)^````$", PAGE, re.MULTILINE | re.DOTALL)
    replay(Step("file", "cards/sql/windows.md", deck), project)
    (project / "katas").mkdir(exist_ok=True)
    replay(Step("", "", "pytest cards\npytest --flash -k sql-rank-gaps --plain"), project)


def test_add_an_interview(project: Path) -> None:
    """A neighbour copied under another id can be played; a mistake in it is named."""
    for name in ("system-design-45.toml", "scenarios", "banks"):
        source, target = ROOT / "interviews" / name, project / "interviews" / name
        if source.is_dir():
            shutil.copytree(source, target, dirs_exist_ok=True)
            continue
        text = source.read_text(encoding="utf-8").replace("system-design-45", "mine")
        replay(Step("file", "interviews/mine.toml", text), project)
    library = load_library(project / "interviews")
    assert "mine" in library.scripts
    assert not library.errors
    place = project / "interviews" / "mine.toml"
    place.write_text(place.read_text(encoding="utf-8").replace("duration", "duratoin", 1))
    told = [str(problem) for problem in load_library(project / "interviews").errors]
    assert any("mine.toml" in line and "is it spelt 'duratoin'?" in line for line in told)


def test_every_engine_keeps_the_contract() -> None:
    """Whoever adds one adds it to the contract tests, as the page says."""
    contract = (ROOT / "tests" / "test_engine_contract.py").read_text(encoding="utf-8")
    assert [name for name in ENGINES if f'"{name}"' not in contract] == []


def test_the_walk_sees_blocks() -> None:
    """The tests above rest on it: files, exit codes and commands are told apart."""
    walk = steps("Add a kata")
    assert walk[0].value == "invoices.sql"
    assert (walk[1].mark, walk[1].value) == ("exit", "1")
    assert walk[-1].text.count("pytest ") == 4


def test_links_lead_somewhere() -> None:
    """Every relative link and every file that is named in back quotes is there."""
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", PAGE)
    assert not [link for link in links if not (ROOT / link).exists()]
    named = re.findall(r"`((?:katas|pytest_prep|tests|benchmarks)/[\w/.]+\.(?:py|toml))`", PAGE)
    assert named
    example = "late_payers"
    assert not [name for name in named if example not in name and not (ROOT / name).exists()]
