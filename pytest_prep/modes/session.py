"""What all modes share: they take pytest's selection, and run in place of the tests."""

from __future__ import annotations

import os
import sys
from collections.abc import Generator
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pytest_prep.practice import Practice


class ModeRunner:
    """Runs a mode where pytest would run the selected items.

    A mode is a module ``pytest_prep.modes.<name>`` with a function
    ``run(practice, items) -> int``: the selected items in, pytest's exit code out. Selection has
    been pytest's own until then: paths, ``-k``, ``-m``, ``--lf``, ``--deselect``.
    """

    def __init__(self, practice: Practice) -> None:
        """Quieten pytest's own lines: the mode has the terminal."""
        self.practice = practice
        if practice.settings.mode.startswith("flash"):
            from pytest_prep.card_nodes import aim_at_cards

            aim_at_cards(practice.config, practice.settings)
        if practice.settings.collect_only:
            return
        option: Any = practice.config.option
        option.verbose = -2
        option.no_header = True
        option.no_summary = True

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool | None:
        """Run the mode instead of the tests."""
        settings = self.practice.settings
        if settings.collect_only:
            return None
        if settings.controller:
            raise pytest.UsageError(f"--{settings.mode} runs in one process: leave out -n")
        run = import_module(f"pytest_prep.modes.{settings.mode.replace('-', '_')}").run
        with terminal(self.practice.config):
            status = run(self.practice, session.items)
        if status:
            self._status = status
        return True

    _status = 0

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> Generator[None, Any, Any]:
        """Exit with the mode's own code: that nothing was tested is no error."""
        if session.exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
            session.exitstatus = self._status
        return (yield)


@contextmanager
def terminal(config: pytest.Config) -> Generator[None]:
    """Give the mode the real stdin, stdout and stderr while it runs."""
    manager = config.pluginmanager.getplugin("capturemanager")
    if manager is None:
        yield
        return
    manager.suspend_global_capture(in_=True)
    try:
        yield
    finally:
        manager.resume_global_capture()


def is_plain(*, asked: bool) -> bool:
    """Tell whether lines are wanted, not a screen: no terminal, CI, a dumb one, or ``--plain``."""
    environment = os.environ
    return (
        asked
        or not all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr))
        or environment.get("TERM", "") in ("", "dumb")
        or bool(environment.get("ACCESSIBLE"))
        or bool(environment.get("CI"))
        or "utf" not in (sys.stdout.encoding or "").lower()
    )
