"""The operators of Python's mutants: which small edits a node of the syntax tree allows."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pytest_prep.judging.mutants.mutant import brief


@dataclass(frozen=True)
class TextEdit:
    """Characters ``start`` to ``end`` of the text become ``new``."""

    start: int
    end: int
    new: str
    #: How the change is called; by default the code before and after it.
    label: str = ""


class Source:
    """A module's text with its tree, and places as indexes of characters."""

    def __init__(self, text: str) -> None:
        """Parse the text.

        Raises:
            SyntaxError: it does not parse.
        """
        self.text = text
        self.tree = ast.parse(text)
        self._lines = text.splitlines(keepends=True)
        self._starts = [0]
        for line in self._lines:
            self._starts.append(self._starts[-1] + len(line))
        self.modules = {
            alias.asname or alias.name.split(".")[0]
            for node in ast.walk(self.tree)
            if isinstance(node, ast.Import)
            for alias in node.names
        }
        self.parents: dict[ast.AST, ast.AST] = {
            child: parent
            for parent in ast.walk(self.tree)
            for child in ast.iter_child_nodes(parent)
        }

    def nodes(self) -> Iterator[ast.AST]:
        """Yield the nodes that do something: no docstring, annotation, import or f-string."""
        waiting: list[ast.AST] = [self.tree]
        while waiting:
            node = waiting.pop()
            yield node
            found: list[ast.AST] = []
            for name, value in ast.iter_fields(node):
                if name in ("annotation", "returns", "decorator_list", "bases"):
                    continue
                children = value if isinstance(value, list) else [value]
                found += [c for c in children if isinstance(c, ast.AST) and _does_something(c)]
            waiting += reversed(found)

    def start(self, node: ast.AST) -> int:
        """Return the index of a node's first character."""
        return self._place(node.lineno, node.col_offset)  # type: ignore[attr-defined]

    def end(self, node: ast.AST) -> int:
        """Return the index behind a node's last character."""
        return self._place(node.end_lineno, node.end_col_offset)  # type: ignore[attr-defined]

    def of(self, node: ast.AST) -> str:
        """Return a node's text."""
        return self.text[self.start(node) : self.end(node)]

    def replace(self, node: ast.AST, new: str, label: str = "") -> TextEdit:
        """Return the edit that puts ``new`` in a node's place."""
        return TextEdit(self.start(node), self.end(node), new, label)

    def between(self, left: ast.AST, right: ast.AST, old: str, new: str) -> Iterator[TextEdit]:
        """Yield the edit that replaces an operator between two nodes."""
        start = self.end(left)
        # a comment between the two may hold anything
        gap = re.sub(r"#[^\n]*", lambda c: " " * len(c[0]), self.text[start : self.start(right)])
        found = re.search(rf"(?<![\w*/<>]){re.escape(old)}(?![\w*/<>=])", gap)
        if found:
            yield TextEdit(start + found.start(), start + found.end(), new)

    def _place(self, line: int, column: int) -> int:
        # columns count bytes of UTF-8
        before = self._lines[line - 1].encode()[:column] if line <= len(self._lines) else b""
        return self._starts[line - 1] + len(before.decode())


def _does_something(node: ast.AST) -> bool:
    if isinstance(node, ast.Import | ast.ImportFrom | ast.JoinedStr):
        return False
    return not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))


