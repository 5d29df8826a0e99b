"""``--katas``: the selected katas as a table."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pytest

from pytest_prep.content.answer import is_starter, read_text
from pytest_prep.nodes import KataDir

if TYPE_CHECKING:
    from pytest_prep.practice import Practice


def run(practice: Practice, items: Sequence[pytest.Item]) -> int:
    """Print a line for each selected kata."""
    folders = {id(f): f for item in items if (f := item.getparent(KataDir)) is not None}
    for folder in folders.values():
        kata = folder.kata
        text = read_text(kata.answer)
        begun = not is_starter(text, read_text(kata.starter), kata.answer.suffix)
        state = "begun" if begun else "to do"
        topics = " ".join(kata.topics)
        sys.stdout.write(
            f"{state:6} {kata.level:7} {kata.minutes:3} min  {folder.nodeid}  {topics}\n"
        )
    sys.stdout.write(f"{len(folders)} katas\n")
    return 0
