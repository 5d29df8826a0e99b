"""docs/reference.md describes every option, ini key, hook, fixture and marker there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pytest_prep import fixtures, hookspec, options
from pytest_prep.content.kata import Budget, Kata, PythonFacts, SqlFacts

PAGE = (Path(__file__).parent.parent / "docs" / "reference.md").read_text(encoding="utf-8")


class Declared:
    """Stands in for pytest's parser and keeps what is declared."""

    def __init__(self) -> None:
        self.options: list[str] = []
        self.ini: list[str] = []
        self.help: list[str] = []

    def getgroup(self, *args: str) -> Declared:
        return self

    def addoption(self, *names: str, help: str, **kwargs: object) -> None:  # noqa: A002
        self.options += [name for name in names if name.startswith("--")]
        self.help.append(help)

    def addini(self, name: str, help: str, **kwargs: object) -> None:  # noqa: A002
        self.ini.append(name)
        self.help.append(help)


@pytest.fixture
def declared() -> Declared:
    """What the plugin declares to pytest."""
    parser = Declared()
    options.add_options(parser)
    return parser


def headings() -> list[str]:
    """Return the names that have a section of their own."""
    return re.findall(r"^### `([^`]+)`", PAGE, re.MULTILINE)


def test_every_option_and_ini_key_has_a_section(declared: Declared) -> None:
    """Whoever reads the page knows every switch."""
    assert declared.options
    assert declared.ini
    assert not set(declared.options + declared.ini) - set(headings())


def test_every_option_has_a_line_of_help(declared: Declared) -> None:
    """``pytest --help`` says what each switch does, in one plain line."""
    assert all(text and "\n" not in text for text in declared.help)


def test_every_hook_has_a_section() -> None:
    """Hooks are documented with their arguments."""
    hooks = [name for name in vars(hookspec) if name.startswith("pytest_")]
    assert hooks
    assert not set(hooks) - set(headings())


def test_every_fixture_has_a_section() -> None:
    """Fixtures are documented."""
    names = [
        name
        for name, value in vars(fixtures).items()
        if type(value).__name__ == "FixtureFunctionDefinition"
    ]
    assert {"answer", "reference", "dataset"} <= set(names)
    assert not set(names) - set(headings())


def test_no_section_is_left_over(declared: Declared) -> None:
    """What is gone from the plugin is gone from the page."""
    known = {*declared.options, *declared.ini, "kata"}
    known |= {name for name in vars(hookspec) if name.startswith("pytest_")}
    known |= set(vars(fixtures))
    assert not set(headings()) - known


def test_every_key_of_kata_toml_is_listed() -> None:
    """The table of kata.toml names every key that the reader knows."""
    table = PAGE[PAGE.index("## `kata.toml`") :]
    for facts in (SqlFacts, PythonFacts, Budget):
        for key in facts.__dataclass_fields__:
            assert f"] {key}`" in table, key
    for key in Kata.__dataclass_fields__:
        if key not in ("folder", "author_folder", "sql", "python", "budget", "dataset"):
            assert f"| `{key}`" in table, key
