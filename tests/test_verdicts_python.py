"""What a learner reads of a Python answer, verdict by verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pytest_prep.content.checksum import file_sha256

if TYPE_CHECKING:
    from conftest import Workspace

KATA = "python/text/initials"
ANSWER = f"katas/{KATA}/answer.py"
TESTS = f"katas/{KATA}/test_initials.py"

RIGHT = """
def initials(name):
    return "".join(word[0] for word in name.split())
"""

INITIALS = {
    "names": ["initials"],
    "reference": RIGHT,
    "tests": '''
        def test_sample(answer):
            """A plain name."""
            assert answer.initials("Ada Lovelace") == "AL"


        def test_edge_blank(answer):
            assert answer.initials("  ") == "", "a blank name has no initials"
        ''',
}

Judge = "Callable[..., pytest.RunResult]"


@pytest.fixture
def judged(workspace: Workspace) -> Judge:
    """Write the kata of initials and judge an answer to it; None leaves the starter."""

    def judge(answer: str | None, *args: str, **kata: object) -> pytest.RunResult:
        workspace.python_kata(KATA, **{**INITIALS, "answer": answer, **kata})
        return workspace.run(*args)

    return judge


@pytest.fixture
def impatient(monkeypatch) -> None:
    """Budgets of 5 ms instead of a second."""
    monkeypatch.setattr("pytest_prep.judging.budget.FLOOR", 0.005)
    monkeypatch.setattr("pytest_prep.report.terminal.FLOOR", 0.005)


def test_accepted(judged: Judge) -> None:
    """Each test function is a case; the summary counts katas."""
    result = judged(RIGHT, "-v")
    result.assert_outcomes(passed=2)
    result.stdout.fnmatch_lines(
        [
            f"{TESTS}::test_sample ACCEPTED*",
            f"{TESTS}::test_edge_blank ACCEPTED*",
            "*= katas: 1 accepted =*",
            f"accepted      katas/{KATA}  2 cases, slowest * ms of 1.0 s",
        ]
    )


def test_wrong_answer(judged: Judge) -> None:
    """The test's own view of the assertion, and the test's message in the summary."""
    result = judged("def initials(name):\n    return name[:1]")
    result.assert_outcomes(failed=2)
    result.stdout.fnmatch_lines(
        [
            "E       AssertionError: assert 'A' == 'AL'",
            f"{TESTS}:3: AssertionError",
            "E       AssertionError: a blank name has no initials",
            "*= katas: 1 wrong answer =*",
            f"wrong answer  katas/{KATA}  test_sample and 1 more: assert 'A' == 'AL'",
            f"next: pytest katas/{KATA}",
        ]
    )


def test_what_the_answer_prints_is_shown(judged: Judge) -> None:
    """A print in the answer is a means of finding the mistake: once, not once a measurement."""
    result = judged("def initials(name):\n    print('given', name)\n    return ''")
    result.stdout.fnmatch_lines(["*Captured stdout call*", "given Ada Lovelace"])
    assert result.outlines.count("given Ada Lovelace") == 1


def test_a_crash(judged: Judge) -> None:
    """An exception out of the answer is a crash, shown with the answer's own lines."""
    result = judged("def initials(name):\n    return name.split()[0][0] + name.split()[1][0]")
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
def test_other_crashes(judged: Judge, body: str, message: str) -> None:
    """Neither an exit nor an assertion of the answer itself is a wrong answer."""
    result = judged(f"def initials(name):\n    {body}")
    result.assert_outcomes(failed=2)
    result.stdout.fnmatch_lines(
        ["*= katas: 1 crashed =*", f"crashed       katas/{KATA}  test_sample and 1 more: {message}"]
    )


def test_a_file_that_is_never_done(judged: Judge, monkeypatch) -> None:
    """A loop outside of all functions is stopped once, not once a test, and its line is named."""
    monkeypatch.setattr("pytest_prep.fixtures.LOADING", 0.5)
    result = judged(f"{RIGHT}\nwhile True:\n    pass")
    result.assert_outcomes(errors=2)
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
def test_a_crash_while_the_file_is_executed(judged: Judge, line: str, message: str) -> None:
    """Every test of the kata says the same: the answer's line and the error."""
    result = judged(f"{line}\n{RIGHT}")
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(
        [
            f"{ANSWER}:1: *",
            f"{ANSWER}:1: *",
            "*= katas: 1 crashed =*",
            f"crashed       katas/{KATA}  test_sample and 1 more: {message}",
        ]
    )
    result.stdout.no_fnmatch_line("*_pytest/fixtures.py*")


