"""The item in front in the candidate's own editor, while the clock goes on."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from pytest_prep.modes.mock import form
from pytest_prep.modes.mock.core import Interview, Refused
from pytest_prep.modes.mock.journal import NotWritten


def write_in_editor(interview: Interview, root: Path) -> list[str]:
    """Open the editor until it is closed; every save counts, and the deadline falls when it is due.

    Returns:
        what time brought meanwhile.

    Raises:
        OSError: the editor cannot be started.
        Refused: there is nothing to write.
        NotWritten: the last save could not be kept; the message says where it is.
    """
    part = interview.state.current_part
    told: list[str] = []

    def tick() -> None:
        # A full disk must not close the editor: the next look tries again.
        with suppress(NotWritten):
            told.extend(interview.tick())

    if part.kind == "code":
        form.edit(root / interview.state.current.data["answer"], tick)
        tick()
    elif part.kind in ("talk", "design"):
        draft = _Draft(interview)

        def look() -> None:
            with suppress(NotWritten, OSError):  # a file that is being replaced is not there
                draft.keep()
            tick()

        form.edit(draft.path, look)
        draft.close()
    else:
        raise Refused("there is nothing to write here")
    return told


class _Draft:
    """The parts of an answer as one file."""

    def __init__(self, interview: Interview) -> None:
        self._interview = interview
        self._work = interview.state.work
        self._sections = interview.state.current.data["sections"]
        self.path = Path(tempfile.mkdtemp(prefix="prep-mock-"), "answer.md")
        self.path.write_text(form.filled(self._sections, self._work.answers), encoding="utf-8")

    def keep(self) -> None:
        """Put the parts that were saved anew into the journal, while they still count."""
        text = self.path.read_text(encoding="utf-8", errors="replace")
        state = self._interview.state
        if state.phase != "running" or self._work.closed:
            return
        for name, answer in form.parts_of(text, self._sections).items():
            if answer != self._work.answers.get(name, ""):
                self._interview.answer(name, answer)

    def close(self) -> None:
        """Keep the last save, and remove the file."""
        try:
            self.keep()
        except NotWritten as error:
            raise NotWritten(f"{error}; what you wrote is in {self.path}") from error
        shutil.rmtree(self.path.parent, ignore_errors=True)
