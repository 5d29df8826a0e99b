"""SQLite's errors in our words, with the line that SQLite itself does not tell."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

from pytest_prep.judging.engine import OutOfMemory, OutOfTime, SqlError, SqlSyntaxError
from pytest_prep.judging.engines.script import Statement, line_of, lines_of, pointed
from pytest_prep.judging.engines.watch import Watch

#: SQLite's own messages for what does not parse; its error code is the same for every mistake.
_SYNTAX = ("syntax error", "incomplete input", "unrecognized token")
#: Messages that name what is wrong; the name is found in the script.
_NAMING = ("no such column: ", "no such table: ", "no such function: ", "ambiguous column name: ")


@contextmanager
def translated(
    sql: str, statement: Statement, watch: Watch | None = None, *, syntax_only: bool = False
) -> Iterator[None]:
    """Turn the errors of one statement of ``sql`` into ours, with the line where derivable.

    With ``syntax_only`` all but syntax errors pass: names are looked up where the tables are.

    Raises:
        SqlError: one of its kinds.
    """
    try:
        yield
    except MemoryError as error:
        raise OutOfMemory("out of memory") from error
    except (sqlite3.Error, sqlite3.Warning) as error:
        if watch and watch.reason == "memory":
            raise OutOfMemory(f"stopped at {watch.memory // 10**6} MB") from error
        if watch and watch.reason == "time":
            raise OutOfTime("stopped at the time limit") from error
        message = str(error)
        if any(words in message for words in _SYNTAX):
            place = _stopped_at(sql, statement, message)
            if place is None:
                raise SqlSyntaxError(message) from error
            text = f"{message}\n\n{pointed(sql, place)}"
            raise SqlSyntaxError(text, line_of(sql, place)) from error
        if syntax_only:
            return
        if isinstance(error, sqlite3.DataError) and "too big" in message:
            raise OutOfMemory(message) from error
        raise SqlError(message, _line_of_name(sql, statement, message)) from error


def _stopped_at(sql: str, statement: Statement, message: str) -> int | None:
    """Return the place in ``sql`` where the parser stopped.

    SQLite names the token, not the place. It is the first such token after which the statement,
    cut off there, is refused with the same message.
    """
    if "incomplete input" in message:
        return statement.tokens[-1].start
    with closing(sqlite3.connect(":memory:")) as connection:
        for token in statement.tokens:
            if f'"{token.text}' not in message:
                continue
            try:
                connection.execute(f"EXPLAIN {sql[statement.start : token.end]}")
            except sqlite3.Error as error:
                if str(error) == message:
                    return token.start
    return None


def _line_of_name(sql: str, statement: Statement, message: str) -> int | None:
    """Return the line of the name that SQLite does not know, where it stands on one line only."""
    for words in _NAMING:
        if message.startswith(words):
            name = message.removeprefix(words).rpartition(".")[2].casefold()
            tokens = [t for t in statement.tokens if t.text.strip('"`[]').casefold() == name]
            lines = lines_of(sql, tokens)
            return lines[0] if len(lines) == 1 else None
    return None