def test_wrong_type_of_result(judged: Judge) -> None:
    """A test that cannot work with what the answer returned means a wrong answer."""
    result = judged(
        "def initials(name):\n    pass",
        tests="def test_sample(answer):\n    assert len(answer.initials('Ada')) == 1",
    )
    result.stdout.fnmatch_lines(
        ["*= katas: 1 wrong answer =*", "*TypeError: object of type 'NoneType' has no len()"]
    )


def test_out_of_memory(judged: Judge) -> None:
    """A MemoryError has a verdict of its own."""
    result = judged("def initials(name):\n    return [0] * (1 << 60)")
    result.stdout.fnmatch_lines(
        [
            "*= katas: 1 too much memory =*",
            f"too much memory  katas/{KATA}  test_sample and 1 more*",
        ]
    )


def test_the_starter_is_to_do(judged: Judge) -> None:
    """Untouched katas are neither right nor wrong, and no fixture is set up for them."""
    tests = """
        import pytest

        @pytest.fixture(autouse=True)
        def costly():
            print("set up")

        def test_sample(answer):
            assert answer.initials("Ada") == "A"
        """
    result = judged(None, "-v", "-s", tests=tests)
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


def test_blanks_do_not_make_an_answer(judged: Judge, workspace: Workspace) -> None:
    """A starter saved by an editor that trims or adds blank lines is still a starter."""
    workspace.python_kata(KATA, **INITIALS)
    starter = (workspace.root / ANSWER).read_text()
    spaced = starter.replace("\n", "  \r\n\r\n")
    assert judged(spaced).parseoutcomes() == {"todo": 2}


def test_not_implemented_is_to_do(judged: Judge) -> None:
    """An answer under way, with parts that raise NotImplementedError, fails nothing."""
    result = judged(
        """
        def initials(name):
            if not name.strip():
                return ""
            raise NotImplementedError
        """
    )
    assert result.parseoutcomes() == {"passed": 1, "todo": 1}
    result.stdout.fnmatch_lines(["*= katas: 1 to do =*"])


def test_not_implemented_of_the_test_is_no_to_do(judged: Judge) -> None:
    """Only the answer's own NotImplementedError counts."""
    result = judged(
        RIGHT, tests="def test_sample(answer):\n    raise NotImplementedError('not written yet')"
    )
    result.stdout.fnmatch_lines(["*= katas: 1 broken kata =*"])


def test_a_missing_function(judged: Judge) -> None:
    """A misspelt name is named, with the nearest one there is; the second case is brief."""
    result = judged("def initails(name):\n    return ''")
    message = "invalid: answer.py does not define initials; did you mean 'initails'?"
    assert result.outlines.count(message) == 2
    assert result.outlines.count(ANSWER) == 1
    result.stdout.fnmatch_lines(["*= katas: 1 invalid =*", "*test_sample and 1 more: *"])


def test_an_empty_answer(judged: Judge) -> None:
    """Who deletes the starter's function is told what has to be there."""
    result = judged("")
    result.stdout.fnmatch_lines(["invalid: answer.py does not define initials"])


def test_a_syntax_error(judged: Judge) -> None:
    """The line, its text, a caret, and a path to click on."""
    result = judged("def initials(name):\n    return name[\n")
    result.stdout.fnmatch_lines(
        [
            "invalid: the answer does not parse",
            "line 2: '[[]' was never closed",
            "    return name[[]",
            "               ^",
            f"{ANSWER}:2",
            "*= katas: 1 invalid =*",
        ]
    )
    assert result.outlines.count("line 2: '[' was never closed") == 1


def test_an_answer_that_is_not_utf_8(judged: Judge, workspace: Workspace) -> None:
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


