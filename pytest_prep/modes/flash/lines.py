"""A session by plain lines: one key, or a typed answer, a line; a pipe can drive it."""

from __future__ import annotations

import shutil
import sys
from textwrap import wrap
from typing import TYPE_CHECKING

from pytest_prep.modes.flash.editor import edit_card
from pytest_prep.modes.flash.page import KEYS, Part, back, front, grade_texts, where
from pytest_prep.modes.flash.session import FlashSession
from pytest_prep.modes.flash.state import Phase
from pytest_prep.modes.flash.summary import summarise, summary_text
from pytest_prep.progress.store import StoreError

if TYPE_CHECKING:
    from pytest_prep.content.card import Card
    from pytest_prep.modes.flash.run import Desk

#: Exit codes: finished or quit, interrupted.
_FINE, _INTERRUPTED = 0, 2


def run_lines(session: FlashSession, desk: Desk) -> int:
    """Ask until no card is left, ``q``, or the end of the input."""
    lines = Lines(session, desk)
    try:
        lines.ask()
    except KeyboardInterrupt:
        lines.say("\ninterrupted; everything graded is saved")
        lines.close()
        return _INTERRUPTED
    lines.close()
    return _FINE


class EndOfInput(Exception):
    """The learner quit, or the pipe is empty."""


class Lines:
    """Asks, and takes lines."""

    def __init__(self, session: FlashSession, desk: Desk) -> None:
        self.session = session
        self.desk = desk

    def say(self, text: str = "") -> None:
        """Write a line."""
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()

    def read(self, prompt: str) -> str:
        """Return the next line.

        Raises:
            EndOfInput: there is none.
        """
        sys.stdout.write(f"{prompt} ")
        sys.stdout.flush()
        line = sys.stdin.readline()
        if not line:
            self.say()
            raise EndOfInput
        if not sys.stdin.isatty():
            self.say(line.strip())
        return line.strip()

    def ask(self) -> None:
        """Ask card after card."""
        session = self.session
        if not session.plan.cards:
            self.say("nothing to ask today")
            return
        plan = session.plan
        count = f"{len(plan.cards)} card{'s' if len(plan.cards) > 1 else ''}"
        minutes = max(round(plan.seconds / 60), 1)
        self.say(f"{count}, {plan.new} of them new, about {minutes} min; ? lists the keys")
        try:
            while True:
                if session.phase is Phase.OVER:
                    if not self._over():
                        return
                elif session.phase is Phase.QUESTION:
                    self._question()
                else:
                    self._answer()
        except EndOfInput:
            return

    def close(self) -> None:
        """Write the summary, and offer to put leeches aside."""
        summary = summarise(self.session, self.desk.goal)
        self.say()
        width = shutil.get_terminal_size().columns - 1 if sys.stdout.isatty() else 1000
        sys.stdout.write(summary_text(summary, bars=False, width=width))
        answered = {card for card, _ in self.session.answers}
        try:
            for card in summary.leeches:
                if card.id in answered:
                    self._leech(card)
        except (EndOfInput, KeyboardInterrupt):
            return

    # -- within

    def _over(self) -> bool:
        session = self.session
        if session.can_go_on:
            prompt = "the time is up: Enter ends, c goes on, u takes the last answer back:"
        else:
            prompt = "no card is left: Enter ends, u takes the last answer back:"
        key = self.read(prompt)
        if key == "c" and session.can_go_on:
            session.go_on()
        elif key == "u":
            self._undo()
        else:
            return False
        return True

    def _question(self) -> None:
        session = self.session
        self.say()
        self.say(f"[{where(session)}]")
        for part in front(session):
            self._part(part)
        options = len(session.shown.options)
        prompt = f"1-{options}:" if options else "Enter shows the answer, or type yours:"
        text = self.read(prompt)
        if self._common(text):
            return
        if options:
            if text.isdecimal() and 1 <= int(text) <= options:
                self._saved(lambda: session.choose(int(text)))
            elif text in ("", " "):
                session.reveal()
            else:
                self.say(f"{text!r} is no option: 1 to {options}, or ? for the keys")
                return
        elif len(text) > 1 and not (text.startswith("t ") and not text[2:].strip()):
            self._saved(lambda: session.type(text.removeprefix("t ")))
        elif text == "":
            session.reveal()
        else:
            self.say(f"{text!r} is no key; ? lists them")
            return
        if session.phase in (Phase.ANSWER, Phase.RIGHT, Phase.WRONG):
            for part in back(session):
                self._part(part)

    def _answer(self) -> None:
        session = self.session
        texts = grade_texts(session)
        if session.phase is Phase.WRONG:
            text = self.read("Enter goes on:")
            if not self._common(text):
                session.advance()
            return
        text = self.read("   ".join(f"{grade} {text}" for grade, text in texts.items()) + ":")
        if self._common(text):
            return
        keys = {"": 3, "k": 3, "g": 2, **{str(grade): grade for grade in texts}}
        if session.phase is Phase.ANSWER:
            keys = {key: grade for key, grade in keys.items() if key not in ("k", "g")}
        if text in keys:
            self._saved(lambda: session.grade(keys[text]))
        else:
            self.say(f"{text!r} is no grade; {', '.join(map(str, texts))}, or ? for the keys")

    def _common(self, text: str) -> bool:
        """Do what a key does on every card; return whether it is one."""
        session = self.session
        if text == "q":
            raise EndOfInput
        if text == "?":
            self.say(KEYS)
        elif text == "u":
            self._undo()
        elif text == "s":
            session.skip()
        elif text == "b":
            self._saved(session.bury)
        elif text == "x":
            self._saved(session.suspend)
        elif text == "e":
            self._edit(session.shown)
        else:
            return False
        return True

    def _undo(self) -> None:
        undone = self._saved(self.session.undo)
        if undone is False:
            self.say("there is nothing to undo")

    def _edit(self, card: Card) -> None:
        edited, seconds, said = edit_card(card, self.desk)
        self.session.away(seconds)
        if edited is not None:
            self.session.replace_card(edited)
        self.say(said)

    def _leech(self, card: Card) -> None:
        self.say()
        self.say(f"a leech: {card.question} ({self.session.history.of(card.id).lapses} lapses)")
        key = self.read("x suspends it, e edits it, Enter leaves it:")
        if key == "x":
            self._saved(lambda: self.session.history.suspend(card.id))
        elif key == "e":
            self._edit(card)

    def _saved(self, step: object) -> object:
        """Do a step that writes; where it cannot be kept, say so and stay."""
        assert callable(step)
        try:
            return step()
        except StoreError as error:
            self.say(f"not saved: {error}; the card stays, try again")
            return None

    def _part(self, part: Part) -> None:
        if part.style == "label":
            self.say()
            self.say(f"{part.text}:")
        elif part.style == "question":
            self.say(part.text)
        elif part.style == "option":
            self.say("\n".join(wrap(part.text, 78, subsequent_indent="   ")))
        elif part.style == "note":
            self.say(f"({part.text})")
        else:
            self.say(part.text)
