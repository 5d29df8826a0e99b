"""Events as rows of tables, and back."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any, Final

from pytest_prep.progress.events import ATTEMPT, Event
from pytest_prep.progress.rollups import subject_of

#: The version of the tables. Raise it with a migration in each store.
SCHEMA: Final = 2

#: The tables: ``event`` and ``answer`` hold all there is, the others follow from them. The text of
#: an answer is kept once, however often it was judged.
TABLES: Final = (
    """CREATE TABLE event (seq {serial}, id {text} NOT NULL UNIQUE, time {text} NOT NULL,
    day {text} NOT NULL, kind {text} NOT NULL, subject {text} NOT NULL, learner {text} NOT NULL,
    data {text} NOT NULL, answer {text})""",
    "CREATE INDEX event_subject ON event (learner, kind, subject, time)",
    "CREATE TABLE answer (hash {text} PRIMARY KEY, text {text} NOT NULL)",
    "CREATE TABLE undone (id {text} PRIMARY KEY)",
    """CREATE TABLE tally (learner {text}, day {text}, kind {text}, area {text}, part {text},
    outcome {text}, n BIGINT NOT NULL, milliseconds BIGINT NOT NULL, last {text} NOT NULL,
    PRIMARY KEY (learner, day, kind, area, part, outcome))""",
    """CREATE TABLE kata_day (learner {text}, kata {text}, day {text}, attempts BIGINT NOT NULL,
    solves BIGINT NOT NULL, hints BIGINT NOT NULL, reveals BIGINT NOT NULL,
    milliseconds BIGINT NOT NULL, solved {text} NOT NULL, elapsed BIGINT NOT NULL,
    last {text} NOT NULL, status {text} NOT NULL, PRIMARY KEY (learner, kata, day))""",
)

Row = tuple[Any, ...]

SELECT: Final = "SELECT id, time, day, kind, data, learner FROM event"
#: An attempt whose answer is in a table of its own has ``null`` for it.
SELECT_WITH_ANSWER: Final = (
    "SELECT id, time, day, kind, data, learner, answer.text FROM event "
    f"LEFT JOIN answer ON kind = '{ATTEMPT}' AND answer.hash = event.answer"
)


def event_of(row: Row, answer: str | None = None) -> Event:
    """Return the event of a row: id, time, day, kind, data, learner."""
    id_, time, day, kind, text, learner = row
    data = json.loads(text)
    if answer is not None:
        data["answer"] = answer
    return Event(id_, time, day, kind, data, learner)


def packed(events: list[Event]) -> tuple[list[Row], dict[str, str]]:
    """Return events as rows of the table, and the texts of their answers by hash."""
    rows: list[Row] = []
    answers: dict[str, str] = {}
    for event in events:
        data, hash_ = event.data, None
        if event.kind == ATTEMPT and _is_kept_apart(data.get("answer"), data.get("answer_hash")):
            hash_ = data["answer_hash"]
            answers[hash_] = data["answer"]
            data = {**data, "answer": None}
        text = json.dumps(data, separators=(",", ":"))
        about = subject_of(event)
        rows.append(
            (event.id, event.time, event.day, event.kind, about, event.learner, text, hash_)
        )
    return rows, answers


def _is_kept_apart(text: object, hash_: object) -> bool:
    """Tell whether an answer is what its hash says, and text that every database takes."""
    if not isinstance(text, str) or "\0" in text:
        return False
    try:
        return sha256(text.encode()).hexdigest() == hash_
    except UnicodeEncodeError:
        return False
