"""Bring a kata's starter back without losing the answer that stands there."""

from __future__ import annotations

import contextlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from pytest_prep.content.errors import ContentError
from pytest_prep.content.kata import Kata


@dataclass(frozen=True, slots=True)
class BroughtBack:
    """What a reset did."""

    #: Whether the answer was the starter already, and nothing was done.
    untouched: bool = False
    #: Where the old answer is kept, None where there was none.
    kept: Path | None = None


def bring_back(kata: Kata, archive: Path, time: str) -> BroughtBack:
    """Replace a kata's answer by its starter.

    The old answer is on disk under ``archive/<kata id>/<time><ending>`` before it is replaced, and
    the replacement is one rename: whenever this is stopped, no text is lost.

    Args:
        kata: the kata.
        archive: the folder of kept answers.
        time: a moment as part of a file name.

    Raises:
        ContentError: the starter cannot be read, or a file cannot be written; nothing is lost.
    """
    # A link is followed: what it points to is the learner's file.
    answer = kata.answer.resolve()
    try:
        starter = kata.starter.read_bytes()
        while True:
            old = answer.read_bytes() if answer.exists() else None
            if old is not None and _lines(old) == _lines(starter):
                return BroughtBack(untouched=True)
            kept = _keep(old, archive / kata.id, time, kata.suffix) if old is not None else None
            if _replace(answer, starter, old):
                return BroughtBack(kept=kept)
    except OSError as error:
        path = Path(error.filename) if error.filename else kata.answer
        if path.parent == answer.parent:
            # What failed may be a temporary file beside it.
            path = kata.answer
        problem = f"{error.strerror}; the answer is as it was"
        if kata.answer.is_symlink() and not answer.parent.is_dir():
            problem = f"is a link to {answer}, whose folder is missing; delete the link"
        raise ContentError(path, "", problem) from error


def _lines(text: bytes) -> list[bytes]:
    return [line for line in (line.rstrip() for line in text.splitlines()) if line]


def _keep(text: bytes, folder: Path, time: str, suffix: str) -> Path:
    """Write a text to a new file and to the disk; return the file."""
    folder.mkdir(parents=True, exist_ok=True)
    number = 1
    while True:
        path = folder / (f"{time}{suffix}" if number == 1 else f"{time}-{number}{suffix}")
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
        except FileExistsError:
            number += 1
            continue
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
        except OSError:
            path.unlink(missing_ok=True)  # half a copy would look like a whole one
            raise
        _sync_folder(folder)
        return path


def _replace(path: Path, text: bytes, expected: bytes | None) -> bool:
    """Put a text in a file's place, unless the file has changed since it was ``expected``."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(path.stat().st_mode & 0o7777 if expected is not None else 0o644)
        if (path.read_bytes() if path.exists() else None) != expected:
            Path(name).unlink()
            return False
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)
    return True


def _sync_folder(folder: Path) -> None:
    # Only some systems let a folder be opened; there the file's own sync must do.
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
