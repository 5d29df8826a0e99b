"""The loop: a file is saved, a key is pressed, a judge says something; one thing after another."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from _pytest.pathlib import bestrelpath

from pytest_prep.modes.session import is_plain
from pytest_prep.modes.watch.aside import run_aside, wait_for
from pytest_prep.modes.watch.attempts import Attempts
from pytest_prep.modes.watch.bench import Bench
from pytest_prep.modes.watch.commands import Commands
from pytest_prep.modes.watch.entry import Entry, Outcome, in_order, to_turn_to
from pytest_prep.modes.watch.files import KataFiles
from pytest_prep.modes.watch.judges import warm_up
from pytest_prep.modes.watch.keys import Keys, width
from pytest_prep.modes.watch.screen import Gone, Screen, judging
from pytest_prep.modes.watch.shelf import Shelf
from pytest_prep.modes.watch.signals import Signals
from pytest_prep.report.watch import counts, one_kata, show_found, show_task, show_verdict

if TYPE_CHECKING:
    from _pytest._io import TerminalWriter

    from pytest_prep.practice import Practice

#: Seconds of judging after which the verdict before is taken away.
VEIL = 0.1
#: Seconds that an answer may be missing or empty, as it is while some editors save it.
SETTLING = 0.08


class Loop:
    """Watches katas, has them judged, shows what comes of it."""

    def __init__(self, practice: Practice, folders: list[Path]) -> None:
        """Look at the katas' files; nothing is judged or watched yet."""
        self.config = practice.config
        self.settings = practice.settings
        self._shelf = Shelf(self.config, self.settings, folders, self._changed, self._gone)
        plain = is_plain(asked=self.settings.plain)
        self.screen = Screen(self.config, plain=plain)
        #: The kata that the screen is about.
        self.front: Entry | None = None
        #: The exit code, once the end is asked for.
        self.status: int | None = None
        self._keys = Keys(plain=plain)
        self._notices = self._shelf.notices
        self._signals = Signals()
        self._signals.before_stop = self._keys.give_back
        self._commands = Commands(self)
        self._bench = Bench(self.config, self.settings, self._heard, self._at_rest, early=not plain)
        self._attempts = Attempts(self.settings)
        #: Until when an answer may still be missing or empty.
        self._settles: float | None = None
        #: When the verdict on the answer before is taken away, if none has come by then.
        self._veil_at: float | None = None

    def run(self) -> int:
        """Watch until the end; return the exit code."""
        before, scratch = tempfile.tempdir, tempfile.mkdtemp(prefix="prep-watch-")
        try:
            with self._signals, self._keys:
                tempfile.tempdir = scratch
                self._start()
                while self.status is None:
                    self._step()
                self.screen.leave()
        except Gone:
            self.status = self.status or 0
        finally:
            self._bench.close()
            self._attempts.write()
            self._notices.close()
            tempfile.tempdir = before
            shutil.rmtree(scratch, ignore_errors=True)
        return self.status or 0

    # -- what commands ask for

    def selected(self) -> list[Entry]:
        """Return the katas of the selection."""
        return self._shelf.selected()

    def typed(self, files: KataFiles) -> str:
        """Return a kata's path as it is to be typed where pytest was started."""
        return str(bestrelpath(self.config.invocation_params.dir, files.folder))

    def mark(self, entry: Entry) -> None:
        """Have a kata judged, before all that were marked earlier."""
        entry.recorded = None
        self._bench.mark(entry)
        if entry.files.is_unsettled:
            self._settles = time.monotonic() + SETTLING

    def show_front(self) -> None:
        """Show the kata at hand: its verdict, or what is to be done."""
        entry = self.front
        if entry is None:
            return
        if entry.status == "todo":
            self._tell_all(self._attempts.open(entry))
        if entry.outcome is None or entry.status in (None, "todo"):
            self.screen.show(lambda tw: show_task(tw, entry.line(self.typed)))
        else:
            self._show_verdict(entry.outcome)

    def run_mode(self, mode: str) -> None:
        """Run another mode on the kata at hand; a save ends it."""
        if self.front is None:
            return
        self.screen.leave()
        run_aside(
            self.config,
            self.settings,
            mode,
            self.front.files.path,
            handles=lambda: [self._notices.handle, self._signals.handle],
            is_over=self._is_overtaken,
        )
        self.screen.busy("")

    def _is_overtaken(self, ready: set[int]) -> bool:
        """Tell whether there is something better to do than to wait for another mode."""
        if self._notices.handle in ready:
            self._shelf.look(self._notices.read())
        return self._signals.handle in ready or self._bench.has_work

    # -- one step

    def _start(self) -> None:
        if self._notices.why_polling:
            self.screen.add(lambda tw: tw.line(self._notices.why_polling))
        begun = in_order(e for e in self.selected() if e.status is None)
        self.screen.busy("getting ready …")
        warm_up(entry.files for entry in self.selected())
        self._shelf.start()
        for entry in reversed(begun):
            self._bench.mark(entry, later=entry is not begun[0])
        if begun:
            return
        self.front = next(iter(to_turn_to(self.selected())), None)

        def picture(tw: TerminalWriter) -> None:
            tw.line(counts(entry.status for entry in self.selected()))
            if self.front is not None:
                show_task(tw, self.front.line(self.typed))
            tw.line("Save an answer, and it is judged.")

        self.screen.show(picture)

    def _step(self) -> None:
        """Wait for something to happen, and see to it."""
        now = time.monotonic()
        if self._settles is not None and now >= self._settles:
            self._settles = None
        if self._veil_at is not None and now >= self._veil_at:
            self._veil()
        if self._settles is None:
            self._turn_to(
                self._bench.dispatch(self._shelf.entries, width(), colour=self.screen.colour)
            )
        self._bench.keep_one_ready(self.front)
        ready = wait_for(
            [self._signals.handle, self._keys.handle, self._notices.handle, *self._bench.handles],
            [
                self._notices.wait,
                self._bench.wait,
                *(max(at - now, 0) for at in (self._settles, self._veil_at) if at is not None),
            ],
        )
        self._signals.clear()
        if self._signals.status is not None:
            self.status = self._signals.status
            return
        if self._signals.take_resumed():
            self._keys.take()
            self.screen.redraw()
        if self._notices.wait == 0 or self._notices.handle in ready:
            self._shelf.look(self._notices.read())
        self._bench.listen(ready)
        if self._keys.handle in ready:
            for key in self._keys.read():
                self._commands.press(key)

    # -- files

    def _changed(self, entry: Entry, paths: set[str]) -> None:
        """Take that files of a kata have changed."""
        judging = self._bench.is_judging(entry.files.path)
        if judging and (noise := entry.files.changed_meanwhile(paths)):
            names = ", ".join(os.path.relpath(path, self.settings.root) for path in noise)
            self.screen.add(lambda tw: tw.line(f"ignored, since judging changes it: {names}"))
            entry.files.look()
        self.mark(entry)

    def _gone(self, entry: Entry) -> None:
        """Take that a kata was deleted."""
        path = entry.files.path
        self._bench.forget(path)
        if self.front is entry:
            self.front = None
        self.screen.add(lambda tw: tw.line(f"gone: {path}"))

    # -- verdicts

    def _turn_to(self, entry: Entry | None) -> None:
        """Make the kata that is being judged the one at hand."""
        if entry is not None:
            self.front = entry
            self.screen.busy(judging(entry.files.path))
            self._veil_at = time.monotonic() + VEIL

    def _veil(self) -> None:
        """Take the old verdict away, now that the new one takes its time."""
        self._veil_at = None
        if self.front is not None and not self.screen.plain:
            path = self.front.files.path
            self.screen.show(lambda tw: tw.line(path, bold=True), status=judging(path))

    def _heard(self, entry: Entry, outcome: Outcome, *, ended: bool) -> None:
        """Take what is known of a kata by now: show it, unless a file has changed meanwhile."""
        if entry.files.path not in self._shelf.entries:
            return
        self._shelf.look_at(entry)
        if entry.files.seen != outcome.seen or entry.files.path not in self._shelf.entries:
            return
        if ended and not outcome.record.cases:
            self._drop(entry, outcome.why_skipped)
            return
        entry.outcome = outcome
        entry.is_selected = True
        if self.front in (None, entry):
            self.front = entry
            self._veil_at = None
            if self.screen.plain and outcome.was_searched:
                self.screen.add(lambda tw: self._after_search(tw, outcome))
            else:
                self._show_verdict(outcome)
        elif outcome.is_complete or entry.is_red:
            self.screen.add(lambda tw: one_kata(tw, outcome.record))
        outcome.was_searched = outcome.is_searched
        # After it was shown: writing takes longer than judging may.
        self._tell_all(self._attempts.keep(entry, outcome))

    def _at_rest(self) -> None:
        """Say how all katas stand, and turn to the newest red one."""
        red = [entry for entry in to_turn_to(self.selected()) if entry.is_red]
        if red and not (self.front and self.front.is_red):
            self.front = red[0]
            self.show_front()
        elif self.screen.plain:
            statuses = [entry.status for entry in self.selected()]
            self.screen.add(lambda tw: tw.line(counts(statuses)))
        else:
            self.screen.redraw()

    def _tell_all(self, lines: list[str]) -> None:
        for line in lines:
            self.screen.add(lambda tw, line=line: tw.line(line))  # type: ignore[misc]

    def _drop(self, entry: Entry, skipped: str) -> None:
        """Take a kata of which nothing was judged: skipped, or not in the selection."""
        path = entry.files.path
        if skipped:
            self.screen.add(lambda tw: tw.line(f"{path}: skipped: {skipped}"))
            return
        del self._shelf.entries[path]
        if entry.outcome is not None:
            self.screen.add(lambda tw: tw.line(f"{path}: not in the selection any more"))
        if self.front is entry:
            self.front = None
            self.screen.busy("")

    def _show_verdict(self, outcome: Outcome) -> None:
        settled = outcome.is_settled
        self.screen.show(
            lambda tw: show_verdict(tw, outcome.record, outcome.accounts, settled=settled),
            lambda tw: self._what_next(tw, outcome),
            status=judging(outcome.record.path) if outcome.begins_to_fail else "",
        )

    def _after_search(self, tw: TerminalWriter, outcome: Outcome) -> None:
        """Write what the search has added to a verdict that is written already."""
        if show_found(tw, outcome.record, outcome.accounts):
            self._what_next(tw, outcome)

    def _what_next(self, tw: TerminalWriter, outcome: Outcome) -> None:
        if outcome.is_settled and outcome.record.status == "accepted":
            for other in to_turn_to(self.selected())[:1]:
                show_task(tw, other.line(self.typed))
        if len(self._shelf.entries) > 1:
            tw.line(counts(entry.status for entry in self.selected()))
