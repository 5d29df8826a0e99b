"""The error of a file that cannot be used: which file, which place, what is wrong, the mend."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from pathlib import Path


class ContentError(Exception):
    """A kata, a submission or another content file is broken.

    ``str(error)`` is one line: ``path: place: what is wrong; the mend``.
    """

    def __init__(self, path: Path, place: str, problem: str) -> None:
        super().__init__(f"{path}: {place}: {problem}" if place else f"{path}: {problem}")
        self.path = path
        self.place = place
        self.problem = problem


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return ``"; did you mean 'x'?"`` for the known word nearest to ``word``, or ``""``."""
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"; did you mean {near[0]!r}?" if near else ""
