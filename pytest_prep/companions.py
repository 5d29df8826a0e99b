"""What some options bring in beside the recorder: each is imported only where it is asked for."""

from __future__ import annotations

from collections.abc import Iterator

from pytest_prep.settings import Settings


def companions(settings: Settings) -> Iterator[tuple[str, object]]:
    """Yield names and plugins for the process that reports.

    Raises:
        pytest.UsageError: an option has a value that it cannot have.
    """
    if settings.counterexample_save:
        from pytest_prep.saved_cases import SavedCases

        yield "prep-saved-cases", SavedCases(settings)
    if settings.engine:
        from pytest_prep.portability import Portability

        yield "prep-portability", Portability(settings)
    if settings.mutants:
        from pytest_prep.strength import StrengthSummary

        yield "prep-strength", StrengthSummary()
