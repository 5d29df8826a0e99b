"""``--new-workspace DIR``: katas, cards and all the rest, for those who installed the wheel."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest_prep
from pytest_prep.content.whole import write_whole

_PYPROJECT = """\
[tool.pytest]
minversion = "9.2"
testpaths = ["katas"]
# Katas share basenames, so their test modules must not be imported by name.
addopts = ["--import-mode=importlib"]
"""

_GITIGNORE = """\
.venv*/
__pycache__/
.pytest_cache/
.prep/
"""

_EDITOR = """\
{
    "python.testing.pytestEnabled": true,
    "python.testing.unittestEnabled": false,
    "python.testing.pytestArgs": ["katas"],
    "python.testing.autoTestDiscoverOnSavePattern": "katas/**/*.{py,sql,toml}",
    "explorer.fileNesting.enabled": true,
    "explorer.fileNesting.patterns": {
        "README.md": "kata.toml, schema.sql, sample.sql, test_*.py"
    }
}
"""

_WORKFLOW = """\
name: practice

# Judge the answers that were tried. What is still to do does not fail.
on:
  push:
    paths: ["katas/**"]

permissions:
  contents: read

jobs:
  judge:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.13"
      - run: python -m pip install 'pytest-prep[all]'
      - run: pytest katas
      - name: the progress table, into the summary of the job
        if: ${{ !cancelled() }}
        run: |
          pytest katas --progress --progress-report progress.md
          cat progress.md >> "$GITHUB_STEP_SUMMARY"
"""

#: Files that are not copied: where they go and what they hold.
_FILES = {
    "pyproject.toml": _PYPROJECT,
    ".gitignore": _GITIGNORE,
    ".vscode/settings.json": _EDITOR,
    ".github/workflows/practice.yml": _WORKFLOW,
}

#: Folders that come with the plugin.
_FOLDERS = ("katas", "solutions", "interviews", "cards", "plans")

#: Where the checksums of what was written are kept, to tell what the learner has changed since.
_WRITTEN = ".prep/workspace.json"


def content() -> Path:
    """Return the folder of the katas and all that comes with them: the wheel's, or the clone's."""
    package = Path(pytest_prep.__file__).parent
    packed = package / "workspace"
    return packed if packed.is_dir() else package.parent


def write_workspace(folder: str) -> int:
    """Write a workspace to ``folder``, or bring one there up to date.

    A file that the learner has changed since it was written stays as it is, and so does one that
    was never written from here.

    Returns:
        The exit code: 0, or 4 (pytest's for wrong usage) where the folder cannot be written.
    """
    target = Path(folder)
    record = target / _WRITTEN
    known = _read(record)
    counts = {"written": 0, "brought up to date": 0, "kept as they were": 0}
    try:
        for name, data in _contents():
            counts[_put(target, name, data, known)] += 1
        record.parent.mkdir(parents=True, exist_ok=True)
        record.write_text(json.dumps(known), encoding="utf-8")
    except OSError as error:
        sys.stderr.write(f"ERROR: --new-workspace {folder}: {error.strerror}: {error.filename}\n")
        return 4
    told = ", ".join(f"{n} {what}" for what, n in counts.items() if n and what != "written")
    sys.stdout.write(f"{target}: {counts['written']} files written{told and f', {told}'}\n")
    _make_repository(target)
    sys.stdout.write(f"next: cd {target} && pytest katas/sql -k window\n")
    return 0


def _contents() -> Iterator[tuple[str, bytes]]:
    """Yield the place and the content of every file of a workspace."""
    for folder in _FOLDERS:
        for source in sorted((content() / folder).rglob("*")):
            if source.is_dir() or {"__pycache__", "imported"} & set(source.parts):
                continue
            # The learner's file starts as the starter, also where the clone's was edited.
            origin = _starter_of(source) or source
            yield source.relative_to(content()).as_posix(), origin.read_bytes()
    for name, text in _FILES.items():
        yield name, text.encode()


def _put(target: Path, name: str, data: bytes, known: dict[str, str]) -> str:
    """Write one file unless it is the learner's; return what was done, in words."""
    place = target / name
    checksum = hashlib.sha256(data).hexdigest()
    try:
        found = hashlib.sha256(place.read_bytes()).hexdigest()
    except FileNotFoundError:
        done = "written"
    else:
        if found == checksum or found != known.get(name):
            if found == checksum:
                known[name] = checksum
            return "kept as they were"
        done = "brought up to date"
    place.parent.mkdir(parents=True, exist_ok=True)
    write_whole(place, data)
    known[name] = checksum
    return done


def _read(record: Path) -> dict[str, str]:
    """Return what was written before; a record that cannot be read counts as none."""
    try:
        found = json.loads(record.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _make_repository(target: Path) -> None:
    """Make a Git repository of a workspace that is in none, where Git is installed."""
    git = shutil.which("git")
    if git is None or any((folder / ".git").exists() for folder in _upwards(target)):
        return
    ran = subprocess.run(  # noqa: S603
        [git, "init", "--quiet", str(target)], capture_output=True, check=False
    )
    if ran.returncode == 0:
        sys.stdout.write("a Git repository is there, with nothing committed yet\n")


def _upwards(target: Path) -> tuple[Path, ...]:
    place = target.resolve()
    return (place, *place.parents)


def _starter_of(source: Path) -> Path | None:
    if source.stem != "answer" or "katas" not in source.relative_to(content()).parts[:1]:
        return None
    twin = content() / "solutions" / source.relative_to(content() / "katas").parent
    starter = twin / f"starter{source.suffix}"
    return starter if starter.exists() else None
