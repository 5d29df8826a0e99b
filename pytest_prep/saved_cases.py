"""``--counterexample-save NAME``: what a search found becomes a case file of the kata."""

from __future__ import annotations

import re
from typing import Any

import pytest

from pytest_prep.judging.counterexample import Counterexample
from pytest_prep.settings import Settings

_NAME = re.compile(r"edge_[a-z0-9_]+")


class SavedCases:
    """Writes the counterexamples of a session to the author's side, overwriting nothing."""

    def __init__(self, settings: Settings) -> None:
        """Check the name.

        Raises:
            pytest.UsageError: it cannot be a case's.
        """
        name = settings.counterexample_save
        if not _NAME.fullmatch(name):
            raise pytest.UsageError(
                f"--counterexample-save: {name!r} is not a case's name such as edge_ties "
                "(edge_, then lower-case letters, digits and underscores)"
            )
        self.settings = settings
        self._told: list[str] = []

    def pytest_prep_verdict(self, path: str, case: str, verdict: dict[str, Any]) -> None:
        """Write the case of a rejected answer for which small data was found."""
        if not verdict["counterexample"]:
            return
        example = Counterexample.from_dict(verdict["counterexample"])
        settings = self.settings
        folder = settings.solutions / (settings.root / path).relative_to(settings.katas)
        place = folder / "cases" / f"{settings.counterexample_save}.sql"
        shown = place.relative_to(settings.root).as_posix()
        about = verdict["summary"].split(": ", 1)[-1]
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            with place.open("x", encoding="utf-8") as file:
                file.write(f"-- TODO: say in one sentence what this data holds. ({about})\n")
                file.write(example.as_sql())
        except FileExistsError:
            self._told.append(f"{shown} is there already: nothing was written; choose another name")
        except OSError as error:
            self._told.append(f"{shown} cannot be written: {error.strerror}")
        else:
            self._told.append(f"{shown} written; its first line wants your words")

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say what was written."""
        for line in self._told or ["--counterexample-save: no counterexample was found"]:
            terminalreporter.write_line(line)
