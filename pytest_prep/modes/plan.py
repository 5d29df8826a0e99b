"""``--plan``: what the study plan asks of today."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest

from pytest_prep.content.errors import ContentError, did_you_mean
from pytest_prep.content.plan import Plan
from pytest_prep.content.plans import Plans, load_plans
from pytest_prep.modes.progress import console_of
from pytest_prep.modes.shelf import append, deck_sizes, facts_of_katas, read_record, scripts
from pytest_prep.modes.workspace import content
from pytest_prep.progress.clock import now, study_day
from pytest_prep.progress.collection import KataFacts
from pytest_prep.progress.events import PLAN, TICK, Event, new_event
from pytest_prep.progress.plan_progress import summary, target_states
from pytest_prep.progress.recall import recalled
from pytest_prep.progress.schedule import DayPlan, Position, position_of, schedule
from pytest_prep.progress.state import Record
from pytest_prep.progress.streaks import goal_of
from pytest_prep.progress.tasks import works_of
from pytest_prep.progress.weakness import topics_of, weak_otherwise, weak_topics
from pytest_prep.progress.work import Shelf
from pytest_prep.report.glyphs import glyphs_for

if TYPE_CHECKING:
    from pytest_prep.practice import Practice
    from pytest_prep.settings.plan import PlanSettings

#: Minutes after its start during which a session by the clock is taken to be running.
SESSION = 180


@dataclass(frozen=True)
class Chosen:
    """The plan that is followed, with everything that a day of it is made of."""

    plan: Plan
    record: Record
    shelf: Shelf
    position: Position
    today: str
    #: Minutes there are today, None where nobody said.
    minutes: int | None

    def day(self) -> DayPlan:
        """Return today."""
        return schedule(
            self.plan,
            self.shelf,
            self.record,
            today=self.today,
            position=self.position,
            minutes=self.minutes,
        )


def run(practice: Practice, items: Sequence[pytest.Item]) -> int:
    """Keep what is asked for, and show today."""
    asked = practice.settings.plan
    katas = facts_of_katas(practice, items)
    if asked.job is not None:
        from pytest_prep.modes.plan_job import run_job

        return run_job(practice, katas, asked.job)
    plans = plans_of(practice)
    try:
        kept = _keep_choices(practice, plans, asked)
        record = read_record(practice)
        if asked.use:
            # The plan chosen before does not matter any more; it may be gone.
            record = replace(record, choices=replace(record.choices, plan=kept[0].data["plan"]))
        chosen = chosen_plan(practice, plans, katas, record)
        if asked.done:
            kept += _ticks(asked, chosen)
    except ContentError as error:
        sys.stderr.write(f"ERROR: {_short(error, practice)}\n")
        return 4
    if kept and append(practice, kept):
        chosen = chosen_plan(practice, plans, katas, read_record(practice))
    for broken in plans.errors:
        sys.stderr.write(f"left out: {_short(broken, practice)}\n")
    _show(practice, plans, chosen)
    return 0


def plans_of(practice: Practice) -> Plans:
    """Return the plans of the project, or those that come with the package."""
    folder = practice.settings.plan.folder
    return load_plans(folder if folder.is_dir() else content() / "plans")


def chosen_plan(
    practice: Practice, plans: Plans, katas: Sequence[KataFacts], record: Record
) -> Chosen | None:
    """Return the plan that is followed, None where none is chosen.

    Raises:
        ContentError: there is no such plan, or it is broken.
    """
    settings = practice.settings
    name = record.choices.plan or settings.plan.configured
    if not name:
        return None
    plan = plans.find(name, settings.root)
    moment = now()
    today = study_day(moment).isoformat()
    interview = record.choices.interview or settings.progress.interview
    since = record.choices.plan_since or (record.days[0].day if record.days else today)
    goals = record.choices.goals
    minutes = goal_of(goals, today, settings.progress.configured_minutes or 0) or None
    # what is weak is decided in the morning: the choice of katas stays as it was shown
    is_begun = any(log.day >= today for log in record.days[-2:])
    before = read_record(practice, before=today) if is_begun else record
    weak = (*weak_topics(topics_of(katas, before.katas, today)), *weak_otherwise(before))
    decks = deck_sizes(practice)
    shelf = Shelf(
        katas={kata.id: kata for kata in katas},
        decks=decks,
        scripts=scripts(practice),
        due=recalled(record, decks, moment)[0].due,
        weak=tuple(one.name for one in weak),
        absent="not selected" if settings.narrowed else "not in this collection yet",
    )
    position = position_of(plan, today, since, interview)
    return Chosen(plan, record, shelf, position, today, minutes)


def plan_lines(
    practice: Practice, katas: Sequence[KataFacts], record: Record
) -> tuple[tuple[str, str], ...]:
    """Return lines on the plan for the dashboard; none without a plan."""
    try:
        chosen = chosen_plan(practice, plans_of(practice), katas, record)
    except ContentError as error:
        return (("plan", f"cannot be read: {_short(error, practice)}"),)
    if chosen is None:
        return ()
    works = works_of(chosen.plan, chosen.shelf, chosen.record, chosen.today)
    return summary(chosen.plan, chosen.shelf, chosen.record, chosen.position, works)


def _keep_choices(practice: Practice, plans: Plans, asked: PlanSettings) -> list[Event]:
    data: dict[str, Any] = {}
    if asked.use:
        plans.find(asked.use, practice.config.invocation_params.dir)
        path = practice.config.invocation_params.dir / asked.use
        own = asked.use not in plans.plans
        data["plan"] = os.path.relpath(path, practice.settings.root) if own else asked.use
    if asked.interview:
        data["interview"] = asked.interview
    if asked.minutes is not None:
        data["minutes"] = asked.minutes
    return [new_event(PLAN, data)] if data else []


def _ticks(asked: PlanSettings, chosen: Chosen | None) -> list[Event]:
    """Return an event for each task to tick.

    Raises:
        ContentError: there is no such task, or it is not the learner who calls it done.
    """
    if chosen is None:
        raise ContentError(asked.folder, "--plan-done", "no plan is chosen; choose one first")
    plan = chosen.plan
    works = works_of(plan, chosen.shelf, chosen.record, chosen.today)
    known = {work.task.key: work.ticked for work in works}
    known |= {key: True for block in plan.blocks for key, _ in block.questions}
    known |= {key: True for key, _ in plan.ready}
    for key in asked.done:
        if key not in known:
            near = did_you_mean(key, (name for name, ticked in known.items() if ticked))
            raise ContentError(plan.path, "--plan-done", f"there is no task {key!r}{near}")
        if not known[key]:
            raise ContentError(
                plan.path, "--plan-done", f"{key!r} is not ticked: the record tells when it is done"
            )
    return [new_event(TICK, {"task": key, "note": asked.note or None}) for key in asked.done]


def _show(practice: Practice, plans: Plans, chosen: Chosen | None) -> None:
    console, glyphs = console_of(practice), glyphs_for(sys.stdout.encoding)
    if chosen is None:
        from pytest_prep.report.plan import show_plans

        show_plans(console, glyphs, plans.plans.values(), study_day(now()).isoformat())
        return
    if chosen.plan.anchor == "clock":
        from pytest_prep.report.clock import show_clock

        works = works_of(chosen.plan, chosen.shelf, chosen.record, chosen.today)
        show_clock(console, glyphs, chosen.plan, works, _minute(chosen.record))
        return
    from pytest_prep.report.plan import DayView, show_day

    day = chosen.day()
    targets = target_states(chosen.plan, chosen.shelf, chosen.record)
    ticks = frozenset(chosen.record.ticks)
    show_day(console, glyphs, DayView(day, chosen.today, targets, chosen.shelf.weak, ticks))
    from pytest_prep.report.plan import show_actions

    show_actions(console, glyphs, chosen.record.mocks)


def _short(error: ContentError, practice: Practice) -> str:
    """Return an error with a path relative to the project."""
    return str(error).replace(f"{practice.settings.root}{os.sep}", "")


def _minute(record: Record) -> int | None:
    """Return the minute of a session by the clock, which began when its plan was chosen."""
    if not record.choices.plan_moment:
        return None
    began = datetime.fromisoformat(record.choices.plan_moment)
    minute = int((now() - began).total_seconds() // 60)
    return minute if 0 <= minute < SESSION else None
