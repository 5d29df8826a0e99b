"""Read ``datasets.toml``; find a table's file, making a generated one on first use."""

from __future__ import annotations

import os
import tempfile
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pytest_prep.content.checksum import bytes_sha256, file_sha256
from pytest_prep.content.errors import ContentError, did_you_mean
from pytest_prep.content.families import FAMILIES, load_family

if TYPE_CHECKING:
    from collections.abc import Mapping

DATASETS_FILE = "datasets.toml"
FORMATS = ("parquet", "csv")

_REBUILD = "run katas/data/build.py, which writes this file"


class DatasetError(ContentError):
    """A data set cannot be used: its entry in datasets.toml or its file is not as it must be."""


@dataclass(frozen=True, slots=True)
class DataTable:
    """One table of a data set."""

    name: str
    #: The shipped file; of a generated family, the file's name below the cache folder.
    path: Path
    #: ``parquet`` or ``csv``; a CSV has a header, commas, ``"`` as quote, and empty for NULL.
    format: str
    #: (name, DuckDB type) in the order of the file.
    columns: tuple[tuple[str, str], ...]
    rows: int
    #: SHA-256 of the file's bytes.
    sha256: str
    #: :func:`pytest_prep.content.checksum.rows_sha256` of the rows; None for a generated file,
    #: whose bytes depend on no library.
    rows_sha256: str | None


@dataclass(frozen=True, slots=True)
class Dataset:
    """Tables that belong together."""

    name: str
    title: str
    licence: str
    #: The line that names the data's authors; empty for a generated family.
    attribution: str
    #: The generated family whose files these are, or None for shipped files.
    family: str | None
    #: name → table, in the order of datasets.toml.
    tables: dict[str, DataTable]


