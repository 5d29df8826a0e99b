"""``--mock-replay``: show the report of an old interview again."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pytest_prep.content.errors import ContentError, did_you_mean
from pytest_prep.modes.mock.core import replayed
from pytest_prep.modes.mock.journal import JOURNAL, entries_of, undamaged
from pytest_prep.modes.mock.result import result_of
from pytest_prep.report.interview import write_reports
from pytest_prep.report.interview_text import text_report

if TYPE_CHECKING:
    from pytest_prep.practice import Practice


_NO_END = "has no end yet: go on with pytest --mock-resume; so far:\n\n"


def run(practice: Practice, items: Sequence[pytest.Item]) -> int:
    """Rebuild the report of an interview from its journal, and show it."""
    settings = practice.settings
    try:
        folder = _folder(settings.mock.replay, settings.interviews, practice.config)
        state = replayed(entries_of(folder), folder / JOURNAL)
        with undamaged(folder / JOURNAL):
            result = result_of(state)
            if state.phase == "done":
                shown, lines = text_report(result), write_reports(result, folder)
            else:
                so_far = {**result, "ended": "", "seconds": state.timeline[-1]["at"]}
                shown, lines = f"{folder.name} {_NO_END}{text_report(so_far)}", []
        sys.stdout.write(shown)
    except ContentError as error:
        raise pytest.UsageError(str(error).replace(f"{settings.root}/", "")) from error
    for line in lines:
        sys.stdout.write(f"{line}\n".replace(f"{settings.root}/", ""))
    return 0


def _folder(named: str, interviews: Path, config: pytest.Config) -> Path:
    known = sorted(path.parent for path in interviews.glob(f"*/{JOURNAL}"))
    if named == "last" and known:
        return known[-1]
    for folder in (config.invocation_params.dir / named, interviews / named):
        if (folder / JOURNAL).exists():
            return folder
    names = [folder.name for folder in known]
    raise ContentError(
        interviews,
        "",
        f"there is no interview {named!r}{did_you_mean(named, names)} "
        f"(the last ones: {', '.join(names[-5:]) or 'none'})",
    )
