"""The options and ini keys: declared here, and what start-up itself has to ask.

Every pytest run in the environment imports this module, so it defines functions only: one frozen
dataclass would double what an idle plugin costs.
"""

from __future__ import annotations

import pytest

ANSWERS = ("mine", "solutions")
ISOLATION = ("fork", "none")

#: Modes: options that take the selection and run something else than tests. One at a time.
MODES = ("katas", "watch")


def add_options(parser: pytest.Parser) -> None:
    """Declare the options and ini keys of the plugin."""
    group = parser.getgroup("prep", "interview practice (pytest-prep)")
    group.addoption(
        "--answers",
        choices=ANSWERS,
        default="mine",
        help="whose answers are judged in the kata folders: mine (default), or solutions "
        "(the references, to check the katas themselves)",
    )
    group.addoption(
        "--mutants",
        action="store_true",
        dest="prep_mutants",
        help="with the solutions: change each reference in many small ways, and fail where the "
        "kata's cases do not notice",
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
        "--isolation",
        choices=ISOLATION,
        dest="prep_isolation",
        help="where answers run: fork (a child process each, the default), or none (pytest's own "
        "process, without hard limits)",
    )
    modes = parser.getgroup("prep-modes", "interview practice: modes, in place of judging")
    modes.addoption(
        "--katas",
        action="store_true",
        dest="prep_katas",
        help="list the selected katas: level, minutes, topics, and whether they are begun",
    )
    modes.addoption(
        "--watch",
        action="store_true",
        dest="prep_watch",
        help="judge the selected katas again on every save, until q or Ctrl-C",
    )
    modes.addoption(
        "--plain",
        action="store_true",
        dest="prep_plain",
        help="in a mode: plain lines in place of a screen, as without a terminal",
    )
    parser.addini(
        "prep_store",
        "file of the progress store, or a PostgreSQL URL, where the environment has no PREP_STORE",
        default=".prep/progress.sqlite3",
    )
    parser.addini("prep_katas", "folder of the katas, relative to the root", default="katas")
    parser.addini(
        "prep_solutions",
        "folder of the references and cases, relative to the root",
        default="solutions",
    )
    parser.addini(
        "prep_isolation", "where answers run, where --isolation does not say", default="fork"
    )
    parser.addini(
        "prep_search_seconds",
        "CPU seconds to look for the smallest data on which an SQL answer differs; 0: do not look",
        default="1.0",
    )
    parser.addini("prep_engine", "the engine of SQL katas, where --engine names none", default="")
    parser.addini(
        "prep_postgres",
        "URL of a PostgreSQL server, where the environment has no PREP_POSTGRES",
        default="",
    )


def new_workspace(config: pytest.Config) -> str | None:
    """Return the folder that ``--new-workspace`` names."""
    folder: str | None = config.getoption("prep_new_workspace")
    return folder


def has_katas(config: pytest.Config) -> bool:
    """Tell whether the project has katas: whether the plugin has anything to do here."""
    katas: str = config.getini("prep_katas")
    return (config.rootpath / katas).is_dir()
