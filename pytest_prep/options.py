"""The options and ini keys: declared here, and what start-up itself has to ask.

Every pytest run in the environment imports this module, so it defines functions only: one frozen
dataclass would double what an idle plugin costs.
"""

from __future__ import annotations

import pytest

ANSWERS = ("mine", "solutions")
ISOLATION = ("fork", "spawn", "none")

#: How a kata stands, for ``--katas-status``.
KATA_STATUSES = ("todo", "begun", "accepted", "failed", "due")

LEVELS = ("easy", "medium", "hard")

#: Modes: options that take the selection and run something else than tests. One at a time.
MODES = (
    "katas",
    "hint",
    "reveal",
    "reset",
    "review",
    "progress",
    "plan",
    "mock",
    "mock-resume",
    "mock-replay",
    "watch",
    "flash",
    "flash-export",
    "flash-import",
)


def add_options(parser: pytest.Parser) -> None:
    """Declare the options and ini keys of the plugin."""
    from pytest_prep import flash_options, plan_options, store_options

    group = parser.getgroup("prep", "interview practice (pytest-prep)")
    group.addoption(
        "--answers",
        choices=ANSWERS,
        default="mine",
        help="whose answers are judged in the kata folders: mine (default), or solutions "
        "(the references, to check the katas themselves)",
    )
    group.addoption(
        "--due",
        action="store_true",
        dest="prep_due",
        help="of the selected katas only those that were solved and are due to be solved again",
    )
    group.addoption(
        "--new-workspace",
        metavar="DIR",
        dest="prep_new_workspace",
        help="write the katas and a configuration to DIR, overwriting nothing, and stop",
    )
    group.addoption(
        "--engine",
        metavar="NAME",
        dest="prep_engine",
        help="run the SQL katas on this engine (duckdb, sqlite, postgres) and skip those that it "
        "does not suit; by default each runs on its own",
    )
    group.addoption(
        "--counterexample-save",
        metavar="NAME",
        dest="prep_counterexample_save",
        help="for authors: write the smallest data found for a wrong answer to the kata's cases, "
        "as edge_NAME.sql",
    )
    group.addoption(
        "--dialect",
        metavar="NAME",
        dest="prep_dialect",
        help="the dialect of SQL answers that do not name one in a comment '-- dialect: NAME': "
        "they are translated for the kata's engine",
    )
    group.addoption(
        "--isolation",
        choices=ISOLATION,
        dest="prep_isolation",
        help="where answers run: fork (a child process each: the default on Linux), spawn (one "
        "worker, replaced when it is tainted: the default elsewhere), or none (pytest's own "
        "process, without hard limits)",
    )
    from pytest_prep.author_options import add_author_options

    add_author_options(parser)
    modes = parser.getgroup("prep-modes", "interview practice: modes, in place of judging")
    modes.addoption(
        "--katas",
        action="store_true",
        dest="prep_katas",
        help="list the selected katas: status, level, minutes and topics",
    )
    modes.addoption(
        "--katas-status",
        metavar="STATUS",
        dest="prep_katas_status",
        help="with --katas: only those that are todo, begun, accepted, failed or due; several "
        "joined by commas",
    )
    modes.addoption(
        "--hint",
        action="store_true",
        dest="prep_hint",
        help="show the next of the three hints of the selected kata",
    )
    modes.addoption(
        "--reveal",
        action="store_true",
        dest="prep_reveal",
        help="show the reference of the selected kata with its explanation, after a question",
    )
    modes.addoption(
        "--reset",
        action="store_true",
        dest="prep_reset",
        help="bring the starter of the selected kata back; the old answer is kept",
    )
    modes.addoption(
        "--review",
        action="store_true",
        dest="prep_review",
        help="review the selected answers: findings with their mend, measures, and a score",
    )
    modes.addoption(
        "--review-fail-under",
        metavar="SCORE",
        dest="prep_review_fail_under",
        help="review the selected answers, and fail where a score, 0 to 100, is lower",
    )
    modes.addoption(
        "--yes",
        action="store_true",
        dest="prep_yes",
        help="with --reveal and --reset: do not ask",
    )
    flash_options.add_options(modes)
    plan_options.add_options(modes)
    _add_progress(modes)
    store_options.add_options(modes)
    modes.addoption(
        "--watch",
        action="store_true",
        dest="prep_watch",
        help="judge the selected katas again on every save, until q or Ctrl-C",
    )
    modes.addoption(
        "--mock",
        nargs="?",
        const="coding-20",
        metavar="SCRIPT",
        dest="prep_mock",
        help="play a mock interview: a script of interviews/ (coding-20 unless named)",
    )
    modes.addoption(
        "--duration",
        metavar="TIME",
        dest="prep_duration",
        help="with --mock: another length, such as 20m; the stages shrink or grow alike",
    )
    modes.addoption(
        "--mock-level",
        choices=LEVELS,
        dest="prep_mock_level",
        help="with --mock: draw problems of this level only",
    )
    modes.addoption(
        "--mock-seed",
        type=int,
        metavar="NUMBER",
        dest="prep_mock_seed",
        help="with --mock: draw as this number decides; the report names the one that was used",
    )
    modes.addoption(
        "--mock-resume",
        action="store_true",
        dest="prep_mock_resume",
        help="go on with the interview that was interrupted",
    )
    modes.addoption(
        "--mock-replay",
        metavar="DIR",
        dest="prep_mock_replay",
        help="show the report of an old interview again: its folder under .prep/interviews, or "
        "'last'",
    )
    modes.addoption(
        "--plain",
        action="store_true",
        dest="prep_plain",
        help="in a mode: plain lines in place of a screen, as without a terminal",
    )
    store_options.add_ini(parser)
    parser.addini(
        "prep_interview",
        "date of the interview, such as 2026-12-01, where --plan-interview never said one",
        default="",
    )
    parser.addini(
        "prep_minutes",
        "minutes of practice a day, where --plan-minutes never said them",
        default="",
    )
    parser.addini("prep_katas", "folder of the katas, relative to the root", default="katas")
    flash_options.add_ini(parser)
    plan_options.add_ini(parser)
    parser.addini("prep_cards", "folder of the flashcards, relative to the root", default="cards")
    parser.addini(
        "prep_solutions",
        "folder of the references and cases, relative to the root",
        default="solutions",
    )
    parser.addini(
        "prep_interviews",
        "folder of the mock interviews, relative to the root",
        default="interviews",
    )
    parser.addini("prep_isolation", "where answers run, where --isolation does not say", default="")
    parser.addini(
        "prep_search_seconds",
        "CPU seconds to look for the smallest data on which an SQL answer differs; 0: do not look",
        default="1.0",
    )
    parser.addini("prep_engine", "the engine of SQL katas, where --engine names none", default="")
    parser.addini(
        "prep_dialect", "the dialect of SQL answers, where --dialect names none", default=""
    )
    parser.addini(
        "prep_postgres",
        "URL of a PostgreSQL server, where the environment has no PREP_POSTGRES",
        default="",
    )


