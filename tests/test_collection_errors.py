"""A kata that cannot be read is one error at its place, and the others are judged."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from workspace import Workspace


PODIUM = "katas/sql/window/podium/answer.sql"


BROKEN = {
    "bad-toml": ("level =", "kata.toml: is not valid TOML: *line *"),
    "unknown-key": ('levle = "easy"', "kata.toml: levle: unknown key; did you mean 'level'?*"),
    "wrong-level": ('level = "meduim"', "kata.toml: level: 'meduim' is not a level*'medium'?"),
    "missing-key": ("", "kata.toml: level: is missing; add one of easy, medium, hard"),
    "wrong-type": ("level = 3", "kata.toml: level: 3 is not one of easy, medium, hard"),
}


@pytest.mark.parametrize(("line", "message"), BROKEN.values(), ids=BROKEN)
def test_a_broken_kata_is_one_error_at_its_place(katas: Workspace, line: str, message: str) -> None:
    """The error names the file and the mend in one line, relative to the root."""
    path = katas.root / "katas/sql/window/podium/kata.toml"
    kept = line if "level" in line and "levle" not in line else f'level = "hard"\n{line}'
    text = path.read_text().replace('level = "hard"', kept if line else "")
    path.write_text(text)
    assert_one_error(katas, f"katas/sql/window/podium/{message}")


def test_two_hints(katas: Workspace) -> None:
    """Exactly three hints are needed."""
    path = katas.root / "katas/sql/window/podium/kata.toml"
    path.write_text(path.read_text().replace('"look at it", ', ""))
    assert_one_error(katas, "katas/sql/window/podium/kata.toml: hints: 2 given; exactly three*")


def test_not_utf_8(katas: Workspace) -> None:
    """A kata.toml saved in another encoding names the first byte that does not fit."""
    path = katas.root / "katas/sql/window/podium/kata.toml"
    path.write_bytes(path.read_text().replace("podium", "pódium").encode("cp1252"))
    assert_one_error(katas, "katas/sql/window/podium/kata.toml: byte *: is not UTF-8; save it*")


def test_missing_reference(katas: Workspace) -> None:
    """A kata without a reference cannot be judged."""
    (katas.root / "solutions/sql/window/podium/answer.sql").unlink()
    assert_one_error(katas, "solutions/sql/window/podium/answer.sql: is missing; a kata needs*")


@pytest.mark.parametrize("kata", ["sql/window/podium", "python/text/initials"])
def test_missing_answer(katas: Workspace, kata: str) -> None:
    """A deleted answer is the learner's slip, not a broken kata, and the mend is named."""
    answer = "answer.sql" if kata.startswith("sql") else "answer.py"
    (katas.root / "katas" / kata / answer).unlink()
    for args in ([], [f"katas/{kata}"]):
        result = katas.run(*args)
        assert result.ret == pytest.ExitCode.TESTS_FAILED, args
        result.stdout.fnmatch_lines(
            [f"invalid: {answer} is missing; --reset brings the starter back", "*1 invalid*"]
        )
        assert "broken" not in result.stdout.str()
    assert katas.run(f"katas/{kata}", "--reset").ret == 0
    assert katas.run(f"katas/{kata}").ret == 0


def assert_one_error(katas: Workspace, message: str) -> None:
    """One error of one line, found from above and by the kata's path, also with a warm index."""
    folder = "sql/window/podium" if "/podium/" in message else "python/text/initials"
    for args in ([], [f"katas/{folder}"]):
        result = katas.run(*args)
        assert result.ret == pytest.ExitCode.TESTS_FAILED, args
        assert result.parseoutcomes()["errors"] == 1
        result.stdout.fnmatch_lines([f"*ERROR collecting katas/{folder} *", message])
        lines = result.outlines
        start = next(i for i, line in enumerate(lines) if "ERROR collecting" in line)
        end = next(i for i, line in enumerate(lines) if "katas: " in line and "===" in line)
        assert end - start == 2, "one line, no traceback"


def test_other_katas_go_on_beside_a_broken_one(katas: Workspace) -> None:
    """The others are judged all the same, and the run fails."""
    katas.solve("sql/joins/no_orders", "sql/window/latest_price")
    katas.write("katas/sql/window/podium/kata.toml", "id = 3")
    katas.run("katas/sql/joins").assert_outcomes(passed=2)
    for args in ([], ["-x", "--maxfail=2"]):
        result = katas.run(*args)
        assert result.ret == pytest.ExitCode.TESTS_FAILED
        result.assert_outcomes(passed=5, errors=1)
        result.stdout.fnmatch_lines(
            ["*katas: 2 accepted · 2 to do · 1 broken kata*", "broken kata *sql/window/podium*"]
        )


def test_an_error_outside_the_katas_stops_the_run_as_always(katas: Workspace) -> None:
    """Only katas go on beside a broken one; pytest's rule for other tests stays."""
    katas.write("tests/test_other.py", "import nothing_of_this_name")
    katas.write("katas/sql/window/podium/kata.toml", "id = 3")
    result = katas.run("katas/sql", "tests")
    assert result.ret == pytest.ExitCode.INTERRUPTED


def test_two_broken_katas_are_two_errors(katas: Workspace) -> None:
    """One broken kata does not hide the next."""
    for name in ("podium", "latest_price"):
        katas.write(f"katas/sql/window/{name}/kata.toml", "id = 3")
    katas.run().assert_outcomes(errors=2)


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_an_unreadable_kata_toml(katas: Workspace) -> None:
    """A file that may not be read is an error at its place."""
    (katas.root / "katas/sql/window/podium/kata.toml").chmod(0)
    assert_one_error(katas, "katas/sql/window/podium/kata.toml: cannot be read: *")
