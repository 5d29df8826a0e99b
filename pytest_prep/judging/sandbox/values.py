"""A query's result to bytes and back, without running anything that the bytes say.

A header of JSON, then the columns one after the other: whole numbers of 64 bits and floats as raw
bytes, everything else as JSON, with a tag where JSON has no such value.
"""

from __future__ import annotations

import base64
import json
import struct
from array import array
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, cast
from uuid import UUID

from pytest_prep.judging.table import Table

_LENGTH = struct.Struct("<Q")
_PLAIN = frozenset((int, str, float, bool, type(None)))

#: Type → its tag and how it becomes text.
_TAGS: dict[type, tuple[str, Callable[[Any], Any]]] = {
    Decimal: ("decimal", str),
    datetime: ("datetime", datetime.isoformat),
    date: ("date", date.isoformat),
    time: ("time", time.isoformat),
    timedelta: ("interval", lambda value: [value.days, value.seconds, value.microseconds]),
    bytes: ("bytes", lambda value: base64.b64encode(value).decode()),
    UUID: ("uuid", str),
}
_BACK: dict[str, Callable[[Any], object]] = {
    "decimal": Decimal,
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "interval": lambda parts: timedelta(*parts),
    "bytes": base64.b64decode,
    "uuid": UUID,
}


class NoPlainData(TypeError):
    """A value is of a type that does not cross the boundary; ``str(error)`` names it."""


def table_to_bytes(table: Table) -> bytes:
    """Return a result as bytes.

    Raises:
        NoPlainData: a value is of an unknown type.
    """
    columns = list(zip(*table.rows, strict=True)) if table.rows else [()] * len(table.columns)
    pieces, forms = [], []
    for column in columns:
        form, piece = _column_to_bytes(column)
        forms.append([form, len(piece)])
        pieces.append(piece)
    header = json.dumps(
        {"columns": table.columns, "types": table.types, "rows": len(table.rows), "forms": forms}
    ).encode()
    return b"".join((_LENGTH.pack(len(header)), header, *pieces))


def table_from_bytes(data: bytes) -> Table:
    """Rebuild what :func:`table_to_bytes` returned.

    Raises:
        ValueError, KeyError, TypeError: the bytes are not such a thing.
    """
    (length,) = _LENGTH.unpack_from(data)
    place = _LENGTH.size + length
    header = json.loads(data[_LENGTH.size : place])
    columns = []
    for form, size in header["forms"]:
        columns.append(_column_from_bytes(form, data[place : place + size]))
        place += size
    rows: list[tuple[object, ...]] = list(zip(*columns, strict=True))
    if len(rows) != header["rows"] and columns:
        raise ValueError("rows are missing")
    return Table(
        columns=tuple(map(str, header["columns"])),
        types=tuple(map(str, header["types"])),
        rows=rows if columns else [()] * header["rows"],
    )


def _column_to_bytes(column: tuple[object, ...]) -> tuple[str, bytes]:
    kinds = set(map(type, column))
    if kinds == {int}:
        try:
            return "q", array("q", cast("tuple[int, ...]", column)).tobytes()
        except OverflowError:
            pass
    elif kinds == {float}:
        return "d", array("d", cast("tuple[float, ...]", column)).tobytes()
    if kinds <= _PLAIN:
        return "json", json.dumps(column).encode()
    if len(kinds - {type(None)}) == 1:
        (kind,) = kinds - {type(None)}
        if kind in _TAGS:
            tag, text = _TAGS[kind]
            return tag, json.dumps([None if v is None else text(v) for v in column]).encode()
    return "tagged", json.dumps([_tagged(value) for value in column]).encode()


def _column_from_bytes(form: str, data: bytes) -> list[object]:
    if form in ("q", "d"):
        numbers: array[Any] = array(form)
        numbers.frombytes(data)
        return numbers.tolist()
    values: list[Any] = json.loads(data)
    if form == "json":
        return values
    if form == "tagged":
        return [_untagged(value) for value in values]
    back = _BACK[form]
    return [None if value is None else back(value) for value in values]


def _tagged(value: object) -> object:
    kind = type(value)
    if kind in _PLAIN:
        return value
    if kind in _TAGS:
        tag, text = _TAGS[kind]
        return {tag: text(value)}
    if isinstance(value, list):
        return [_tagged(part) for part in value]
    if isinstance(value, tuple):
        return {"tuple": [_tagged(part) for part in value]}
    if isinstance(value, dict):
        return {"dict": [[_tagged(k), _tagged(v)] for k, v in value.items()]}
    raise NoPlainData(f"{kind.__module__}.{kind.__qualname__}")


def _untagged(value: Any) -> object:
    if isinstance(value, list):
        return [_untagged(part) for part in value]
    if not isinstance(value, dict):
        return value
    ((tag, content),) = value.items()
    if tag == "tuple":
        return tuple(_untagged(part) for part in content)
    if tag == "dict":
        return {_untagged(k): _untagged(v) for k, v in content}
    return _BACK[tag](content)