_COMPARISONS: dict[type[ast.cmpop], tuple[str, tuple[str, ...]]] = {
    ast.Eq: ("==", ("!=",)),
    ast.NotEq: ("!=", ("==",)),
    ast.Lt: ("<", ("<=", ">")),
    ast.LtE: ("<=", ("<", ">=")),
    ast.Gt: (">", (">=", "<")),
    ast.GtE: (">=", (">", "<=")),
    ast.In: ("in", ("not in",)),
    ast.NotIn: ("not in", ("in",)),
    ast.Is: ("is", ("is not",)),
    ast.IsNot: ("is not", ("is",)),
}
_ARITHMETIC: dict[type[ast.operator], tuple[str, str]] = {
    ast.Add: ("+", "-"),
    ast.Sub: ("-", "+"),
    ast.Mult: ("*", "//"),
    ast.Div: ("/", "*"),
    ast.FloorDiv: ("//", "/"),
    ast.Mod: ("%", "//"),
    ast.Pow: ("**", "*"),
    ast.BitAnd: ("&", "|"),
    ast.BitOr: ("|", "&"),
    ast.BitXor: ("^", "&"),
    ast.LShift: ("<<", ">>"),
    ast.RShift: (">>", "<<"),
}
_FUNCTIONS = {"min": "max", "max": "min", "any": "all", "all": "any", "sorted": "list"}
_TWINS = (
    ("startswith", "endswith"),
    ("lower", "upper"),
    ("bisect_left", "bisect_right"),
    ("union", "intersection"),
    ("cummax", "cummin"),
    ("max", "min"),
    ("first", "last"),
    ("any", "all"),
)
_METHODS = {
    "popleft": "pop",
    "appendleft": "append",
    "mean": "median",
    "sum": "mean",
    **dict(_TWINS),
    **{other: one for one, other in _TWINS},
}


def comparison(node: ast.AST, source: Source) -> Iterator[TextEdit]:
    """== ↔ !=; < with and without the boundary, and turned round; in ↔ not in; is ↔ is not."""
    if isinstance(node, ast.Compare):
        operands = [node.left, *node.comparators]
        for i, operator in enumerate(node.ops):
            old, others = _COMPARISONS[type(operator)]
            for new in others:
                yield from source.between(operands[i], operands[i + 1], old, new)


def arithmetic(node: ast.AST, source: Source) -> Iterator[TextEdit]:
    """+ ↔ -, * → //, % → //, …, also in assignments such as +=; a sign left out."""
    if isinstance(node, ast.BinOp):
        pair = _ARITHMETIC.get(type(node.op))
        if pair:
            yield from source.between(node.left, node.right, *pair)
    elif isinstance(node, ast.AugAssign):
        old, new = _ARITHMETIC.get(type(node.op), ("", ""))
        if old:
            start = source.end(node.target)
            gap = source.text[start : source.start(node.value)]
            place = start + gap.index(f"{old}=")
            yield TextEdit(place, place + len(old), new, f"{old}= → {new}=")
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        yield source.replace(node, source.of(node.operand))


def logic(node: ast.AST, source: Source) -> Iterator[TextEdit]:
    """And ↔ or, one side alone, not left out, a plain condition negated."""
    if isinstance(node, ast.BoolOp):
        old, new = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
        for left, right in zip(node.values, node.values[1:], strict=False):
            yield from source.between(left, right, old, new)
        for value in node.values:
            rest = [source.of(other) for other in node.values if other is not value]
            yield source.replace(node, f" {old} ".join(rest), f"{source.of(value)} dropped")
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield source.replace(node, source.of(node.operand), "not dropped")
    tests: list[ast.expr] = []
    if isinstance(node, ast.If | ast.While | ast.IfExp | ast.Assert):
        tests = [node.test]
    elif isinstance(node, ast.comprehension):
        tests = node.ifs
    for test in tests:
        if isinstance(node, ast.comprehension):
            yield source.replace(test, "True", f"if {source.of(test)} dropped")
        negated_already = isinstance(test, ast.Compare) and len(test.ops) == 1
        if not negated_already and not isinstance(test, ast.UnaryOp):
            yield source.replace(test, f"not ({source.of(test)})")


def constant(node: ast.AST, source: Source) -> Iterator[TextEdit]:
    """Numbers one up and one down, texts emptied, True ↔ False."""
    if not isinstance(node, ast.Constant):
        return
    value = node.value
    if isinstance(value, bool):
        yield source.replace(node, repr(not value))
    elif isinstance(value, int | float):
        for other in (value + 1, value - 1):
            yield source.replace(node, repr(other) if other >= 0 else f"({other!r})")
    elif isinstance(value, str):
        yield source.replace(node, '""' if value else '"x"')


