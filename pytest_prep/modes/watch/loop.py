"""The loop: a file is saved, a key is pressed, a judge says something; one thing after another."""

from __future__ import annotations

import os
import selectors
import shutil
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from _pytest.pathlib import bestrelpath

from pytest_prep.judging.sandbox import linux
from pytest_prep.modes.session import is_plain
from pytest_prep.modes.watch.bench import Bench
from pytest_prep.modes.watch.child import be_mode
from pytest_prep.modes.watch.commands import Commands
from pytest_prep.modes.watch.entry import Entry, Outcome, in_order, to_turn_to
from pytest_prep.modes.watch.files import KataFiles, new_katas
from pytest_prep.modes.watch.fork import fork
from pytest_prep.modes.watch.judges import warm_up
from pytest_prep.modes.watch.keys import Keys, width
from pytest_prep.modes.watch.notice import Notices
from pytest_prep.modes.watch.screen import Gone, Screen
from pytest_prep.modes.watch.signals import Signals
from pytest_prep.options import MODES
from pytest_prep.report.watch import counts, one_kata, show_task, show_verdict

if TYPE_CHECKING:
    from _pytest._io import TerminalWriter

    from pytest_prep.practice import Practice

#: Seconds that an answer may be missing or empty, as it is while some editors save it.
SETTLING = 0.08


