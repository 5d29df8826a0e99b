"""What the package never does: rooms keep apart, start-up stays small, options have one reader."""

from __future__ import annotations

import ast
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "pytest_prep"

MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(PACKAGE.rglob("*.py"))
}

#: Libraries that cost about as much as a run without them, or more.
HEAVY = {
    "duckdb",
    "fsrs",
    "hypothesis",
    "numpy",
    "pandas",
    "polars",
    "psycopg",
    "rich",
    "sqlglot",
    "textual",
    "typst",
    "watchfiles",
}

#: Rooms from the top of the design's table: each may use itself and those before it.
ROOMS = ("content", "judging", "progress")

#: Modules longer than 300 lines, the lines they may have, and why they are not two.
LONG = {
    "judging.counterexample.generator": (310, "one drawing, and the pools it draws from"),
    "nodes": (340, "four nodes of one tree, which share the short cut past collecting"),
}

#: Modules that import a heavy library at once, and why that costs nobody anything.
LOADED_LATE = {
    "modes.mock.afterwards": "only an interview on a screen imports it",
    "modes.mock.marking_screens": "only an interview on a screen imports it",
    "modes.mock.panels": "only an interview on a screen imports it",
    "modes.mock.report_screen": "only an interview on a screen imports it",
    "modes.mock.screen": "only an interview on a screen imports it",
    "modes.mock.view": "only an interview on a screen imports it",
    "modes.flash.drawing": "only the screen of a session imports it",
    "modes.flash.screen": "only a session on a terminal imports it",
    "judging.counterexample.clues": "only a search for a counterexample imports it",
    "judging.counterexample.confirm": "only a search for a counterexample imports it",
    "judging.counterexample.meant": "only a search for a counterexample imports it",
    "judging.counterexample.scripts": "only a search for a counterexample imports it",
    "judging.counterexample.workbench": "only a search for a counterexample imports it",
    "report.advert": "only --plan-job imports it",
    "report.charts": "only --progress imports it",
    "report.cohort": "only --progress imports it",
    "report.clock": "only --plan imports it",
    "report.dashboard": "only --progress imports it",
    "report.plan": "only --plan imports it",
}


#: The modules that every pytest run imports.
START_UP = (
    "plugin",
    "hookspec",
    *(name.partition(".")[2] for name in MODULES if name.endswith("options")),
)


class Import(NamedTuple):
    """One imported module, as a full name."""

    name: str
    line: int
    #: Whether it is imported when its module is, and not inside a function.
    at_once: bool
    #: Whether it stands under ``if TYPE_CHECKING``.
    for_types: bool


@cache
def tree(module: str) -> ast.Module:
    """Return the parsed source of a module."""
    return ast.parse(MODULES[module].read_text(encoding="utf-8"))


@cache
def imports(module: str) -> tuple[Import, ...]:
    """Return everything that a module imports, wherever it does."""

    def walk(node: ast.AST, at_once: bool, for_types: bool) -> Iterator[Import]:
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(alias.name, node.lineno, at_once, for_types)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}:{node.lineno}: relative import"
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                name = full if full in MODULES else node.module or ""
                yield Import(name, node.lineno, at_once, for_types)
        inside = at_once and not isinstance(
            node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
        )
        is_types = isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        body = node.body if isinstance(node, ast.If) and is_types else []
        for child in ast.iter_child_nodes(node):
            yield from walk(child, inside, for_types or child in body)

    return tuple(walk(tree(module), True, False))


def top(name: str) -> str:
    """Return the top package of a dotted name."""
    return name.partition(".")[0]


