"""The interview in plain lines: for pipes, for screen readers, and where there is no screen."""

from __future__ import annotations

import sys
from collections.abc import Callable

from pytest_prep.content.duration import clock_text
from pytest_prep.content.errors import ContentError
from pytest_prep.content.quantity import quantity
from pytest_prep.modes.mock import form
from pytest_prep.modes.mock.core import Refused
from pytest_prep.modes.mock.editing import write_in_editor
from pytest_prep.modes.mock.interviewer import part_asked_for
from pytest_prep.modes.mock.journal import NotWritten
from pytest_prep.modes.mock.judge import LONGEST
from pytest_prep.modes.mock.marking_lines import mark_in_lines
from pytest_prep.modes.mock.open_ends import open_ends
from pytest_prep.modes.mock.room import Room
from pytest_prep.modes.mock.stage_lines import commands, how_to_write, show_item, show_stage
from pytest_prep.modes.mock.typed import TypedLines
from pytest_prep.report.interview_run import told
from pytest_prep.report.page import Page

#: Seconds between two looks at the clock.
STEP = 0.5

_YES = ("y", "yes")

#: Commands that an answer may begin with.
_WORDS = ("hint", "run", "next", "previous", "edit", "time", "show", "help")


class Left(Exception):
    """The candidate went away; the interview can go on later."""


