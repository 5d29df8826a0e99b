"""``--watch``: every save is judged at once, and what is shown is never of another file."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

import pytest
from watching import all_gone
from workspace import INITIALS_KATA, PRICE_KATA, RIGHT

if TYPE_CHECKING:
    from workspace import Workspace

ANSWER = f"katas/{PRICE_KATA}/answer.sql"
WRONG = "SELECT item, 0 AS price FROM prices"
FINE = "SELECT item, price FROM prices"
PYTHON = f"katas/{INITIALS_KATA}/answer.py"


def test_a_fresh_clone_is_calm(watch) -> None:
    """Nothing is begun: it counts the katas, names the easiest, and waits."""
    one = watch()
    said = one.until(r"and it is judged\.\n")
    assert "2 katas: 2 to do" in said
    assert f"write  {PYTHON}" in said


def test_a_save_is_judged(watch) -> None:
    """A wrong answer is told in full, a right one names what to do next."""
    one = watch()
    one.until("it is judged")
    one.write(ANSWER, WRONG)
    said = one.until("2 katas: .*")
    assert "wrong answer: Column 2 (price)" in said
    assert f"{ANSWER}\n" in said
    assert "wrong answer  0 of 2 cases accepted" in said
    one.write(ANSWER, FINE)
    said = one.until("2 katas: 1 accepted · 1 to do")
    assert "accepted  2 cases" in said
    assert f"write  {PYTHON}" in said


def test_python_katas(watch) -> None:
    """A failing test is shown as pytest shows it, with what the answer printed."""
    one = watch()
    one.until("it is judged")
    one.write(PYTHON, "def initials(name):\n    print('seen', name)\n    return 'X'\n")
    said = one.until("2 katas: .*")
    assert "assert 'X' == 'AL'" in said
    assert "seen Ada Lovelace" in said
    assert "wrong answer  0 of 2 cases accepted" in said
    one.write(PYTHON, RIGHT)
    assert "accepted  2 cases" in one.until("2 katas: .*")


def test_nothing_is_measured(watch, workspace: Workspace) -> None:
    """A benchmark that the answer fails is no case, and no fault of the kata."""
    pytest.importorskip("pytest_benchmark")
    bench = "def test_speed(benchmark, answer):\n    assert benchmark(answer.initials, '') == 1\n"
    workspace.write(f"katas/{INITIALS_KATA}/bench_initials.py", bench)
    one = watch("-p", "benchmark")
    one.until("it is judged")
    one.write(PYTHON, "def initials(name):\n    return 'X'\n")
    assert "wrong answer  0 of 2 cases accepted" in one.until("2 katas: .*")


def test_only_what_a_save_touches_is_judged(watch) -> None:
    """The other kata, begun too, is left alone."""
    one = watch()
    one.until("it is judged")
    one.write(ANSWER, WRONG)
    one.until("2 katas: .*")
    one.write(PYTHON, RIGHT)
    said = one.until("2 katas: .*")
    assert PYTHON.rpartition("/")[0] in said
    assert "cases accepted" not in said


def test_an_atomic_save(watch) -> None:
    """An editor that moves a new file into place is heard like one that writes in place."""
    one = watch()
    one.until("it is judged")
    for text, words in ((WRONG, "wrong answer  0 of 2"), (FINE, "accepted  2 cases")):
        one.save(ANSWER, text)
        one.until(words)


def test_begun_answers_are_judged_at_the_start(watch, workspace: Workspace) -> None:
    """The newest of them is shown in full, the others in a line."""
    workspace.answer(PRICE_KATA, WRONG)
    os.utime(workspace.root / ANSWER, (1, 1))
    workspace.write(PYTHON, RIGHT)
    one = watch()
    said = one.until(r"wrong answer  +katas/sql/basics/all_prices .*")
    assert "accepted  2 cases" in said


def test_ends(watch) -> None:
    """Ctrl-C ends with pytest's code for it, SIGTERM with 0, and no process stays."""
    for number, code in ((signal.SIGINT, 2), (signal.SIGTERM, 0)):
        one = watch()
        one.until("it is judged")
        below = one.processes()
        assert one.end(number) == code
        assert "Traceback" not in one.raw
        assert all_gone(below)


def test_nothing_selected(watch) -> None:
    """Without a kata there is nothing to watch."""
    one = watch("-k", "nothing_like_it")
    one.until("--watch: no kata is selected")
    assert one.ended() == pytest.ExitCode.NO_TESTS_COLLECTED
