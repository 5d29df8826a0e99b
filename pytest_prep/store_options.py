"""The options and ini keys of the record: functions only, as every pytest run pays for them."""

from __future__ import annotations

import pytest


def add_options(group: pytest.OptionGroup) -> None:
    """Declare the options."""
    group.addoption(
        "--progress-export",
        metavar="FILE",
        dest="prep_progress_export",
        help="write your record to FILE, an event a line (JSON Lines), and stop",
    )
    group.addoption(
        "--progress-import",
        metavar="FILE",
        action="append",
        default=[],
        dest="prep_progress_import",
        help="merge FILE, written by --progress-export elsewhere, into your record, and stop",
    )
    group.addoption(
        "--progress-rebuild",
        action="store_true",
        dest="prep_progress_rebuild",
        help="count the record's figures again from its events, and stop",
    )


def add_ini(parser: pytest.Parser) -> None:
    """Declare the ini keys."""
    parser.addini(
        "prep_store",
        "file of the progress store, or a PostgreSQL URL, where the environment has no PREP_STORE",
        default=".prep/progress.sqlite3",
    )
    parser.addini(
        "prep_learner",
        "your name on what goes to a store that several share, where the environment has no "
        "PREP_LEARNER; by default the login name in a PostgreSQL store, none in a file",
        default="",
    )
