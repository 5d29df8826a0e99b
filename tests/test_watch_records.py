"""``--watch`` and the learner's record: every verdict that stands is an attempt, written once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workspace import INITIALS_KATA, PRICE_KATA, RIGHT

from pytest_prep.progress.events import ATTEMPT, OPEN
from pytest_prep.progress.store import open_store

if TYPE_CHECKING:
    from workspace import Workspace

ANSWER = f"katas/{PRICE_KATA}/answer.sql"
WRONG = "SELECT item, 0 AS price FROM prices"
FINE = "SELECT item, price FROM prices"
END = r"2 katas: .*\n"


def recorded(workspace: Workspace, kind: str = ATTEMPT) -> list[dict[str, Any]]:
    """Return the data of the events that are written."""
    store = open_store(workspace.root / ".prep" / "progress.sqlite3")
    try:
        return [event.data for event in store.events([kind])]
    finally:
        store.close()


def test_attempts(watch, workspace: Workspace) -> None:
    """A wrong and a right answer are two attempts, with their texts; to do is none."""
    one = watch()
    one.until("it is judged")
    for text in (WRONG, FINE):
        one.write(ANSWER, text)
        one.until(END)
    one.write(f"katas/{INITIALS_KATA}/answer.py", RIGHT)
    one.until(END)
    assert one.end() == 0
    found = recorded(workspace)
    assert [(a["kata"], a["status"], a["answer"]) for a in found] == [
        ("sql-all-prices", "wrong_answer", WRONG),
        ("sql-all-prices", "accepted", FINE),
        ("python-initials", "accepted", RIGHT),
    ]
    assert found[0]["cases"] == {"sample": "wrong_answer", "edge_unknown": "wrong_answer"}
    assert [a["complete"] for a in found] == [True, True, True]
    assert all(a["duration"] > 0 for a in found)


def test_the_same_again(watch, workspace: Workspace) -> None:
    """Judging again what was judged, by Enter or by a new start, is no new attempt."""
    for _ in range(2):
        one = watch()
        one.until("it is judged|1 wrong answer")
        one.write(ANSWER, WRONG)
        one.until(END)
        one.press("\n")
        one.until(END)
        one.end()
    assert len(recorded(workspace)) == 1


def test_a_kill_loses_no_attempt(watch, workspace: Workspace) -> None:
    """What was shown before the last verdict is there after SIGKILL."""
    one = watch()
    one.until("it is judged")
    one.write(ANSWER, WRONG)
    one.until(END)
    one.write(ANSWER, FINE)
    one.until(END)
    one.process.kill()
    one.process.wait()
    assert recorded(workspace)[0]["answer"] == WRONG


def test_a_kata_that_was_opened(watch, workspace: Workspace) -> None:
    """Turning to a kata to do is recorded: its time counts from there."""
    one = watch()
    one.until("it is judged")
    one.press("n\n")
    one.until("next: ")
    one.press("q\n")
    assert one.ended() == 0
    assert len(recorded(workspace, OPEN)) == 1


def test_a_store_that_cannot_be_used(watch, workspace: Workspace) -> None:
    """It is said once, and verdicts go on."""
    workspace.write(".prep", "in the way")
    one = watch()
    one.until("it is judged")
    one.write(ANSWER, WRONG)
    one.until("not recorded: ")
    one.write(ANSWER, FINE)
    said = one.until("accepted  2 cases")
    assert "not recorded" not in said


def test_a_hint_is_counted(watch, workspace: Workspace) -> None:
    """``h`` is ``--hint`` on the kata at hand."""
    one = watch("-k", "prices")
    one.until("it is judged")
    one.press("h\n")
    one.until("hint 1 of 3")
    one.until("look at it")
    one.press("h\n")
    one.until("hint 2 of 3")
    one.until("turn it round")
    one.press("q\n")
    assert one.ended() == 0
    assert [event["number"] for event in recorded(workspace, "hint")] == [1, 2]
