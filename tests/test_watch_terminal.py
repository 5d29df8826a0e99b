"""``--watch`` on a terminal: keys, what the screen holds, and a terminal left as it was."""

from __future__ import annotations

import re
import signal
import termios
from typing import TYPE_CHECKING

import pytest
from workspace import INITIALS_KATA, PRICE_KATA

from pytest_prep.modes.watch.screen import cut, rows

if TYPE_CHECKING:
    from watching import Watching

ANSWER = f"katas/{PRICE_KATA}/answer.sql"
PYTHON = f"katas/{INITIALS_KATA}/answer.py"
WRONG = "SELECT item, 0 AS price FROM prices"
FINE = "SELECT item, price FROM prices"
KEYS = "Enter again · h hint · r review · n next · l list · q quit · . keys"
CLEAR = "\x1b[H\x1b[2J"


@pytest.fixture
def screen(watch) -> Watching:
    """Both katas are to do, on a terminal."""
    one = watch(terminal=True)
    one.until(KEYS)
    return one


def last_screen(one: Watching) -> str:
    """Return what was drawn since the screen was last cleared, without escapes."""
    drawn = one.raw.rpartition(CLEAR)[2]
    lines = re.sub(r"\x1b\[[0-9;?]*[mH]", "", drawn).split("\n")
    return "\n".join(line.rpartition("\r\x1b[2K")[2] for line in lines)


def test_one_verdict_at_a_time(screen: Watching) -> None:
    """The screen holds the newest verdict only, with the keys in its last line."""
    screen.write(ANSWER, WRONG)
    screen.until("wrong answer  0 of 2")
    screen.until(KEYS)
    screen.write(ANSWER, FINE)
    screen.until("2 katas: 1 accepted · 1 to do")
    screen.until(KEYS)
    shown = last_screen(screen)
    assert "accepted  2 cases" in shown
    assert "wrong answer" not in shown
    assert f"write  {PYTHON}" in shown
    assert re.fullmatch(KEYS, shown.split("\n")[-1])


def test_an_old_verdict_goes_when_judging_takes_long(screen: Watching) -> None:
    """While a new answer runs, the screen says so, and nothing of the answer before."""
    screen.write(PYTHON, "def initials(name):\n    return 'X'\n")
    screen.until("wrong answer  0 of 2")
    screen.until(KEYS)
    screen.write(PYTHON, "import time\n\n\ndef initials(name):\n    time.sleep(3600)\n")
    screen.until("initials\n.*judging initials …")
    assert "wrong answer" not in last_screen(screen)


def test_the_first_difference_does_not_wait_for_the_last_case(screen: Watching) -> None:
    """A rejected case is shown at once, while others are still judged."""
    slow = "import time\n\n\ndef initials(name):\n    name.strip() or time.sleep(3600)\n"
    screen.write(PYTHON, slow)
    screen.until("wrong answer  0 of 1 cases accepted so far")
    screen.until("judging initials …")
    assert "assert None == 'AL'" in last_screen(screen)


def test_keys(screen: Watching) -> None:
    """Each key does what the last line says; others do nothing."""
    screen.write(ANSWER, WRONG)
    screen.until("wrong answer  0 of 2")
    screen.until(KEYS)
    screen.press("\n")
    screen.until("wrong answer  0 of 2")
    screen.until(KEYS)
    screen.press("l")
    said = screen.until("2 katas: 1 to do · 1 wrong answer")
    assert "wrong answer  katas/sql/basics/all_prices" in said
    assert "to do         katas/python/text/initials" in said
    screen.press("n")
    screen.until("next: The initials")
    screen.press("n")
    screen.until("wrong answer  0 of 2")
    screen.press("?")
    screen.until("the next kata: red ones first")
    screen.until(KEYS)
    screen.press("xyz\x1b[A\x1b[15~")
    assert screen.silence(0.5) == ""
    screen.press("q")
    assert screen.ended() == 0


