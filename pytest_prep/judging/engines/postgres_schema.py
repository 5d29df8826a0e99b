"""What of a kata is written in the types of DuckDB, in those of PostgreSQL.

``schema.sql`` and ``datasets.toml`` serve every engine, so the few names of types that PostgreSQL
does not know are replaced while they are loaded. Answers and references are never touched.
"""

from __future__ import annotations

from itertools import pairwise

from pytest_prep.judging.engines.script import POSTGRES, Token, scan

_TYPES = {
    "DOUBLE": "DOUBLE PRECISION",
    "FLOAT": "REAL",
    "TINYINT": "SMALLINT",
    "UTINYINT": "SMALLINT",
    "USMALLINT": "INTEGER",
    "UINTEGER": "BIGINT",
    "UBIGINT": "NUMERIC(20)",
    "HUGEINT": "NUMERIC(39)",
    "UHUGEINT": "NUMERIC(39)",
    "STRING": "TEXT",
    "BLOB": "BYTEA",
    "DATETIME": "TIMESTAMP",
}


def type_name(duckdb: str) -> str:
    """Return PostgreSQL's name for a type of DuckDB; most are the same."""
    return _TYPES.get(duckdb.upper(), duckdb)


def postgres_schema(schema: str) -> str:
    """Return ``schema.sql`` with the names of types that PostgreSQL knows."""
    tokens = list(scan(schema, POSTGRES))
    replaced = {}
    for i, token in enumerate(tokens[2:-1], start=2):
        # A type follows a cast, or the name that begins a column; elsewhere the word is a name.
        is_cast = tokens[i - 1].text == "::" or tokens[i - 1].upper == "AS"
        is_column = tokens[i - 1].kind in ("word", "quoted") and tokens[i - 2].text in ("(", ",")
        if (is_cast or is_column) and token.upper in _TYPES and tokens[i + 1].upper != "PRECISION":
            replaced[token] = _TYPES[token.upper]
    return _rewritten(schema, replaced)


def with_dataset(script: str, schema: str) -> str:
    """Return a case's script that reads ``dataset.<table>`` from the schema of that name."""
    tokens = list(scan(script, POSTGRES))
    return _rewritten(
        script,
        {
            token: f'"{schema}"'
            for token, following in pairwise(tokens)
            if token.upper == "DATASET" and following.text == "."
        },
    )


def _rewritten(text: str, replaced: dict[Token, str]) -> str:
    parts = []
    place = 0
    for token, new in replaced.items():
        parts += [text[place : token.start], new]
        place = token.end
    return "".join((*parts, text[place:]))
