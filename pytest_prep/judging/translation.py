"""An answer's dialect: where it is named, and the answer in the SQL of the kata's engine."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pytest_prep.content.errors import did_you_mean
from pytest_prep.content.whole import write_whole
from pytest_prep.judging.verdict import Verdict

if TYPE_CHECKING:
    from pytest_prep.content.kata import Kata

#: The dialects that can be translated, by the names sqlglot has for them.
SUPPORTED = (
    "postgres",
    "mysql",
    "sqlite",
    "snowflake",
    "bigquery",
    "spark",
    "hive",
    "trino",
    "tsql",
)
#: What an answer may name: ``duckdb``, and the name of its own engine, go without translation.
DIALECTS = (*SUPPORTED, "duckdb")

_NAMED = re.compile(r"--\s*dialect\s*:\s*(\S*)\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class Rendered:
    """An answer as the kata's engine reads it."""

    sql: str
    #: The dialect it was translated from, ``""`` where it is as the learner wrote it.
    dialect: str = ""

    def mark(self, verdict: Verdict, place: Path) -> Verdict:
        """Return a verdict that speaks of the translation as one, without its line numbers."""
        if not self.dialect or verdict.accepted:
            return verdict
        shown = Path(*place.parts[-3:]).as_posix()
        note = f"judged as translated from {self.dialect}: see {shown}"
        detail = f"{verdict.detail}\n\n{note}" if verdict.detail else note
        example = verdict.counterexample
        if example is not None:
            # a small change of the translation is none of the text that was written
            example = {**example, "meant": ""}
        return replace(verdict, detail=detail, line=None, counterexample=example)


@dataclass
class Translator:
    """Renders answers, each once."""

    #: The dialect of answers that name none, ``""`` for the engine's own.
    default: str
    #: The engine that all katas run on, ``""`` for each one's own.
    engine: str
    #: Where translations are kept for reading.
    folder: Path
    _last: tuple[tuple[str, str, str], Rendered | Verdict] | None = field(default=None)

    def place(self, kata: Kata) -> Path:
        """Return where the translation of a kata's answer is kept."""
        return self.folder / f"{kata.id}.sql"

    def render(self, kata: Kata, answer: str, schema: str) -> Rendered | Verdict:
        """Return the answer for the engine, or the verdict on one that cannot be translated.

        Args:
            kata: an SQL kata.
            answer: the learner's text.
            schema: the kata's CREATE TABLE statements, which give every column its type.
        """
        assert kata.sql is not None
        named, line = dialect_of(answer)
        dialect = named if line else self.default
        engine = self.engine or kata.sql.engine
        if line and dialect not in DIALECTS:
            near = did_you_mean(dialect, DIALECTS)
            known = ", ".join(DIALECTS)
            return Verdict("invalid", f"{dialect!r} is not a dialect ({known}){near}", line=line)
        if not dialect or dialect == engine:
            return Rendered(answer)
        key = (kata.id, dialect, answer)
        if self._last is None or self._last[0] != key:
            self._last = (key, self._translated(kata, answer, dialect, engine, schema))
        return self._last[1]

    def _translated(
        self, kata: Kata, answer: str, dialect: str, engine: str, schema: str
    ) -> Rendered | Verdict:
        from pytest_prep.judging.dialect import NotSupported, translate
        from pytest_prep.judging.engine import SqlSyntaxError

        assert kata.sql is not None
        own = f"write it for {engine}, or without what is named here"
        try:
            if kata.sql.result != "query":
                raise NotSupported("only queries are read in another dialect")
            sql = translate(answer, dialect, engine, schema).sql
        except NotSupported as error:
            summary = f"not translated from {dialect}: {error.reason}; {own}"
            return Verdict("invalid", summary, line=error.line)
        except SqlSyntaxError as error:
            return Verdict("invalid", f"as {dialect}: {error}", line=error.line)
        except RecursionError:
            return Verdict("invalid", f"not translated from {dialect}: nested too deeply; {own}")
        self._keep(self.place(kata), f"-- Translated from {dialect}.\n{sql}\n")
        return Rendered(sql, dialect)

    @staticmethod
    def _keep(place: Path, text: str) -> None:
        """Write a translation down; where nothing can be written, the verdict stands all the same.

        The file is replaced whole: another process may be reading it.
        """
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            write_whole(place, text.encode())
        except OSError:
            return


def dialect_of(answer: str) -> tuple[str, int]:
    """Return the dialect that an answer names, in lower case, and the line: ``("", 0)`` if none.

    It stands in a comment ``-- dialect: NAME`` before the first statement.
    """
    for number, line in enumerate(answer.split("\n"), 1):
        text = line.strip()
        if text and not text.startswith("--"):
            break
        if found := _NAMED.fullmatch(text):
            return found[1].lower(), number
    return "", 0
