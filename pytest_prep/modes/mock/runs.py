"""Runs of the tests on the screen: on every save and on a key, beside the clock."""

from __future__ import annotations

from pytest_prep.modes.mock.core import Missing, Refused
from pytest_prep.modes.mock.journal import NotWritten
from pytest_prep.modes.mock.judge import LONGEST
from pytest_prep.modes.mock.panels import Results
from pytest_prep.modes.mock.view import InterviewView
from pytest_prep.report.interview_run import all_told_accepted

#: Seconds between two looks at the clock, and at the answer's file.
STEP = 0.25


class InterviewWithRuns(InterviewView):
    """The screen, and the one run that may go on behind it."""

    def _look_at_judging(self) -> None:
        """Take the result of a run; begin one where the answer was saved, or is back."""
        state = self.interview.state
        if state.current_part.kind != "code" or (state.part, state.item) != self._shown:
            return
        if self._judging is not None:
            judging, where, number, waited = self._judging
            if judging.wait(0) or waited > LONGEST:
                self.interview.ran(where, number, judging.verdicts())
                self._drop_judging()
                self._update_fields()
            else:
                self._judging = (judging, where, number, waited + STEP)
        if state.work.closed:
            return
        saved = len(state.work.saves) > self._judged_saves
        back = self._missing and self.interview.has_answer
        if back:
            self._missing = False
            self._unsay()
        # A run that goes on judges the same text, unless it was saved anew.
        if saved or (back and self._judging is None):
            self._judged_saves = len(state.work.saves)
            self._start_judging()

    def _start_judging(self) -> None:
        """Begin a run in place of the one before, which a refusal leaves alone."""
        try:
            number, text = self.interview.run()
        except (Refused, NotWritten) as error:
            self._missing = isinstance(error, Missing)
            self._say([str(error)])
            return
        state = self.interview.state
        self._drop_judging()
        self._judged_saves = len(state.work.saves)
        judging = self.room.judging(state.current, text)
        self._judging = (judging, (state.part, state.item), number, 0.0)
        results = self.query_one(Results)
        results.show_run([f"run {number}: judging …"])
        results.scroll_home(animate=False)

    def _seen_accepted(self) -> bool:
        """Tell whether the last run told that all is accepted, and nothing was saved since."""
        runs, reveal = self.interview.state.work.runs, self.interview.state.paper.reveal
        verdicts = runs[-1].verdicts if runs else None
        return verdicts is not None and all_told_accepted(verdicts, reveal)
