"""The author's side of Python katas."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from workspace import the_failure as failing

if TYPE_CHECKING:
    from workspace import Workspace


PYTHON = "python/text/initials"


@pytest.fixture
def python(workspace: Workspace) -> Workspace:
    """A complete Python kata."""
    workspace.python_kata(
        PYTHON,
        names=["initials"],
        reference="""
            def initials(name):
                return "".join(word[0] for word in name.split())
            """,
        tests="""
            import pytest

            def test_sample(answer):
                assert answer.initials("Ada Lovelace") == "AL"

            @pytest.mark.parametrize("name", ["", "  "])
            def test_edge_blank(answer, name):
                assert answer.initials(name) == ""
            """,
    )
    write = workspace.write
    write(
        f"katas/{PYTHON}/README.md",
        """
        # Initials

        ## Example

        ```pycon
        >>> initials("Ada Lovelace")
        'AL'
        ```
        """,
    )
    write(f"solutions/{PYTHON}/notes.md", "## Approach\n\nSplit.\n")
    write(
        f"solutions/{PYTHON}/accepted_map.py",
        """
        # Takes the first letters with zip.
        def initials(name):
            return "".join(next(zip(*name.split()), ""))
        """,
    )
    write(
        f"solutions/{PYTHON}/wrong_first.py",
        "# Takes the first letter only.\n# caught by: test_sample\ndef initials(name):\n"
        "    return name.strip()[:1]\n",
    )
    write(
        f"solutions/{PYTHON}/wrong_blank.py",
        """
        # Splits at single blanks, and falls over an empty word.
        # verdict: runtime_error
        # caught by: test_edge_blank
        def initials(name):
            return "".join(word[0] for word in name.split(" "))
        """,
    )
    return workspace


def test_a_complete_python_kata(python: Workspace) -> None:
    """A Python submission is one item too, though it runs all of the kata's tests."""
    ids = python.ids("solutions")
    assert [node.rpartition("/")[2] for node in ids] == [
        "accepted_map.py::accepted",
        "answer.py::accepted",
        "answer.py::example",
        "answer.py::complete",
        "starter.py::todo",
        "wrong_blank.py::runtime_error",
        "wrong_first.py::wrong_answer",
    ]
    python.run("solutions").assert_outcomes(passed=len(ids))
    python.run(ids[-2]).assert_outcomes(passed=1)
    python.run("solutions", "katas").assert_outcomes(passed=len(ids))


BROKEN_PYTHON = {
    "wrong-is-accepted": (
        "solutions/{}/wrong_first.py",
        '# Wrong.\ndef initials(name):\n    return "".join(w[0] for w in name.split())',
        "wrong_first.py::wrong_answer",
        ["must get the verdict wrong_answer on some case, and does not", "test_sample: accepted"],
    ),
    "caught-by-accepts": (
        "solutions/{}/wrong_first.py",
        "# One letter.\n# caught by: test_edge_blank\ndef initials(name):\n"
        "    return name.strip()[:1]",
        "wrong_first.py::wrong_answer",
        ["case test_edge_blank must reject it, and does not"],
    ),
    "caught-by-unknown": (
        "solutions/{}/wrong_first.py",
        "# One letter.\n# caught by: edge_blank\ndef initials(name):\n    return name.strip()[:1]",
        "wrong_first.py::wrong_answer",
        ["'caught by' names 'edge_blank', and there is no such case"],
    ),
    "accepted-is-rejected": (
        "solutions/{}/accepted_map.py",
        "# Right.\ndef initials(name):\n    return name[0]",
        "accepted_map.py::accepted",
        ["must be accepted on every case, and is not", "*: crashed: IndexError: *"],
    ),
    "slow-is-fast": (
        "solutions/{}/slow_never.py",
        '# Not slow.\ndef initials(name):\n    return "".join(w[0] for w in name.split())',
        "slow_never.py::time_limit",
        ["must get the verdict time_limit on some case, and does not"],
    ),
    "no-first-line-comment": (
        "solutions/{}/wrong_first.py",
        "def initials(name):\n    return name[0]",
        "wrong_first.py",
        ["solutions/{}/wrong_first.py: line 1: say why it is wrong in a comment *"],
    ),
    "example-differs": (
        "katas/{}/README.md",
        "# I\n\n## Example\n\n```pycon\n>>> initials('Ada Lovelace')\n'A'\n```\n",
        "answer.py::example",
        ["README.md: the example does not hold", "Expected:", "    'A'", "Got:", "    'AL'"],
    ),
    "no-session": (
        "katas/{}/README.md",
        "# I\n\n## Example\n\nNone.\n",
        "answer.py::example",
        ["README.md: the section '## Example' has no ```pycon block"],
    ),
    "stray-file": (
        "katas/{}/helper.py",
        "x = 1",
        "answer.py::complete",
        ["stray files in the learner's folder: helper.py"],
    ),
    "misspelt-submission": (
        "solutions/{}/wrongfirst.py",
        "# Wrong.\ndef initials(name):\n    return name[0]",
        "answer.py::complete",
        ["stray files in the author's folder: wrongfirst.py"],
    ),
    "starter-with-an-answer": (
        "solutions/{}/starter.py",
        "def initials(name):\n    return ''",
        "starter.py::todo",
        ["starter.py must raise NotImplementedError"],
    ),
}


@pytest.mark.parametrize(
    ("path", "text", "item", "message"), BROKEN_PYTHON.values(), ids=BROKEN_PYTHON
)
def test_one_thing_wrong_with_a_python_kata(
    python: Workspace, path: str, text: str, item: str, message: list[str]
) -> None:
    """The same expectations hold for Python katas."""
    python.write(path.format(PYTHON), text)
    shown = failing(python, item)
    pytest.LineMatcher(shown).fnmatch_lines([line.format(PYTHON) for line in message])


def test_a_python_reference_that_does_not_parse(python: Workspace) -> None:
    """The reference's own items say so, without a traceback of the plugin."""
    python.write(f"solutions/{PYTHON}/answer.py", "def initials(name:\n    return ''")
    result = python.run("solutions", "-k", "answer")
    result.stdout.fnmatch_lines(["*the answer does not parse*"])
    result.stdout.no_fnmatch_line("*python_answer.py*")


def test_a_test_module_that_cannot_be_imported(python: Workspace) -> None:
    """Tests that fail on import fail every submission with the reason."""
    python.write(f"katas/{PYTHON}/test_initials.py", "import nothing_such")
    result = python.run("solutions", "-k", "accepted")
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(["*No module named 'nothing_such'*"])


def test_a_python_kata_without_tests(python: Workspace) -> None:
    """No test, no verdict: that is a failure and not a success."""
    python.write(f"katas/{PYTHON}/test_initials.py", "")
    result = python.run("solutions", "-k", "accepted_map")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines([f"katas/{PYTHON}: no tests found"])


def test_submissions_do_not_disturb_each_other(python: Workspace) -> None:
    """What one does to a fixture of the module, neither another nor its teardown sees."""
    python.write(
        f"katas/{PYTHON}/test_initials.py",
        """
        import pytest

        @pytest.fixture(scope="module")
        def words():
            found = ["Ada", "Lovelace"]
            yield found
            assert found == ["Ada", "Lovelace"]

        def test_sample(answer, words):
            words.append("x")
            assert len(words) < 5, "twice in one test: with the reference, and with the answer"
            assert answer.initials(" ".join(words[:2])) == "AL"

        def test_edge_blank(answer):
            assert answer.initials(" ") == ""
        """,
    )
    python.run("solutions").assert_outcomes(passed=7)
