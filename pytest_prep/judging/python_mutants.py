"""All mutants of a Python reference: its syntax tree says where, its own text is edited.

Made here because the known mutation libraries work on whole projects: cosmic-ray brings some twenty
packages along, mutmut plants all mutants in one copy of the code behind trampolines.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from types import CodeType

from pytest_prep.judging.mutants.mutant import Mutant, change_words, distinct, mutant_of
from pytest_prep.judging.python_edits import Source, edits

#: Which proof is given for a mutant that compiles to the same instructions.
SAME_CODE = "the same bytecode"


def python_mutants(text: str) -> list[Mutant]:
    """Return the mutants of a reference, by line; each of them compiles.

    Raises:
        SyntaxError: the reference does not parse.
    """
    return distinct(_mutants(text), text)


def _mutants(text: str) -> Iterator[Mutant]:
    source = Source(text)
    for node in source.nodes():
        for edit in edits(node, source):
            changed = text[: edit.start] + edit.new + text[edit.end :]
            try:
                compile(changed, "answer.py", "exec", dont_inherit=True)
            except (SyntaxError, ValueError):
                continue
            line = text.count("\n", 0, edit.start) + 1
            label = edit.label or change_words(text[edit.start : edit.end], edit.new)
            yield mutant_of(text, changed, line, label)


def same_code(text: str, mutant: str) -> bool:
    """Tell whether two texts compile to the same instructions, their places aside."""
    codes = [
        compile(ast.parse(source), "answer.py", "exec", dont_inherit=True, optimize=2)
        for source in (text, mutant)
    ]
    return _essence(codes[0]) == _essence(codes[1])


def _essence(code: CodeType) -> tuple[object, ...]:
    constants = tuple(
        _essence(constant) if isinstance(constant, CodeType) else (type(constant), repr(constant))
        for constant in code.co_consts
    )
    return (
        code.co_code,
        constants,
        code.co_names,
        code.co_varnames,
        code.co_freevars,
        code.co_argcount,
        code.co_kwonlyargcount,
        code.co_flags,
        code.co_exceptiontable,
    )
