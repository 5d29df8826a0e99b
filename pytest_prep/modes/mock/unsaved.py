"""What stands in the fields of the screen and is not in the journal yet."""

from __future__ import annotations

from contextlib import suppress

from pytest_prep.modes.mock.core import Interview, Refused


class Unsaved:
    """Texts and numbers by the names of their fields, as they were changed last."""

    def __init__(self) -> None:
        """Nothing was typed yet."""
        self.texts: dict[str, str] = {}
        self.numbers: dict[str, str] = {}

    def keep(self, interview: Interview) -> None:
        """Put it into the journal while the clock runs.

        Raises:
            NotWritten: the disk is full; what was not kept is tried again the next time.
        """
        state = interview.state
        if state.phase != "running":
            return
        for name, text in list(self.texts.items()):
            if text != state.work.answers.get(name, ""):
                with suppress(Refused):
                    interview.answer(name, text)
            del self.texts[name]
        for name, text in list(self.numbers.items()):
            with suppress(ValueError, Refused):  # half a number: "-"
                value = float(text) if text else None
                if value != state.work.estimates.get(name):
                    interview.estimate(name, value)
            del self.numbers[name]
