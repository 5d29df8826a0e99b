"""The table of a wrong answer: what differs is on the screen, however long or wide."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Workspace


@pytest.fixture
def screen(workspace: Workspace, monkeypatch):
    """Judge an answer on one row of the given cells; return the table's lines."""

    def judge(reference: str, answer: str, columns: int = 80) -> list[str]:
        monkeypatch.setenv("COLUMNS", str(columns))
        workspace.sql_kata(
            "sql/basics/one",
            schema="CREATE TABLE t (a INTEGER);",
            sample="INSERT INTO t VALUES (1);",
            reference=reference,
            answer=answer,
        )
        result = workspace.run()
        result.assert_outcomes(failed=1)
        lines = result.outlines
        start = next(i for i, line in enumerate(lines) if line.startswith("wrong answer:"))
        return [line.rstrip() for line in lines[start:] if line.startswith("  ")]

    return judge


def test_both_sides_of_a_pair_are_shown(screen) -> None:
    """Two timestamps are wider than one column is, and still the expected one is there."""
    table = screen(
        "SELECT TIMESTAMP '2024-03-01 10:00:00' AS at FROM t",
        "SELECT TIMESTAMP '2024-03-01 11:30:00' AS at FROM t",
    )
    assert table[1] == "  ~ 2024-03-01 11:30:00 → 2024-03-01 10:00:00"


def test_a_long_text_is_shown_where_it_differs(screen) -> None:
    """The beginnings of two long texts say nothing if they are alike."""
    table = screen(
        "SELECT repeat('la ', 50) || 'end' AS song FROM t",
        "SELECT repeat('la ', 50) || 'und' AS song FROM t",
    )
    assert table[1] == "  ~ … la la la und → … la la la end"


def test_the_column_that_differs_is_among_those_shown(screen) -> None:
    """Of more columns than fit, the differing ones come before the others."""
    same = ", ".join(f"{i} AS column_{i}" for i in range(20))
    table = screen(f"SELECT {same}, 1 AS last FROM t", f"SELECT {same}, 2 AS last FROM t")
    assert table[0].startswith("    column_0  column_1  ")
    assert table[0].endswith("  last")
    assert table[1].endswith("  2 → 1")
    assert "13 more columns" in table[2]
    assert max(map(len, table[:2])) <= 80


def test_a_narrow_terminal(screen) -> None:
    """Both sides share the room there is."""
    long = "The name of something rather long"
    table = screen(f"SELECT 'a {long}' AS name FROM t", f"SELECT 'b {long}' AS name FROM t", 40)
    assert table[1] == "  ~ b The name of s… → a The name of s…"


def test_wide_characters_keep_the_columns_straight(screen) -> None:
    """A Chinese character or an emoji takes two places."""
    table = screen(
        "FROM (VALUES ('日本', 1), ('x', 2)) AS v (a, b)",
        "FROM (VALUES ('日本', 3), ('x', 4)) AS v (a, b)",
    )
    assert table[:3] == ["    a     b", "  ~ 日本  3 → 1", "  ~ x     4 → 2"]


def test_nothing_that_a_terminal_obeys(workspace: Workspace) -> None:
    """Control characters in a message of the engine are written out."""
    workspace.sql_kata(
        "sql/basics/one",
        schema="CREATE TABLE t (a INTEGER);",
        sample="INSERT INTO t VALUES (1);",
        reference="SELECT a FROM t",
        answer="SELECT error('no' || chr(27) || '[2J') FROM t",
    )
    result = workspace.run()
    result.stdout.fnmatch_lines(["crashed: *no\\x1b[[]2J"])
    assert "\x1b" not in result.stdout.str()
