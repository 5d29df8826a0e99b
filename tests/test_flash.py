"""``pytest --flash`` from outside: selection, plain lines driven by a pipe, kills, exit codes."""

from __future__ import annotations

import fcntl
import io
import os
import pty
import re
import signal
import struct
import subprocess
import sys
import termios
from dataclasses import dataclass
from pathlib import Path

import pytest
from workspace import PLUGINS

from pytest_prep.progress.events import CARD, NOTE, PLAN, new_event
from pytest_prep.progress.store import open_store

HEAD = """\
---
deck: {deck}
title: {title}
category: {category}
tags: [{tags}]
---

"""
CARD_TEXT = """\
## {question}
<!-- id: {id} | difficulty: {difficulty} -->
### Answer
The answer of {id}.
### Keywords
- answer
- {id}

"""


def deck(name: str, category: str, *cards: tuple[str, str, int], tags: str = "basics") -> str:
    """Return a deck's text; each card is an id, a question and a difficulty."""
    head = HEAD.format(deck=name, title=f"The {name} deck", category=category, tags=tags)
    return head + "".join(
        CARD_TEXT.format(id=id_, question=question, difficulty=difficulty)
        for id_, question, difficulty in cards
    )


@pytest.fixture
def cards(katas):
    """Two decks beside the katas."""
    katas.write(
        "cards/sql/tables.md",
        deck(
            "sql-tables",
            "sql",
            ("left-join", "What does a left join keep?", 1),
            ("null-logic", "What is NULL = NULL?", 4),
            tags="relational",
        ),
    )
    katas.write("cards/aws.md", deck("aws-basics", "aws", ("s3-class", "What does S3 store?", 3)))
    return katas


@dataclass(frozen=True)
class Ran:
    """How a session in this process ended."""

    returncode: int
    stdout: str
    stderr: str


def flash(cards, typed: str, *args: str, **environment: str) -> Ran:
    """Run a session in this process, with lines on its standard input."""

    class Typed:
        """Stands before pytester's own standard input, which nothing can be read from."""

        def pytest_configure(self) -> None:
            sys.stdin = io.StringIO(typed)

    with pytest.MonkeyPatch.context() as patch:
        for name, text in environment.items():
            patch.setenv(name, text)
        result = cards.pytester.runpytest_inprocess(
            *PLUGINS, "-s", "--flash", *args, plugins=[Typed()]
        )
    return Ran(int(result.ret), result.stdout.str(), result.stderr.str())


