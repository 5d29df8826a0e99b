"""What is to be judged, with everything read from disk, and whose fault it is if it breaks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pytest_prep.judging.engine import BrokenData, Data, SqlError

if TYPE_CHECKING:
    from pytest_prep.content.case import Case
    from pytest_prep.content.kata import Kata


@dataclass(frozen=True)
class Task:
    """One kata on one case, with everything read from disk."""

    kata: Kata
    case: Case
    data: Data
    about: str
    reference: str
    #: The single statements of a ``constraints`` case, tried one by one; empty elsewhere.
    statements: str


class KataBroken(Exception):
    """The kata, not the answer, is at fault; ``str(error)`` names the file and the mend."""


@contextmanager
def kata_at_fault(task: Task) -> Iterator[None]:
    """What goes wrong inside is the kata's fault: say where."""
    try:
        yield
    except BrokenData as error:
        in_schema = str(error).startswith("schema.sql") or task.case.script is None
        where = f"{task.kata.folder}/" if in_schema else f"{task.case.script}: "
        raise KataBroken(f"{where}{error}") from error
    except SqlError as error:
        raise KataBroken(f"{task.kata.reference}: on case {task.case.name}: {error}") from error