def _add_progress(group: pytest.OptionGroup) -> None:
    group.addoption(
        "--progress",
        action="store_true",
        dest="prep_progress",
        help="show where you stand: katas, cards, interviews, time, weak topics, next steps",
    )
    group.addoption(
        "--progress-report",
        action="append",
        default=[],
        metavar="FILE",
        dest="prep_progress_report",
        help="with --progress: write it to FILE instead, as its ending says: .html, .md, .json or "
        ".csv; may be given more than once",
    )
    group.addoption(
        "--progress-cohort",
        action="store_true",
        dest="prep_progress_cohort",
        help="with --progress: a line for every learner of a shared store",
    )


def new_kata(config: pytest.Config) -> tuple[str, list[str], str, str] | None:
    """Return the folder that ``--new-kata`` names, what is said of it, and both trees' folders."""
    folder: str | None = config.getoption("prep_new_kata")
    if folder is None:
        return None
    trees = (config.getini("prep_katas"), config.getini("prep_solutions"))
    return folder, config.getoption("prep_new_kata_set") or [], *trees


def new_workspace(config: pytest.Config) -> str | None:
    """Return the folder that ``--new-workspace`` names."""
    folder: str | None = config.getoption("prep_new_workspace")
    return folder


def has_store_jobs(config: pytest.Config) -> bool:
    """Tell whether something is asked of the progress store as a whole."""
    jobs = ("import", "rebuild", "export")
    return any(config.getoption(f"prep_progress_{job}") for job in jobs)


def has_katas(config: pytest.Config) -> bool:
    """Tell whether the project has katas: whether the plugin has anything to do here."""
    katas: str = config.getini("prep_katas")
    return (config.rootpath / katas).is_dir()