def test_right_but_too_slow(judged: Judge, impatient) -> None:
    """The budget is a multiple of what the reference needs for the same test."""
    result = judged(
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


def test_an_answer_as_slow_as_the_reference(judged: Judge, impatient) -> None:
    """No answer is too slow for being as slow as the reference."""
    slow = SLOW.format(seconds=0.05)
    judged(slow, reference=slow, more="[budget]\ntime = 3").assert_outcomes(passed=2)


def test_an_endless_loop(judged: Judge, impatient, monkeypatch) -> None:
    """It is stopped, and the line where it was is told."""
    monkeypatch.setattr("pytest_prep.python_katas.wall_cap", lambda limit: 0.3)
    result = judged("def initials(name):\n    while True:\n        name += 'x'[:0]\n")
    result.assert_outcomes(failed=2)
    result.stdout.fnmatch_lines(
        [
            "too slow: stopped before it was done",
            "stopped after 300 ms · budget 5 ms (the minimum; reference 0 ms)",
            f"{ANSWER}:[23]",
            "*= katas: 1 too slow =*",
        ]
    )


def test_wrong_and_slow_is_wrong(judged: Judge, impatient) -> None:
    """A wrong result is a wrong answer, however long it took."""
    result = judged(SLOW.format(seconds=0.03).replace("word[0]", "word"))
    result.stdout.fnmatch_lines(["*= katas: 1 wrong answer =*"])


def test_an_edit_of_the_same_size_and_second(judged: Judge, workspace: Workspace) -> None:
    """The answer that is judged is the one on disk, never a compiled one of before."""
    judged(RIGHT).assert_outcomes(passed=2)
    place = workspace.root / ANSWER
    for old, new, outcome in (("[0]", "[1]", "failed"), ("[1]", "[0]", "passed")):
        place.write_text(place.read_text().replace(old, new))
        assert outcome in workspace.run().parseoutcomes()
    assert not list((workspace.root / f"katas/{KATA}").glob("__pycache__/answer*"))


def test_each_test_gets_a_fresh_answer(judged: Judge) -> None:
    """What one test leaves in the answer's module, the next does not see."""
    counting = "calls = []\n\ndef initials(name):\n    calls.append(name)\n    return len(calls)"
    judged(
        counting,
        reference=counting,
        tests="""
            def test_one(answer):
                assert answer.initials("a") in (1, 2)

            def test_two(answer):
                assert answer.initials("b") in (1, 2)
                answer.initials = None
            """,
    ).assert_outcomes(passed=2)


def test_dataclasses_and_relative_names_work(judged: Judge) -> None:
    """An answer may define what looks its own module up by name."""
    judged(
        """
        from __future__ import annotations

        from dataclasses import dataclass
        from pathlib import Path

        @dataclass
        class Name:
            text: str
            rest: Name | None = None

        def initials(name):
            assert Path(__file__).name == "answer.py"
            assert __name__ != "__main__"
            return "".join(word[0] for word in Name(name).text.split())
        """
    ).assert_outcomes(passed=2)


def test_pytest_s_own_means_work(judged: Judge) -> None:
    """Parametrize, classes, fixtures, monkeypatch, tmp_path and the reference."""
    judged(
        RIGHT,
        tests="""
            import pytest

            @pytest.fixture
            def names(tmp_path):
                (tmp_path / "names").write_text("Ada Lovelace")
                return (tmp_path / "names").read_text().splitlines()

            @pytest.mark.parametrize("name", ["a b", "c"], ids=["two", "one"])
            def test_edge_words(answer, reference, name):
                assert answer.initials(name) == reference.initials(name)

            class TestFiles:
                def test_real_names(self, answer, names, monkeypatch):
                    monkeypatch.setenv("X", "1")
                    assert [answer.initials(name) for name in names] == ["AL"]
            """,
    ).assert_outcomes(passed=3)


def test_hypothesis_works(judged: Judge) -> None:
    """A property is judged like any test, its example is shown."""
    pytest.importorskip("hypothesis")
    tests = """
        from hypothesis import given, settings, strategies

        @settings(deadline=None, derandomize=True, database=None, max_examples=20)
        @given(words=strategies.lists(strategies.sampled_from("abc"), max_size=4))
        def test_edge_words(answer, words):
            assert answer.initials(" ".join(words)) == "".join(words)
        """
    judged(RIGHT, tests=tests).assert_outcomes(passed=1)
    wrong = "def initials(name):\n    return ''.join(sorted({word[0] for word in name.split()}))"
    result = judged(wrong, tests=tests)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["E *words=[[]'a', 'a'],", "*= katas: 1 wrong answer =*"])


