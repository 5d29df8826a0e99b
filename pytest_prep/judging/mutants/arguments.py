"""What the author says about mutants that mean the same as the reference, in ``notes.md``."""

from __future__ import annotations

import re
from pathlib import Path

from pytest_prep.content.answer import read_text
from pytest_prep.judging.mutants.mutant import Mutant

HEADING = "## Equivalent mutants"
_ITEM = re.compile(r"^- `(?P<mutant>[^`]+)`:[ \t]*(?P<why>.*(?:\n  .*)*)", re.MULTILINE)
_LINE = re.compile(r"^line \d+: ")


def read_arguments(notes: Path) -> dict[str, str]:
    """Return the reasons by mutant: the items below :data:`HEADING`.

    An item is ``- `change`: why no data can tell it from the reference``, with the mutant's
    description or only its change in the backquotes; the change alone speaks for all mutants
    that are called so.

    Raises:
        ContentError: the file cannot be read.
    """
    if not notes.exists():
        return {}
    _, _, below = read_text(notes).partition(f"\n{HEADING}\n")
    section = re.split(r"^## ", below, maxsplit=1, flags=re.MULTILINE)[0]
    return {
        found["mutant"]: " ".join(found["why"].split())
        for found in _ITEM.finditer(section)
        if found["why"].strip()
    }


def argued(arguments: dict[str, str], mutant: Mutant) -> str | None:
    """Return the key of the argument about ``mutant``, None without one."""
    for key in (mutant.description, mutant.change, re.sub(r" \(\d+\)$", "", mutant.change)):
        if key in arguments:
            return key
    return None


def names_line(key: str) -> bool:
    """Tell whether an argument is about the mutants of one line only."""
    return bool(_LINE.match(key))
