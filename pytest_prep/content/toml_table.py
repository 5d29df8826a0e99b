"""TOML while it is read: typed access to a table, and errors that name file, place and mend."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from pytest_prep.content.errors import ContentError, did_you_mean

_T = TypeVar("_T")
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class Table:
    """One TOML table while it is read: typed access, then a check that no key is left over."""

    def __init__(self, path: Path, name: str, data: Mapping[str, Any]) -> None:
        """Start with nothing read; ``name`` is shown in errors, ``""`` for the whole file."""
        self.path = path
        self.name = name
        self.data = data
        self.known: list[str] = []

    def error(self, key: str, problem: str) -> ContentError:
        """Return the error of a key: the file, the table and the key, and what is wrong."""
        place = f"[{self.name}] {key}" if self.name else key
        return ContentError(self.path, place, problem)

    def take(self, key: str, kind: type | tuple[type, ...], wanted: str, default: Any = ...) -> Any:
        """Return a value of the given kind; without a default it has to be there.

        ``wanted`` says in the error what belongs there.

        Raises:
            ContentError: it is missing, or of another kind.
        """
        self.known.append(key)
        if key not in self.data:
            if default is ...:
                others = [other for other in self.data if other not in self.known]
                near = did_you_mean(key, others).replace("did you mean", "is it spelt")
                raise self.error(key, f"is missing; add {wanted}{near}")
            return default
        value = self.data[key]
        # bool is an int for isinstance, never for an author
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise self.error(key, f"{value!r} is not {wanted}")
        return value

    def words(self, key: str, wanted: str, kind: type = str, default: Any = ()) -> tuple[Any, ...]:
        """Return a list of values of one kind.

        Raises:
            ContentError: it is no list, or holds something else.
        """
        values = self.take(key, list, f"a list of {wanted}", default)
        for value in values:
            if not isinstance(value, kind) or isinstance(value, bool):
                raise self.error(key, f"{value!r} in the list is not one of {wanted}")
        return tuple(values)

    def choice(self, key: str, among: tuple[str, ...], what: str, default: Any = ...) -> str:
        """Return one of the texts ``among``.

        Raises:
            ContentError: it is another one; the error says which is near.
        """
        value: str = self.take(key, str, f"one of {', '.join(among)}", default)
        if value not in among:
            raise self.error(
                key, f"{value!r} is not {what} ({', '.join(among)}){did_you_mean(value, among)}"
            )
        return value

    def id(self, key: str = "id") -> str:
        """Return an id.

        Raises:
            ContentError: it is missing, or no such id.
        """
        name: str = self.take(key, str, 'an id such as "sql-last-flight"')
        return self.checked_id(key, name)

    def checked_id(self, key: str, name: str) -> str:
        """Return ``name``.

        Raises:
            ContentError: it is no id.
        """
        if not _ID.fullmatch(name):
            raise self.error(key, f"{name!r} is not an id: lower-case words joined by hyphens")
        return name

    def entries(self, key: str, read: Callable[[Table], _T], what: str) -> tuple[_T, ...]:
        """Read every table of an array ``[[key]]``; ``what`` says what one of them is.

        Raises:
            ContentError: it is no array of tables, an entry is wrong, or two have the same id.
        """
        found: dict[str, _T] = {}
        for number, raw in enumerate(self.take(key, list, f"{what}s, each as [[{key}]]", []), 1):
            if not isinstance(raw, dict):
                raise self.error(key, f"{raw!r} is no {what}; write each as [[{key}]]")
            name = raw.get("id")
            if isinstance(name, str) and name in found:
                raise self.error(key, f"the id {name!r} comes twice; give each {what} its own")
            table = Table(self.path, f"{key} {name or number}", raw)
            found[str(name or number)] = read(table)
            table.finish()
        return tuple(found.values())

    def finish(self) -> None:
        """Complain about keys that nobody has read.

        Raises:
            ContentError: there is one; the error says which known one is near.
        """
        for key in self.data:
            if key not in self.known:
                raise self.error(
                    key,
                    f"unknown key{did_you_mean(key, self.known)} "
                    f"Known here: {', '.join(self.known)}",
                )


def read_toml(path: Path) -> Table:
    """Return what a file holds.

    Raises:
        ContentError: the file is missing, is not UTF-8, or is not TOML.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ContentError(path, "", f"cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ContentError(path, f"byte {error.start}", "is not UTF-8; save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise ContentError(path, "", f"is not valid TOML: {error}") from error
    return Table(path, "", data)
