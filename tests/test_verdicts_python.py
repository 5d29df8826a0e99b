"""What a learner reads of a Python answer, verdict by verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from workspace import INITIALS, RIGHT
from workspace import INITIALS_KATA as KATA

if TYPE_CHECKING:
    from workspace import Workspace

ANSWER = f"katas/{KATA}/answer.py"
TESTS = f"katas/{KATA}/test_initials.py"


@pytest.fixture
def impatient(monkeypatch) -> None:
    """Budgets of 5 ms instead of a second."""
    monkeypatch.setattr("pytest_prep.judging.budget.FLOOR", 0.005)
    monkeypatch.setattr("pytest_prep.report.terminal.FLOOR", 0.005)


def test_accepted(initials) -> None:
    """Each test function is a case; the summary counts katas."""
    result = initials(RIGHT, "-v")
    result.assert_outcomes(passed=2)
    result.stdout.fnmatch_lines(
        [
            f"{TESTS}::test_sample ACCEPTED*",
            f"{TESTS}::test_edge_blank ACCEPTED*",
            "*= katas: 1 accepted =*",
            f"accepted      katas/{KATA}  2 cases, slowest * ms of 1.0 s",
        ]
    )


def test_wrong_answer(initials) -> None:
    """The test's own view of the assertion, and the test's message in the summary."""
    result = initials("def initials(name):\n    return name[:1]")
    result.assert_outcomes(failed=2)
    result.stdout.fnmatch_lines(
        [
            "E       AssertionError: assert 'A' == 'AL'",
            "E*difference: 'A' instead of 'AL'",
            f"{TESTS}:3: AssertionError",
            "E       AssertionError: a blank name has no initials",
            "*= katas: 1 wrong answer =*",
            f"wrong answer  katas/{KATA}  test_sample and 1 more: 'A' instead of 'AL'",
            f"next: pytest katas/{KATA}",
        ]
    )


def test_what_the_answer_prints_is_shown(initials) -> None:
    """A print in the answer is a means of finding the mistake: once, not once a measurement."""
    result = initials("def initials(name):\n    print('given', name)\n    return ''")
    result.stdout.fnmatch_lines(["*Captured stdout call*", "given Ada Lovelace"])
    assert result.outlines.count("given Ada Lovelace") == 1


def test_a_crash(initials) -> None:
    """An exception out of the answer is a crash, shown with the answer's own lines."""
    result = initials("def initials(name):\n    return name.split()[0][0] + name.split()[1][0]")
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(
        [
            "E       IndexError: list index out of range",
            f"{ANSWER}:2: IndexError",
            "*= katas: 1 crashed =*",
            f"crashed       katas/{KATA}  test_edge_blank: IndexError: list index out of range",
        ]
    )


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("return initials(name)", "RecursionError: maximum recursion depth exceeded*"),
        ("raise SystemExit(3)", "SystemExit: 3"),
        ("assert name, 'mine'\n    assert False, 'my own check'", "AssertionError: my own check"),
        ("return undefined", "NameError: name 'undefined' is not defined"),
        ("import codecs\n    return codecs.Codec().encode(name)", "NotImplementedError"),
        (
            "class Odd(Exception):\n        def __str__(self):\n            return 1 / 0\n"
            "    raise Odd",
            "Odd",
        ),
    ],
    ids=["recursion", "exit", "own-assert", "name", "not-implemented-elsewhere", "no-message"],
)
def test_other_crashes(initials, body: str, message: str) -> None:
    """Neither an exit nor an assertion of the answer itself is a wrong answer."""
    result = initials(f"def initials(name):\n    {body}")
    result.assert_outcomes(failed=2)
    result.stdout.fnmatch_lines(
        ["*= katas: 1 crashed =*", f"crashed       katas/{KATA}  test_sample and 1 more: {message}"]
    )


