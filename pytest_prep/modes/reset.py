"""``--reset``: the starter comes back, and the old answer is kept."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pytest

from pytest_prep.content.errors import ContentError
from pytest_prep.content.starter import bring_back
from pytest_prep.modes.chosen import (
    HANDFUL,
    NOTHING,
    Record,
    chosen_katas,
    is_yes,
    record_of,
)
from pytest_prep.nodes import KataDir
from pytest_prep.progress.clock import now
from pytest_prep.progress.events import RESET

if TYPE_CHECKING:
    from pytest_prep.practice import Practice
    from pytest_prep.settings import Settings


def run(practice: Practice, items: Sequence[pytest.Item]) -> int:
    """Bring the starters of the selected katas back."""
    settings = practice.settings
    folders = chosen_katas(items)
    if not folders:
        raise pytest.UsageError(f"--reset: {NOTHING}")
    if (
        len(folders) > HANDFUL
        and not settings.yes
        and not is_yes(f"bring back the starters of {len(folders)} katas? the answers are kept;")
    ):
        sys.stdout.write("nothing was changed; --yes does it without asking\n")
        return 0
    status = 0
    with record_of(practice) as record:
        for folder in folders:
            try:
                sys.stdout.write(_reset(folder, settings, record))
            except ContentError as error:
                sys.stdout.write(f"{folder.nodeid}: not reset\n")
                sys.stderr.write(f"{error}\n".replace(f"{settings.root}{os.sep}", ""))
                status = 1
    return status


def _reset(folder: KataDir, settings: Settings, record: Record) -> str:
    """Reset one kata; return what to say of it."""
    kata = folder.kata
    moment = now()
    done = bring_back(kata, settings.kept_answers, moment.strftime("%Y-%m-%dT%H-%M-%SZ"))
    if done.untouched:
        return f"{folder.nodeid}: not started, nothing to bring back\n"
    kept = os.path.relpath(done.kept, settings.root) if done.kept else ""
    record.write(RESET, kata=kata.id, kept=kept)
    told = f"the old answer is {kept}" if kept else f"{kata.answer.name} was missing"
    return f"{folder.nodeid}: the starter is back; {told}\n"
