"""The interview in plain lines: for pipes, for screen readers, and where there is no screen."""

from __future__ import annotations

import sys
from collections.abc import Callable

from pytest_prep.content.duration import clock_text
from pytest_prep.content.errors import ContentError
from pytest_prep.modes.mock import form
from pytest_prep.modes.mock.core import Refused
from pytest_prep.modes.mock.editing import write_in_editor
from pytest_prep.modes.mock.interviewer import told_so_far
from pytest_prep.modes.mock.journal import NotWritten
from pytest_prep.modes.mock.judge import LONGEST
from pytest_prep.modes.mock.marking_lines import mark_in_lines
from pytest_prep.modes.mock.own_tests import asked_for_tests
from pytest_prep.modes.mock.paper import Item, Part
from pytest_prep.modes.mock.room import Room
from pytest_prep.modes.mock.typed import TypedLines
from pytest_prep.report.interview_run import told
from pytest_prep.report.page import Page

#: Seconds between two looks at the clock.
STEP = 0.5


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
        try:
            command = self._commands().get(word.lower())
            if command is not None and not self._is_letter(word):
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
            "submit": lambda _: say(interview.submit()),
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
            "show": lambda _: self._show(),
            "?": lambda _: self._help(),
            "help": lambda _: self._help(),
        }

    def _is_letter(self, word: str) -> bool:
        """Tell whether a word chooses an option of the question in front: then it is no command."""
        state = self.room.interview.state
        if state.phase != "running" or state.current_part.kind != "choice" or len(word) > 1:
            return False
        return 0 <= ord(word.lower()) - ord("a") < len(state.current.data["options"])

    def _other(self, word: str, rest: str) -> None:
        part = self.room.interview.state.current_part
        if part.kind == "choice":
            letters = (word + rest).replace(",", "").replace(" ", "").lower()
            if all("a" <= letter <= "z" for letter in letters):
                options = [ord(letter) - ord("a") for letter in letters]
                self.say(self.room.interview.choose(options))
                return
        if part.kind in ("talk", "design"):
            known = [
                section["id"] for section in self.room.interview.state.current.data["sections"]
            ]
            if word.lower() in known:
                before = self.room.interview.state.work.answers.get(word.lower(), "")
                text = f"{before}\n{rest}" if before else rest
                self.say(self.room.interview.answer(word.lower(), text))
                return
        raise Refused(f"{word!r} is no command here; ? lists them")

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
        name, _, number = rest.partition(" ")
        try:
            value = float(number.split()[0].replace(",", "").replace("_", ""))
        except (ValueError, IndexError):
            raise Refused("estimate NAME NUMBER, such as: estimate volume 860") from None
        self.say(self.room.interview.estimate(name, value))

    def _quit(self, rest: str) -> None:
        if rest.strip() in ("yes", "y"):
            self.say(self.room.interview.quit())
            return
        self.page.line("this stops the clock, and what is there is judged: type q yes")

    def _time(self) -> None:
        interview = self.room.interview
        self.page.line(
            f"{clock_text(interview.left)} left; {clock_text(interview.left_of_part)} "
            f"of {interview.state.current_part.title}"
        )

    def _help(self) -> None:
        state = self.room.interview.state
        part = state.current_part
        write = _how_to_write(state.current) if part.kind in ("talk", "design") else ""
        texts = {
            "code": "h hint · r run · s submit · e edit",
            "choice": "a, b, c … choose (several: ac) · s hand in all",
            "talk": f"{write} · e edit · s done",
            "design": f"ask QUESTION · estimate NAME NUMBER · {write} · e edit · s done",
            "break": "s ends the break",
        }
        self.page.line(
            f"{texts[part.kind]} · n next · p previous · o NOTE · show · t time · q quit · ? help"
        )

    # -- what is shown

    def _show_new(self) -> None:
        state, seen = self.room.interview.state, self._seen
        if seen == (state.part, state.item):
            return
        self._seen = (state.part, state.item)
        if seen is None or seen[0] != state.part:
            self._show()
        else:
            self.page.line()
            self._show_item(state.current_part, state.current)

    def _show(self) -> None:
        state = self.room.interview.state
        part = state.current_part
        self.page.line()
        number = f"stage {state.part + 1} of {len(state.paper.parts)}: "
        self.page.heading(
            f"{number if len(state.paper.parts) > 1 else ''}{part.title} · {clock_text(part.time)}"
        )
        for prompt in part.say:
            self.page.line(f"say aloud: {prompt}")
        for prompt in part.ask:
            self.page.line(f"ask the interviewer: {prompt}")
        self.page.line()
        if part.items:
            self._show_item(part, state.current)
        self._help()

    def _show_item(self, part: Part, item: Item) -> None:
        state = self.room.interview.state
        if len(part.items) > 1:
            self.page.line(f"{state.item + 1} of {len(part.items)}")
        self.page.markdown(item.text)
        self.page.line()
        if part.kind == "code":
            data = item.data
            self.page.line(f"{data['level']}, {item.minutes:g} minutes · write {data['answer']}")
            if part.tests:
                self.page.line(asked_for_tests(item))
        elif part.kind == "choice":
            for number, option in enumerate(item.data["options"]):
                mark = "*" if state.work.chosen and number in state.work.chosen else " "
                self.page.line(f"{mark} {chr(ord('a') + number)}  {option['text']}")
        else:
            for section in item.data["sections"]:
                self.page.line(f"{section['id']}: {section['prompt']}")
            for estimate in item.data.get("estimates", []):
                self.page.line(
                    f"estimate {estimate['id']}: {estimate['question']} (in {estimate['unit']})"
                )
            self.say(told_so_far(state))


def _how_to_write(item: Item) -> str:
    """Return how a part of an answer is written."""
    first, *others = (section["id"] for section in item.data["sections"])
    return f"PART text (such as: {first} …)" if others else f"{first} text"
