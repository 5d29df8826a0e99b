"""Events to and from files: JSON Lines, one event a line.

Several machines come together by their files, without a server: merging is idempotent and
commutative, so it does not matter which file is merged first, or how often.
"""

from __future__ import annotations

import errno
import json
import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from pytest_prep.progress.events import Event
from pytest_prep.progress.store import Store

#: Events in one transaction of an import.
_PORTION: Final = 2000
_FIELDS: Final = ("id", "time", "day", "kind", "learner", "data")
_ID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_TIME: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_KIND: Final = re.compile(r"[a-z][a-z0-9_]*")


class NoEvent(ValueError):
    """A line holds no event; the message says what is wrong."""


@dataclass(frozen=True)
class Merged:
    """What an import did."""

    #: Events that were new, and those that the store had.
    new: int
    known: int
    #: Lines that hold no event.
    skipped: int


def export_events(store: Store, path: Path) -> int:
    """Write the learner's events to ``path``, at once or not at all; return how many.

    Equal stores give equal files: events stand in the order of time and id.

    Raises:
        OSError: the file cannot be written, or is no export; it is as it was.
        StoreError: the store cannot be read.
    """
    if path.exists() and not _is_export(path):
        # It may be an answer, or the store itself.
        problem = "is there, and is no export of a record; name another file"
        raise FileExistsError(errno.EEXIST, problem, str(path))
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    number = 0
    try:
        with temporary.open("w", encoding="utf-8", newline="\n") as file:
            for event in store.events():
                file.write(line_of(event))
                number += 1
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        error.filename = str(path)  # it is what the learner named
        raise
    finally:
        temporary.unlink(missing_ok=True)
    return number


def _is_export(path: Path) -> bool:
    """Tell whether a file is empty, or begins with an event."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        line = file.readline()
    try:
        return not line or bool(event_of_line(line))
    except NoEvent:
        return False


def import_events(store: Store, path: Path, tell: Callable[[str], None]) -> Merged:
    """Merge the events of a file into the store.

    Args:
        store: takes the events.
        path: a file of :func:`export_events`, or several of them one after the other.
        tell: is told of each line that holds no event: its number, and what is wrong.

    Raises:
        OSError: the file cannot be read.
        StoreError: the store cannot be written; what was merged before stays.
    """
    new = read = skipped = 0
    portion: list[Event] = []
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                portion.append(event_of_line(line))
                read += 1
            except NoEvent as error:
                skipped += 1
                tell(f"{path}:{number}: {error}; the line is left out")
            if len(portion) == _PORTION:
                new += store.append(portion)
                portion = []
    new += store.append(portion)
    return Merged(new, read - new, skipped)


def line_of(event: Event) -> str:
    """Return an event as a line of a file."""
    fields = {name: getattr(event, name) for name in _FIELDS}
    # Not as UTF-8: an answer may hold half of a surrogate pair.
    return json.dumps(fields, separators=(",", ":")) + "\n"


def event_of_line(line: bytes) -> Event:
    """Return the event of a line.

    Keys that are not known here are left out, a kind that is not known is kept.

    Raises:
        NoEvent: the line holds none.
    """
    try:
        fields = json.loads(line)
    except json.JSONDecodeError as error:
        raise NoEvent(f"is no JSON ({error.msg[0].lower()}{error.msg[1:]})") from None
    except UnicodeDecodeError:
        raise NoEvent("is not UTF-8") from None
    except ValueError:
        raise NoEvent("holds a number that is too long") from None
    except RecursionError:
        raise NoEvent("is nested too deeply") from None
    if not isinstance(fields, dict):
        raise NoEvent("is no JSON object")
    problem = next(_problems(fields), None)
    if problem is not None:
        raise NoEvent(problem)
    return Event(**{name: fields.get(name, "") for name in _FIELDS})


def _problems(fields: dict[str, Any]) -> Iterator[str]:
    """Yield what keeps an object from being an event."""
    patterns: Iterable[tuple[str, re.Pattern[str], str]] = (
        ("id", _ID, "a UUID in lower case"),
        ("time", _TIME, "a time such as 2026-12-01T09:30:00.000000Z"),
        ("day", _DAY, "a day such as 2026-12-01"),
        ("kind", _KIND, "a word such as attempt"),
    )
    for name, pattern, wanted in patterns:
        value = fields.get(name)
        if not isinstance(value, str) or not pattern.fullmatch(value):
            yield f"{name} is not {wanted}"
    try:
        datetime.fromisoformat(fields["time"])
        date.fromisoformat(fields["day"])
    except ValueError as error:
        yield f"time or day: {error}"
    learner = fields.get("learner", "")
    if not isinstance(learner, str) or "\0" in learner or not _is_unicode(learner):
        yield "learner is not a name"
    if not isinstance(fields.get("data"), dict):
        yield "data is not an object"


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
