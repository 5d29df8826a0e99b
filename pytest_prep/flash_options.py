"""The options and ini keys of flashcards: functions only, as every pytest run pays for them."""

from __future__ import annotations

import pytest

#: Who decides which cards a session shows: the planner to the interview date, or a scheduler.
SCHEDULERS = ("plan", "fsrs", "sm2")


def add_options(group: pytest.OptionGroup) -> None:
    """Declare the options."""
    group.addoption(
        "--flash",
        action="store_true",
        dest="prep_flash",
        help="ask the selected flashcards, planned to the interview date",
    )
    group.addoption(
        "--flash-minutes",
        "--minutes",
        metavar="N",
        default="15",
        dest="prep_flash_minutes",
        help="with --flash: how long the session may be (default: 15)",
    )
    group.addoption(
        "--flash-new",
        type=int,
        metavar="N",
        dest="prep_flash_new",
        help="with --flash: at most N new cards on one day",
    )
    group.addoption(
        "--flash-category",
        metavar="NAMES",
        default="",
        dest="prep_flash_category",
        help="with --flash and --flash-export: only cards of these categories, joined by commas",
    )
    group.addoption(
        "--flash-difficulty",
        metavar="RANGE",
        default="1-5",
        dest="prep_flash_difficulty",
        help="with --flash and --flash-export: only cards from 1 (easy) to 5 (hard), such as 2-4",
    )
    group.addoption(
        "--flash-scheduler",
        choices=SCHEDULERS,
        dest="prep_flash_scheduler",
        help="with --flash: plan to the interview date (default), or go by the due dates of fsrs "
        "or sm2",
    )
    group.addoption(
        "--flash-unsuspend",
        action="store_true",
        dest="prep_flash_unsuspend",
        help="with --flash: bring back the selected cards that were suspended or buried",
    )
    group.addoption(
        "--flash-seed",
        type=int,
        metavar="N",
        dest="prep_flash_seed",
        help="with --flash: the seed of the order in which options are shown",
    )
    group.addoption(
        "--flash-export",
        metavar="FILE",
        dest="prep_flash_export",
        help="write the selected flashcards to FILE, as its ending says: .tsv or .apkg for Anki, "
        ".md, .json",
    )
    group.addoption(
        "--flash-import",
        metavar="FILE",
        dest="prep_flash_import",
        help="make a deck of the cards in FILE: .tsv, .csv, .apkg or .md",
    )


def add_ini(parser: pytest.Parser) -> None:
    """Declare the ini keys."""
    parser.addini(
        "prep_flash_scheduler",
        "what chooses flashcards, where --flash-scheduler does not say: plan, fsrs or sm2",
        default="plan",
    )
    parser.addini("prep_flash_goal", "flashcards that you want to answer a day", default="20")