def statement(node: ast.AST, source: Source) -> Iterator[TextEdit]:
    """Leave out what a statement does; return None; break ↔ continue."""
    dropped = isinstance(node, ast.AugAssign | ast.Expr | ast.Delete) or (
        isinstance(node, ast.Assign)
        and any(isinstance(target, ast.Attribute | ast.Subscript) for target in node.targets)
    )
    if dropped:
        yield source.replace(node, "pass", f"{brief(source.of(node))} dropped")
    elif isinstance(node, ast.Return) and node.value is not None:
        if not (isinstance(node.value, ast.Constant) and node.value.value is None):
            yield source.replace(node.value, "None")
    elif isinstance(node, ast.Break):
        yield source.replace(node, "continue")
    elif isinstance(node, ast.Continue):
        yield source.replace(node, "break")


def call(node: ast.AST, source: Source) -> Iterator[TextEdit]:
    """Another function, the other end, no keyword argument, the call left out of a chain."""
    if not isinstance(node, ast.Call):
        return
    function = node.func
    if isinstance(function, ast.Name):
        if function.id in _FUNCTIONS:
            yield source.replace(function, _FUNCTIONS[function.id])
        if function.id in ("reversed", "sorted", "set", "abs") and len(node.args) == 1:
            yield source.replace(node, source.of(node.args[0]))
    elif isinstance(function, ast.Attribute):
        if function.attr in _METHODS:
            end = source.end(function)
            start = end - len(function.attr)
            yield TextEdit(start, end, _METHODS[function.attr])
        module = isinstance(function.value, ast.Name) and function.value.id in source.modules
        if not module and not isinstance(source.parents[node], ast.Expr):
            label = f"{brief(source.text[source.end(function.value) : source.end(node)])} dropped"
            yield source.replace(node, source.of(function.value), label)
        if function.attr in ("get", "pop", "setdefault") and len(node.args) == 2:
            end = source.end(node.args[1])
            default = source.of(node.args[1])
            yield TextEdit(source.end(node.args[0]), end, "", f"default {default} dropped")
        if function.attr == "pop" and not node.args:
            yield source.replace(node, f"{source.of(function)}(0)")
    name = getattr(function, "id", getattr(function, "attr", ""))
    if name in ("sorted", "sort") and all(word.arg != "reverse" for word in node.keywords):
        comma = ", " if node.args or node.keywords else ""
        end = source.end(node) - 1
        yield TextEdit(end, end, f"{comma}reverse=True", "reverse=True added")
    for word in node.keywords:
        yield _without(node, word, source)


def _without(node: ast.Call, word: ast.keyword, source: Source) -> TextEdit:
    """Return the edit that leaves out one keyword argument, with the comma beside it."""
    start, end = source.start(word), source.end(word)
    before = source.text[:start].rstrip()
    if before.endswith(","):
        start = len(before) - 1
    else:
        after = source.text[end:]
        end += len(after) - len(after.lstrip(", "))
    return TextEdit(start, end, "", f"{brief(source.of(word))} dropped")


def slicing(node: ast.AST, source: Source) -> Iterator[TextEdit]:
    """Leave out an end of a slice."""
    if isinstance(node, ast.Slice):
        for part, name in ((node.lower, "start"), (node.upper, "end")):
            if part is not None:
                yield source.replace(part, "", f"{name} of the slice {source.of(node)} dropped")


Operator = Callable[[ast.AST, Source], Iterator[TextEdit]]
OPERATORS: tuple[Operator, ...] = (
    comparison,
    arithmetic,
    logic,
    constant,
    statement,
    call,
    slicing,
)


def edits(node: ast.AST, source: Source) -> Iterator[TextEdit]:
    """Yield every edit that an operator knows for a node."""
    for operator in OPERATORS:
        yield from operator(node, source)
