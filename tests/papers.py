"""Papers of mock interviews, a clock that stands, and a desk: what tests of interviews share."""

from __future__ import annotations

from pytest_prep.modes.mock.clock import Reading
from pytest_prep.modes.mock.paper import Item, Paper, Part
from pytest_prep.modes.mock.timed import Saved


class Clock:
    """A clock that stands until it is told; ``slept`` is what the machine slept of it."""

    def __init__(self, seconds=1000.0, boot="one"):
        self.seconds, self.slept, self.wall, self.boot = seconds, 0.0, 5_000.0, boot

    def read(self):
        awake = self.seconds - self.slept
        return Reading(self.seconds, awake, self.wall + self.seconds, self.boot)


class Desk:
    """An answer that is only a text."""

    def __init__(self):
        self.text, self.stamp, self.opened = "start", 0.0, []

    def open(self, item):
        self.opened.append(item.id)
        return ""

    def read(self, item):
        return Saved(self.text, self.stamp)

    def read_tests(self, item):
        return ""


RUBRIC = [{"id": "clear", "title": "Clear", "anchors": ["no", "some", "yes", "very"]}]
CODE = Item(
    "sql-one",
    "One",
    "# One\n\nCount them.",
    10,
    {
        "path": "katas/sql/x/one",
        "track": "sql",
        "level": "easy",
        "topics": [],
        "hints": ["look", "turn", "write"],
        "answer": "katas/sql/x/one/answer.sql",
        "suffix": ".sql",
        "starter": "start",
    },
)
TALK = Item(
    "story",
    "A story?",
    "A story?",
    2,
    {
        "bank": "b",
        "sections": [
            {"id": "situation", "title": "Situation", "prompt": "what it was"},
            {"id": "result", "title": "Result", "prompt": "what came of it"},
        ],
        "probes": ["And then?"],
        "points": {},
        "weak": [],
        "model": "",
        "rubric": RUBRIC,
    },
)
DESIGN = Item(
    "pipe",
    "A pipe",
    "Design a pipe.",
    30,
    {
        "level": "easy",
        "facts": [{"id": "rate", "keywords": ["rate"], "text": "Ten a second."}],
        "estimates": [
            {
                "id": "volume",
                "question": "A day?",
                "value": 864.0,
                "unit": "GB",
                "factor": 2.0,
                "how": "by hand",
            }
        ],
        "twists": [{"minute": 20.0, "text": "It triples."}],
        "sections": [{"id": "all", "title": "All", "prompt": ""}],
        "rubric": RUBRIC,
        "model": "A pipe.",
        "mistakes": [],
    },
)


def choice(name, right=0):
    """Return a question with three options."""
    options = [{"text": f"option {i}", "right": i == right, "why": ""} for i in range(3)]
    data = {"deck": "d", "level": "easy", "options": options, "several": False, "why": ""}
    return Item(name, name, f"{name}?", 1, data)


QUESTIONS = (choice("q1"), choice("q2", 1))
PARTS = {
    "code": Part("code", "Code", "code", 1200, True, 1, "free", (CODE,)),
    "choice": Part("mcq", "Questions", "choice", 300, False, 1, "free", QUESTIONS),
    "talk": Part("talk", "Talk", "talk", 600, True, 1, "free", (TALK,)),
    "design": Part("design", "Design", "design", 1800, True, 1, "free", (DESIGN,)),
    "break": Part("pause", "Break", "break", 300, False, 1, "free", ()),
}


def paper(*kinds, clock="real"):
    """Return a paper of stages of these kinds."""
    parts = tuple(PARTS[kind] for kind in kinds)
    duration = sum(part.time for part in parts)
    hints = (5, 10, 15)
    return Paper("id", "script", "Mock", "loop", duration, clock, hints, "counts", 70, 1, parts)


def no_space(handle, block):
    """Write as on a full disk."""
    raise OSError(28, "No space left on device")
