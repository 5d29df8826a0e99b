"""The review of an SQL answer: rules on its syntax tree, layout, plan and rows touched."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pytest_prep.content.answer import read_text
from pytest_prep.content.errors import ContentError
from pytest_prep.judging.review import sql_clauses, sql_columns, sql_joins
from pytest_prep.judging.review.layout import layout_of
from pytest_prep.judging.review.model import (
    Finding,
    Measure,
    Review,
    Surroundings,
    not_measured,
    nothing_to_review,
    review_of,
    time_beside,
)
from pytest_prep.judging.review.sql_plan import NAME, rows_touched
from pytest_prep.judging.verdict import Verdict

if TYPE_CHECKING:
    from pytest_prep.content.kata import Kata
    from pytest_prep.judging.review.query import Query

#: Every rule that needs nothing but the query.
ALL = (*sql_clauses.RULES, *sql_joins.RULES, *sql_columns.RULES)


def findings_in(
    sql: str, dialect: str, schema: str, reference: str, engine: str
) -> list[Finding] | None:
    """Return what the rules find in one query, None where it cannot be read.

    Args:
        sql: the answer.
        dialect: what it is written in.
        schema: CREATE TABLE statements of the engine.
        reference: the kata's reference, in the engine's dialect.
        engine: the engine's name.
    """
    from sqlglot.errors import SqlglotError

    from pytest_prep.judging.review.query import Query

    try:
        query = Query(sql, dialect, schema, engine)
    except (SqlglotError, ValueError, RecursionError):
        return None
    try:
        theirs: Query | None = Query(reference, engine, schema, engine)
    except (SqlglotError, ValueError, RecursionError):
        theirs = None
    found: dict[tuple[str, int | None, str], Finding] = {}
    for finding in _all(query, theirs):
        found.setdefault((finding.rule, finding.line, finding.what), finding)
    return list(found.values())


def _all(query: Query, reference: Query | None) -> Iterator[Finding]:
    for rule in ALL:
        yield from rule(query)
    yield from sql_columns.count_of_nullable(query, reference)


def review_sql(kata: Kata, answer: str, around: Surroundings) -> Review:
    """Review an SQL answer."""
    assert kata.sql is not None
    from pytest_prep.judging.translation import dialect_of

    engine = kata.sql.engine
    default = around.translator.default if around.translator else ""
    dialect = dialect_of(answer)[0] or default or engine
    if kata.sql.result != "query":
        layout, mends = layout_of(answer, dialect)
        rules = not_measured("rules", "they are about queries, and this kata asks for statements")
        return review_of(kata.id, mends, [rules, layout])
    try:
        schema = read_text(kata.folder / "schema.sql")
        reference = read_text(kata.reference)
    except ContentError as error:
        return nothing_to_review(kata.id, str(error))
    found = findings_in(answer, dialect, schema, reference, engine)
    if found is None:
        return nothing_to_review(kata.id, f"it cannot be read as one query of {dialect}")
    rules = Measure(
        "rules", f"{len(ALL) + 1} rules on the syntax tree", {"found": float(len(found))}
    )
    layout, mends = layout_of(answer, dialect)
    rows, dearer = _rows_touched(kata, answer, schema, around)
    measures = [rules, layout, rows, time_beside(around.verdicts)]
    return review_of(kata.id, [*found, *mends, *dearer], measures)


def _rows_touched(
    kata: Kata, answer: str, schema: str, around: Surroundings
) -> tuple[Measure, list[Finding]]:
    if around.judge is None:
        return not_measured(NAME, "nothing was run"), []
    if around.translator is not None:
        rendered = around.translator.render(kata, answer, schema)
        if isinstance(rendered, Verdict):
            return not_measured(NAME, rendered.summary), []
        answer = rendered.sql
    return rows_touched(kata, answer, around.judge)
