"""What the queries and CHECKs tell about interesting data: values, numbers of rows, equal columns.

Columns are resolved by name through aliases, not by full scoping: a clue that reaches a column too
many only makes its pool larger.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from pytest_prep.judging.counterexample.schema import Ref, Schema

#: Numbers of rows beyond this are not tried.
MOST_ROWS = 40

_COUNTING = (exp.Count, exp.RowNumber, exp.Rank, exp.DenseRank, exp.Ntile)
_COUNTING_NAMES = frozenset({"row_number", "rank", "dense_rank", "ntile", "count", "count_if"})
_STATEMENT_PARTS = (exp.Query, exp.CTE, exp.Subquery, exp.From, exp.Join, exp.With)
_ROW_NUMBERS = (exp.Limit, exp.Offset, exp.Fetch, exp.WindowSpec, exp.Lag, exp.Lead, exp.NthValue)
_PATTERNS = (exp.Like, exp.ILike, exp.SimilarTo)
_COMPARISONS = (exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE, exp.NullSafeEQ)


@dataclass(slots=True)
class Clues:
    """What was found, by column."""

    numbers: dict[Ref, set[str]] = field(default_factory=lambda: defaultdict(set))
    texts: dict[Ref, set[str]] = field(default_factory=lambda: defaultdict(set))
    patterns: dict[Ref, set[str]] = field(default_factory=lambda: defaultdict(set))
    #: Amount and unit of intervals: ``(7, "DAY")``.
    steps: set[tuple[int, str]] = field(default_factory=set)
    #: Numbers of rows that a COUNT, a rank, a LIMIT or a frame is about.
    counts: set[int] = field(default_factory=set)
    #: Pairs of columns that are compared with each other.
    links: set[tuple[Ref, Ref]] = field(default_factory=set)
    #: Columns whose letter case a query changes or compares without.
    folded: set[Ref] = field(default_factory=set)
    #: Columns whose sign a query asks for.
    signed: set[Ref] = field(default_factory=set)
    #: Whether a query recurses.
    recursive: bool = False


def read_clues(schema: Schema, queries: Iterable[str]) -> Clues:
    """Read the schema's CHECKs and the queries; a query that sqlglot cannot parse is skipped."""
    clues = Clues()
    for table in schema.tables:
        for check in table.checks:
            tree = _parsed(f"SELECT 1 FROM {_quoted(table.name)} WHERE {check.expression}")
            if tree is not None:
                _Reader(schema, tree, clues, rows=False).read()
    for query in queries:
        for tree in _statements(query):
            _Reader(schema, tree, clues, rows=True).read()
    return clues


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _parsed(sql: str) -> exp.Expr | None:
    try:
        tree = sqlglot.parse_one(sql, dialect="duckdb")
    except (SqlglotError, RecursionError):
        return None
    return tree


def _statements(script: str) -> list[exp.Expr]:
    try:
        return [tree for tree in sqlglot.parse(script, dialect="duckdb") if tree is not None]
    except (SqlglotError, RecursionError):
        return []


