"""How well the peak of an answer's memory repeats, measured as the judge measures it.

    python benchmarks/memory.py          20 children for each piece of work

Each child sets its peak back, does the work, and reads by how much it grew.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from statistics import median

from pytest_prep.judging.sandbox import linux


def million_numbers() -> object:
    """Fill a list with numbers of their own."""
    return [number * 1000 for number in range(1_000_000)]


def text() -> object:
    """Fill two hundred megabytes at once."""
    return b"1" * (200 * 10**6)


def words() -> object:
    """Count words in a dictionary, which doubles as it grows."""
    return {f"word {number}": number for number in range(300_000)}


def sorted_rows() -> object:
    """Sort half a million rows in DuckDB."""
    import duckdb

    connection = duckdb.connect(config={"threads": 1})
    query = "SELECT hash(i) AS h, i::VARCHAR AS t FROM range(500_000) AS r(i) ORDER BY h"
    return connection.execute(query).fetchall()


WORKS: tuple[Callable[[], object], ...] = (million_numbers, text, words, sorted_rows)
CHILDREN = 20


def grown(work: Callable[[], object]) -> int:
    """Return by how many bytes a fresh child grew at most."""
    inlet, outlet = os.pipe()
    pid = os.fork()
    if pid == 0:
        linux.keep_peak()
        _, size = linux.grown(work)
        os.write(outlet, str(size).encode())
        os._exit(0)
    os.close(outlet)
    os.waitpid(pid, 0)
    told = os.read(inlet, 100)
    os.close(inlet)
    return int(told)


def main() -> None:
    """Print the spread of each as Markdown."""
    if sys.platform != "linux":
        sys.exit("the peak can be set back on Linux only")
    print("| work | median | spread over 20 children |")
    print("|---|---|---|")
    for work in WORKS:
        sizes = sorted(grown(work) for _ in range(CHILDREN))
        middle = median(sizes)
        spread = (sizes[-1] - sizes[0]) / middle
        print(f"| {work.__name__} | {middle / 10**6:,.0f} MB | {spread:.2%} |")


if __name__ == "__main__":
    main()
