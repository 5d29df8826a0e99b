"""``--progress``: where the learner stands."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pytest_prep.modes.shelf import deck_sizes, due_katas, facts_of_katas, read_record, read_records
from pytest_prep.options import MODES
from pytest_prep.progress.clock import now
from pytest_prep.progress.collection import KataFacts
from pytest_prep.progress.state import Record
from pytest_prep.progress.stats import Overview, overview
from pytest_prep.progress.steps import Step, next_steps
from pytest_prep.report.glyphs import glyphs_for

#: Lines on the plan: a label and a text.
Lines = tuple[tuple[str, str], ...]

if TYPE_CHECKING:
    from rich.console import Console

    from pytest_prep.practice import Practice


def run(practice: Practice, items: Sequence[pytest.Item]) -> int:
    """Show the dashboard, or write it to files."""
    asked = practice.settings.progress
    katas = facts_of_katas(practice, items)
    if asked.cohort:
        from pytest_prep.report.cohort import show_cohort

        views = [_view(practice, record, katas) for record in read_records(practice).values()]
        show_cohort(console_of(practice), glyphs_for(sys.stdout.encoding), views)
        return 0
    record = read_record(practice)
    view = _view(practice, record, katas, due_katas(practice, record))
    steps = next_steps(view, (*MODES, "due"))
    plan: Lines = ()
    if not view.narrowed and (record.choices.plan or practice.settings.plan.configured):
        from pytest_prep.modes.plan import plan_lines

        plan = plan_lines(practice, katas, record)
    if asked.reports:
        return max(_write(practice, path, view, steps, plan) for path in asked.reports)
    from pytest_prep.report.dashboard import show

    show(console_of(practice), glyphs_for(sys.stdout.encoding), view, steps, plan)
    return 0


def _view(
    practice: Practice,
    record: Record,
    katas: tuple[KataFacts, ...],
    due: frozenset[str] = frozenset(),
) -> Overview:
    asked = practice.settings.progress
    return overview(
        record,
        katas,
        now(),
        narrowed=practice.settings.narrowed,
        interview=asked.interview,
        goal=asked.minutes,
        decks=deck_sizes(practice),
        due=due,
    )


def _write(
    practice: Practice, path: Path, view: Overview, steps: tuple[Step, ...], plan: Lines
) -> int:
    from pytest_prep.report.progress_files import write_report

    shown = os.path.relpath(path, practice.config.invocation_params.dir)
    try:
        kept = write_report(path, practice.settings.root / ".prep" / "kept", view, steps, plan)
    except OSError as error:
        sys.stderr.write(f"ERROR: --progress-report {shown}: {error.strerror}\n")
        return 4
    if kept:
        sys.stdout.write(f"{shown} was another file: it is kept as {kept}\n")
    sys.stdout.write(f"written: {shown}\n")
    return 0


def console_of(practice: Practice) -> Console:
    """Return a console on stdout, with colours where pytest itself would use them."""
    from rich.console import Console

    writer = practice.config.get_terminal_writer()
    return Console(
        file=sys.stdout,
        width=writer.fullwidth,
        force_terminal=writer.hasmarkup,
        no_color=not writer.hasmarkup,
        color_system="standard" if writer.hasmarkup else None,
        highlight=False,
        markup=False,
        emoji=False,
    )
