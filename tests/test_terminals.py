"""Terminals of any width and colour, none at all, and places that cannot be written to."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from workspace import Workspace


ANSI = re.compile(r"\x1b\[")


SUMMARY = "*= katas: 1 accepted · 1 to do · 2 wrong answer · 1 crashed =*"


def test_without_a_terminal(mixed: Workspace) -> None:
    """``-p no:terminal`` takes options away and prints nothing; the exit code tells."""
    result = mixed.run("-p", "no:terminal")
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    assert result.outlines == []
    assert mixed.run("-p", "no:terminal", "katas/sql/joins").ret == pytest.ExitCode.OK


def test_without_a_cache(mixed: Workspace) -> None:
    """``-p no:cacheprovider``: the same verdicts, and nothing but the record is written."""
    result = mixed.run("-p", "no:cacheprovider")
    result.stdout.fnmatch_lines([SUMMARY])
    assert not (mixed.root / ".pytest_cache").exists()
    assert [path.name for path in (mixed.root / ".prep").iterdir()] == ["progress.sqlite3"]


def test_a_cache_that_cannot_be_written(mixed: Workspace) -> None:
    """Where the cache's folder cannot be made, pytest warns, and katas are judged."""
    (mixed.root / ".pytest_cache").write_text("in the way")
    mixed.run().stdout.fnmatch_lines([SUMMARY])


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_a_read_only_project(mixed: Workspace) -> None:
    """A project that cannot be written to can be judged."""
    folders = [path for path in mixed.root.rglob("*") if path.is_dir()]
    for folder in [mixed.root, *folders]:
        folder.chmod(0o555)
    try:
        mixed.run().stdout.fnmatch_lines([SUMMARY])
    finally:
        for folder in [mixed.root, *folders]:
            folder.chmod(0o755)


@pytest.mark.parametrize("colour", ["yes", "no"])
def test_colours(mixed: Workspace, colour: str) -> None:
    """``--color`` holds for cases, tables and the summary."""
    lines = mixed.run(f"--color={colour}", "-rN").outlines
    coloured = {
        "message": "wrong answer: The 3 rows are right",
        "table": "  - ",
        "summary": "wrong answer  ",
        "next": "next: ",
    }
    for what, text in coloured.items():
        found = [line for line in lines if text in line]
        assert found, what
        assert any(ANSI.search(line) for line in found) == (colour == "yes"), what


def test_a_narrow_terminal(mixed: Workspace, monkeypatch) -> None:
    """Sixty columns hold the selection, the tables and the summary by kata."""
    monkeypatch.setenv("COLUMNS", "60")
    lines = mixed.run("katas/sql", "-rN").outlines
    tables = [line for line in lines if line.startswith(("    ", "  + ", "  - ", "  ~ "))]
    start = next(i for i, line in enumerate(lines) if "katas: 1 accepted" in line)
    assert tables
    assert [line for line in [*tables, *lines[start:]] if len(line) > 60] == []
