"""Reading datasets.toml, finding a table's file, and the expression that reads it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from pytest_prep.content.dataset import (
    DatasetError,
    DataTable,
    load_datasets,
    locate,
    relation_sql,
)

DATA = Path(__file__).parents[1] / "katas" / "data"

ENTRY = """
[small]
title = "A small set"
licence = "CC0-1.0"
attribution = "Nobody."

[small.tables.t]
file = "small/t.parquet"
format = "parquet"
rows = 1
sha256 = "00"
rows_sha256 = "00"
columns = [["a", "INTEGER"]]
"""


@pytest.fixture
def write(tmp_path: Path):
    """Write a datasets.toml; return its folder."""

    def written(text: str) -> Path:
        (tmp_path / "datasets.toml").write_text(text, encoding="utf-8")
        return tmp_path

    return written


def test_entry_read(write) -> None:
    """A table's path is below the folder of datasets.toml."""
    folder = write(ENTRY)
    dataset = load_datasets(folder)["small"]
    assert dataset.tables["t"] == DataTable(
        name="t",
        path=folder / "small" / "t.parquet",
        format="parquet",
        columns=(("a", "INTEGER"),),
        rows=1,
        sha256="00",
        rows_sha256="00",
    )


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            'title = "A small set"\n',
            "",
            "[small] title: is missing; add a text, or {rebuild}",
        ),
        (
            'title = "A small set"',
            "title = 3",
            "[small] title: 3 is not a text; {rebuild}",
        ),
        (
            'attribution = "Nobody."\n',
            "",
            "[small] attribution: is missing; add a text, or {rebuild}",
        ),
        (
            'title = "A',
            'titel = "x"\ntitle = "A',
            "[small] titel: unknown key; known here: title, licence, family, attribution, source, "
            "tables; did you mean 'title'?",
        ),
        (
            "[small]\n",
            '[small]\nfamily = "dels"\n',
            "[small] family: 'dels' is not a generated family (deals); did you mean 'deals'?",
        ),
        (
            '"parquet"',
            '"parket"',
            "[small.tables.t] format: 'parket' is not a format (parquet, csv); "
            "did you mean 'parquet'?",
        ),
        (
            "rows = 1",
            'rows = "1"',
            "[small.tables.t] rows: '1' is not a whole number; {rebuild}",
        ),
        (
            "rows = 1",
            "rows = -1",
            "[small.tables.t] rows: -1 is not a number of rows; {rebuild}",
        ),
        (
            "rows = 1",
            "rows = true",
            "[small.tables.t] rows: True is not a number of rows; {rebuild}",
        ),
        (
            '[["a", "INTEGER"]]',
            '["a"]',
            "[small.tables.t] columns: 'a' is not [name, type]; {rebuild}",
        ),
        (
            '\nsha256 = "00"',
            "",
            "[small.tables.t] sha256: is missing; add a text, or {rebuild}",
        ),
        (
            "rows = 1",
            "rows = 1\nrow = 1",
            "[small.tables.t] row: unknown key; known here: file, format, rows, columns, sha256, "
            "rows_sha256; did you mean 'rows'?",
        ),
        (
            "[small.tables.t]",
            "[small.t]",
            "[small] tables: is missing; add a table for each table, or {rebuild}",
        ),
        (ENTRY, "small = 3", "small: 3 is not a table; {rebuild}"),
        (
            ENTRY,
            ENTRY.split("[small.", maxsplit=1)[0] + "tables = {}",
            "[small] tables: is empty; {rebuild}",
        ),
    ],
)
def test_broken_entry(write, old: str, new: str, message: str) -> None:
    """The error is one line: the file, the key, what is wrong, and the mend."""
    folder = write(ENTRY.replace(old, new, 1))
    with pytest.raises(DatasetError) as caught:
        load_datasets(folder)
    rebuild = "run katas/data/build.py, which writes this file"
    assert str(caught.value) == f"{folder / 'datasets.toml'}: {message.format(rebuild=rebuild)}"


def test_broken_toml(write) -> None:
    """The error says where the file stops being TOML."""
    with pytest.raises(DatasetError, match=r"datasets\.toml: is not valid TOML: .*line 2"):
        load_datasets(write(ENTRY.replace("[small]", "[small", 1)))


def test_missing_list(tmp_path: Path) -> None:
    """Without datasets.toml the error says how to get it."""
    with pytest.raises(DatasetError, match=r"datasets\.toml: cannot be read: .*build\.py"):
        load_datasets(tmp_path)


def test_missing_file(write, tmp_path: Path) -> None:
    """A listed file that is not there."""
    dataset = load_datasets(write(ENTRY))["small"]
    with pytest.raises(DatasetError, match=r"t\.parquet: cannot be read: .*git checkout"):
        locate(dataset, "t", tmp_path)


def test_damaged_file(write, tmp_path: Path) -> None:
    """A listed file with other bytes than those that were built."""
    dataset = load_datasets(write(ENTRY))["small"]
    (tmp_path / "small").mkdir()
    (tmp_path / "small" / "t.parquet").write_bytes(b"half of it")
    with pytest.raises(DatasetError, match=r"t\.parquet: is damaged: .*git checkout"):
        locate(dataset, "t", tmp_path)


def test_unknown_table(tmp_path: Path) -> None:
    """The error lists the tables there are."""
    with pytest.raises(DatasetError, match=r"no table 'flight' .*did you mean 'flights'"):
        locate(load_datasets(DATA)["flights"], "flight", tmp_path)


def test_quoting_in_the_reading_expression(tmp_path: Path) -> None:
    """An apostrophe in a folder, a column of any name, and text that looks like a number."""
    import duckdb

    path = tmp_path / "o'clock.csv"
    path.write_text('it\'s,code\n"a, ""b""",007\n,NA\n', encoding="utf-8")
    columns = (("it's", "VARCHAR"), ("code", "VARCHAR"))
    table = DataTable("t", path, "csv", columns, 2, "", None)
    found = duckdb.sql(f"FROM {relation_sql(path, table)}").fetchall()
    assert found == [('a, "b"', "007"), (None, "NA")]


def test_reading_the_list_opens_no_library() -> None:
    """Collection lists data sets; it must not pay for DuckDB or a generator."""
    code = (
        "import sys; from pathlib import Path; from pytest_prep.content.dataset import *;"
        f"load_datasets(Path({str(DATA)!r}));"
        "print([m for m in ('duckdb', 'pandas', 'pytest', 'pytest_prep.content.families.deals')"
        " if m in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
