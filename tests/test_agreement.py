"""The fixture ``agrees_with_reference``, and sentences on values that differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from workspace import INITIALS_KATA as KATA
from workspace import RIGHT

if TYPE_CHECKING:
    from workspace import Workspace

TESTS = """
    from hypothesis import strategies as st

    def test_edge_any_name(answer, agrees_with_reference):
        agrees_with_reference(answer.initials, st.text("ab ", max_size=6))
    """


def shown(result: pytest.RunResult) -> str:
    """Return what was printed, without blank lines."""
    return "\n".join(line for line in result.outlines if line.strip())


def test_a_right_answer_agrees(initials) -> None:
    """The same inputs in every run, and a verdict like any other."""
    initials(RIGHT, tests=TESTS).assert_outcomes(passed=1)


def test_the_smallest_input_is_shown_with_both_values(initials) -> None:
    """In the learner's own words: the call, yours, expected."""
    result = initials(
        "def initials(name):\n    return ''.join(w[0] for w in name.split()[:2])", tests=TESTS
    )
    result.assert_outcomes(failed=1)
    text = shown(result)
    assert "wrong answer: 'aa' instead of 'aaa'" in text
    assert "the smallest input found:\n  initials('a a a')" in text
    assert "yours     'aa'\n" in text
    assert "expected  'aaa'\n" in text
    assert "Falsifying example" not in text
    assert "hypothesis" not in text.lower()


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("return name.upper()[0] if name else ''", "wrong answer: "),
        ("return ''.join(word[1] for word in name.split())", "crashed: IndexError: "),
        ("raise ValueError('no')", "crashed: ValueError: no"),
        ("return (initials for initials in ())", "wrong answer: a list where a str is expected"),
    ],
)
def test_every_kind_of_difference_has_its_verdict(initials, body: str, told: str) -> None:
    """Values, exceptions with their line, and types."""
    result = initials(f"def initials(name):\n    {body}", tests=TESTS)
    result.assert_outcomes(failed=1)
    text = shown(result)
    assert told in text
    assert "the smallest input found:\n  initials('" in text
    if "crashed" in told:
        assert f"katas/{KATA}/answer.py:2" in text


def test_an_answer_that_is_not_the_same_twice(initials) -> None:
    """It is told from one that is wrong for one input."""
    body = "import random\n\ndef initials(name):\n    return str(random.random())"
    result = initials(body, tests=TESTS)
    result.assert_outcomes(failed=1)
    assert "wrong answer: " in shown(result)


def test_a_changed_input_is_said(initials) -> None:
    """Unless the reference changes it as well."""
    tests = """
        from hypothesis import strategies as st

        def test_edge_any(answer, agrees_with_reference):
            agrees_with_reference(answer.initials, st.lists(st.integers(0, 3)))
        """
    reference = "def initials(name):\n    return sorted(name)"
    changing = "def initials(name):\n    name.sort()\n    return list(name)"
    result = initials(changing, reference=reference, tests=tests)
    result.assert_outcomes(failed=1)
    assert "wrong answer: your function changed its input" in shown(result)
    initials(changing, reference=changing, tests=tests).assert_outcomes(passed=1)


def test_an_expected_exception(initials) -> None:
    """Where the reference raises, the answer has to raise the same."""
    reference = "def initials(name):\n    raise LookupError(name)"
    initials(
        "def initials(name):\n    raise KeyError(name)", reference=reference, tests=TESTS
    ).assert_outcomes(passed=1)
    result = initials("def initials(name):\n    return ''", reference=reference, tests=TESTS)
    assert "wrong answer: LookupError is expected" in shown(result)
    result = initials("def initials(name):\n    return 1 / 0", reference=reference, tests=TESTS)
    assert "wrong answer: ZeroDivisionError is raised, LookupError is expected" in shown(result)


def test_an_endless_answer_is_stopped(initials) -> None:
    """By the budget of its test, as everywhere."""
    result = initials("def initials(name):\n    while True:\n        pass", tests=TESTS)
    result.assert_outcomes(failed=1)
    assert "too slow" in shown(result)


def test_a_plain_assertion_says_the_difference_first(initials) -> None:
    """One sentence, then pytest's own comparison."""
    tests = """
        def test_sample(answer):
            assert answer.initials("Ada Lovelace") == ["A", "L"]
        """
    result = initials(
        "def initials(name):\n    return ['L', 'A']",
        reference="def initials(name):\n    return ['A', 'L']",
        tests=tests,
    )
    text = shown(result)
    assert "difference: the right items in another order, from [0] on" in text
    assert "test_sample: the right items in another order" in text


def test_other_tests_of_the_project_are_left_alone(workspace: Workspace) -> None:
    """The sentence belongs to katas."""
    workspace.python_kata(KATA, names=["initials"], reference=RIGHT, tests="", answer=RIGHT)
    workspace.write("katas/test_own.py", "def test_own():\n    assert [1, 2] == [2, 1]\n")
    assert "difference:" not in workspace.run().stdout.str()