def room(module: str) -> str:
    """Return the room of one of our modules: its folder, or ``root``."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 and (PACKAGE / parts[1]).is_dir() else "root"


def calls(module: str) -> Iterator[tuple[str, int]]:
    """Yield the dotted name and the line of every call in a module."""
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node.lineno


def test_the_walk_sees_imports() -> None:
    """The checks below rest on it: imports in functions, under TYPE_CHECKING and at the top."""
    found = {(i.name, i.at_once, i.for_types) for i in imports("pytest_prep.plugin")}
    assert ("pytest", True, False) in found
    assert ("pytest_prep.practice", False, False) in found
    found = {(i.name, i.at_once, i.for_types) for i in imports("pytest_prep.report.terminal")}
    assert ("pytest_prep.recorder", True, True) in found
    assert len(MODULES) > 30


@pytest.mark.parametrize("module", [name for name in MODULES if room(name) in ROOMS])
def test_the_core_knows_neither_pytest_nor_screens(module: str) -> None:
    """What reads, judges and remembers runs without pytest, rich and textual."""
    screens = {"pytest", "_pytest", "pluggy", "rich", "textual"}
    assert [i for i in imports(module) if top(i.name) in screens] == []


@pytest.mark.parametrize("module", [name for name in MODULES if room(name) in ROOMS])
def test_rooms_use_the_rooms_before_them(module: str) -> None:
    """Content knows nobody, judging knows content; nobody in the core knows the root."""
    allowed = ROOMS[: ROOMS.index(room(module)) + 1]
    ours = [i for i in imports(module) if top(i.name) == "pytest_prep"]
    assert [i for i in ours if room(i.name) not in allowed] == []


@pytest.mark.parametrize("module", [name for name in MODULES if room(name) == "report"])
def test_reports_know_no_node(module: str) -> None:
    """A report is made of verdicts; what it names of the root is for the type checker only."""
    ours = [i for i in imports(module) if top(i.name) == "pytest_prep" and not i.for_types]
    assert [i for i in ours if room(i.name) in ("root", "isolation")] == []


def test_start_up_is_small() -> None:
    """The modules that every pytest run imports need the standard library and pytest."""
    for module in START_UP:
        at_once = {
            i.name for i in imports(f"pytest_prep.{module}") if i.at_once and not i.for_types
        }
        others = {name for name in at_once if top(name) not in {*sys.stdlib_module_names, "pytest"}}
        assert others <= ({"pytest_prep.options"} if module == "plugin" else set())
    assert imports("pytest_prep") == ()


def test_start_up_defines_functions_only() -> None:
    """A class costs more to make than all the rest that an idle plugin does."""
    for module in START_UP:
        classes = [
            n for n in ast.walk(tree(f"pytest_prep.{module}")) if isinstance(n, ast.ClassDef)
        ]
        assert classes == []


def test_options_have_one_reader() -> None:
    """Start-up asks what it must; everyone else is given the settings."""
    readers = {
        module
        for module in MODULES
        for name, _ in calls(module)
        if name.rpartition(".")[2] in ("getoption", "getini")
    }
    assert {name for name in readers if not name.startswith("pytest_prep.settings.")} <= {
        "pytest_prep.options",
        "pytest_prep.settings",
    }


def test_no_option_is_read_past_its_reader() -> None:
    """``config.option.name`` would be a reader too: it may only be written to."""
    for module in MODULES:
        for node in ast.walk(tree(module)):
            if isinstance(node, ast.Attribute) and ast.unparse(node.value).endswith(
                "config.option"
            ):
                assert isinstance(node.ctx, ast.Store), f"{module}:{node.lineno}"


def test_one_wire_format() -> None:
    """What crosses a process is a verdict, with the parts that it is made of."""
    formats = {
        module
        for module in MODULES
        for node in ast.walk(tree(module))
        if isinstance(node, ast.FunctionDef) and node.name in ("to_dict", "from_dict")
    }
    parts = {"difference", "counterexample.model"}
    assert formats == {f"pytest_prep.judging.{name}" for name in ("verdict", *parts)}


@pytest.mark.parametrize("module", MODULES)
def test_heavy_libraries_are_loaded_where_they_are_used(module: str) -> None:
    """No module imports a heavy library when it is imported itself."""
    at_once = [i for i in imports(module) if i.at_once and not i.for_types]
    heavy = [i for i in at_once if top(i.name) in HEAVY]
    assert bool(heavy) == (module.removeprefix("pytest_prep.") in LOADED_LATE)


@cache
def loads(module: str) -> frozenset[str]:
    """Return all modules, ours and others, that are imported with a module of ours."""
    found = {module}
    todo = [module]
    while todo:
        name = todo.pop()
        above = [name.rpartition(".")[0]] if "." in name else []
        at_once = [i.name for i in imports(name) if i.at_once and not i.for_types]
        for other in [*at_once, *above]:
            if other in MODULES and other not in found:
                todo.append(other)
            found.add(other)
    return frozenset(found)


@pytest.mark.parametrize(
    "module",
    [
        "practice",
        "recorder",
        "submissions",
        "python_katas",
        "judging.judge",
        "judging.engines.duckdb",
        "judging.compare",
        "judging.explain",
        "report.terminal",
    ],
)
def test_what_every_verdict_needs_is_light(module: str) -> None:
    """Collecting, judging and showing import no heavy library by way of another module."""
    assert not {top(name) for name in loads(f"pytest_prep.{module}")} & HEAVY


@pytest.mark.parametrize("module", [name for name in MODULES if not name.endswith(".clock")])
def test_the_clock_on_the_wall_decides_nothing(module: str) -> None:
    """No verdict, no datum and no import depends on it: who plans asks ``progress.clock``."""
    clocks = {"time.time", "datetime.now", "datetime.utcnow", "date.today", "datetime.today"}
    found = [
        (name, line)
        for name, line in calls(module)
        if any(name == clock or name.endswith(f".{clock}") for clock in clocks)
    ]
    assert found == []


@pytest.mark.parametrize("module", MODULES)
def test_every_module_says_its_job(module: str) -> None:
    """A docstring in its first line, and a name of the field."""
    doc = ast.get_docstring(tree(module))
    assert doc
    assert doc.split("\n")[0].strip()
    vague = {"utils", "util", "helpers", "helper", "misc", "common_utils", "manager"}
    assert not vague & set(module.split("."))


@pytest.mark.parametrize("module", MODULES)
def test_modules_are_short(module: str) -> None:
    """Three hundred lines hold one job."""
    lines = len(MODULES[module].read_text(encoding="utf-8").splitlines())
    most, _ = LONG.get(module.removeprefix("pytest_prep."), (300, ""))
    assert lines <= most


def test_exceptions_are_needed() -> None:
    """A module that has become short again is no exception any more."""
    for name, (most, reason) in LONG.items():
        lines = len(MODULES[f"pytest_prep.{name}"].read_text(encoding="utf-8").splitlines())
        assert 300 < lines <= most, name
        assert reason
