"""``pytest solutions`` tells a kata's author of cases and ids that would go unnoticed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Workspace

COMPLETE = "solutions/sql/window/podium/answer.sql::complete"


def test_an_id_used_twice(katas: Workspace) -> None:
    """Progress hangs on the id, so the other kata is named."""
    path = katas.root / "katas/sql/joins/no_orders/kata.toml"
    path.write_text(path.read_text().replace("sql-no-orders", "sql-podium"))
    result = katas.run(COMPLETE)
    result.stdout.fnmatch_lines(
        ["id: 'sql-podium' is also the id of katas/sql/joins/no_orders; progress hangs on it"]
    )


@pytest.mark.parametrize(
    ("case", "message"),
    [
        ("sample", "cases/sample.sql: 'sample' is the name of another case; rename it"),
        ("real", "cases/real.sql: 'real' is the name of another case; rename it"),
        ("edge::x", "cases/edge::x.sql: use lower-case letters, digits and _ in its name"),
        ("Edge x", "cases/Edge x.sql: use lower-case letters, digits and _ in its name"),
    ],
)
def test_a_case_that_cannot_be_run_by_its_name(katas: Workspace, case: str, message: str) -> None:
    """A hidden ``sample.sql`` would never be judged, ``::`` would end the node id."""
    katas.write(f"solutions/sql/window/podium/cases/{case}.sql", "-- Nothing.\nSELECT 1;\n")
    katas.run(COMPLETE).stdout.fnmatch_lines([message])


def test_stray_files(katas: Workspace) -> None:
    """What tools leave behind is not the author's."""
    for name in ("old.sql", ".benchmarks/x", "__pycache__/x"):
        katas.write(f"katas/sql/window/podium/{name}", "")
    katas.run(COMPLETE).stdout.fnmatch_lines(["stray files in the learner's folder: old.sql"])


def test_the_next_step_is_named_from_where_pytest_was_started(
    katas: Workspace, monkeypatch
) -> None:
    """A path that is pasted works."""
    monkeypatch.chdir(katas.root / "katas/sql")
    katas.run("joins").stdout.fnmatch_lines(
        ["      write   joins/no_orders/answer.sql", "      run     pytest joins/no_orders"]
    )
    katas.answer("sql/joins/no_orders", "SELECT 1")
    katas.run("joins").stdout.fnmatch_lines(["next: pytest joins/no_orders"])