class Loop:
    """Watches katas, has them judged, shows what comes of it."""

    def __init__(self, practice: Practice, folders: list[Path]) -> None:
        """Look at the katas' files; nothing is judged or watched yet."""
        self.config = practice.config
        self.settings = practice.settings
        self.entries = {e.files.path: e for e in map(self._entry, folders)}
        plain = is_plain(asked=self.settings.plain)
        self.screen = Screen(self.config, plain=plain)
        #: The kata that the screen is about.
        self.front: Entry | None = None
        #: The exit code, once the end is asked for.
        self.status: int | None = None
        self._keys = Keys(plain=plain)
        self._notices = Notices()
        self._signals = Signals()
        self._signals.before_stop = self._keys.give_back
        self._commands = Commands(self)
        self._bench = Bench(self.config, self.settings, self._heard)
        #: Until when an answer may still be missing or empty.
        self._settles: float | None = None

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
            self._notices.close()
            tempfile.tempdir = before
            shutil.rmtree(scratch, ignore_errors=True)
        return self.status or 0

    # -- what commands ask for

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
        if entry.outcome is None or entry.status is None:
            self.screen.show(lambda tw: show_task(tw, entry.line(self.typed)))
        else:
            self._show_verdict(entry, entry.outcome)

    def run_mode(self, mode: str) -> None:
        """Run another mode on the kata at hand; a save ends it."""
        if self.front is None:
            return
        if mode not in MODES:
            self.screen.add(lambda tw: tw.line(f"--{mode}: there is no such mode"))
            return
        self.screen.leave()
        inlet, outlet = os.pipe()
        pid = fork()
        if pid == 0:
            params = self.config.invocation_params
            be_mode(
                list(params.args),
                list(params.plugins or ()),
                mode,
                self.front.files.path,
                keep=outlet,
                changing=(self.settings.katas, self.settings.solutions),
            )
        os.close(outlet)
        # Its end closes the pipe; a save or a signal makes its output old news.
        _wait_for([inlet, self._notices.handle, self._signals.handle], [None])
        os.close(inlet)
        linux.kill_group(pid)
        os.waitpid(pid, 0)
        self.screen.busy("")

    # -- one step

    def _start(self) -> None:
        if self._notices.why_polling:
            self.screen.add(lambda tw: tw.line(self._notices.why_polling))
        begun = in_order(e for e in self.entries.values() if e.status is None)
        self.screen.busy("getting ready …")
        warm_up(entry.files for entry in self.entries.values())
        self._notices.watch(self._folders())
        for entry in reversed(begun):
            self._bench.mark(entry, later=entry is not begun[0])
        if begun:
            return
        self.front = next(iter(to_turn_to(self.entries.values())), None)

        def picture(tw: TerminalWriter) -> None:
            tw.line(counts(entry.status for entry in self.entries.values()))
            if self.front is not None:
                show_task(tw, self.front.line(self.typed))
            tw.line("Save an answer, and it is judged.")

        self.screen.show(picture)

    def _step(self) -> None:
        """Wait for something to happen, and see to it."""
        now = time.monotonic()
        if self._settles is not None and now >= self._settles:
            self._settles = None
        if self._settles is None:
            self._turn_to(self._bench.dispatch(self.entries, width(), colour=self.screen.colour))
        self._bench.keep_one_ready(self.front)
        ready = _wait_for(
            [self._signals.handle, self._keys.handle, self._notices.handle, *self._bench.handles],
            [
                self._notices.wait,
                self._bench.wait,
                None if self._settles is None else max(self._settles - now, 0),
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
            self._look(self._notices.read())
        self._bench.listen(ready)
        if self._keys.handle in ready:
            for key in self._keys.read():
                self._commands.press(key)

    # -- files

    def _entry(self, folder: Path) -> Entry:
        return Entry(KataFiles(folder, self.settings))

    def _folders(self) -> set[str]:
        return {f for entry in self.entries.values() for f in entry.files.folders()}

    def _look(self, changed: set[str] | None) -> None:
        """Look at the katas with files in these folders, or at all; at new ones too."""
        if changed is not None and not changed:
            return
        for entry in list(self.entries.values()):
            if changed is None or changed & entry.files.folders():
                self._look_at(entry)
        self._look_for_new()
        if self._notices.watch(self._folders()):
            # What happens until they are watched is told by the next look.
            return

    def _look_at(self, entry: Entry) -> None:
        different = entry.files.look()
        if not different:
            return
        if not entry.files.exists:
            path = entry.files.path
            del self.entries[path]
            self._bench.forget(path)
            if self.front is entry:
                self.front = None
            self.screen.add(lambda tw: tw.line(f"gone: {path}"))
        elif entry.files.is_begun or any(entry.files.is_own(name) for name in different):
            self.mark(entry)

    def _look_for_new(self) -> None:
        known = [entry.files.folder for entry in self.entries.values()]
        start = self.config.invocation_params.dir
        asked = [(start / arg.partition("::")[0]).resolve() for arg in self.config.args]
        for folder in new_katas({folder.parent for folder in known}, known):
            if any(folder.is_relative_to(place) for place in asked):
                entry = self._entry(folder)
                self.entries[entry.files.path] = entry
                self.mark(entry)

    # -- verdicts

    def _turn_to(self, entry: Entry | None) -> None:
        """Make the kata that is being judged the one at hand."""
        if entry is not None:
            self.front = entry
            self.screen.busy(f"judging {entry.files.folder.name} …")

    def _heard(self, entry: Entry, outcome: Outcome, *, ended: bool) -> None:
        """Take what is known of a kata by now: show it, unless a file has changed meanwhile."""
        if entry.files.path not in self.entries:
            return
        self._look_at(entry)
        if entry.files.seen != outcome.seen or entry.files.path not in self.entries:
            return
        if ended and not outcome.record.cases:
            words = f"skipped: {outcome.skipped}" if outcome.skipped else "not selected any more"
            self.screen.add(lambda tw: tw.line(f"{entry.files.path}: {words}"))
            if not outcome.skipped:
                del self.entries[entry.files.path]
            return
        entry.outcome = outcome
        if self.front in (None, entry):
            self.front = entry
            self._show_verdict(entry, outcome)
        elif self.screen.plain or entry.is_red:
            self.screen.add(lambda tw: one_kata(tw, outcome.record))

    def _show_verdict(self, entry: Entry, outcome: Outcome) -> None:
        def picture(tw: TerminalWriter) -> None:
            show_verdict(tw, outcome.record, outcome.accounts, searching=not outcome.is_complete)
            if outcome.is_settled and outcome.record.status == "accepted":
                for other in to_turn_to(self.entries.values())[:1]:
                    show_task(tw, other.line(self.typed))
            if len(self.entries) > 1:
                tw.line(counts(entry.status for entry in self.entries.values()))

        self.screen.show(picture)


def _wait_for(handles: Iterable[int | None], seconds: Iterable[float | None]) -> set[int]:
    """Return the descriptors that can be read, none when the first of the times is over."""
    with selectors.PollSelector() as selector:
        for handle in {handle for handle in handles if handle is not None}:
            selector.register(handle, selectors.EVENT_READ)
        known = [wait for wait in seconds if wait is not None]
        return {key.fd for key, _ in selector.select(min(known, default=None))}
