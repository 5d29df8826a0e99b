"""Load a Python answer, and say in a verdict how a test of it ended."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType, TracebackType
from typing import Any
from zlib import crc32

from pytest_prep.content.answer import read_text
from pytest_prep.content.errors import did_you_mean
from pytest_prep.judging.plain import FUNCTIONS, NotPlain, plain
from pytest_prep.judging.verdict import Verdict

#: Begins the line of an assertion's message that says in what two values differ.
DIFFERENCE = "difference: "
#: The global of an answer that holds the names a kata asks for.
ASKED_FOR = "__asked_for__"


class AnswerModule(ModuleType):
    """An answer; its name in a traceback is its file's, not a path of the machine.

    From outside, the functions that are asked for return plain data only (see
    :mod:`pytest_prep.judging.plain`). The answer's own code sees its globals as they are.
    """

    def __repr__(self) -> str:
        return f"<{Path(str(self.__file__)).name}>"

    def __getattribute__(self, name: str) -> Any:
        value = super().__getattribute__(name)
        if type(value) in FUNCTIONS and name in super().__getattribute__("__dict__").get(
            ASKED_FOR, ()
        ):
            return plain(value, name, str(self.__file__))
        return value


class AnswerInvalid(Exception):
    """The answer does not parse, or lacks what is asked for."""

    def __init__(self, summary: str, detail: str = "", line: int | None = None) -> None:
        super().__init__(summary)
        self.detail = detail
        self.line = line


def load_answer(path: Path, names: Iterable[str]) -> ModuleType:
    """Execute the file at ``path`` in a fresh module and return it.

    Compiled here and not imported: the import system serves a stale ``.pyc`` after an edit of the
    same size within the same second.

    Raises:
        ContentError: the file cannot be read.
        AnswerInvalid: it does not parse, or does not define ``names``.
        Exception: whatever the answer raises while it is executed.
    """
    __tracebackhide__ = True
    source = read_text(path)
    try:
        code = compile(source, str(path), "exec", dont_inherit=True)
    except (SyntaxError, ValueError) as error:
        text = (getattr(error, "text", None) or "").rstrip("\n")
        caret = " " * ((getattr(error, "offset", None) or 1) - 1) + "^" if text else ""
        line, told = getattr(error, "lineno", None), f"the answer does not parse: {unparsed(error)}"
        raise AnswerInvalid(told, f"{text}\n{caret}".rstrip(), line) from None
    except (RecursionError, MemoryError):
        # of the compiler: nothing of the answer has run yet
        detail = "an expression is nested too deeply for Python; take it apart"
        raise AnswerInvalid("the answer does not compile", detail) from None
    name = f"prep_answer_{crc32(str(path).encode()):08x}_{path.stem}"
    module = AnswerModule(name)
    module.__file__ = str(path)
    # Dataclasses, enums and type hints look their module up by name.
    sys.modules[name] = module
    try:
        exec(code, module.__dict__)  # noqa: S102 - running answers is what this is for
    except SystemExit as error:
        # pytest would not take it for the end of a fixture, and the next test would suffer.
        raise RuntimeError("it ends the program (SystemExit)").with_traceback(
            error.__traceback__
        ) from None
    names = tuple(names)
    module.__dict__[ASKED_FOR] = names
    for wanted in names:
        if not hasattr(module, wanted):
            near = did_you_mean(wanted, [n for n in vars(module) if not n.startswith("_")])
            raise AnswerInvalid(f"{path.name} does not define {wanted}{near}")
    return module


def unparsed(error: SyntaxError | ValueError) -> str:
    """Return in which line and why a text is no Python."""
    line = getattr(error, "lineno", None)
    return f"{f'line {line}: ' if line else ''}{getattr(error, 'msg', error)}"


def verdict_of_exception(error: BaseException, answer: Path) -> Verdict:
    """Return the verdict on a test that ended with ``error``.

    An assertion of the test means a wrong answer; an exception out of the answer's own code means
    that it crashed; any other exception is the kata's fault.
    """
    if isinstance(error, AnswerInvalid):
        return Verdict("invalid", str(error), error.detail, line=error.line)
    if isinstance(error, NotPlain):
        return Verdict("wrong_answer", str(error), line=error.line)
    line = line_in(error.__traceback__, answer)
    summary = _message(error).strip().split("\n")[0]
    if isinstance(error, OSError) and "reading from stdin" in summary:
        # pytest's wording speaks of pytest, not of the answer
        return Verdict("runtime_error", "EOFError: there is nothing to read for input()", line=line)
    ended_here = _ends_in(error.__traceback__, answer)
    # Libraries raise it too, for what they cannot do: that is a crash.
    if ended_here and isinstance(error, NotImplementedError):
        return Verdict("todo", "raises NotImplementedError", line=line)
    if isinstance(error, MemoryError):
        return Verdict("memory_limit", "out of memory", line=line)
    if isinstance(error, AssertionError) and not ended_here:
        told = [line.strip() for line in _message(error).split("\n")]
        words = next((line for line in told if line.startswith(DIFFERENCE)), "")
        if words and summary.startswith("assert "):
            summary = words.removeprefix(DIFFERENCE)
        return Verdict("wrong_answer", summary or "an assertion of the test does not hold")
    if line is not None:
        return Verdict(
            "runtime_error", f"{type(error).__name__}: {summary}".rstrip(": "), line=line
        )
    if isinstance(error, (AttributeError, TypeError, ValueError, LookupError)):
        # The test worked on what the answer returned, and could not.
        return Verdict("wrong_answer", f"{type(error).__name__}: {summary}".rstrip(": "))
    return Verdict("kata_error", f"{type(error).__name__}: {summary}".rstrip(": "))


def _message(error: BaseException) -> str:
    try:
        return str(error)
    except Exception:  # the answer's own exception class is broken
        return ""


def _frames(traceback: TracebackType | None) -> list[tuple[str, int | None]]:
    frames: list[tuple[str, int | None]] = []
    while traceback is not None:
        frames.append((traceback.tb_frame.f_code.co_filename, traceback.tb_lineno))
        traceback = traceback.tb_next
    return frames


def line_in(traceback: TracebackType | None, answer: Path) -> int | None:
    """Return the innermost line of the answer that the traceback goes through."""
    lines = [line for name, line in _frames(traceback) if name == str(answer) and line]
    return lines[-1] if lines else None


def _ends_in(traceback: TracebackType | None, answer: Path) -> bool:
    frames = _frames(traceback)
    return bool(frames) and frames[-1][0] == str(answer)