def test_a_file_that_is_never_done(initials, monkeypatch) -> None:
    """A loop outside of all functions is stopped once, not once a test, and its line is named."""
    monkeypatch.setattr("pytest_prep.fixtures.LOADING", 0.5)
    result = initials(f"{RIGHT}\nwhile True:\n    pass")
    result.assert_outcomes(failed=2)
    why = "executing answer.py is not done after 0.5 s"
    result.stdout.re_match_lines(
        [
            f"too slow: {why}",
            rf"{ANSWER}:[345]$",
            ".*= katas: 1 too slow =.*",
            f"too slow      katas/{KATA}  test_sample and 1 more: {why}",
        ],
        consecutive=False,
    )
    assert result.duration < 4


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("import nothing_such", "ModuleNotFoundError: No module named 'nothing_such'"),
        ("1 / 0", "ZeroDivisionError: division by zero"),
        ("raise SystemExit", "RuntimeError: it ends the program (SystemExit)"),
    ],
    ids=["import", "error", "exit"],
)
def test_a_crash_while_the_file_is_executed(initials, line: str, message: str) -> None:
    """The first test shows the answer's line, the others say the same in one line."""
    result = initials(f"{line}\n{RIGHT}")
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(
        [
            f"{ANSWER}:1: *",
            f"crashed: {message}",
            "*= katas: 1 crashed =*",
            f"crashed       katas/{KATA}  test_sample and 1 more: {message}",
        ]
    )
    result.stdout.no_fnmatch_line("*_pytest/fixtures.py*")


def test_wrong_type_of_result(initials) -> None:
    """A test that cannot work with what the answer returned means a wrong answer."""
    result = initials(
        "def initials(name):\n    pass",
        tests="def test_sample(answer):\n    assert len(answer.initials('Ada')) == 1",
    )
    result.stdout.fnmatch_lines(
        ["*= katas: 1 wrong answer =*", "*TypeError: object of type 'NoneType' has no len()"]
    )


def test_out_of_memory(initials) -> None:
    """A MemoryError has a verdict of its own."""
    result = initials("def initials(name):\n    return [0] * (1 << 60)")
    result.stdout.fnmatch_lines(
        [
            "*= katas: 1 too much memory =*",
            f"too much memory  katas/{KATA}  test_sample and 1 more*",
        ]
    )


def test_the_starter_is_to_do(initials) -> None:
    """Untouched katas are neither right nor wrong, and no fixture is set up for them."""
    tests = """
        import pytest

        @pytest.fixture(autouse=True)
        def costly():
            print("set up")

        def test_sample(answer):
            assert answer.initials("Ada") == "A"
        """
    result = initials(None, "-v", "-s", tests=tests)
    assert result.parseoutcomes() == {"todo": 1}
    assert result.ret == pytest.ExitCode.OK
    result.stdout.no_fnmatch_line("*set up*")
    result.stdout.fnmatch_lines(
        [
            f"{TESTS}::test_sample TODO*",
            "*= katas: 1 to do =*",
            "next: The initials (easy, 10 minutes)",
            f"      read    katas/{KATA}/README.md",
            f"      write   {ANSWER}",
            f"      run     pytest katas/{KATA}",
        ]
    )


def test_blanks_do_not_make_an_answer(initials, workspace: Workspace) -> None:
    """A starter saved by an editor that trims or adds blank lines is still a starter."""
    workspace.python_kata(KATA, **INITIALS)
    starter = (workspace.root / ANSWER).read_text()
    spaced = starter.replace("\n", "  \r\n\r\n")
    assert initials(spaced).parseoutcomes() == {"todo": 2}


def test_not_implemented_is_to_do(initials) -> None:
    """An answer under way, with parts that raise NotImplementedError, fails nothing."""
    result = initials(
        """
        def initials(name):
            if not name.strip():
                return ""
            raise NotImplementedError
        """
    )
    assert result.parseoutcomes() == {"passed": 1, "todo": 1}
    result.stdout.fnmatch_lines(["*= katas: 1 to do =*"])


def test_not_implemented_of_the_test_is_no_to_do(initials) -> None:
    """Only the answer's own NotImplementedError counts."""
    result = initials(
        RIGHT, tests="def test_sample(answer):\n    raise NotImplementedError('not written yet')"
    )
    result.stdout.fnmatch_lines(["*= katas: 1 broken kata =*"])


