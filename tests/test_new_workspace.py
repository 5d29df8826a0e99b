"""``--new-workspace``: what is written, and that what a learner changed stays."""

from __future__ import annotations

import hashlib
import json
import subprocess
import tomllib
from typing import TYPE_CHECKING

import pytest

from pytest_prep.modes import workspace

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def content(tmp_path: Path, monkeypatch) -> Path:
    """Stands for what a release ships: one kata and one deck."""
    shipped = tmp_path / "shipped"
    for name, text in {
        "katas/sql/a/answer.sql": "-- edited in the clone\n",
        "katas/sql/a/README.md": "# A\n",
        "solutions/sql/a/starter.sql": "-- starter\n",
        "cards/one.md": "old\n",
    }.items():
        place = shipped / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)
    monkeypatch.setattr(workspace, "content", lambda: shipped)
    return shipped


def test_everything_is_there(content: Path, tmp_path: Path, capsys) -> None:
    """Content, configuration, editor settings, a workflow and a repository."""
    target = tmp_path / "new"
    assert workspace.write_workspace(str(target)) == 0
    assert (target / "katas/sql/a/answer.sql").read_text() == "-- starter\n"
    assert tomllib.loads((target / "pyproject.toml").read_text())["tool"]["pytest"]
    settings = json.loads((target / ".vscode/settings.json").read_text())
    assert settings["python.testing.pytestEnabled"] is True
    workflow = (target / ".github/workflows/practice.yml").read_text()
    assert "pytest katas --progress --progress-report progress.md" in workflow
    assert ".prep/" in (target / ".gitignore").read_text().split()
    assert (target / ".git").is_dir()
    assert "8 files written" in capsys.readouterr().out


def test_an_update_leaves_alone_what_was_changed(content: Path, tmp_path: Path, capsys) -> None:
    """What was not touched is brought up to date; new files appear."""
    target = tmp_path / "new"
    workspace.write_workspace(str(target))
    (target / "katas/sql/a/answer.sql").write_text("SELECT 1\n")
    (content / "cards/one.md").write_text("new\n")
    (content / "cards/two.md").write_text("two\n")
    (content / "solutions/sql/a/starter.sql").write_text("-- another starter\n")
    capsys.readouterr()
    assert workspace.write_workspace(str(target)) == 0
    told = "1 files written, 2 brought up to date, 6 kept as they were"
    assert told in capsys.readouterr().out
    assert (target / "katas/sql/a/answer.sql").read_text() == "SELECT 1\n"
    assert (target / "cards/one.md").read_text() == "new\n"
    assert (target / "cards/two.md").read_text() == "two\n"


def test_files_of_before_there_was_a_record_stay(content: Path, tmp_path: Path) -> None:
    """Nobody can tell whose they are."""
    target = tmp_path / "new"
    workspace.write_workspace(str(target))
    (target / ".prep/workspace.json").write_text("garbage")
    (content / "cards/one.md").write_text("new\n")
    assert workspace.write_workspace(str(target)) == 0
    assert (target / "cards/one.md").read_text() == "old\n"
    # From now on it is known which files are as they were written.
    known = json.loads((target / ".prep/workspace.json").read_text())
    assert known["katas/sql/a/README.md"] == hashlib.sha256(b"# A\n").hexdigest()


def test_a_repository_around_it_is_used(content: Path, tmp_path: Path) -> None:
    """No repository inside another."""
    subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True)
    workspace.write_workspace(str(tmp_path / "new"))
    assert not (tmp_path / "new/.git").exists()
