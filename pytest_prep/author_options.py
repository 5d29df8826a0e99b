"""The options for who writes katas: declared here, read where all the others are."""

from __future__ import annotations

import pytest


def add_author_options(parser: pytest.Parser) -> None:
    """Declare the options of a kata's author."""
    group = parser.getgroup("prep-author", "interview practice: for authors of katas")
    group.addoption(
        "--mutants",
        action="store_true",
        dest="prep_mutants",
        help="with the solutions: change each reference in many small ways, and fail where the "
        "kata's cases do not notice",
    )
    group.addoption(
        "--new-kata",
        metavar="PATH",
        dest="prep_new_kata",
        help="write both folders of a new kata, such as sql/window/my_kata, and run its checks",
    )
    group.addoption(
        "--new-kata-set",
        metavar="KEY=VALUE",
        action="append",
        dest="prep_new_kata_set",
        help="with --new-kata: title, level, topics, minutes, schema (a file), signature or seed; "
        "may be repeated",
    )
