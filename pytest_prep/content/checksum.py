"""SHA-256 of files and of a table's rows.

The bytes of a Parquet file change with the version of the library that wrote it; the rows do not.
So a data set pins both: the file (is it damaged?) and its rows (is it still the same data?).
"""

from __future__ import annotations

import datetime
import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def bytes_sha256(content: bytes) -> str:
    """Return the hexadecimal SHA-256 of bytes."""
    return hashlib.sha256(content).hexdigest()


def file_sha256(path: Path) -> str:
    """Return the hexadecimal SHA-256 of a file's bytes."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def rows_sha256(rows: Iterable[Sequence[object]]) -> str:
    r"""Return the hexadecimal SHA-256 of rows in their order, whatever library read them.

    Each row becomes one line of UTF-8: values joined by tabs, NULL as ``\N``, whole numbers in
    decimal, floats as the shortest text that reads back to the same value, dates and timestamps
    in ISO 8601, text with backslash, tab and line ends escaped.

    Raises TypeError for a value of any other type.
    """
    digest = hashlib.sha256()
    for row in rows:
        digest.update(("\t".join(map(_text, row)) + "\n").encode())
    return digest.hexdigest()


def _text(value: object) -> str:
    if value is None:
        return "\\N"
    if isinstance(value, str):
        return value.translate(_ESCAPES)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, datetime.datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, datetime.date):
        return value.isoformat()
    raise TypeError(f"no canonical text for a {type(value).__name__}: {value!r}")
