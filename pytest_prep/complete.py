"""The folders of a kata hold everything it needs, and nothing that would be overlooked."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pytest_prep.content.answer import read_text
from pytest_prep.content.case import REAL, SAMPLE, case_names, case_scripts
from pytest_prep.content.kata import KATA_FILE, Kata
from pytest_prep.content.submission import submission_kind
from pytest_prep.expected import Unexpected
from pytest_prep.nodes import PRACTICE

#: What is still to be written, in the files that ``--new-kata`` makes.
TODO = "TODO:"
_CASE = re.compile(r"[a-z0-9_]+")
_ID = re.compile(r"""^id\s*=\s*["']([^"']*)["']""", re.MULTILINE)
#: The kata folders of the project by id, read once a session.
_FOLDERS = pytest.StashKey[dict[str, list[str]]]()


def check_complete(config: pytest.Config, kata: Kata) -> None:
    """Raise unless both of the kata's folders hold everything a kata needs.

    Raises:
        Unexpected: something is missing.
    """
    __tracebackhide__ = True
    problems = []
    names = _names(kata.author_folder)
    kinds = [submission_kind(name, kata.suffix) for name in names]
    if kinds.count("accepted") < 1:
        problems.append("no accepted_*: show at least one other right way")
    if kinds.count("wrong") < 2:
        problems.append("fewer than two wrong_*: show the typical mistakes")
    for folder, name in ((kata.folder, "README.md"), (kata.author_folder, "notes.md")):
        if not (folder / name).exists() or not read_text(folder / name).strip():
            problems.append(f"{folder.name}/{name} is missing or empty")
    needed, wanted = _learners_side(kata)
    problems += needed
    stray = set(_names(kata.folder)) - wanted
    if stray:
        problems.append(f"stray files in the learner's folder: {', '.join(sorted(stray))}")
    known = {"cases", "notes.md"}
    stray = {name for name in names if not submission_kind(name, kata.suffix)} - known
    if stray:
        problems.append(f"stray files in the author's folder: {', '.join(sorted(stray))}")
    problems += _still_to_write(config, kata)
    twin = _twin(config, kata)
    if twin:
        problems.append(f"id: {kata.id!r} is also the id of {twin}; progress hangs on it")
    if problems:
        raise Unexpected("\n".join(problems))


def _names(folder: Path) -> list[str]:
    """Return what a folder holds, without what tools leave there: ``.benchmarks``, caches."""
    names = (path.name for path in folder.iterdir())
    return [name for name in names if not name.startswith(".") and name != "__pycache__"]


def _learners_side(kata: Kata) -> tuple[list[str], set[str]]:
    """Say what the learner's folder and the cases lack, and which files may be there."""
    problems = []
    wanted = {"README.md", KATA_FILE, kata.answer.name}
    if kata.sql:
        if not [name for name in case_names(kata) if name.startswith("edge_")]:
            problems.append("no cases/edge_*.sql: hidden data is needed")
        problems += _odd_cases(kata)
        if not (kata.folder / f"{SAMPLE}.sql").exists():
            problems.append("sample.sql is missing")
        wanted |= {"schema.sql", "sample.sql"}
    else:
        for pattern in ("test_*.py", "bench_*.py"):
            wanted |= {path.name for path in kata.folder.glob(pattern)}
        if not list(kata.folder.glob("test_*.py")):
            problems.append("no test_*.py")
    return problems, wanted


def _still_to_write(config: pytest.Config, kata: Kata) -> list[str]:
    """Say where a file still holds the mark that ``--new-kata`` leaves for its author."""
    problems = []
    for folder in (kata.folder, kata.author_folder):
        for path in sorted(folder.rglob("*")):
            # what a learner notes in an answer is no business of the author's
            if path.suffix not in (".md", ".toml", ".sql", ".py") or path == kata.answer:
                continue
            for number, line in enumerate(read_text(path).split("\n"), 1):
                if TODO in line:
                    name = path.relative_to(config.rootpath).as_posix()
                    problems.append(f"{name}:{number}: {line[line.index(TODO) :].strip()}")
    return problems


def _odd_cases(kata: Kata) -> list[str]:
    """Say which cases could not be run by their node id, or would hide behind another one."""
    problems = []
    for file in case_scripts(kata.author_folder):
        name = file.removesuffix(".sql")
        if name in (SAMPLE, REAL):
            problems.append(f"cases/{file}: {name!r} is the name of another case; rename it")
        elif not _CASE.fullmatch(name):
            problems.append(f"cases/{file}: use lower-case letters, digits and _ in its name")
    return problems


def _twin(config: pytest.Config, kata: Kata) -> str | None:
    """Return another kata's folder with the same id, relative to the root."""
    settings = config.stash[PRACTICE].settings
    if _FOLDERS not in config.stash:
        folders: dict[str, list[str]] = {}
        for path in sorted(settings.katas.rglob(KATA_FILE)):
            found = _ID.search(path.read_text(encoding="utf-8", errors="replace"))
            if found:
                folder = path.parent.relative_to(settings.root).as_posix()
                folders.setdefault(found[1], []).append(folder)
        config.stash[_FOLDERS] = folders
    own = kata.folder.relative_to(settings.root).as_posix()
    return next((f for f in config.stash[_FOLDERS].get(kata.id, []) if f != own), None)