class Lines:
    """Plays an interview line by line."""

    def __init__(self, room: Room, page: Page, typed: TypedLines) -> None:
        """Set up; nothing is shown yet."""
        self.room = room
        self.page = page
        self._typed = typed
        self._seen: tuple[int, int] | None = None
        #: Where it was asked whether to hand in.
        self._asked: tuple[int, int] | None = None
        #: What could not be done last, so that it is told once.
        self._trouble = ""
        #: Whether the cursor stands behind a prompt.
        self._waiting = False
        self._echo = not sys.stdin.isatty()

    def play(self) -> None:
        """Play to the end.

        Raises:
            Left: input ended before the interview did.
        """
        interview = self.room.interview
        self._do(interview.start if interview.state.phase == "ready" else interview.back)
        if interview.state.phase == "ready":
            raise Left
        while interview.state.phase == "running":
            self._show_new()
            line = self._prompt()
            self._do(interview.tick)
            if line is not None and interview.state.phase == "running":
                self._obey(line)
        mark_in_lines(self.room, self.page, self._ask)

    def _do(self, command: Callable[[], list[str]]) -> list[str]:
        """Give a command, and say what comes of it; a trouble is told once while it lasts."""
        try:
            replies, self._trouble = command(), ""
        except (ContentError, NotWritten) as error:
            replies = [str(error)] if str(error) != self._trouble else []
            self._trouble = str(error)
        self.say(replies)
        return replies

    def say(self, lines: list[str]) -> None:
        """Write lines, below a prompt that waits."""
        if lines and self._waiting:
            sys.stdout.write("\n")
            self._waiting = False
        for line in lines:
            self.page.line(line)

    # -- what is typed

    def _prompt(self) -> str | None:
        """Return a line, None where time has to be looked at first."""
        left = clock_text(max(0.0, self.room.interview.left))
        sys.stdout.write(f"[{left} left] > ")
        sys.stdout.flush()
        self._waiting = True
        while True:
            line = self._typed.next(STEP)
            if line is not None:
                self._waiting = False
                if self._echo:
                    sys.stdout.write(f"{line}\n")
                return line
            if self._typed.ended:
                sys.stdout.write("\n")
                raise Left
            told = self._do(self.room.interview.tick)
            if told or self.room.interview.state.phase != "running":
                return None

    def _ask(self, question: str) -> str | None:
        """Ask after the clock has stopped; None where input has ended."""
        sys.stdout.write(question)
        sys.stdout.flush()
        line = None
        while line is None and not self._typed.ended:
            line = self._typed.next(60.0)
        if self._echo or line is None:
            sys.stdout.write(f"{line or ''}\n")
        return line

    def _obey(self, line: str) -> None:
        word, _, rest = line.strip().partition(" ")
        if not word:
            return
        asked, self._asked = self._asked, None
        try:
            command = self._commands().get(word.lower())
            if asked == self._here() and line.strip().lower() in _YES:
                self._submit("yes")
            elif command is not None and not (self._is_letter(word) or self._is_text(word, rest)):
                command(rest)
            else:
                self._other(word, rest)
        except (Refused, ContentError, NotWritten, OSError) as error:
            self.page.line(str(error))

    def _commands(self) -> dict[str, Callable[[str], object]]:
        interview, say = self.room.interview, self.say
        short: dict[str, Callable[[str], object]] = {
            "hint": lambda _: say(interview.hint()),
            "run": lambda _: self._run(),
            "submit": self._submit,
            "next": lambda _: say(interview.move(1)),
            "previous": lambda _: say(interview.move(-1)),
            "edit": lambda _: self._edit(),
            "quit": self._quit,
            "time": lambda _: self._time(),
        }
        return {
            **short,
            **{name[0]: do for name, do in short.items()},
            "o": lambda rest: say(interview.note(rest)),
            "note": lambda rest: say(interview.note(rest)),
            "ask": lambda rest: say(interview.ask(rest)),
            "estimate": self._estimate,
            "show": lambda _: show_stage(self.page, interview.state),
            "?": lambda _: self.page.line(commands(interview.state)),
            "help": lambda _: self.page.line(commands(interview.state)),
        }

    def _is_letter(self, word: str) -> bool:
        """Tell whether a word chooses an option of the question in front: then it is no command."""
        state = self.room.interview.state
        if state.phase != "running" or state.current_part.kind != "choice" or len(word) > 1:
            return False
        return 0 <= ord(word.lower()) - ord("a") < len(state.current.data["options"])

    def _is_text(self, word: str, rest: str) -> bool:
        """Tell whether a command's word begins an answer to what the interviewer asked back."""
        asked_for = bool(part_asked_for(self.room.interview.state))
        return asked_for and bool(rest) and word.lower() in _WORDS

    def _other(self, word: str, rest: str) -> None:
        part = self.room.interview.state.current_part
        if part.kind == "choice":
            letters = (word + rest).replace(",", "").replace(" ", "").lower()
            if all("a" <= letter <= "z" for letter in letters):
                options = [ord(letter) - ord("a") for letter in letters]
                self.say(self.room.interview.choose(options))
                return
        write = ""
        if part.kind in ("talk", "design"):
            state = self.room.interview.state
            if word.lower() in [section["id"] for section in state.current.data["sections"]]:
                self._write(word.lower(), rest)
                return
            asked_for = part_asked_for(state)
            if asked_for and rest:
                self._write(asked_for, f"{word} {rest}")
                return
            write = f"; to answer: {how_to_write(state.current)}"
        raise Refused(f"{word!r} is no command here{write}; ? lists them")

    def _write(self, name: str, text: str) -> None:
        """Add a line to a part of the answer."""
        before = self.room.interview.state.work.answers.get(name, "")
        self.say(self.room.interview.answer(name, f"{before}\n{text}" if before else text))

    # -- what commands do

    def _run(self) -> None:
        interview = self.room.interview
        number, text = interview.run()
        where = (interview.state.part, interview.state.item)
        judging = self.room.judging(interview.state.current, text)
        try:
            waited = 0.0
            while not judging.wait(STEP) and waited < LONGEST:
                waited += STEP
                self._do(interview.tick)
            verdicts = judging.verdicts()
        finally:
            judging.close()
        interview.ran(where, number, verdicts)
        self.say(told(verdicts, interview.state.paper.reveal))

    def _edit(self) -> None:
        interview = self.room.interview
        if self._echo or not form.editor():
            raise Refused("e opens $EDITOR, which needs a terminal and the variable to be set")
        self.say(write_in_editor(interview, self.room.settings.root))

    def _estimate(self, rest: str) -> None:
        interview = self.room.interview
        name, _, given = rest.strip().partition(" ")
        unit = interview.unit_of(name)
        try:
            value = quantity(given, unit)
        except ValueError as error:
            raise Refused(f"{error}: estimate {name} NUMBER, in {unit}") from None
        self.say(interview.estimate(name, value))

    def _submit(self, rest: str) -> None:
        """Hand in; where something is open, only after a yes."""
        interview = self.room.interview
        unfinished = open_ends(interview.state)
        if unfinished and rest.strip().lower() not in _YES:
            self._asked = self._here()
            self.page.line(f"hand in? {unfinished}; it does not come back: type y")
            return
        self.say(interview.submit())

    def _here(self) -> tuple[int, int]:
        """Return the stage and the item in front."""
        state = self.room.interview.state
        return state.part, state.item

    def _quit(self, rest: str) -> None:
        if rest.strip().lower() in _YES:
            self.say(self.room.interview.quit())
            return
        self.page.line("this stops the clock, and what is there is judged: type q yes")

    def _time(self) -> None:
        interview = self.room.interview
        self.page.line(
            f"{clock_text(interview.left)} left; {clock_text(interview.left_of_part)} "
            f"of {interview.state.current_part.title}"
        )

    # -- what is shown

    def _show_new(self) -> None:
        state, seen = self.room.interview.state, self._seen
        if seen == (state.part, state.item):
            return
        self._seen = (state.part, state.item)
        if seen is None or seen[0] != state.part:
            show_stage(self.page, state)
        else:
            self.page.line()
            show_item(self.page, state)
