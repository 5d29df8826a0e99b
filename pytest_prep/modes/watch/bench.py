"""Which kata is judged when: what is marked, the child that judges, and the one in waiting."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Protocol

from pytest_prep.modes.watch.child import Message
from pytest_prep.modes.watch.entry import Entry, Outcome, in_order
from pytest_prep.modes.watch.judges import Judge

if TYPE_CHECKING:
    import pytest

    from pytest_prep.settings import Settings

#: Seconds of judging after which another child is made ready: the next save may come first.
LONG = 0.15


class Hearer(Protocol):
    """Takes what is known of a kata: the first rejection, all but the search, all (``ended``)."""

    def __call__(self, entry: Entry, outcome: Outcome, *, ended: bool) -> None:
        """Take it."""


class Bench:
    """Has marked katas judged, the last marked first; ends a run that a save has overtaken."""

    def __init__(
        self,
        config: pytest.Config,
        settings: Settings,
        hearer: Hearer,
        at_rest: Callable[[], None],
        *,
        early: bool,
    ) -> None:
        """Nothing is marked yet.

        ``early`` is whether the hearer wants to know of the first rejected case at once.
        ``at_rest`` is called when katas that could wait are judged, and nothing else is marked.
        """
        self._config = config
        self._settings = settings
        self._hearer = hearer
        self._at_rest = at_rest
        self._early = early
        self._could_wait = False
        #: Whether the last child in waiting ended by itself.
        self._is_hopeless = False
        #: Marked katas, each with its number: 0 where it can wait.
        self._marked: dict[str, int] = {}
        self._number = 0
        self._busy: Judge | None = None
        self._spare: Judge | None = None
        #: What is being judged, and what was heard so far.
        self._asked: dict[str, Entry] = {}
        self._outcomes: dict[str, Outcome] = {}
        self._told: set[str] = set()
        #: The number that was the last when judging began.
        self._began = 0

    @property
    def handles(self) -> list[int]:
        """The descriptors to listen to."""
        return [judge.handle for judge in (self._busy, self._spare) if judge is not None]

    @property
    def wait(self) -> float | None:
        """Seconds until there is something to do although nobody says anything."""
        if self._busy is None or self._spare is not None:
            return None
        return max(self._busy.started + LONG - time.monotonic(), 0) or None

    def mark(self, entry: Entry, *, later: bool = False) -> None:
        """Have a kata judged: at once, or when there is nothing else to do."""
        self._number += 1
        self._is_hopeless = False
        self._marked[entry.files.path] = 0 if later else self._number

    @property
    def has_work(self) -> bool:
        """Whether a kata is marked."""
        return bool(self._marked)

    def is_judging(self, path: str) -> bool:
        """Tell whether a kata is being judged."""
        return self._busy is not None and path in self._asked

    def forget(self, path: str) -> None:
        """Do not judge a kata after all."""
        self._marked.pop(path, None)

    def dispatch(self, entries: Mapping[str, Entry], width: int, *, colour: bool) -> Entry | None:
        """Begin to judge what is marked; return the kata that is judged by itself, if any."""
        if self._busy is not None and self._is_overtaken():
            self._stop()
        if self._busy is not None or not self._marked:
            return None
        at_once = [entries[path] for path, number in self._marked.items() if number]
        if at_once:
            chosen = in_order(at_once)[:1]
        else:
            chosen = in_order(entries[path] for path in self._marked)
        for entry in chosen:
            del self._marked[entry.files.path]
        files = [entry.files for entry in chosen]
        judge, self._spare = self._spare, None
        if judge is not None and not judge.suits(files):
            judge.end()
            judge = None
        self._busy = judge or Judge(self._config, self._settings, files if len(files) == 1 else [])
        self._asked = {entry.files.path: entry for entry in chosen}
        self._outcomes = {path: entry.begin() for path, entry in self._asked.items()}
        self._told = set()
        self._could_wait = not at_once
        self._began = self._number
        self._busy.ask(files, width=width, colour=colour)
        return chosen[0] if at_once else None

    def keep_one_ready(self, front: Entry | None) -> None:
        """See that a child waits for the next save of the kata at hand."""
        if self._marked or self._is_hopeless:
            return
        if self._busy is not None and time.monotonic() - self._busy.started < LONG:
            return
        files = [front.files] if front is not None else []
        if self._spare is not None:
            if self._spare.is_for(files):
                return
            self._spare.end()
        self._spare = Judge(self._config, self._settings, files)

    def listen(self, ready: set[int]) -> None:
        """Hear the children that have something to say."""
        spare, busy = self._spare, self._busy
        if spare is not None and spare.handle in ready and spare.messages() is None:
            # pytest cannot even start: the next save will tell why.
            spare.end()
            self._spare = None
            self._is_hopeless = True
        if busy is not None and busy.handle in ready:
            said = busy.messages()
            for message in said or ():
                self._hear(message)
            if said is None:
                self._ended(busy)

    def close(self) -> None:
        """End all children."""
        for judge in (self._busy, self._spare):
            if judge is not None:
                judge.end()
        self._busy = self._spare = None

    def _is_overtaken(self) -> bool:
        """Tell whether what is judged has changed, or something newer is to be judged first."""
        if any(path in self._marked for path in self._asked):
            return True
        newest = max(self._marked.values(), default=0)
        only_searching = all(outcome.is_searched for outcome in self._outcomes.values())
        return newest > (0 if only_searching else self._began)

    def _stop(self) -> None:
        assert self._busy is not None
        self._busy.end()
        self._busy = None
        for path, outcome in self._outcomes.items():
            if not outcome.is_complete:
                self._marked.setdefault(path, 0)

    def _hear(self, message: Message) -> None:
        if "expected" in message:
            for path, outcome in self._outcomes.items():
                outcome.expected = message["expected"].get(path, [])
        elif "case" in message:
            path = message["case"]["path"]
            outcome = self._outcomes[path]
            outcome.hear(message, self._asked[path].files.answer.name)
            self._pass_on(path, outcome)
        elif "broken" in message:
            self._broken(message["broken"], message["text"])
        elif "skipped" in message:
            for path, outcome in self._outcomes.items():
                if message["skipped"].startswith(f"{path}/"):
                    why = message["text"].removeprefix("Skipped: ")
                    outcome.skip(message["skipped"].rpartition("::")[2], why)
        elif "end" in message:
            for path, outcome in self._outcomes.items():
                if path not in self._told or not outcome.is_complete:
                    # Whatever is missing now gets no verdict.
                    outcome.expected = list(outcome.record.cases)
                    self._tell(path, ended=True)
            if self._could_wait and not self._marked:
                self._at_rest()

    def _pass_on(self, path: str, outcome: Outcome) -> None:
        if outcome.is_complete or (outcome.is_searched and path not in self._told):
            self._tell(path)
        elif self._early and outcome.begins_to_fail:
            self._hearer(self._asked[path], outcome, ended=False)

    def _broken(self, nodeid: str, text: str) -> None:
        for path, outcome in self._outcomes.items():
            if nodeid == path or nodeid.startswith(f"{path}/"):
                place = nodeid.removeprefix(path).lstrip("/").rpartition("::")[2] or path
                outcome.break_down(place, text, self._asked[path].files.answer.name)

    def _tell(self, path: str, *, ended: bool = False) -> None:
        self._told.add(path)
        self._hearer(self._asked[path], self._outcomes[path], ended=ended)

    def _ended(self, judge: Judge) -> None:
        words = judge.last_words().replace(f"{self._settings.root}{os.sep}", "")
        judge.end()
        if judge is not self._busy:
            return
        self._busy = None
        for path, outcome in self._outcomes.items():
            if not outcome.is_complete and path not in self._told:
                text = f"the process that judges ended without a verdict\n{words}"
                outcome.break_down("judging", text, self._asked[path].files.answer.name)
                outcome.expected = list(outcome.record.cases)
                self._tell(path, ended=True)
