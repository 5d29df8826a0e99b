"""The texts of a new kata's files; what its author has to write is marked TODO."""

from __future__ import annotations

import ast
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pytest_prep.modes.sample_data import Draft

_HINTS = (
    "TODO: a direction, which names no construct.",
    "TODO: the technique.",
    "TODO: a skeleton with … in place of what is to be found.",
)
_NOTES = """\
## Approach

TODO: what the problem is called, and the way of the reference.

## Cost

TODO: time and memory, with figures measured on the largest data.

## Mistakes

TODO: what each wrong_* gets wrong, and what shows it.

## Other ways

TODO: what each accepted_* does, and when it is the better one.

## Follow-up questions

TODO: what an interviewer asks next, with an answer in one line.
"""


@dataclass(frozen=True, slots=True)
class Idea:
    """What is known of a kata before it is written."""

    id: str
    #: The name of its folder.
    name: str
    #: Its folder relative to the root.
    place: str
    title: str
    level: str
    topics: tuple[str, ...]
    minutes: int


def sql_files(idea: Idea, draft: Draft) -> tuple[dict[str, str], dict[str, str]]:
    """Return the texts of both folders of an SQL kata."""
    statement = f"""\
# {idea.title}

TODO: who wants to know what, and which columns are asked for.

TODO: how ties, NULL, rounding and order are treated.

## Tables

TODO: what one row of each table is, and what its columns mean.

## Example

For `sample.sql`:

{draft.example}"""
    starter = (
        f"-- {idea.title}\n--\n-- The problem is in README.md; judge this file with\n"
        f"--     pytest {idea.place}\n"
    )
    mine = {
        "kata.toml": _toml(idea, '[sql]\nengine = "duckdb"\n'),
        "README.md": statement,
        "schema.sql": draft.schema,
        "sample.sql": draft.sample,
        "answer.sql": starter,
    }
    query = draft.reference
    theirs = {
        "answer.sql": f"-- TODO: the reference; this one only shows that all runs.\n{query}",
        "starter.sql": starter,
        "accepted_another_way.sql": f"-- TODO: how it works.\n{query}",
        "wrong_first_mistake.sql": f"-- TODO: why it is wrong.\n{query}",
        "wrong_second_mistake.sql": f"-- TODO: why it is wrong.\n{query}",
        "cases/edge_first.sql": f"-- TODO: what this data holds.\n{draft.few}",
        "notes.md": _NOTES,
    }
    return mine, theirs


def python_files(idea: Idea, signature: str) -> tuple[dict[str, str], dict[str, str]]:
    """Return the texts of both folders of a Python kata.

    Args:
        idea: the kata.
        signature: ``def name(parameters) -> result``, ``""`` for an example.

    Raises:
        SyntaxError: the signature does not parse.
        ValueError: it is no function.
    """
    head, function, arguments = _signature(
        signature or f"def {idea.name}(values: list[int]) -> int"
    )
    opening = f'"""{idea.title}.\n\nThe problem is in README.md; judge this file with\n'
    opening += f'``pytest {idea.place}``.\n"""\n\nfrom __future__ import annotations\n'
    starter = (
        f'{opening}\n\n{head}\n    """TODO: what it returns."""\n    raise NotImplementedError\n'
    )
    body = f'{head}\n    """TODO: what it returns."""\n    return None  # TODO: the reference\n'
    call = f"{function}({', '.join(['...'] * len(arguments))})"
    statement = f"""\
# {idea.title}

TODO: who wants to know what.

Write `{function}({", ".join(arguments)})`:

- TODO: what it returns, and for which input nothing special happens.
- TODO: empty input, repeated values, what must stay as it was.

## Example

```pycon
>>> {call}
```
"""
    tests = f'''"""TODO: what is tested, in one line."""

from __future__ import annotations


def growth_input(n):
    """Return arguments of size n, for --review."""
    return ({", ".join(["list(range(n))"] * len(arguments))},)


def test_sample(answer, reference):
    """The example of README.md."""
    arguments = growth_input(5)
    assert answer.{function}(*arguments) == reference.{function}(*growth_input(5)), "TODO: words"


def test_edge_empty(answer):
    """Nothing in, nothing out."""
    assert answer.{function}(*growth_input(0)) is None, "TODO: what is right for no input"
'''
    mine = {
        "kata.toml": _toml(idea, f'[python]\nnames = ["{function}"]\n'),
        "README.md": statement,
        "answer.py": starter,
        f"test_{idea.name}.py": tests,
    }
    theirs = {
        "answer.py": f"{opening}\n\n{body}",
        "starter.py": starter,
        "accepted_another_way.py": f"# TODO: how it works.\n{body}",
        "wrong_first_mistake.py": f"# TODO: why it is wrong.\n{body}",
        "wrong_second_mistake.py": f"# TODO: why it is wrong.\n{body}",
        "notes.md": _NOTES,
    }
    return mine, theirs


def _signature(text: str) -> tuple[str, str, list[str]]:
    """Return the line of a signature, the function's name and its parameters."""
    line = text.strip().rstrip(":")
    if not line.startswith("def "):
        raise ValueError(f"{text!r} does not begin with def")
    node = ast.parse(f"{line}: ...").body[0]
    if not isinstance(node, ast.FunctionDef):
        raise ValueError(f"{text!r} is no function")
    return f"{line}:", node.name, [argument.arg for argument in node.args.args]


def _toml(idea: Idea, table: str) -> str:
    quoted = json.dumps
    hints = "".join(f"    {quoted(hint, ensure_ascii=False)},\n" for hint in _HINTS)
    return (
        f"id = {quoted(idea.id)}\n"
        f"title = {quoted(idea.title, ensure_ascii=False)}\n"
        f"level = {quoted(idea.level)}\n"
        f"topics = {quoted(list(idea.topics))}\n"
        f"minutes = {idea.minutes}\n"
        f"hints = [\n{hints}]\n"
        'reading = ["TODO: a page of a manual — https://…"]\n\n'
        f"{table}"
    )
