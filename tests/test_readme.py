"""What README.md says is what happens: its commands run, its screens are pytest's own."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pytest_prep.options import MODES

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
TYPED = re.findall(r"^\| (`pytest .*?) \|", README, re.MULTILINE)


def run(arguments: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run Python with ``arguments`` in ``folder``, apart from the run around it."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST_", "PREP_", "COV_"))}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=clean,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace written by the command that the README names, configured as the repository."""
    folder = tmp_path_factory.mktemp("readme") / "practice"
    written = run(["-m", "pytest", "--new-workspace", str(folder)], folder.parent)
    assert written.returncode == 0, written.stdout + written.stderr
    shutil.copyfile(ROOT / "pyproject.toml", folder / "pyproject.toml")
    return folder


@pytest.mark.parametrize("line", [line for line in TYPED if "solutions" not in line])
def test_every_command_of_the_table_runs(line: str, workspace: Path) -> None:
    """Each row of *What to type* selects something, and a fresh workspace fails nowhere."""
    commands = [text for text in re.findall(r"`([^`]+)`", line) if text.startswith("pytest ")]
    switches = [text for text in re.findall(r"`(-[^`]+)`", line) if text != "--pdb"]
    for text in [*commands, *(f"pytest katas/sql {switch}" for switch in switches)]:
        ran = run(["-m", *shlex.split(text)], workspace)
        # An interview whose input ends at once is interrupted, and says how to go on.
        wanted = 2 if "--mock" in text else 0
        assert ran.returncode == wanted, text + "\n" + ran.stdout + ran.stderr
        if not any(f"--{mode}" in text for mode in (*MODES, "due")):
            assert "todo" in ran.stdout or "cards" in text, text
        assert ran.stdout.strip(), text


def test_the_workspace_has_no_answers(workspace: Path) -> None:
    """``--new-workspace`` writes starters, and writing again changes nothing."""
    mine = workspace / "katas" / "sql" / "join" / "fleet_size" / "answer.sql"
    mine.write_text("SELECT 1\n", encoding="utf-8")
    again = run(["-m", "pytest", "--new-workspace", str(workspace)], workspace.parent)
    assert again.returncode == 0
    assert ": 0 files written" in again.stdout
    assert mine.read_text(encoding="utf-8") == "SELECT 1\n"
    shutil.copyfile(workspace / "solutions" / "sql" / "join" / "fleet_size" / "starter.sql", mine)


def test_a_workspace_that_cannot_be_written_is_one_clear_line(tmp_path: Path) -> None:
    """A file in the way gives a message and pytest's exit code for wrong usage."""
    (tmp_path / "taken").write_text("", encoding="utf-8")
    ran = run(["-m", "pytest", "--new-workspace", "taken"], tmp_path)
    assert ran.returncode == 4
    assert ran.stderr.startswith("ERROR: --new-workspace taken: ")
    assert "Traceback" not in ran.stderr


def test_the_screens_are_what_pytest_prints() -> None:
    """docs/screens.py replays every screen; only times may differ."""
    ran = run([str(ROOT / "docs" / "screens.py"), "--check"], ROOT)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_the_two_commands_are_found_by_the_landing_script() -> None:
    """``.ci/run`` runs the README's commands and none of its own making."""
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    section = README[README.index("## Two commands") : README.index("## A first kata")]
    blocks = re.findall(r"^```sh\n(.*?)^```", section, re.MULTILINE | re.DOTALL)
    assert len(blocks) == 2
    assert "pytest katas/sql -k window" in blocks[0]
    assert "tox run" in blocks[1]
    assert "readme_command" in script
    assert "pip install" not in script


def test_links_lead_somewhere() -> None:
    """Every relative link of the README names a file of the repository."""
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", README)
    assert links
    assert not [link for link in links if not (ROOT / link).exists()]
