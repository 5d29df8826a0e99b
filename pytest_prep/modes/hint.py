"""``--hint``: the next of a kata's three hints, counted in the record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pytest

from pytest_prep.modes.chosen import Record, a_handful, command_for, record_of
from pytest_prep.nodes import KataDir
from pytest_prep.progress.events import HINT
from pytest_prep.report.page import Page

if TYPE_CHECKING:
    from pytest_prep.practice import Practice

#: What each hint is, in the order of kata.toml.
KINDS = ("the direction", "the technique", "a skeleton")


def run(practice: Practice, items: Sequence[pytest.Item]) -> int:
    """Show the next hint of each selected kata."""
    page = Page(plain=practice.settings.plain)
    folders = a_handful("--hint", items)
    with record_of(practice) as record:
        for number, folder in enumerate(folders):
            if number:
                page.line()
            _show(page, folder, record)
    return 0


def _show(page: Page, folder: KataDir, record: Record) -> None:
    kata = folder.kata
    seen = record.of(kata.id).hints
    page.heading(f"{kata.title} · {folder.nodeid}")
    if seen >= len(kata.hints):
        page.line("you have had all three hints; here they are again")
        for number in range(len(kata.hints)):
            _hint(page, folder, number)
    else:
        record.write(HINT, kata=kata.id, number=seen + 1)
        _hint(page, folder, seen)
        seen += 1
    page.line()
    if seen < len(kata.hints):
        page.line(f"next hint, {KINDS[seen]}: {command_for(folder, '--hint')}")
    else:
        page.line(f"no more hints; the reference: {command_for(folder, '--reveal')}")


def _hint(page: Page, folder: KataDir, number: int) -> None:
    kata = folder.kata
    text = kata.hints[number].strip("\n")
    page.line()
    page.line(f"hint {number + 1} of {len(kata.hints)}, {KINDS[number]}:")
    page.line()
    if "\n" in text or number == len(kata.hints) - 1:
        page.code(text, kata.suffix)
    else:
        page.line(text)
