"""Values that columns may take: from the queries' and CHECKs' literals, and readable ones."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from pytest_prep.judging.counterexample.clues import Clues
from pytest_prep.judging.counterexample.model import Hints
from pytest_prep.judging.counterexample.moments import times
from pytest_prep.judging.counterexample.schema import Column, Kind, Ref, Schema

if TYPE_CHECKING:
    import duckdb

#: A pool is cut to this many values; those from literals stay.
_MOST = 60

_NAMES = ("Ann", "Bob", "Cid", "Dan", "Eve", "Fay")
_PLAIN: dict[Kind, tuple[str, ...]] = {
    "int": ("1", "2", "3", "4", "5", "6", "0", "10", "100"),
    "decimal": ("1", "2", "3", "4", "10", "0", "0.5", "2.5", "100"),
    "float": ("1", "2", "3", "4", "10", "0", "0.5", "2.5", "100"),
    "text": ("a", "b", "c", "d", "e", "f"),
    "date": (
        *(f"2024-01-0{day}" for day in range(1, 9)),
        "2024-01-31",
        "2024-02-01",
        "2024-02-29",
        "2024-03-01",
        "2023-12-31",
        "2025-01-01",
        "2023-01-01",
    ),
    "timestamp": (
        "2024-01-01 00:00:00",
        "2024-01-01 09:00:00",
        "2024-01-01 10:00:00",
        "2024-01-01 23:59:59",
        "2024-01-02 00:00:00",
        "2024-01-02 09:00:00",
        "2024-01-02 09:30:00",
        "2024-01-03 00:00:00",
        "2024-01-03 08:00:00",
        "2024-01-04 09:00:00",
        "2024-01-31 12:00:00",
        "2024-02-01 00:00:00",
        "2024-12-31 23:00:00",
    ),
    "time": ("00:00:00", "09:00:00", "12:00:00", "23:59:59"),
    "bool": ("true", "false"),
}
#: Integers that are parts of a date look odd with other values.
_CALENDAR = {
    "year": ("2023", "2024", "2025", "2026", "2000"),
    "month": ("1", "2", "3", "12"),
    "day": ("1", "2", "3", "4", "28"),
    "hour": ("0", "1", "2", "12", "23"),
}
_OTHER: dict[str, tuple[str, ...]] = {
    "VARCHAR[]": ("[]", "[a]", "[a, b]", "[b, a]", "[a, a]"),
    "INTEGER[]": ("[]", "[1]", "[1, 2]", "[2, 1]", "[1, 1]"),
    "INTERVAL": ("00:00:00", "1 day", "01:00:00"),
}


@dataclass(frozen=True, slots=True)
class Pool:
    """The values of one column, in the engine's spelling, sorted by value."""

    values: tuple[str, ...]
    #: Those that are a literal or hint, or lie around one: where answers go wrong.
    special: frozenset[str]
    #: Those that are a literal or a hint.
    exact: frozenset[str]


def build_pools(
    connection: duckdb.DuckDBPyConnection, schema: Schema, clues: Clues, hints: Hints
) -> dict[Ref, Pool]:
    """Return a pool for every column, pruned by the CHECKs that read this column only.

    A pool can be empty: no value passes, or the type is one that is not known here.
    """
    pools = {}
    for table in schema.tables:
        selects: list[str] = []
        parameters: list[list[str] | list[int]] = []
        for i, column in enumerate(table.columns):
            hinted = hints.domains.get(f"{table.name}.{column.name}", [])
            exact, near = _special((table.name, i), column, clues)
            tiers = {**dict.fromkeys(_plain(column), 0), **dict.fromkeys(near, 1)}
            tiers |= dict.fromkeys([*exact, *hinted], 2)
            name = '"' + column.name.replace('"', '""') + '"'
            passing = [check.expression for check in table.checks if check.columns == (i,)]
            condition = "".join(f" AND (({check}) IS NOT FALSE)" for check in passing)
            selects.append(
                f"SELECT {i} AS place, {name}::VARCHAR AS value, max(tier) AS tier, "
                f"row_number() OVER (ORDER BY {name}) AS rank FROM (SELECT "
                f"TRY_CAST(unnest(?::VARCHAR[]) AS {column.type}) AS {name}, "
                f"unnest(?::INTEGER[]) AS tier) WHERE {name} IS NOT NULL{condition} "
                f"GROUP BY {name}"
            )
            parameters += [list(tiers), list(tiers.values())]
        rows = connection.execute(
            f"SELECT place, value, tier FROM ({' UNION ALL '.join(selects)}) ORDER BY place, rank",
            parameters,
        ).fetchall()
        for i in range(len(table.columns)):
            pools[(table.name, i)] = _pool([row[1:] for row in rows if row[0] == i])
    return pools


