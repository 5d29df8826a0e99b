"""``--reveal``: the reference and its explanation, after a confirmation, recorded."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pytest

from pytest_prep.content.answer import read_text
from pytest_prep.content.errors import ContentError
from pytest_prep.modes.chosen import Record, a_handful, is_yes, record_of
from pytest_prep.nodes import KataDir
from pytest_prep.progress.events import REVEAL
from pytest_prep.report.page import Page

if TYPE_CHECKING:
    from pytest_prep.practice import Practice


def run(practice: Practice, items: Sequence[pytest.Item]) -> int:
    """Show the references of the selected katas."""
    page = Page(plain=practice.settings.plain)
    status = 0
    folders = a_handful("--reveal", items)
    with record_of(practice) as record:
        for number, folder in enumerate(folders):
            if number:
                page.line()
            try:
                _reveal(page, folder, record, yes=practice.settings.yes)
            except ContentError as error:
                sys.stderr.write(f"{error}\n".replace(f"{practice.settings.root}/", ""))
                status = 1
    return status


def _reveal(page: Page, folder: KataDir, record: Record, *, yes: bool) -> None:
    kata = folder.kata
    page.heading(f"{kata.title} · {folder.nodeid}")
    reference = read_text(kata.reference)
    standing = record.of(kata.id)
    if not (yes or standing.accepted):
        left = len(kata.hints) - standing.hints
        if left > 0:
            page.line(f"{left} of its {len(kata.hints)} hints are left: --hint shows the next one")
        if not is_yes("show the reference, and have it recorded?"):
            page.line("not shown; --yes shows it without asking")
            return
    record.write(REVEAL, kata=kata.id)
    page.line()
    page.line(f"the reference, {kata.reference.name}:")
    page.line()
    page.code(reference, kata.suffix)
    notes = kata.author_folder / "notes.md"
    if notes.exists():
        page.line()
        page.markdown(read_text(notes))
    others = sorted(kata.author_folder.glob(f"accepted_*{kata.suffix}"))
    if others:
        page.line()
        page.line("other right ways:")
        root = folder.config.rootpath
        for path in others:
            page.line(f"  {path.relative_to(root).as_posix()}")
