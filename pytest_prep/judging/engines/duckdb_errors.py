"""DuckDB's exceptions, as those of our engines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from pytest_prep.judging.engine import (
    BrokenData,
    OutOfMemory,
    OutOfTime,
    SqlError,
    SqlSyntaxError,
)

_LINE = re.compile(r"^LINE (\d+):", re.MULTILINE)


@contextmanager
def translated() -> Iterator[None]:
    """Turn DuckDB's errors into ours, with the line its message names."""
    import duckdb

    try:
        yield
    except duckdb.InterruptException as error:
        raise OutOfTime("stopped at the time limit") from error
    except duckdb.OutOfMemoryException as error:
        raise OutOfMemory(str(error)) from error
    except duckdb.ParserException as error:
        raise SqlSyntaxError(str(error), _line(str(error))) from error
    except duckdb.Error as error:
        raise SqlError(str(error), _line(str(error))) from error
    except RuntimeError as error:
        if str(error) != "Query interrupted":
            raise
        # what DuckDB makes of Ctrl-C
        raise KeyboardInterrupt from error


@contextmanager
def loading(part: str) -> Iterator[None]:
    """Blame the kata for what goes wrong inside; ``part`` names the part of its data."""
    try:
        with translated():
            yield
    except SqlError as error:
        raise BrokenData(f"{part}: {error}") from error


def _line(message: str) -> int | None:
    found = _LINE.search(message)
    return int(found[1]) if found else None
