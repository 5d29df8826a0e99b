"""The progress store: events in, events and their figures out."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from pytest_prep.progress.events import Event

if TYPE_CHECKING:
    from pytest_prep.progress.rollups import KataDay, Tally

#: What is told to the learner of a store that had to be mended: one line.
Tell = Callable[[str], None]


class StoreError(Exception):
    """The store cannot be used; the message names the file and the mend."""


@dataclass(frozen=True)
class Target:
    """Where progress is kept, and whose it is."""

    #: A file, or the URL of a PostgreSQL database.
    place: str
    #: The learner's name on every event; ``""`` in a file of one learner's own.
    learner: str = ""

    def __str__(self) -> str:
        """The place as it may be shown: a URL without user, password and options."""
        return shown(self.place)

    __repr__ = __str__


@dataclass(frozen=True, slots=True)
class Trail:
    """What a store knows of one kata, for the next attempt at it."""

    #: The last attempt, without the answer's text; None without one.
    last: Event | None = None
    #: The time of the last solve, ``""`` without one.
    solved: str = ""
    #: All that was opened, hinted, revealed and reset, in the order of time.
    marks: tuple[Event, ...] = ()


class Store(Protocol):
    """Where events are kept. Appending is atomic, and repeating it changes nothing.

    What is read is the learner's own, and what has no name; with ``everyone`` that of all learners
    of the store. The figures honour ``undo`` events, :meth:`events` gives them all (see
    ``events.standing``).
    """

    #: Whose events are written and read; ``""``: there is but one learner.
    learner: str

    def append(self, events: Iterable[Event]) -> int:
        """Keep events in one transaction; return how many of them were new.

        Raises:
            StoreError: nothing of them was kept.
        """

    def events(self, kinds: Iterable[str] = (), *, everyone: bool = False) -> Iterator[Event]:
        """Yield the events of some kinds, or of all, in the order of their time and id.

        Raises:
            StoreError: the store cannot be read.
        """

    def tallies(self, day: str = "", *, everyone: bool = False) -> list[Tally]:
        """Return how many events there are of each sort and study day, in the order of days.

        A ``day`` narrows them to one.
        """

    def kata_days(self, *, everyone: bool = False) -> list[KataDay]:
        """Return what was done with each kata on each study day, by learner, kata and day."""

    def sums(self, *by: str, everyone: bool = False) -> list[tuple[Any, ...]]:
        """Return the tallies summed up by some of their first six fields, in the order of these.

        A row has those fields, then ``n``, ``milliseconds`` and the last time:
        ``sums("day", "area")`` is the time of each day and area. Without fields there is one row,
        or none in an empty store.
        """

    def katas(self, *, everyone: bool = False) -> list[KataDay]:
        """Return what was done with each kata on all days together; ``day`` is empty.

        ``solved`` and ``elapsed`` are of the first solve, ``last`` and ``status`` of the last
        attempt.
        """

    def trails(self, names: Iterable[str]) -> dict[str, Trail]:
        """Return what is known of the katas of these ids; one without events is left out."""

    def rebuild(self) -> int:
        """Make all figures anew from the events; return how many events there are."""

    def close(self) -> None:
        """Let go of the file or the connection."""


def open_store(target: Target | str | Path, tell: Tell | None = None) -> Store:
    """Open the store at ``target``, a path or a PostgreSQL URL; make it where there is none.

    Args:
        target: the place; without a learner's name in it, see :attr:`Target.learner`.
        tell: takes a line about a store that had to be set aside or migrated, now or later; by
            default it goes to stderr.

    Raises:
        StoreError: it cannot be used.
    """
    if not isinstance(target, Target):
        target = Target(str(target))
    if "://" in target.place:
        from pytest_prep.progress.postgres import PostgresStore

        return PostgresStore(target)
    from pytest_prep.progress.sqlite import SQLiteStore

    return SQLiteStore(Path(target.place), target.learner, tell or _tell)


def shown(place: str) -> str:
    """Return a path or URL as it may be shown: without user, password and options."""
    return re.sub(r"^(\w[\w+.-]*://)(?:.*@)?([^?#]*).*$", r"\1\2", place, flags=re.DOTALL)


def _tell(line: str) -> None:
    sys.stderr.write(f"{line}\n")