def outside(cards, typed: str, *args: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a session in a process of its own: where another program writes to the terminal."""
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "prep", "--flash", *args],
        cwd=cards.root,
        input=typed,
        env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def answers(cards, kind: str = CARD) -> list[dict]:
    """Return what is recorded."""
    store = open_store(cards.root / ".prep" / "progress.sqlite3")
    try:
        return [event.data for event in store.events((kind,))]
    finally:
        store.close()


def asked(ran: Ran) -> int:
    """Return how many cards a session planned."""
    found = re.search(r"^(\d+) cards?, ", ran.stdout, re.MULTILINE)
    return int(found[1]) if found else 0


class TestSelection:
    """Cards are selected as pytest selects tests."""

    @pytest.mark.parametrize(
        ("args", "ids"),
        [
            ((), {"left-join", "null-logic", "s3-class"}),
            (("cards/sql",), {"left-join", "null-logic"}),
            (("cards/aws.md",), {"s3-class"}),
            (("cards/sql/tables.md::null-logic",), {"null-logic"}),
            (("-k", "join"), {"left-join"}),
            (("-k", "keep"), {"left-join"}),
            (("-k", "relational and not hard"), {"left-join"}),
            (("-k", "aws-basics"), {"s3-class"}),
            (("--flash-category", "aws"), {"s3-class"}),
            (("--flash-difficulty", "3-5"), {"null-logic", "s3-class"}),
            (("--flash-difficulty", "4"), {"null-logic"}),
            (("--flash-new", "1"), {"s3-class"}),
        ],
    )
    def test_a_selection(self, cards, args, ids) -> None:
        """Paths, node ids and ``-k`` by id, question, tags, level and deck; options narrow it."""
        flash(cards, "\n3\n" * 9, *args)
        assert {data["card"] for data in answers(cards)} == ids

    def test_a_kata_stands_for_its_cards(self, cards) -> None:
        """The path of a kata selects the cards that it names."""
        path = cards.root / "katas/sql/joins/no_orders/kata.toml"
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("minutes", 'cards = ["left-join"]\nminutes'), encoding="utf-8")
        flash(cards, "\n3\n" * 9, "katas/sql/joins")
        assert [data["card"] for data in answers(cards)] == ["left-join"]

    def test_a_card_names_its_katas(self, cards) -> None:
        """With the command that runs them; a kata that is not there is not named."""
        path = cards.root / "cards/aws.md"
        text = path.read_text(encoding="utf-8") + "### Katas\n- sql-podium\n- sql-nowhere\n"
        path.write_text(text, encoding="utf-8")
        ran = flash(cards, "\nq", "cards/aws.md")
        assert "Katas:\npytest katas/sql/window/podium\n" in ran.stdout
        assert "nowhere" not in ran.stdout

    def test_collection_shows_what_a_session_would_ask_from(self, cards) -> None:
        """``--collect-only`` lists cards as items."""
        assert cards.ids("--flash", "-k", "join") == ["cards/sql/tables.md::left-join"]

    def test_nothing_selected(self, cards) -> None:
        """One line, and pytest's exit code for it."""
        ran = flash(cards, "", "-k", "jion and aws")
        assert ran.returncode == 5
        said = "--flash: no card is selected: no card goes by 'jion'; did you mean 'join'?"
        assert ran.stderr.strip() == said
        assert "look at the paths" in flash(cards, "", "--flash-difficulty", "5").stderr

    @pytest.mark.parametrize(
        ("args", "said"),
        [
            (("--flash-category", "sq"), "no card is of 'sq' (aws, sql); did you mean 'sql'?"),
            (("--flash-difficulty", "4-2"), "'4-2' is not a range within 1 (easy) to 5 (hard)"),
            (("--minutes", "soon"), "'soon' is not a number of minutes such as 15"),
            (("-o", "prep_cards=decks"), "there is no folder decks here"),
            (("-o", "prep_flash_goal=many"), "prep_flash_goal: 'many' is not a whole number"),
            (("-o", "prep_flash_scheduler=anki"), "'anki' is not one of plan, fsrs, sm2"),
        ],
    )
    def test_wrong_usage(self, cards, args, said) -> None:
        """It is named, with what would be right."""
        ran = flash(cards, "", *args)
        assert ran.returncode == 4
        assert said in ran.stderr + ran.stdout
        assert "Traceback" not in ran.stderr

    def test_workers_are_refused(self, cards) -> None:
        """A session has one learner."""
        result = cards.run_outside("-p", "xdist", "-n", "1", "--flash")
        assert result.ret == 4
        result.stderr.fnmatch_lines(["*--flash runs in one process: leave out -n*"])

    def test_a_broken_card_costs_itself_only(self, cards) -> None:
        """It is named with its line, and the others are asked."""
        bad = deck("bad", "sql", ("fine", "Fine?", 2)) + "## No id\n### Answer\nx\n"
        cards.write("cards/bad.md", bad)
        ran = flash(cards, "\n3\n" * 9, "cards/bad.md")
        assert [data["card"] for data in answers(cards)] == ["fine"]
        assert ran.stderr.startswith("cards/bad.md:16: the card has no id; ")


class TestLines:
    """The session by plain lines."""

    def test_a_session_from_a_pipe(self, cards) -> None:
        """Show, grade, type, skip; the summary says what it came to."""
        ran = outside(cards, "\n2\nthe Answer\n1\n?\ns\n\nq\n")
        assert ran.returncode == 0
        assert ran.stderr == ""
        assert [(data["card"], data["grade"]) for data in answers(cards)] == [
            ("s3-class", 2),
            ("left-join", 1),
        ]
        assert answers(cards, NOTE) == [{"text": "the Answer", "about": "left-join"}]
        for line in (
            "3 cards, 3 of them new, about 1 min; ? lists the keys",
            "What does S3 store?",
            "The answer of s3-class.",
            "(1 of 2 points found; you grade)",
            "found  answer",
            "not found  left-join",
            "(a second look: it was not known before)",
            "cards:         2",
            "first try:     1 of 2 known, 50 %",
        ):
            assert line in ran.stdout.split("\n")
        assert "\x1b" not in ran.stdout

    def test_what_is_no_key_is_said(self, cards) -> None:
        """And the card stays."""
        ran = flash(cards, "z\n\n9\n3\nq\n", "-k", "join")
        assert "'z' is no key; ? lists them" in ran.stdout
        assert "'9' is no grade; 1, 2, 3, 4, or ? for the keys" in ran.stdout
        assert [data["grade"] for data in answers(cards)] == [3]

    def test_undo_on_the_last_screen(self, cards) -> None:
        """The last answer does not count any more."""
        ran = flash(cards, "\n1\nq", "-k", "join")
        assert "0 of 1 known" in ran.stdout
        ran = flash(cards, "\n4\nu\n\n2\n\n", "-k", "null")
        assert "first try:     1 of 1 known, 100 %" in ran.stdout
        assert "no card is left: Enter ends, u takes the last answer back" in ran.stdout
        assert [data["grade"] for data in answers(cards)] == [1, 4, 2]

    def test_nothing_to_ask(self, cards) -> None:
        """A second session on the day says so."""
        flash(cards, "\n3\n" * 3)
        ran = flash(cards, "")
        assert ran.returncode == 0
        assert "nothing to ask today" in ran.stdout
        assert "today's goal:  3 of 20 cards" in ran.stdout

    def test_suspended_cards_come_back_when_asked(self, cards) -> None:
        """``--flash-unsuspend``."""
        flash(cards, "x\nq", "-k", "join")
        assert "nothing to ask" in flash(cards, "", "-k", "join").stdout
        ran = flash(cards, "q\n", "-k", "join", "--flash-unsuspend")
        assert ran.stdout.startswith("1 card brought back\n")
        assert asked(ran) == 1

    def test_the_plan_knows_the_date(self, cards) -> None:
        """The summary says what is expected for the day."""
        store = open_store(cards.root / ".prep" / "progress.sqlite3")
        store.append([new_event(PLAN, {"interview": "2026-12-09"})])
        store.close()
        ran = flash(cards, "\n3\n" * 9, PREP_NOW="2026-12-01T12:00:00+00:00")
        assert re.search(r"^interview: +9 Dec, in 8 days: about \d+ %", ran.stdout, re.MULTILINE)

    def test_editing_shows_the_new_text(self, cards, tmp_path: Path) -> None:
        """``e`` opens the editor at the card's line; the text is read again."""
        editor = tmp_path / "vim"
        editor.write_text(
            '#!/bin/sh\necho "editor $1"\nsed -i "s/left join keep/LEFT JOIN keep/" "$2"\n',
            encoding="utf-8",
        )
        editor.chmod(0o755)
        ran = outside(cards, "e\n\n3\n", "-k", "join", EDITOR=str(editor), VISUAL="")
        assert "editor +8" in ran.stdout
        assert "the new text is shown" in ran.stdout
        assert "What does a LEFT JOIN keep?" in ran.stdout
        assert [data["grade"] for data in answers(cards)] == [3]

    def test_an_edit_that_breaks_the_card_keeps_the_old_text(self, cards, tmp_path) -> None:
        """The mistake is named with its line."""
        editor = tmp_path / "ed.sh"
        editor.write_text('#!/bin/sh\nsed -i "s/^### Answer/### Answr/" "$1"\n', encoding="utf-8")
        editor.chmod(0o755)
        ran = outside(cards, "e\n\n3\n", "-k", "join", EDITOR=str(editor), VISUAL="")
        assert "cards/sql/tables.md:10: '### Answr' is no section" in ran.stdout
        assert "the old text stays for now" in ran.stdout
        assert "The answer of left-join." in ran.stdout

    def test_an_editor_that_is_not_there(self, cards) -> None:
        """One line says what to set."""
        ran = outside(cards, "e\nq\n", "-k", "join", EDITOR="no-such-editor", VISUAL="")
        assert "the editor cannot be started" in ran.stdout
        assert ran.returncode == 0

    def test_a_store_that_cannot_be_opened(self, cards) -> None:
        """No session without a record: the answers would be lost."""
        cards.write(".prep", "a file in the way")
        ran = flash(cards, "")
        assert ran.returncode == 4
        assert ran.stderr.startswith("--flash: the answers cannot be kept: ")
        assert "Traceback" not in ran.stderr


class TestTerminal:
    """The session in a terminal of its own."""

    def begin(self, cards, **environment: str) -> tuple[int, int]:
        """Start pytest on a new terminal; return its process and the terminal."""
        pid, terminal = pty.fork()
        if pid == 0:
            os.chdir(cards.root)
            clean = {name: text for name, text in os.environ.items() if name != "CI"}
            clean |= {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "TERM": "xterm-256color"}
            clean |= {"LANG": "C.UTF-8", "PYTHONUTF8": "1", **environment}
            command = [sys.executable, "-m", "pytest", "-p", "prep", "--flash"]
            os.execve(sys.executable, command, clean)
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 90, 0, 0))
        return pid, terminal

    def until(self, terminal: int, text: str) -> str:
        """Read until a text was written."""
        read = b""
        while text.encode() not in read:
            read += os.read(terminal, 65536)
        return read.decode(errors="replace")

    def test_a_kill_on_the_screen(self, cards) -> None:
        """What was graded before it is there."""
        pid, terminal = self.begin(cards)
        self.until(terminal, "What does S3 store?")
        os.write(terminal, b" ")
        self.until(terminal, "later today")
        os.write(terminal, b"4")
        self.until(terminal, "card 2 of 3")
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        os.close(terminal)
        assert [(data["card"], data["grade"]) for data in answers(cards)] == [("s3-class", 4)]

    def test_the_terminal_goes_away(self, cards) -> None:
        """A closed window ends the session, and loses nothing."""
        pid, terminal = self.begin(cards)
        self.until(terminal, "What does S3 store?")
        os.write(terminal, b" ")
        self.until(terminal, "later today")
        os.write(terminal, b"2")
        self.until(terminal, "card 2 of 3")
        os.close(terminal)
        os.waitpid(pid, 0)
        assert [data["grade"] for data in answers(cards)] == [2]

    @pytest.mark.parametrize("name", ["ACCESSIBLE", "CI"])
    def test_lines_are_asked_for(self, cards, name: str) -> None:
        """Also in a terminal."""
        pid, terminal = self.begin(cards, **{name: "1"})
        shown = self.until(terminal, "or type yours:")
        assert "\x1b[?1049h" not in shown, "no other screen is opened"
        os.write(terminal, b"q\n")
        self.until(terminal, "today's goal")
        os.waitpid(pid, 0)
        os.close(terminal)