def test_a_failure_longer_than_the_screen(watch) -> None:
    """The verdict and the first difference stay in sight; a key shows the rest."""
    one = watch(terminal=True, LINES="14")
    one.until(KEYS)
    one.write(PYTHON, "def initials(name):\n    return 'wide ' * 40\n")
    one.until(f"more lines · a shows them\n2 katas: .*\n{KEYS}")
    shown = last_screen(one).split("\n")
    assert rows(shown, 120) <= 14
    assert shown[1] == "wrong answer  0 of 2 cases accepted"
    assert shown[3].startswith("case test_sample: 'wide wide ")
    one.press("a")
    one.until(KEYS)
    assert "more lines" not in last_screen(one)
    assert "AssertionError" in last_screen(one)


@pytest.mark.parametrize(
    ("text", "room", "kept"),
    [
        ("1\n2\n3\n", 3, "1\n2\n3\n"),
        ("1\n2\n3\n4\n", 3, "1\n2\n… 2 more lines · a shows them\n"),
        ("1\n\n3\n4\n", 3, "1\n\n… 2 more lines · a shows them\n"),
        ("a line of two rows\n2\n3\n", 3, "a line of two rows\n… 2 more lines · a shows them\n"),
        ("\x1b[1mshort\x1b[0m\n2\n", 2, "\x1b[1mshort\x1b[0m\n2\n"),
    ],
)
def test_what_fits(text: str, room: int, kept: str) -> None:
    """Rows are counted as a terminal of ten columns wraps them, without colours."""
    assert cut(text, 10, room) == kept


def test_hint_and_review(screen: Watching) -> None:
    """They are shown below the verdict, and the keys come back."""
    screen.write(ANSWER, FINE)
    screen.until("accepted  2 cases")
    screen.until(KEYS)
    screen.press("h")
    screen.until("hint 1 of 3")
    screen.until(KEYS)
    screen.press("r")
    assert "all_prices" in screen.until(KEYS)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_the_terminal_is_left_as_it_was(watch, number: int) -> None:
    """Keys are echoed and come by line again, however it ends."""
    one = watch(terminal=True)
    before = termios.tcgetattr(one.terminal)
    one.until(KEYS)
    assert termios.tcgetattr(one.terminal)[3] != before[3]
    assert one.end(number) == (2 if number == signal.SIGINT else 0)
    assert termios.tcgetattr(one.terminal) == before
    assert "Traceback" not in one.raw


def test_a_resize(watch) -> None:
    """The screen is drawn anew, with as many keys as fit."""
    screen = watch(terminal=True, COLUMNS="0")
    screen.until(KEYS)
    termios.tcsetwinsize(screen.terminal, (24, 40))
    screen.process.send_signal(signal.SIGWINCH)
    screen.until("h hint · n next · q quit · . keys")


def test_forty_columns_without_colour(watch) -> None:
    """A verdict fits a narrow window, with no colour where none is wanted."""
    one = watch(terminal=True, COLUMNS="40", NO_COLOR="1")
    one.until("h hint · n next · q quit · . keys")
    one.write(ANSWER, WRONG)
    one.until("wrong answer  0 of 2")
    said = one.until("keys")
    assert "\x1b[3" not in one.raw
    tables = [line for line in said.split("\n") if line.startswith(("  ~", "edge_"))]
    assert tables
    assert max(map(len, tables)) <= 40


@pytest.mark.parametrize("name", ["ACCESSIBLE", "CI", "TERM", "--plain"])
def test_lines_on_a_terminal(watch, name: str) -> None:
    """Whoever wants lines gets them: nothing is cleared, a key is a line."""
    args = (name,) if name == "--plain" else ()
    env = {} if args else {name: "dumb"}
    one = watch(*args, terminal=True, **env)
    one.until("it is judged")
    one.write(ANSWER, WRONG)
    one.until("wrong answer  0 of 2")
    one.press("l\n")
    one.until("to do +katas/python/text/initials")
    assert "\x1b[2J" not in one.raw
    one.press("q\n")
    assert one.ended() == 0
