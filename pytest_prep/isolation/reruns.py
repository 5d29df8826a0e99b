"""pytest-rerunfailures, for tests that run in children: each attempt has a child of its own."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

Reports = list[pytest.TestReport]


def attempts(item: pytest.Item, run: Callable[[], Reports]) -> Iterator[Reports]:
    """Yield the reports of each attempt at a test, all but the last marked as run again.

    A failed test is run again as often as ``--reruns`` or its mark ``flaky`` says; what these say
    about kinds of exceptions is not looked at.
    """
    left, delay = _asked(item)
    while True:
        reports = run()
        failed = [report for report in reports if report.failed]
        if not failed or not left:
            yield reports
            return
        for report in failed:
            told: Any = report
            told.outcome = "rerun"
        yield reports
        left -= 1
        time.sleep(delay)


def _asked(item: pytest.Item) -> tuple[int, float]:
    """Return how often, and after how many seconds, a failed test is to be run again."""
    if not item.config.pluginmanager.hasplugin("rerunfailures"):
        return 0, 0.0
    from pytest_rerunfailures import (
        get_reruns_count,
        get_reruns_delay,
    )

    return get_reruns_count(item) or 0, get_reruns_delay(item)
