"""Which columns tell the rows of a query apart: no two rows have the same values in all of them."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from pytest_prep.judging.mutants.clauses import conjuncts, has_subtotals
from pytest_prep.judging.mutants.facts import Nulls, TableFacts

if TYPE_CHECKING:
    from sqlglot import exp
    from sqlglot.optimizer.scope import Scope

#: A set of columns as text: ``f.tailnum`` inside a SELECT, ``tailnum`` in its output. The empty
#: set: there is one row at most.
Key = frozenset[str]
#: More keys of one join are not followed.
_MOST = 12


class Keys:
    """The keys of the parts of one qualified query."""

    def __init__(self, tables: dict[str, TableFacts], nulls: Nulls) -> None:
        """``nulls`` knows the query's scopes."""
        self._tables = tables
        self._nulls = nulls
        self._busy: set[int] = set()

    def unique(self, scope: Scope, expressions: list[exp.Expr]) -> bool:
        """Tell whether no two rows, after grouping, agree in all these expressions."""
        texts = {text for expression in expressions for text in _told_apart(expression)}
        return any(key <= texts for key in self.rows(scope))

    def rows(self, scope: Scope) -> list[Key]:
        """Return keys of a SELECT's rows as its output and its window functions see them."""
        from sqlglot import exp

        select = scope.expression
        if not isinstance(select, exp.Select):
            return []
        group = select.args.get("group")
        if group is not None:
            if group.args.get("all"):
                plain = [e.unalias() for e in select.expressions if not e.find(exp.AggFunc)]
                return [frozenset(e.sql("duckdb") for e in plain)]
            if has_subtotals(select):
                return []
            return [frozenset(key.sql("duckdb") for key in group.expressions)]
        if any(_is_total(expression) for expression in select.expressions):
            return [frozenset()]
        return self.joined(scope)

    def joined(self, scope: Scope) -> list[Key]:
        """Return keys of a SELECT's rows before grouping."""
        select = scope.expression
        source = select.args.get("from_")
        if source is None or id(select) in self._busy:
            return []
        self._busy.add(id(select))
        try:
            keys = self.source(scope, source.this)
            for join in select.args.get("joins") or ():
                keys = self._join(scope, keys, join)
        finally:
            self._busy.discard(id(select))
        return keys

    def output(self, scope: Scope) -> list[Key]:
        """Return keys of a query's output, by output column."""
        from sqlglot import exp

        query = scope.expression
        if not isinstance(query, exp.Select | exp.SetOperation):
            return []
        names = frozenset(selected.alias_or_name.lower() for selected in query.selects)
        if isinstance(query, exp.SetOperation):
            return [names] if query.args.get("distinct") else []
        found = []
        distinct = query.args.get("distinct")
        if distinct is not None and not distinct.args.get("on"):
            found.append(names)
        if any(expression.find(exp.Explode, exp.Unnest) for expression in query.expressions):
            return found  # each row becomes several
        shown = {
            text: expression.alias_or_name.lower()
            for expression in query.expressions
            for text in _told_apart(expression.unalias())
        }
        keys = [key for key in self.rows(scope) if key <= set(shown)]
        return [*found, *(frozenset(shown[column] for column in key) for key in keys)]

    def source(self, scope: Scope, node: exp.Expr) -> list[Key]:
        """Return keys of one source of a SELECT."""
        from sqlglot import exp

        name = node.alias_or_name
        source = scope.sources.get(name)
        if isinstance(source, exp.Table):
            if not isinstance(source.this, exp.Identifier):
                return []
            facts = self._tables.get(source.name.lower())
            keys = [k for k in facts.keys if self._is_known(scope, name, k)] if facts else []
        elif source is None or id(source.expression) in self._busy:
            return []
        else:
            keys = self.output(source)
        return [frozenset(f"{name}.{column}" for column in key) for key in keys]

    def _is_known(self, scope: Scope, name: str, key: Key) -> bool:
        """Tell whether none of a key's columns is NULL in the rows that the output sees."""
        from sqlglot import exp

        facts = self._tables[scope.sources[name].name.lower()]  # type: ignore[union-attr]
        columns = [exp.column(column, name) for column in key - facts.not_null]
        return all(self._nulls.never(column, scope, filtered=True) for column in columns)

    def _join(self, scope: Scope, keys: list[Key], join: exp.Join) -> list[Key]:
        if join.kind in ("SEMI", "ANTI"):
            return keys
        own = self.source(scope, join.this)
        pairs = [left | right for left, right in product(keys, own)][:_MOST]
        name = join.this.alias_or_name
        mine, theirs = _equated(join, name)
        # a row meets one row at most where the other side's key is given
        if any(key <= mine for key in own) and join.side in ("", "LEFT"):
            pairs = [*keys, *pairs]
        if any(key <= theirs for key in keys) and join.side in ("", "RIGHT"):
            pairs = [*own, *pairs]
        return pairs[:_MOST]


def _equated(join: exp.Join, name: str) -> tuple[Key, Key]:
    """Return the columns of the joined source, and those before, that ON sets equal."""
    from sqlglot import exp

    mine, theirs = set(), set()
    on = join.args.get("on")
    for predicate in conjuncts(on) if on is not None else ():
        if not isinstance(predicate, exp.EQ):
            continue
        for side, other in (
            (predicate.this, predicate.expression),
            (predicate.expression, predicate.this),
        ):
            tables = {column.table for column in other.find_all(exp.Column)}
            if not isinstance(side, exp.Column):
                continue
            if side.table == name and name not in tables:
                mine.add(side.sql("duckdb"))
            elif side.table != name and tables <= {name}:
                theirs.add(side.sql("duckdb"))
    return frozenset(mine), frozenset(theirs)


def _told_apart(expression: exp.Expr) -> set[str]:
    """Return what differs wherever the expression does not: itself, and the parts of a date."""
    from sqlglot import exp

    parts = [expression]
    if isinstance(expression, exp.DateFromParts):
        parts += [expression.args[part] for part in ("year", "month", "day")]
    return {part.sql("duckdb") for part in parts}


def _is_total(expression: exp.Expr) -> bool:
    """Tell whether an output column is an aggregate of all rows."""
    from sqlglot import exp

    walk = expression.walk(prune=lambda n: isinstance(n, exp.Query | exp.Window))
    return any(isinstance(node, exp.AggFunc) for node in walk)
