"""``--new-workspace DIR``: the katas and a configuration, for those who installed the wheel."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest_prep

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


def content() -> Path:
    """Return the folder of the katas and all that comes with them: the wheel's, or the clone's."""
    package = Path(pytest_prep.__file__).parent
    packed = package / "workspace"
    return packed if packed.is_dir() else package.parent


def write_workspace(folder: str) -> int:
    """Write a workspace to ``folder``; files that are there already stay as they are.

    Returns:
        The exit code: 0, or 4 (pytest's for wrong usage) where the folder cannot be written.
    """
    target = Path(folder)
    written = kept = 0
    try:
        for name in ("katas", "solutions", "interviews", "cards", "plans"):
            for source in sorted((content() / name).rglob("*")):
                if source.is_dir() or {"__pycache__", "imported"} & set(source.parts):
                    continue
                # The learner's file starts as the starter, also where the clone's was edited.
                origin = _starter_of(source) or source
                place = target / source.relative_to(content())
                if place.exists():
                    kept += 1
                    continue
                place.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(origin, place)
                written += 1
        for name, text in (("pyproject.toml", _PYPROJECT), (".gitignore", _GITIGNORE)):
            if (target / name).exists():
                kept += 1
                continue
            (target / name).write_text(text, encoding="utf-8")
            written += 1
    except OSError as error:
        sys.stderr.write(f"ERROR: --new-workspace {folder}: {error.strerror}: {error.filename}\n")
        return 4
    sys.stdout.write(
        f"{target}: {written} files written"
        f"{f', {kept} kept as they were' if kept else ''}\n"
        f"next: cd {target} && pytest katas/sql -k window\n"
    )
    return 0


def _starter_of(source: Path) -> Path | None:
    if source.stem != "answer" or "katas" not in source.relative_to(content()).parts[:1]:
        return None
    twin = content() / "solutions" / source.relative_to(content() / "katas").parent
    starter = twin / f"starter{source.suffix}"
    return starter if starter.exists() else None