def _pool(found: Sequence[tuple[str, int]]) -> Pool:
    """Build a pool of values and their tiers, sorted by value."""
    room = _MOST - sum(tier > 0 for _, tier in found)
    plain = {value for value, tier in [pair for pair in found if pair[1] == 0][: max(0, room)]}
    return Pool(
        tuple(value for value, tier in found if tier or value in plain),
        frozenset(value for value, tier in found if tier),
        frozenset(value for value, tier in found if tier == 2),
    )


def _plain(column: Column) -> Sequence[str]:
    if column.kind == "enum":
        return re.findall(r"'((?:[^']|'')*)'", column.type)
    if column.kind == "text" and "name" in column.name:
        return _NAMES
    if column.kind == "other":
        return _OTHER.get(column.type, ())
    if column.kind == "int" and column.name.casefold() in _CALENDAR:
        return _CALENDAR[column.name.casefold()]
    return _PLAIN[column.kind]


#: Literals, and values around them.
Special = tuple[list[str], list[str]]


def _special(ref: Ref, column: Column, clues: Clues) -> Special:
    texts = sorted(clues.texts.get(ref, ()))
    numbers = sorted(clues.numbers.get(ref, ()), key=_number)
    match column.kind:
        case "int" | "decimal" | "float":
            return _around_numbers([*numbers, *texts], column.kind, signed=ref in clues.signed)
        case "text":
            found = [*_matching(sorted(clues.patterns.get(ref, ()))), *_composed(texts, numbers)]
            if ref in clues.folded:
                found += [f(text) for text in [*texts, *found, "a"] for f in (str.upper, str.title)]
            return texts, found
        case "date" | "timestamp":
            return times(texts, numbers, clues, seconds=column.kind == "timestamp")
        case "enum" | "bool":
            return [], []
        case _:
            return texts, []


def _number(text: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return Decimal(0)
    return number if number.is_finite() else Decimal(0)


def _around_numbers(literals: Iterable[str], kind: Kind, *, signed: bool) -> Special:
    found: dict[str, None] = {}
    near: dict[str, None] = {}
    for literal in literals:
        try:
            number = Decimal(literal)
        except InvalidOperation:
            continue
        if abs(number) > 10**12 or abs(number.as_tuple().exponent) > 12:  # type: ignore[arg-type]
            continue
        steps = [Decimal(1)] if kind == "int" else [Decimal(1), Decimal("0.01")]
        found[str(number)] = None
        for step in steps:
            near[str(number + step)] = near[str(number - step)] = None
        if abs(number) >= 10:  # two of them, or one and a half, add up to the literal
            near[str(number / 2)] = near[str(number * 2)] = None
    # Negative values surprise where nothing mentions them.
    negative = signed or any(text.startswith("-") for text in found)
    if signed:
        near |= dict.fromkeys(("-1", "-2", "-3", "1", "2", "3"))
    return list(found), [text for text in near if negative or not text.startswith("-")]


def _matching(patterns: Iterable[str]) -> list[str]:
    """Return texts that a LIKE pattern matches, and some that it narrowly does not."""
    found: dict[str, None] = {}
    for pattern in patterns:
        bare = pattern.replace("%", "").replace("_", "x")
        found |= dict.fromkeys(
            (
                bare,
                pattern.replace("%", "a").replace("_", "x"),
                pattern.replace("%", "").replace("_", ""),
                f"a{bare}",
                f"{bare}a",
                f"a{bare}a",
                bare.swapcase(),
            )
        )
        if "\\" in pattern or "_" in pattern or "%" in pattern.strip("%"):
            found[pattern.strip("%")] = None
            found[pattern.replace("%", " b ").strip()] = None
    return list(found)


_WORDS = re.compile(r"[A-Za-z]{2,}")
_SEPARATORS = re.compile(r"^\W+$")


def _composed(texts: Sequence[str], numbers: Sequence[str]) -> list[str]:
    """Return texts made of literals: separators between words, words inside words."""
    found = []
    for text in texts:
        if text and len(text) <= 3 and _SEPARATORS.match(text):
            found += [f"a{text}b", f"b{text}a", f"a{text}a", f"a{text}b{text}c", f"a{text}"]
            found += [f"{text}a", f"a{text} b", f"a {text}b", f"ab{text}a", f"a{text}{text}b"]
        elif text and text.isalnum():
            found += [f"{text}a", text.swapcase()]
        else:  # a pattern or a phrase: its words
            for word in _WORDS.findall(text):
                found += [word, f"{word} a", f"a {word}", f"a{word}", f"{word}a", word.title()]
    lengths = {int(n) for n in numbers if n.isdigit() and int(n) <= 12}
    for length in sorted(lengths):
        found += ["abcdefghijklmn"[:size] for size in (length - 1, length, length + 1) if size > 0]
    if any(not text.strip() for text in texts):
        found += ["", " ", " a", "a "]
    return found