def load_datasets(data_dir: Path) -> dict[str, Dataset]:
    """Read ``data_dir/datasets.toml``; name → data set. No data file is opened.

    Raises:
        DatasetError: the file is missing, is not TOML, or says something that does not fit.
    """
    path = data_dir / DATASETS_FILE
    try:
        listed = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise DatasetError(path, "", f"cannot be read: {error.strerror}; {_REBUILD}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DatasetError(path, "", f"is not valid TOML: {error}; {_REBUILD}") from error
    return {name: _dataset(path, name, entry) for name, entry in listed.items()}


def locate(dataset: Dataset, table: str, cache_dir: Path) -> Path:
    """Return the path of a table's file, whose bytes are the pinned ones.

    The file of a generated family is made below ``cache_dir`` when it is not there yet, or not
    whole. Several processes may do so at once: each writes a file of its own and moves it into
    place, so that a reader never sees half a file.

    Raises:
        DatasetError: no such table; a shipped file is missing or damaged; a generated one cannot
            be written, or its generator does not give the pinned bytes.
    """
    if table not in dataset.tables:
        raise DatasetError(
            Path(DATASETS_FILE),
            f"[{dataset.name}.tables]",
            f"there is no table {table!r} (there are: {', '.join(dataset.tables)})"
            f"{did_you_mean(table, dataset.tables)}",
        )
    entry = dataset.tables[table]
    if dataset.family is not None:
        return _generated(dataset.family, entry, cache_dir / dataset.name / entry.path)
    restore = f"bring it back: `git checkout -- {entry.path}`, or install pytest-prep anew"
    try:
        found = file_sha256(entry.path)
    except OSError as error:
        raise DatasetError(
            entry.path,
            "",
            f"cannot be read: {error.strerror}; {restore}",
        ) from error
    if found != entry.sha256:
        raise DatasetError(
            entry.path,
            "",
            f"is damaged: its SHA-256 is {found}, {DATASETS_FILE} has {entry.sha256}; {restore}",
        )
    return entry.path


def relation_sql(path: Path, table: DataTable) -> str:
    """Return the DuckDB expression that reads a table's file with the pinned types."""
    file = _quoted(str(path))
    if table.format == "parquet":
        return f"read_parquet({file})"
    columns = ", ".join(f"{_quoted(name)}: {_quoted(type_)}" for name, type_ in table.columns)
    # Nothing is left to detection, which looks at a sample and could see other types in it.
    return (
        f"read_csv({file}, auto_detect=false, header=true, delim=',', quote='\"', escape='\"', "
        f"nullstr='', dateformat='%Y-%m-%d', timestampformat='%Y-%m-%d %H:%M:%S', "
        f"columns={{{columns}}})"
    )


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _generated(family: str, table: DataTable, path: Path) -> Path:
    """Return the path of a generated file, made anew unless it is there and whole."""
    try:
        if path.is_file() and file_sha256(path) == table.sha256:
            return path
        content = load_family(family).make(table.name)
        found = bytes_sha256(content)
        if found != table.sha256:
            raise DatasetError(
                path,
                "",
                f"family {family} gives a file with SHA-256 {found}, {DATASETS_FILE} has "
                f"{table.sha256}; the generator and {DATASETS_FILE} are of different versions: "
                "install pytest-prep and the katas from the same release",
            )
        path.parent.mkdir(parents=True, exist_ok=True)
        # In the same folder, for only within one file system is the move at the end atomic.
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(content)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise DatasetError(
            path, "", f"cannot be written: {error.strerror}; make room and the folder writable"
        ) from error
    return path


def _dataset(path: Path, name: str, entry: object) -> Dataset:
    top = _Entry(path, name, entry)
    title, licence = top.text("title"), top.text("licence")
    family = top.text("family", optional=True) or None
    if family is not None and family not in FAMILIES:
        raise top.error(
            "family",
            f"{family!r} is not a generated family ({', '.join(FAMILIES)})"
            f"{did_you_mean(family, FAMILIES)}",
        )
    # A generated family holds nothing of other people, so it names nobody.
    attribution = top.text("attribution", optional=family is not None)
    top.text("source", optional=True)
    tables = {
        table: _table(path, f"{name}.tables.{table}", table, content, family is not None)
        for table, content in top.take("tables", dict, "a table for each table").items()
    }
    if not tables:
        raise top.error("tables", f"is empty; {_REBUILD}")
    top.finish()
    return Dataset(name, title, licence, attribution, family, tables)


def _table(path: Path, place: str, name: str, content: object, generated: bool) -> DataTable:
    entry = _Entry(path, place, content)
    file, format_ = entry.text("file"), entry.text("format")
    if format_ not in FORMATS:
        raise entry.error(
            "format",
            f"{format_!r} is not a format ({', '.join(FORMATS)}){did_you_mean(format_, FORMATS)}",
        )
    rows = entry.take("rows", int, "a whole number")
    if isinstance(rows, bool) or rows < 0:
        raise entry.error("rows", f"{rows!r} is not a number of rows; {_REBUILD}")
    listed = entry.take("columns", list, "a list of [name, type]")
    for column in listed:
        if not (isinstance(column, list) and [type(part) for part in column] == [str, str]):
            raise entry.error("columns", f"{column!r} is not [name, type]; {_REBUILD}")
    table = DataTable(
        name=name,
        path=Path(file) if generated else path.parent / file,
        format=format_,
        columns=tuple((column, type_) for column, type_ in listed),
        rows=rows,
        sha256=entry.text("sha256"),
        rows_sha256=entry.text("rows_sha256", optional=True) or None,
    )
    entry.finish()
    return table


class _Entry:
    """One TOML table while it is read: typed access, then a check that no key is left over."""

    def __init__(self, path: Path, place: str, content: object) -> None:
        self.path = path
        self.place = place
        self.known: list[str] = []
        if not isinstance(content, dict):
            raise DatasetError(path, place, f"{content!r} is not a table; {_REBUILD}")
        self.content: Mapping[str, Any] = content

    def error(self, key: str, problem: str) -> DatasetError:
        return DatasetError(self.path, f"[{self.place}] {key}", problem)

    def take(self, key: str, kind: type, wanted: str) -> Any:
        self.known.append(key)
        if key not in self.content:
            raise self.error(key, f"is missing; add {wanted}, or {_REBUILD}")
        value = self.content[key]
        if not isinstance(value, kind):
            raise self.error(key, f"{value!r} is not {wanted}; {_REBUILD}")
        return value

    def text(self, key: str, *, optional: bool = False) -> str:
        if optional and key not in self.content:
            self.known.append(key)
            return ""
        value: str = self.take(key, str, "a text")
        return value

    def finish(self) -> None:
        for key in self.content:
            if key not in self.known:
                raise self.error(
                    key,
                    f"unknown key; known here: {', '.join(self.known)}"
                    f"{did_you_mean(key, self.known)}",
                )
