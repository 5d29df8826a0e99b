"""The hooks that a conftest.py or another plugin may implement."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.hookspec
def pytest_prep_verdict(
    config: pytest.Config, kata: str, case: str, path: str, verdict: dict[str, Any]
) -> None:
    """Called once for every case judged, in the process that reports (never an xdist worker).

    Args:
        config: pytest's configuration.
        kata: the kata's id, such as ``sql-last-flight``.
        case: the case or test function.
        path: the kata's folder, relative to the root, with forward slashes.
        verdict: ``status`` (see the words in the reference), ``summary``, ``detail``, ``about``,
            ``difference``, ``timing`` and ``line``: str, int, float, bool, None, list and dict
            only.

    Example for a ``conftest.py`` that keeps a log::

        def pytest_prep_verdict(kata, case, verdict):
            with open("verdicts.log", "a") as log:
                print(kata, case, verdict["status"], file=log)
    """
