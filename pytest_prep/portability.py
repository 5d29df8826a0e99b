"""``pytest solutions --engine NAME``: which katas' references run there, as a table."""

from __future__ import annotations

import pytest

from pytest_prep.settings import Settings

#: pytest's word for how an item ended → ours for what that says of the engine.
_SAID = {"passed": "accepted", "failed": "rejected", "error": "rejected", "skipped": "not here"}


class Portability:
    """Gathers how the references fared on the one engine asked for."""

    def __init__(self, settings: Settings) -> None:
        """Remember where the references are."""
        self._engine = settings.engine
        self._folder = settings.solutions.relative_to(settings.root).as_posix()

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Write a line for each SQL kata whose reference was asked for."""
        found: dict[str, str] = {}
        for outcome, said in _SAID.items():
            for report in terminalreporter.stats.get(outcome, ()):
                path, _, name = report.nodeid.partition("/answer.sql::")
                if path.startswith(f"{self._folder}/") and name == "accepted":
                    found[path.removeprefix(f"{self._folder}/")] = said
        if not found:
            return
        runs = sum(said == "accepted" for said in found.values())
        terminalreporter.section(f"{self._engine}: {runs} of {len(found)} references", sep="=")
        width = max(map(len, found))
        for path in sorted(found):
            terminalreporter.write_line(f"{path:<{width}}  {found[path]}")
