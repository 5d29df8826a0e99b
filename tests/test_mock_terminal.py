"""An interview in a real terminal: what signals, a resize and an error leave behind."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time

import pytest
from candidate import CODING
from workspace import PRICE_KATA, PRICES

ENTERED, RESTORED = b"\x1b[?1049h", b"\x1b[?1049l"


class Terminal:
    """A pseudo-terminal with an interview in it."""

    def __init__(self, root, *args, env=None):
        self.master, self.slave = pty.openpty()
        self.resize(30, 100)
        self.before = termios.tcgetattr(self.slave)
        command = [sys.executable, "-m", "pytest", "--disable-plugin-autoload"]
        environment = {**os.environ, "TERM": "xterm-256color", **(env or {})}
        for name in ("COLUMNS", "LINES"):  # the size is that of the terminal
            environment.pop(name, None)
        self.process = subprocess.Popen(
            [*command, "-p", "prep", "-p", "timeout", *args],
            cwd=root,
            env=environment,
            stdin=self.slave,
            stdout=self.slave,
            stderr=self.slave,
            start_new_session=True,
        )
        self.shown = b""

    def resize(self, lines, columns):
        """Give the terminal another size."""
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    def until(self, text, seconds=40):
        """Read until a text was shown."""
        end = time.monotonic() + seconds
        while text not in self.shown:
            assert time.monotonic() < end, (text, self.shown[-2000:])
            self._read(0.2)

    def _read(self, seconds):
        ready, _, _ = select.select([self.master], [], [], seconds)
        if ready:
            self.shown += os.read(self.master, 65536)

    def draws(self, text, lines, columns):
        """Give the terminal another size, and read until a text was drawn for it.

        What was drawn for the size before may still be on its way: then another size follows.
        """
        for narrower in (0, 1, 0, 1):
            self.shown = b""
            self.resize(lines, columns - narrower)
            self.process.send_signal(signal.SIGWINCH)
            with contextlib.suppress(AssertionError):
                return self.until(text, seconds=15)
        raise AssertionError(self.shown[-2000:])

    def types(self, keys):
        """Press keys."""
        os.write(self.master, keys)

    def ends(self, seconds=40):
        """Wait for the end; return the exit code."""
        end = time.monotonic() + seconds
        while self.process.poll() is None:
            assert time.monotonic() < end, self.shown[-2000:]
            self._read(0.1)
        self._read(0.2)
        return self.process.returncode

    @property
    def is_usable(self):
        """Whether the terminal echoes and reads lines, as before."""
        now = termios.tcgetattr(self.slave)
        return now[3] & (termios.ECHO | termios.ICANON) == self.before[3] & (
            termios.ECHO | termios.ICANON
        )

    def close(self):
        """End what is left."""
        self.process.kill()
        self.process.wait()
        os.close(self.master)
        os.close(self.slave)


@pytest.fixture
def terminal(workspace):
    """Start interviews on one SQL kata in terminals."""
    workspace.sql_kata(PRICE_KATA, **PRICES)
    workspace.write("interviews/coding-20.toml", CODING)
    started = []

    def start(*args, **kwargs):
        started.append(Terminal(workspace.root, *(args or ("--mock",)), **kwargs))
        return started[-1]

    yield start
    for one in started:
        one.close()


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_leaves_a_usable_terminal(terminal, sent):
    """The screen is given back, and the line says how to go on; going on works."""
    room = terminal()
    room.until(b"20:00 left")
    room.types(b"h")
    room.until(b"hint 1")
    room.process.send_signal(sent)
    assert room.ends() == 2
    assert room.shown.count(ENTERED) == room.shown.count(RESTORED) == 1
    assert room.is_usable
    assert b"go on with: pytest --mock-resume" in room.shown.split(RESTORED)[1]
    again = terminal("--mock-resume")
    again.until(b"hint 1")


def test_a_terminal_that_is_closed(terminal, workspace):
    """Nothing hangs; all is on the disk, also the note that was being typed."""
    room = terminal()
    room.until(b"20:00 left")
    room.types(b"o")
    room.until(b"a note")
    room.types(b"half a note")
    room.until(b"half a note")
    room.process.send_signal(signal.SIGHUP)
    assert room.ends() == 129
    (journal,) = workspace.root.glob(".prep/interviews/*/journal.jsonl")
    assert json.loads(journal.read_text().splitlines()[-1])["text"] == "half a note"
    again = terminal("--mock-resume")
    again.until(b"left")


def test_a_suspended_interview(terminal):
    """Ctrl-Z gives the terminal to the shell; what comes back is the whole screen, and its keys."""
    room = terminal()
    room.until(b"20:00 left")
    room.types(b"\x1a")
    room.until(RESTORED)
    _, status = os.waitpid(room.process.pid, os.WUNTRACED)
    assert os.WIFSTOPPED(status)
    assert room.is_usable
    room.shown = b""
    room.process.send_signal(signal.SIGCONT)
    room.until(ENTERED)
    room.until(b"One problem")
    room.types(b"h")
    room.until(b"hint 1")
    room.types(b"\x03")
    assert room.ends() == 2
    assert room.is_usable


def test_another_size(terminal):
    """From wide to narrow and back: the time and the keys stay."""
    room = terminal()
    room.until(b"20:00 left")
    for lines, columns in ((20, 60), (12, 40), (40, 160)):
        room.draws(b"hint", lines, columns)
    room.types(b"\x03")
    assert room.ends() == 2
    assert room.is_usable


def test_an_error_of_ours_gives_the_terminal_back(terminal, workspace):
    """Whatever breaks while the screen stands, the terminal is usable and nothing is lost."""
    workspace.write(
        "conftest.py",
        """
        def pytest_configure():
            from pytest_prep.modes.mock import screen

            def broken(self):
                raise RuntimeError("broken on purpose")

            screen.InterviewApp._look_at_judging = broken
        """,
    )
    room = terminal()
    assert room.ends() != 0
    assert room.shown.count(ENTERED) == room.shown.count(RESTORED) == 1
    assert room.is_usable
    (workspace.root / "conftest.py").unlink()
    again = terminal("--mock-resume")
    again.until(b"left")


def test_no_screen_where_lines_are_wanted(terminal):
    """--plain, TERM=dumb, CI and ACCESSIBLE=1 give lines in a terminal too."""
    for args, env in (((), {"CI": "1"}), (("--plain",), {}), ((), {"ACCESSIBLE": "1"})):
        room = terminal("--mock", *args, env=env)
        room.until(b"left] >")
        assert ENTERED not in room.shown
        room.types(b"\x03")
        room.process.send_signal(signal.SIGINT)
        assert room.ends() == 2