class _Reader:
    def __init__(self, schema: Schema, tree: exp.Expr, clues: Clues, *, rows: bool) -> None:
        self._schema = schema
        self._tree = tree
        self._clues = clues
        self._rows = rows
        self._by_name: dict[str, set[Ref]] = defaultdict(set)
        for table in schema.tables:
            for i, column in enumerate(table.columns):
                self._by_name[column.name.casefold()].add((table.name, i))
        self._tables = {table.name.casefold(): table.name for table in schema.tables}
        self._aliases: dict[str, set[str]] = defaultdict(set)
        self._derived: dict[str, list[exp.Expr]] = defaultdict(list)
        self._resolved: dict[tuple[str, str], set[Ref]] = {}

    def read(self) -> None:
        self._collect_names()
        tree = self._tree
        self._clues.recursive |= any(w.recursive for w in tree.find_all(exp.With))
        for node in tree.walk():
            if isinstance(node, exp.Literal):
                self._literal(node)
            elif isinstance(node, exp.Interval):
                self._interval(node)
            elif isinstance(node, _COMPARISONS):
                self._link(node.this, node.expression)
            elif isinstance(node, exp.Between):
                self._link(node.this, node.args["low"])
                self._link(node.this, node.args["high"])
            elif isinstance(node, exp.In) and node.args.get("query"):
                self._link_query(node.this, node.args["query"])
            elif isinstance(node, exp.Join):
                self._link_using(node)
            elif isinstance(node, exp.SetOperation):
                self._link_operands(node)
            self._manner_of_reading(node)

    def _manner_of_reading(self, node: exp.Expr) -> None:
        """Note columns of which the letter case or the sign matters."""
        if isinstance(node, exp.Lower | exp.Upper | exp.ILike):
            self._clues.folded |= self._refs(node)
        elif isinstance(node, exp.Neg | exp.Abs | exp.Sign) or (
            isinstance(node, _COMPARISONS)
            and any(isinstance(side, exp.Literal) and side.name == "0" for side in _sides(node))
        ):
            self._clues.signed |= self._refs(node)

    def _collect_names(self) -> None:
        for node in self._tree.walk():
            if isinstance(node, exp.Table):
                name = self._tables.get(node.name.casefold())
                if name:
                    self._aliases[node.alias_or_name.casefold()].add(name)
            elif isinstance(node, exp.Alias):
                self._derived[node.alias.casefold()].append(node.this)
            if isinstance(node, exp.CTE | exp.Subquery) and node.args.get("alias"):
                names = [column.name for column in node.args["alias"].columns]
                for operand in _operands(node.this):
                    for name, selected in zip(names, operand.selects, strict=False):
                        self._derived[name.casefold()].append(selected)

    def _column(self, column: exp.Column) -> set[Ref]:
        """Return the base columns a column may stand for."""
        key = (column.table.casefold(), column.name.casefold())
        if key not in self._resolved:
            self._resolved[key] = set()  # ends the recursion of aliases named like their source
            found = set(self._by_name.get(key[1], ()))
            tables = self._aliases.get(key[0])
            exact = {ref for ref in found if tables and ref[0] in tables}
            if exact:
                found = exact
            elif not found or not tables:
                for expression in self._derived.get(key[1], ()):
                    found |= self._refs(expression)
            self._resolved[key] = found
        return self._resolved[key]

    def _refs(self, node: exp.Expr) -> set[Ref]:
        found: set[Ref] = set()
        for column in node.find_all(exp.Column):
            found |= self._column(column)
        return found

    def _counting(self, node: exp.Expr) -> bool:
        """Whether an expression counts or numbers rows, itself or through an alias."""
        for inner in node.walk():
            if isinstance(inner, _COUNTING):
                return True
            if isinstance(inner, exp.Anonymous) and inner.name.casefold() in _COUNTING_NAMES:
                return True
            if isinstance(inner, exp.Column):
                for expression in self._derived.get(inner.name.casefold(), ()):
                    if any(isinstance(part, _COUNTING) for part in expression.walk()):
                        return True
        return False

    def _literal(self, node: exp.Literal) -> None:
        text = node.name
        if not node.is_string and isinstance(node.parent, exp.Neg):
            text = f"-{text}"
        parent = node.parent
        while parent is not None and not isinstance(parent, exp.Interval):
            if self._rows and not node.is_string and isinstance(parent, _ROW_NUMBERS):
                self._count(text)
                if isinstance(parent, exp.Limit | exp.Offset | exp.Fetch | exp.WindowSpec):
                    return
            if isinstance(parent, _STATEMENT_PARTS):
                # A VALUES list or the start of a recursion: nothing it is compared with.
                if self._rows and self._clues.recursive and not node.is_string:
                    self._count(text)
                return
            if self._rows and not node.is_string and self._counting(parent):
                self._count(text)
            refs = self._refs(parent)
            if refs:
                self._attach(refs, node, text, pattern=isinstance(parent, _PATTERNS))
                return
            parent = parent.parent

    def _attach(self, refs: set[Ref], node: exp.Literal, text: str, *, pattern: bool) -> None:
        clues = self._clues
        target = clues.patterns if pattern else clues.texts if node.is_string else clues.numbers
        for ref in refs:
            target[ref].add(text)

    def _count(self, text: str) -> None:
        if text.isdigit() and 0 <= int(text) <= MOST_ROWS:
            self._clues.counts.add(int(text))

    def _interval(self, node: exp.Interval) -> None:
        amount = node.this.name if isinstance(node.this, exp.Literal) else "1"
        unit = node.args.get("unit")
        words = f"{amount} {unit.name if unit is not None else ''}".split()
        if words and words[0].lstrip("-").isdigit():
            name = words[1].upper().rstrip("S") if len(words) > 1 else "DAY"
            self._clues.steps.add((abs(int(words[0])), name))

    def _link(self, left: exp.Expr, right: exp.Expr) -> None:
        for side, other in ((left, right), (right, left)):
            if isinstance(side, exp.Column):
                # What a recursion starts with, or a VALUES list gives a name to.
                for given in self._derived.get(side.name.casefold(), ()):
                    if isinstance(given, exp.Literal):
                        self._attach(self._refs(other), given, given.name, pattern=False)
        for a in self._single(left):
            for b in self._single(right):
                self._join(a, b)

    def _join(self, a: Ref, b: Ref) -> None:
        if a != b and self._schema.column(a).kind == self._schema.column(b).kind:
            self._clues.links.add((min(a, b), max(a, b)))

    def _single(self, node: exp.Expr) -> set[Ref]:
        """Return what an expression over one column stands for; nothing for several columns."""
        columns = list(node.find_all(exp.Column))
        if len(columns) != 1 or any(isinstance(part, exp.AggFunc) for part in node.walk()):
            return set()
        refs = self._column(columns[0])
        # A derived column made of several is comparable with none of them.
        return refs if len(refs) == 1 or columns[0].name.casefold() in self._by_name else set()

    def _link_query(self, left: exp.Expr, query: exp.Expr) -> None:
        lefts = left.expressions if isinstance(left, exp.Tuple) else [left]
        for operand in _operands(query):
            for mine, theirs in zip(lefts, operand.selects, strict=False):
                self._link(mine, theirs)

    def _link_using(self, node: exp.Join) -> None:
        names = [column.name.casefold() for column in node.args.get("using") or []]
        if (node.args.get("method") or "").upper() == "NATURAL":
            names = list(self._by_name)
        for name in names:
            refs = sorted(self._by_name.get(name, ()))
            for other in refs[1:]:
                self._join(refs[0], other)

    def _link_operands(self, node: exp.SetOperation) -> None:
        selects = [operand.selects for operand in _operands(node)]
        for other in selects[1:]:
            for mine, theirs in zip(selects[0], other, strict=False):
                self._link(mine, theirs)


def _sides(node: exp.Expr) -> tuple[object, object]:
    return node.this, node.args.get("expression")


def _operands(query: exp.Expr | None) -> Iterator[exp.Select]:
    """Yield the SELECTs that a set operation is made of, in order."""
    waiting = [query]
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, exp.Subquery):
            waiting.insert(0, node.this)
        elif isinstance(node, exp.SetOperation):
            waiting[:0] = [node.this, node.expression]
        elif isinstance(node, exp.Select):
            yield node