class TestNothingIsLost:
    """However a session ends."""

    def begin(self, cards, *args: str) -> subprocess.Popen[str]:
        """Start a session whose lines are read one by one."""
        return subprocess.Popen(
            [sys.executable, "-m", "pytest", "-p", "prep", "--flash", *args],
            cwd=cards.root,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
            text=True,
        )

    def until(self, process: subprocess.Popen[str], text: str) -> str:
        """Read until a text was written."""
        read = ""
        while text not in read:
            letter = process.stdout.read(1)
            assert letter, read
            read += letter
        return read

    @pytest.mark.parametrize("number", [1, 2, 3])
    def test_a_kill_after_so_many_answers(self, cards, number: int) -> None:
        """Each answer was on the disk before the next card was shown."""
        process = self.begin(cards)
        self.until(process, "or type yours:")
        for count in range(1, number + 1):
            process.stdin.write("\n3\n")
            process.stdin.flush()
            self.until(process, "or type yours:" if count < 3 else "no card is left")
        process.kill()
        process.communicate()
        assert [data["grade"] for data in answers(cards)] == [3] * number

    def test_a_typed_answer_is_kept_before_it_is_graded(self, cards) -> None:
        """A kill between typing and grading loses no word."""
        process = self.begin(cards)
        self.until(process, "or type yours:")
        process.stdin.write("all that I know\n")
        process.stdin.flush()
        self.until(process, "4 easy")
        process.kill()
        process.communicate()
        assert [data["text"] for data in answers(cards, NOTE)] == ["all that I know"]

    def test_an_interrupt(self, cards) -> None:
        """Exit code 2, the summary, and everything kept."""
        process = self.begin(cards)
        self.until(process, "or type yours:")
        process.stdin.write("\n3\n")
        process.stdin.flush()
        self.until(process, "or type yours:")
        process.send_signal(signal.SIGINT)
        out, err = process.communicate()
        assert process.returncode == 2
        assert "interrupted; everything graded is saved" in out
        assert "first try:     1 of 1 known" in out
        assert "Traceback" not in err
        assert len(answers(cards)) == 1

    def test_two_sessions_at_once(self, cards) -> None:
        """Both keep their answers."""
        first, second = self.begin(cards, "cards/sql"), self.begin(cards, "cards/aws.md")
        for process in (first, second):
            self.until(process, "or type yours:")
        for process in (first, second):
            process.stdin.write("\n3\n")
            process.stdin.flush()
        first.communicate("q\n")
        second.communicate("q\n")
        assert {data["card"] for data in answers(cards)} == {"left-join", "s3-class"}
