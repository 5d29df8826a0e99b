"""The journal of an interview: one JSON line for all that happens, on the disk before it shows."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pytest_prep.content.errors import ContentError
from pytest_prep.modes.mock.clock import Reading, boot_id

JOURNAL = "journal.jsonl"
_HEARTBEAT = "heartbeat.json"
_LOCK = ".lock"
_MEND = "put the file back from a copy, or move its folder away"

Entry = dict[str, Any]


class NotWritten(Exception):
    """The disk took no more; the message says what to do."""


@dataclass(frozen=True)
class Beat:
    """The last sign of life: what was charged by then, and when the file system saw it."""

    seconds: float
    reading: Reading
    #: Modification time of the heartbeat's file: the clock by which answers are saved too.
    stamp: float


class Journal:
    """Writes the journal of one interview."""

    def __init__(self, folder: Path) -> None:
        """Open the journal in ``folder`` for appending, after the last whole line.

        Raises:
            NotWritten: the folder cannot be written.
        """
        self.folder = folder
        path = folder / JOURNAL
        try:
            folder.mkdir(parents=True, exist_ok=True)
            whole = _whole(path.read_bytes()) if path.exists() else b""
            self._file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
            # A line that a crash cut short was never acted upon.
            os.ftruncate(self._file, len(whole))
            self._end = os.lseek(self._file, 0, os.SEEK_END)
        except OSError as error:
            raise NotWritten(f"{path}: {error.strerror}; make room or mend its rights") from error

    def write(self, entry: Entry) -> None:
        """Put a line on the disk.

        Raises:
            NotWritten: nothing of it was kept; the next one may succeed.
        """
        line = json.dumps(entry, ensure_ascii=False).encode() + b"\n"
        try:
            done = 0
            while done < len(line):
                done += os.write(self._file, line[done:])
            os.fsync(self._file)
        except OSError as error:
            with contextlib.suppress(OSError):
                os.ftruncate(self._file, self._end)
                os.lseek(self._file, self._end, os.SEEK_SET)
            raise NotWritten(
                f"{self.folder.name}/{JOURNAL}: {error.strerror}; nothing before it is lost: make "
                "room and repeat the last step"
            ) from error
        self._end += len(line)

    def beat(self, seconds: float, reading: Reading) -> Beat | None:
        """Leave a sign of life; None where the disk is full, which the next line will tell."""
        path = self.folder / _HEARTBEAT
        new = path.with_suffix(".new")
        try:
            new.write_text(json.dumps({"seconds": seconds, **asdict(reading)}), encoding="ascii")
            stamp = new.stat().st_mtime
            new.replace(path)
        except OSError:
            return None
        return Beat(seconds, reading, stamp)

    def close(self) -> None:
        """Let go of the file."""
        os.close(self._file)


def entries_of(folder: Path) -> list[Entry]:
    """Return the lines of a journal; a torn last line is left out.

    Raises:
        ContentError: there is none, or a line in its middle is no line of a journal.
    """
    path = folder / JOURNAL
    try:
        lines = _whole(path.read_bytes()).splitlines()
    except OSError as error:
        raise ContentError(path, "", f"cannot be read: {error.strerror}") from error
    found: list[Entry] = []
    for number, line in enumerate(lines, 1):
        try:
            entry = json.loads(line)
        except ValueError as error:
            raise ContentError(path, f"line {number}", f"is damaged; {_MEND}") from error
        if not _is_entry(entry):
            raise ContentError(
                path, f"line {number}", f"is no line of an interview's journal; {_MEND}"
            )
        found.append(entry)
    if not found:
        raise ContentError(path, "", "is empty: this interview never began")
    return found


def _is_entry(entry: Any) -> bool:
    if not isinstance(entry, dict):
        return False
    do, at, clocks = entry.get("do"), entry.get("at"), entry.get("clocks")
    return isinstance(do, str) and isinstance(at, (int, float)) and isinstance(clocks, dict)


@contextlib.contextmanager
def undamaged(path: Path, place: str = "") -> Iterator[None]:
    """Tell of lines that fit each other no more, as after an edit by hand.

    Raises:
        ContentError: so it is.
    """
    try:
        yield
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        raise ContentError(path, place, f"does not fit the lines before it; {_MEND}") from error


def last_beat(folder: Path) -> Beat | None:
    """Return the last sign of life, None where there is none that can be read."""
    path = folder / _HEARTBEAT
    try:
        data = json.loads(path.read_text(encoding="ascii"))
        seconds = float(data.pop("seconds"))
        return Beat(seconds, Reading(**data), path.stat().st_mtime)
    except (OSError, ValueError, TypeError, KeyError):
        return None


class AlreadyRunning(Exception):
    """Another interview is going on; the message says in which process."""


@contextlib.contextmanager
def only_one(interviews: Path) -> Iterator[None]:
    """Hold the lock on interviews; the system lets go of it when the process ends, however.

    Raises:
        AlreadyRunning: another process holds it.
        NotWritten: the folder cannot be written.
    """
    path = interviews / _LOCK
    try:
        interviews.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise NotWritten(f"{path}: {error.strerror}; make room or mend its rights") from error
    try:
        _lock(handle)
        # Only to name the holder: the lock holds without it, also on a full disk.
        with contextlib.suppress(OSError):
            os.ftruncate(handle, 0)
            os.pwrite(handle, json.dumps({"pid": os.getpid(), "boot_id": boot_id()}).encode(), 0)
        yield
    finally:
        os.close(handle)


def _lock(handle: int) -> None:
    try:
        import fcntl
    except ImportError:  # pragma: no cover - not on Linux
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        holder = "another process"
        with contextlib.suppress(ValueError, KeyError):
            holder = f"process {json.loads(os.pread(handle, 200, 0))['pid']}"
        raise AlreadyRunning(
            f"an interview is going on in {holder}: finish it there, or end that process"
        ) from None


def _whole(text: bytes) -> bytes:
    return text[: text.rfind(b"\n") + 1]
