"""An answer cannot pass with objects that say of themselves what they equal."""

from __future__ import annotations

import pytest
from workspace import INITIALS_KATA as KATA
from workspace import RIGHT

YES = """
class Yes:
    def __eq__(self, other):
        return True

    def __hash__(self):
        return 0

    def __repr__(self):
        return "'AL'"


class Initials(str):
    def __eq__(self, other):
        return True

    __hash__ = str.__hash__

"""


@pytest.mark.parametrize(
    "returned",
    ["Yes()", "Initials('x')", "[Yes()]", "{'a': Yes()}", "((Yes(),),)", "{Yes()}"],
)
def test_an_object_that_equals_everything_is_refused(initials, returned: str) -> None:
    """The message names the class and the line where it defines equality."""
    result = initials(f"{YES}def initials(name):\n    return {returned}")
    result.assert_outcomes(failed=2)
    kind = "Initials" if "Initials" in returned else "Yes"
    result.stdout.fnmatch_lines(
        [
            f"wrong answer: initials() returned a {kind}, which defines __eq__ itself; *",
            f"katas/{KATA}/answer.py:{13 if kind == 'Initials' else 2}",
        ]
    )


@pytest.mark.parametrize(
    "function",
    [
        "@functools.cache\ndef initials(name):\n    return Yes()",
        "initials = functools.partial(lambda kind, name: kind(), Yes)",
    ],
)
def test_a_function_of_another_type_is_checked_too(initials, function: str) -> None:
    """One that is memoised, or that has some of its arguments already."""
    result = initials(f"import functools\n{YES}{function}")
    result.assert_outcomes(failed=2)
    result.stdout.fnmatch_lines(["wrong answer: initials() returned a Yes, *"])


def test_a_memoised_function_keeps_what_it_tells(initials) -> None:
    """The number of its calls, for one."""
    initials(
        "import functools\n@functools.cache\ndef initials(name):\n"
        "    return ''.join(word[0] for word in name.split())",
        tests="""
        def test_calls(answer):
            assert answer.initials("Ada Lovelace") == "AL"
            assert not hasattr(answer.initials, "cache_info") or (
                answer.initials.cache_info().currsize == 1
            )
        """,
    ).assert_outcomes(passed=1)


def test_own_classes_may_be_used_inside(initials) -> None:
    """Only what is returned has to be plain."""
    initials(
        f"{YES}def initials(name):\n    assert Yes() == 1\n"
        "    return ''.join(word[0] for word in name.split())"
    ).assert_outcomes(passed=2)


def test_a_dataclass_is_plain(initials) -> None:
    """Its equality is made by the library, field by field."""
    reference = """
        from dataclasses import dataclass

        @dataclass
        class Name:
            text: str

        def initials(name):
            return Name(name)
        """
    tests = """
        def test_sample(answer):
            assert answer.initials("a") == answer.Name("a")
        """
    initials(reference, reference=reference, tests=tests).assert_outcomes(passed=1)


def test_recursion_is_as_deep_as_ever(initials) -> None:
    """The answer's own calls are not looked at."""
    answer = """
        import sys

        def initials(name, depth=0):
            limit = sys.getrecursionlimit() - 250
            return initials(name, depth + 1) if depth < limit else "AL"
        """
    tests = """
        def test_sample(answer):
            assert answer.initials("Ada Lovelace") == "AL"
        """
    initials(answer, reference=RIGHT, tests=tests).assert_outcomes(passed=1)


def test_a_test_sees_the_functions_as_they_are(initials) -> None:
    """Names, docstrings and signatures; and it may replace what the answer uses."""
    answer = '''
        """Initials."""

        def letter(word):
            return word[0]

        def initials(name: str) -> str:
            """Return the initials."""
            return "".join(letter(word) for word in name.split())
        '''
    tests = """
        import inspect

        def test_sample(answer, monkeypatch):
            assert answer.initials.__doc__ == "Return the initials."
            assert list(inspect.signature(answer.initials).parameters) == ["name"]
            assert inspect.isfunction(answer.initials)
            monkeypatch.setattr(answer, "letter", lambda word: "x")
            assert answer.initials("a b") == "xx"
        """
    initials(answer, reference=answer, tests=tests).assert_outcomes(passed=1)
