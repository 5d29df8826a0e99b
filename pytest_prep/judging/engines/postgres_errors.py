"""PostgreSQL's errors in our words, with the line that the server names."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from pytest_prep.judging.engine import BrokenData, OutOfMemory, OutOfTime, SqlError, SqlSyntaxError
from pytest_prep.judging.engines.script import Statement, line_of, pointed
from pytest_prep.judging.engines.watch import Watch

SYNTAX_ERROR = "42601"
_CANCELED = "57014"
#: out of memory, disk full, temp_file_limit exceeded
_OUT_OF_MEMORY = ("53200", "53100", "53400")


@contextmanager
def translated(sql: str, statement: Statement, watch: Watch) -> Iterator[None]:
    """Turn the errors of one statement of ``sql`` into ours.

    Raises:
        SqlError: one of its kinds.
    """
    import psycopg

    try:
        yield
    except psycopg.Error as error:
        if error.sqlstate == _CANCELED and watch.reason == "memory":
            raise OutOfMemory(f"stopped at {watch.memory // 10**6} MB") from error
        if error.sqlstate == _CANCELED:
            raise OutOfTime("stopped at the time limit") from error
        diagnosis = error.diag
        message = diagnosis.message_primary or str(error)
        kind = SqlSyntaxError if error.sqlstate == SYNTAX_ERROR else SqlError
        if error.sqlstate in _OUT_OF_MEMORY:
            kind = OutOfMemory
        more = filter(None, (diagnosis.message_detail, diagnosis.message_hint))
        text = "\n".join((message, *more))
        raise refusal(kind, sql, statement, text, diagnosis.statement_position) from error


def refusal(
    kind: type[SqlError], sql: str, statement: Statement, message: str, position: str | None
) -> SqlError:
    """Return an error with its line; ``position`` is 1-based in the statement."""
    if not position:
        return kind(message)
    place = statement.start + int(position) - 1
    return kind(f"{message}\n\n{pointed(sql, place)}", line_of(sql, place))


@contextmanager
def loading(part: str) -> Iterator[None]:
    """Say of an error inside that ``part`` of the kata cannot be loaded.

    Raises:
        BrokenData: with the server's message.
    """
    import psycopg

    try:
        yield
    except psycopg.Error as error:
        raise BrokenData(f"{part}: {error}") from error
