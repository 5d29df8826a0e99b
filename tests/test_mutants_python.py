"""Python mutants: which edits the syntax tree allows, and which of them change nothing."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from pytest_prep.judging.python_mutants import python_mutants, same_code

REFERENCES = sorted((Path(__file__).parent.parent / "solutions" / "python").glob("*/*/answer.py"))


def changes(body: str) -> set[str]:
    """Return the changed lines of the mutants of a function with this body."""
    text = "def f(a, b, c):\n" + "".join(f"    {line}\n" for line in dedent(body).split("\n"))
    found = set()
    for mutant in python_mutants(text):
        added = [line[1:].strip() for line in mutant.diff.split("\n") if line[0] == "+"]
        found.add(" ⏎ ".join(added))
    return found


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param("return a < b", {"return a <= b", "return a > b"}, id="boundary"),
        pytest.param("return a == b", {"return a != b"}, id="equality"),
        pytest.param("return a not in b", {"return a in b"}, id="membership"),
        pytest.param("return a is not None", {"return a is None"}, id="identity"),
        pytest.param("return a <= b < c", {"return a < b < c", "return a <= b <= c"}, id="chain"),
        pytest.param("return a + b * c", {"return a - b * c", "return a + b // c"}, id="sums"),
        pytest.param("return a // b % c", {"return a / b % c", "return a // b // c"}, id="remains"),
        pytest.param("return -a", {"return a"}, id="sign"),
        pytest.param("a += b", {"a -= b", "pass"}, id="running sum"),
        pytest.param(
            "return a and b and c",
            {"return a or b and c", "return a and b or c", "return a and b", "return b and c"},
            id="logic",
        ),
        pytest.param("return not a", {"return a"}, id="not"),
        pytest.param("while a(b):\n    c()", {"while not (a(b)):", "pass"}, id="condition"),
        pytest.param(
            "return [x for x in a if x.ok]",
            {"return [x for x in a if True]", "return [x for x in a if not (x.ok)]"},
            id="comprehension",
        ),
        pytest.param("return 10", {"return 11", "return 9", "return None"}, id="number"),
        pytest.param("return 0", {"return 1", "return (-1)"}, id="zero"),
        pytest.param("return 'x'", {'return ""'}, id="text"),
        pytest.param("return True", {"return False"}, id="truth"),
        pytest.param("for x in a:\n    break", {"continue"}, id="break"),
        pytest.param("for x in a:\n    continue", {"break"}, id="continue"),
        pytest.param("a[b] = c", {"pass"}, id="assignment"),
        pytest.param("a.append(b)", {"pass"}, id="statement"),
        pytest.param(
            "return sorted(a, key=b)",
            {"return sorted(a, key=b, reverse=True)", "return sorted(a)", "return a"},
            id="sorted",
        ),
        pytest.param(
            "return sorted(a, reverse=True)",
            {"return sorted(a, reverse=False)", "return sorted(a)"},
            id="reverse",
        ),
        pytest.param("return min(a), any(b)", {"return max(a), any(b)"}, id="extremes"),
        pytest.param("return a.popleft()", {"return a.pop()", "return a"}, id="queue"),
        pytest.param("return a.get(b, 0)", {"return a.get(b)", "return a.get(b, 1)"}, id="default"),
        pytest.param("return a[b:c]", {"return a[:c]", "return a[b:]"}, id="slice"),
        pytest.param(
            "return a.merge(b, how='left', on='k')",
            {"return a.merge(b, on='k')", "return a.merge(b, how='left')", "return a"},
            id="keyword arguments",
        ),
    ],
)
def test_operators(body, expected):
    """Each mistake that learners make is among the mutants."""
    assert expected - changes(body) == set()


def test_default_arguments_are_constants_too():
    """A default is changed like any other value."""
    found = {
        mutant.description for mutant in python_mutants("def f(a, days=7):\n    return days\n")
    }
    assert {"line 1: 7 → 8", "line 1: 7 → 6"} <= found


def test_what_does_nothing_is_left_alone():
    """Docstrings, annotations, imports, decorators and f-strings have no mutants."""
    text = dedent(
        '''
        """About 7 days."""

        import math


        @cached(5)
        def f(days: Literal[3]) -> Literal["x"]:
            """Not 1 < 2."""
            name: Literal[4] = f"{days + 1}"
        '''
    )
    assert python_mutants(text) == []


def test_modules_are_no_values():
    """Of ``math.floor(x)`` the call is not left out: ``math`` alone is no mistake."""
    text = "import math\n\n\ndef f(x):\n    y = math.floor(x)\n"
    assert python_mutants(text) == []


def test_the_text_around_a_change_stays():
    """Comments, layout and letters beyond ASCII are the author's."""
    text = "def f(grüße):  # ≥ 1\n    return (\n        grüße  # so < so\n        < 10\n    )\n"
    found = {mutant.description: mutant for mutant in python_mutants(text)}
    assert found["line 4: < → <="].text == text.replace("        < 10", "        <= 10")
    assert found["line 4: < → <="].diff == "-        < 10\n+        <= 10"


def test_the_same_code_is_no_mutant():
    """What compiles to the same instructions cannot be told apart by any test."""
    assert same_code("def f(x):\n    return x + 1\n", "def f(x):\n\n    return (x + 1)\n")
    assert not same_code("def f(x):\n    return x + 1\n", "def f(x):\n    return x + True\n")
    assert not same_code("def f(x):\n    return x + 1\n", "def f(x):\n    return x + 1.0\n")
    assert not same_code("def f(x):\n    return x + 1\n", "def f(y):\n    return x + 1\n")


@pytest.mark.parametrize("reference", REFERENCES, ids=lambda path: path.parent.name)
def test_every_mutant_of_a_reference_compiles(reference):
    """Each edit leaves a module, and no two leave the same."""
    text = reference.read_text(encoding="utf-8")
    found = python_mutants(text)
    assert found
    assert len({mutant.text for mutant in found} - {text}) == len(found)
    for mutant in found:
        compile(mutant.text, str(reference), "exec")
