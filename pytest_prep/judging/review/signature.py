"""The types of Python code: its functions beside the starter's, and what mypy says of the rest."""

from __future__ import annotations

import ast
import re
import tempfile
from pathlib import Path

from pytest_prep.judging.review.model import Finding, Measure, not_measured
from pytest_prep.judging.review.tools import ask, find_tool

NAME = "types"
#: Mistakes of type together take off this many points at most.
CAP = 12
_ERROR = re.compile(r"answer\.py:(\d+): error: (.*?)(?:  \[([\w-]+)\])?$")
#: What is no mistake of an answer: libraries without types or with types that leave out what they
#: can do, and a container whose content mypy cannot guess.
_NOT_THEIRS = ("import-untyped", "import-not-found", "import", "call-overload", "var-annotated")


def types_of(
    code: str, starter: str, names: tuple[str, ...], cache: Path | None
) -> tuple[Measure, list[Finding]]:
    """Compare signatures with the starter's, and have the code checked by mypy.

    Args:
        code: an answer that parses.
        starter: the kata's starter.
        names: the functions or classes that it asks for.
        cache: where mypy may keep what it knows of libraries.
    """
    changed = list(_changed(code, starter, names))
    tool = find_tool("mypy")
    if tool is None:
        why = "mypy is not installed (pip install mypy); signatures were compared"
        return not_measured(NAME, why), changed
    with tempfile.TemporaryDirectory(prefix="prep-") as folder:
        Path(folder, "answer.py").write_text(code, encoding="utf-8")
        kept = ("--cache-dir", str(cache / "mypy")) if cache else ("--no-incremental",)
        told = ask(
            (tool, "--config-file=", "--check-untyped-defs", "--ignore-missing-imports",
             "--no-error-summary", "--hide-error-context", "--no-color-output",
             "--no-pretty", "--show-error-codes", *kept, "answer.py"),
            folder=Path(folder),
        )  # fmt: skip
    if told is None:
        return not_measured(NAME, "mypy gave no answer; signatures were compared"), changed
    found = [match for line in told.splitlines() if (match := _ERROR.match(line))]
    errors = [match for match in found if match[3] not in _NOT_THEIRS]
    left = CAP
    for match in errors:
        points = min(4, left)
        left -= points
        changed.append(
            Finding(
                f"mypy-{match[3] or 'error'}",
                match[2],
                "a type that does not fit is a case that was not thought of",
                "make the code or the annotation say what is meant",
                int(match[1]),
                points,
            )
        )
    number = len(errors)
    text = f"{number or 'no'} mistake{'s' if number != 1 else ''} found by mypy"
    return Measure(NAME, text, {"errors": float(number)}), changed


def _changed(code: str, starter: str, names: tuple[str, ...]) -> list[Finding]:
    """Return a finding for each function whose parameters are not those asked for."""
    mine, theirs = _functions(code), _functions(starter)
    findings = []
    for name in names:
        if name not in mine or name not in theirs:
            continue
        own, asked = _parameters(mine[name]), _parameters(theirs[name])
        if own != asked:
            findings.append(
                Finding(
                    "signature",
                    f"{name}({', '.join(own)}) in place of {name}({', '.join(asked)})",
                    "the signature is the contract: who calls it by keyword depends on it",
                    "take the parameters as the starter names them",
                    mine[name].lineno,
                    6,
                )
            )
        elif theirs[name].returns is not None and mine[name].returns is None:
            findings.append(
                Finding(
                    "annotations",
                    f"{name} has lost its annotations",
                    "types in the signature are half of its documentation",
                    "keep the signature of the starter",
                    mine[name].lineno,
                    2,
                )
            )
    return findings


def _functions(code: str) -> dict[str, ast.FunctionDef | ast.AsyncFunctionDef]:
    return {
        node.name: node
        for node in ast.parse(code).body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def _parameters(function: ast.FunctionDef | ast.AsyncFunctionDef) -> list[str]:
    arguments = function.args
    names = [a.arg for a in (*arguments.posonlyargs, *arguments.args)]
    if arguments.vararg or arguments.kwonlyargs:
        names.append(f"*{arguments.vararg.arg if arguments.vararg else ''}")
    names += [a.arg for a in arguments.kwonlyargs]
    return [*names, *([f"**{arguments.kwarg.arg}"] if arguments.kwarg else [])]
