"""The options and ini keys of study plans: functions only, as every pytest run pays for them."""

from __future__ import annotations

import pytest


def add_options(group: pytest.OptionGroup) -> None:
    """Declare the options."""
    group.addoption(
        "--plan",
        nargs="?",
        const="today",
        metavar="PLAN",
        dest="prep_plan",
        help="show what the study plan asks of today; with the id or file of a plan: follow it",
    )
    group.addoption(
        "--plan-interview",
        metavar="DATE",
        dest="prep_plan_interview",
        help="with --plan: the date of the interview, such as 2026-12-01, kept from now on",
    )
    group.addoption(
        "--plan-minutes",
        metavar="N",
        dest="prep_plan_minutes",
        help="with --plan: minutes you have a day, kept from now on",
    )
    group.addoption(
        "--plan-done",
        action="append",
        default=[],
        metavar="TASK",
        dest="prep_plan_done",
        help="with --plan: tick a task that only you can call done, by the name shown beside it",
    )
    group.addoption(
        "--plan-note",
        metavar="TEXT",
        dest="prep_plan_note",
        help="with --plan-done: a note to keep beside the tick",
    )
    group.addoption(
        "--plan-job",
        metavar="FILE",
        dest="prep_plan_job",
        help="with --plan: read a job advert (text) and make a 70/20/10 plan of what it asks for",
    )


def add_ini(parser: pytest.Parser) -> None:
    """Declare the ini keys."""
    parser.addini(
        "prep_plan", "id or file of the study plan, where --plan never named one", default=""
    )
    parser.addini("prep_plans", "folder of the study plans, relative to the root", default="plans")