def test_a_missing_function(initials) -> None:
    """A misspelt name is named, with the nearest one there is; the second case is brief."""
    result = initials("def initails(name):\n    return ''")
    message = "invalid: answer.py does not define initials; did you mean 'initails'?"
    assert result.outlines.count(message) == 2
    assert result.outlines.count(ANSWER) == 1
    result.stdout.fnmatch_lines(["*= katas: 1 invalid =*", "*test_sample and 1 more: *"])


@pytest.mark.parametrize("text", ["", "\n\n", "# later\n"])
def test_an_empty_answer_is_to_do(initials, text: str) -> None:
    """Nothing, or nothing but comments, is no attempt, as with SQL."""
    assert initials(text).parseoutcomes() == {"todo": 2}


def test_an_answer_without_the_function(initials) -> None:
    """Who deletes the starter's function is told what has to be there."""
    result = initials("import re")
    result.stdout.fnmatch_lines(["invalid: answer.py does not define initials"])


def test_a_syntax_error(initials, workspace: Workspace) -> None:
    """One failure a test: first the line, its text, a caret and a path, then one line each."""
    result = initials("def initials(name):\n    return name[\n", "--junitxml=out.xml")
    result.assert_outcomes(failed=2)
    message = "the answer does not parse: line 2: '[' was never closed"
    assert result.outlines.count(f"invalid: {message}") == 2
    assert result.outlines.count("    return name[") == 1
    result.stdout.fnmatch_lines(
        [
            "invalid: the answer does not parse: line 2: '[[]' was never closed",
            "    return name[[]",
            "               ^",
            f"{ANSWER}:2",
            "*= katas: 1 invalid =*",
            f"    test_sample and 1 more: {message.replace('[', '[[]')}",
        ]
    )
    assert 'errors="0" failures="2"' in (workspace.root / "out.xml").read_text()


def test_an_answer_that_is_not_utf_8(initials, workspace: Workspace) -> None:
    """The learner's own file is at fault, not the kata."""
    workspace.python_kata(KATA, **INITIALS)
    (workspace.root / ANSWER).write_bytes(b"NAME = 'caf\xe9'")
    result = workspace.run()
    result.stdout.fnmatch_lines(
        ["invalid: answer.py: byte 11: is not UTF-8; save it as UTF-8", "*= katas: 1 invalid =*"]
    )


SLOW = """
import time

def initials(name):
    end = time.process_time() + {seconds}
    while time.process_time() < end:
        pass
    return "".join(word[0] for word in name.split())
"""


def test_right_but_too_slow(initials, impatient) -> None:
    """The budget is a multiple of what the reference needs for the same test."""
    result = initials(
        SLOW.format(seconds=0.1), reference=SLOW.format(seconds=0.01), more="[budget]\ntime = 3"
    )
    result.assert_outcomes(failed=2)
    result.stdout.fnmatch_lines(
        [
            "too slow: right, but it takes too long",
            "CPU 1?? ms · budget * ms (3 × reference * ms)",
            ANSWER,
            "*= katas: 1 too slow =*",
        ]
    )


def test_an_answer_as_slow_as_the_reference(initials, impatient) -> None:
    """No answer is too slow for being as slow as the reference."""
    slow = SLOW.format(seconds=0.05)
    initials(slow, reference=slow, more="[budget]\ntime = 3").assert_outcomes(passed=2)


def test_an_endless_loop(initials, impatient, monkeypatch) -> None:
    """It is stopped, and the line where it was is told."""
    monkeypatch.setattr("pytest_prep.python_katas.wall_cap", lambda limit: 0.3)
    result = initials("def initials(name):\n    while True:\n        name += 'x'[:0]\n")
    result.assert_outcomes(failed=2)
    result.stdout.fnmatch_lines(
        [
            "too slow: stopped before it was done",
            "stopped after 300 ms · budget 5 ms (the minimum; reference 0 ms)",
            f"{ANSWER}:[23]",
            "*= katas: 1 too slow =*",
        ]
    )


def test_wrong_and_slow_is_wrong(initials, impatient) -> None:
    """A wrong result is a wrong answer, however long it took."""
    result = initials(SLOW.format(seconds=0.03).replace("word[0]", "word"))
    result.stdout.fnmatch_lines(["*= katas: 1 wrong answer =*"])
