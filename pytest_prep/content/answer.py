"""Read an answer, and tell whether it is still the starter."""

from __future__ import annotations

# Each child that reads an answer would otherwise import it for itself.
import encodings.utf_8_sig  # noqa: F401
import re
from pathlib import Path

from pytest_prep.content.errors import ContentError

_SQL_COMMENT = re.compile(r"--[^\n]*|/\*.*?\*/", re.DOTALL)


def read_text(path: Path) -> str:
    r"""Return the text of ``path`` with ``\n`` line ends and without a byte-order mark.

    Raises:
        ContentError: the file is missing, unreadable or not UTF-8.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise ContentError(path, "", "is missing; put the file back") from error
    except UnicodeDecodeError as error:
        raise ContentError(path, f"byte {error.start}", "is not UTF-8; save it as UTF-8") from error
    except OSError as error:
        raise ContentError(path, "", f"cannot be read: {error.strerror}") from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def unreadable(path: Path, error: ContentError) -> str:
    """Return in one line why an answer cannot be read, and the mend."""
    if not path.exists():
        return f"{path.name} is missing; --reset brings the starter back"
    place = f"{error.place}: " if error.place else ""
    return f"{path.name}: {place}{error.problem}"


def is_starter(text: str, starter: str, suffix: str) -> bool:
    """Tell whether ``text`` is still the starter.

    White space at line ends and blank lines do not count; an answer that holds nothing but
    comments is a starter too, whatever the comments say.
    """
    if suffix == ".sql" and not _SQL_COMMENT.sub("", text).strip(" \t\n;"):
        return True
    if suffix == ".py" and all(line.lstrip().startswith("#") for line in _lines(text)):
        return True
    return _lines(text) == _lines(starter)


def _lines(text: str) -> list[str]:
    return [line for line in (line.rstrip() for line in text.split("\n")) if line]