@pytest.mark.parametrize(
    ("kata", "message"),
    [
        pytest.param(
            {"reference": "def initials(name):\n    return 'AL'"},
            "test_edge_blank: solutions/{}/answer.py does not pass test_edge_blank: a blank *",
            id="reference-wrong",
        ),
        pytest.param(
            {"reference": "def initials(name:\n    return 'AL'"},
            "test_sample and 1 more: solutions/{}/answer.py: the answer does not parse",
            id="reference-syntax",
        ),
        pytest.param(
            {"tests": "def test_sample(answer):\n    assert answer.initials('A') == undefined"},
            "test_sample: solutions/{}/answer.py does not pass test_sample: name 'undefined' *",
            id="test",
        ),
        pytest.param(
            {"tests": "def test_sample(answer, dataset):\n    pass"},
            "test_sample: katas/{}/kata.toml: [[]data] dataset: is missing; the tests ask *",
            id="dataset",
        ),
        pytest.param(
            {"tests": "def test_sample(answer, nothing):\n    pass"},
            "test_sample: FixtureLookupError: *nothing*",
            id="fixture",
        ),
        pytest.param(
            {"reference": "", "tests": "def test_sample(answer, reference):\n    pass"},
            "test_sample: solutions/{}/answer.py: answer.py does not define initials",
            id="reference-fixture",
        ),
    ],
)
def test_a_broken_kata(judged: Judge, workspace: Workspace, kata: dict, message: str) -> None:
    """What the kata gets wrong is never blamed on the answer."""
    result = judged(f"{RIGHT}# mine\n", **kata)
    shown = "\n".join(result.outlines).replace("\n    test_", "  test_")
    summary = [line for line in shown.split("\n") if line.startswith("broken kata   ")]
    pytest.LineMatcher(summary).fnmatch_lines(
        [f"broken kata   katas/{KATA}  {message.format(KATA)}"]
    )
    assert str(workspace.root) not in summary[0]
    result.stdout.fnmatch_lines(["*= katas: * broken kata =*"])


def test_a_missing_starter(judged: Judge, workspace: Workspace) -> None:
    """Without a starter nobody can tell what is to do: the kata is broken."""
    workspace.python_kata(KATA, **INITIALS)
    (workspace.root / f"solutions/{KATA}/starter.py").unlink()
    result = workspace.run()
    result.stdout.fnmatch_lines(
        [f"broken kata: solutions/{KATA}/starter.py: is missing; put the file back"]
    )


def test_a_skipped_test_is_skipped(judged: Judge) -> None:
    """A test that the kata's author skips has no verdict, and does not speak for the kata."""
    tests = """
        import pytest

        @pytest.mark.skip(reason="later")
        def test_edge_later(answer):
            assert False

        def test_sample(answer):
            assert answer.initials("Ada") == "A"
        """
    result = judged(RIGHT, "-rs", tests=tests)
    result.assert_outcomes(passed=1, skipped=1)
    result.stdout.fnmatch_lines(["*= katas: 1 accepted =*", "*: later"])


def test_answers_of_the_solutions(judged: Judge) -> None:
    """``--answers=solutions`` judges the reference, whatever the learner wrote."""
    judged("nonsense(", "--answers=solutions").assert_outcomes(passed=2)


def test_the_data_set_of_a_kata(workspace: Workspace, judged: Judge) -> None:
    """``dataset`` gives rows, column names and frames that no test can spoil for the next."""
    pytest.importorskip("pandas")
    import duckdb

    data = workspace.root / "katas/data/films"
    data.mkdir(parents=True)
    duckdb.sql(f"COPY (SELECT 'Ada' AS name, 1 AS n) TO '{data}/names.parquet'")
    sha = file_sha256(data / "names.parquet")
    workspace.write(
        "katas/data/datasets.toml",
        f"""
        [films]
        title = "Names"
        licence = "CC0-1.0"
        attribution = "Nobody"

        [films.tables.names]
        file = "films/names.parquet"
        format = "parquet"
        columns = [["name", "VARCHAR"], ["n", "INTEGER"]]
        rows = 1
        sha256 = "{sha}"
        rows_sha256 = "{"0" * 64}"
        """,
    )
    judged(
        RIGHT,
        more='[data]\ndataset = "films"',
        tests="""
            def test_real_rows(answer, dataset):
                assert dataset.columns("names") == ["name", "n"]
                assert dataset.rows("names") == [("Ada", 1)]
                dataset.rows("names").clear()

            def test_real_frame(answer, dataset):
                assert dataset.rows("names") == [("Ada", 1)]
                frame = dataset.frame("names")
                frame.loc[0, "n"] = 7
                assert dataset.frame("names")["n"].tolist() == [1]
            """,
    ).assert_outcomes(passed=2)
