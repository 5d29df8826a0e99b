"""The answers that were handed in, judged one after the other while other things are asked."""

from __future__ import annotations

import time

from pytest_prep.modes.mock.judge import LONGEST, Judging
from pytest_prep.modes.mock.room import Room


class FinalJudging:
    """Judges what was taken and is not judged yet; each result is in the journal at once."""

    def __init__(self, room: Room) -> None:
        """Set up; :meth:`look` begins."""
        self._room = room
        self._open = room.interview.to_judge()
        self._any = bool(self._open)
        self._judging: Judging | None = None
        self._until = 0.0

    @property
    def now(self) -> str:
        """The file that is being judged; ``""`` where all are."""
        return str(self._open[0][1].data["answer"]) if self._open else ""

    @property
    def words(self) -> str:
        """What to say of it: ``""`` where nothing was handed in."""
        if self._open:
            return f"judging {self.now} as it was handed in …"
        return "what was handed in is judged" if self._any else ""

    def look(self, seconds: float = 0.0) -> bool:
        """Wait at most so long for a result, and begin the next one; tell whether all is judged.

        Raises:
            NotWritten: the result could not be kept, or judging could not begin; the next look
                tries again.
        """
        if self._judging is not None and self._is_done(self._judging, seconds):
            where, item, _ = self._open[0]
            verdicts, review = self._judging.verdicts(), self._judging.review()
            reference, tested = self._room.reference(item), self._judging.tested()
            self._room.interview.judged(where, verdicts, review, reference, tested)
            self.close()
            del self._open[0]
        if self._open and self._judging is None:
            (part, number), item, text = self._open[0]
            tests = self._room.interview.state.works[part][number].tests
            self._judging = self._room.judging(item, text, final=True, tests=tests)
            self._until = time.monotonic() + LONGEST
        return not self._open

    def _is_done(self, judging: Judging, seconds: float) -> bool:
        return judging.wait(seconds) or time.monotonic() > self._until

    def close(self) -> None:
        """End what is being judged; it can be judged again."""
        if self._judging is not None:
            self._judging.close()
            self._judging = None
