"""``--mutants``: one item a reference, which fails where no case notices a change."""

from __future__ import annotations

import pytest

SCHEMA = "CREATE TABLE t (k INTEGER PRIMARY KEY, v INTEGER);"
REFERENCE = "SELECT count(*) AS n\nFROM t\nWHERE k < 9\n"
#: Keys on both sides of the boundary, on it, and a value that is unknown.
STRONG = "INSERT INTO t VALUES (7, 1), (8, NULL), (9, 2), (10, 3);"
WEAK = "INSERT INTO t VALUES (7, 1), (11, 2), (12, 2);"
PATH = "sql/small"
ITEM = f"solutions/{PATH}/answer.sql::mutants"


@pytest.fixture
def small(workspace):
    """A kata about a boundary, with a sample that does not touch it and no search."""

    def write(sample: str = WEAK, **cases: str) -> None:
        workspace.sql_kata(
            PATH,
            schema=SCHEMA,
            sample=sample,
            cases=cases,
            reference=REFERENCE,
            more="generated = false",
        )

    write()
    workspace.small = write
    return workspace


def notes(workspace, *items: str) -> None:
    """Write the author's notes with arguments about mutants."""
    listed = "\n".join(f"- {item}" for item in items)
    text = f"## Approach\n\nCount.\n\n## Equivalent mutants\n\n{listed}\n\n## Cost\n\nNone.\n"
    place = workspace.root / f"solutions/{PATH}/notes.md"
    place.write_text(text, encoding="utf-8")


def assert_outcomes(result: pytest.RunResult, **wanted: int) -> None:
    """Compare the outcomes, the items aside that ``-k`` leaves out."""
    outcomes = result.parseoutcomes()
    outcomes.pop("deselected", None)
    assert outcomes == wanted


def mutants(workspace, *args: str) -> pytest.RunResult:
    """Run the mutants alone."""
    return workspace.run("solutions", "--mutants", "-k", "mutants", *args)


def test_only_the_option_adds_the_items(small):
    """Without it, nothing is mutated; with it, each reference has one item more."""
    assert ITEM not in small.ids("solutions")
    assert [i for i in small.ids("solutions", "--mutants") if "mutants" in i] == [ITEM]


def test_a_survivor_fails_with_its_diff(small):
    """The author reads which change nobody noticed, and what can be done about it."""
    result = mutants(small)
    assert_outcomes(result, failed=1)
    result.stdout.fnmatch_lines(
        [
            "3 mutants survived: add data to a case that shows the difference,*",
            "  line 3: < → <=",
            "    -WHERE k < 9",
            "    +WHERE k <= 9",
            "  line 3: 9 → 10",
            "  line 3: 9 → 8",
        ]
    )


def test_the_summary_has_a_line_for_each_kata(small):
    """At the end the counts by fate, of all katas and of each."""
    result = mutants(small)
    result.stdout.fnmatch_lines(
        [
            "*mutants: 6: 2 killed by the sample and edge cases · 1 equivalent · 3 survived*",
            f"solutions/{PATH}  6: 2 killed by the sample and edge cases · 1 equivalent *",
        ]
    )


def test_a_case_on_the_boundary_kills_them(small):
    """More rows make the item pass, and no summary of problems is left."""
    small.small(edge_boundary=f"-- Keys around nine.\n{STRONG}")
    result = mutants(small)
    assert_outcomes(result, passed=1)
    result.stdout.fnmatch_lines(["*mutants: 6: 5 killed by the sample*1 equivalent*"])
    result.stdout.no_fnmatch_line("*survived*")


def test_a_passing_item_tells_the_proofs_on_demand(small):
    """With -rP the author reads why some mutants count as equivalent."""
    small.small(STRONG)
    result = mutants(small, "-rP")
    result.stdout.fnmatch_lines(
        [
            "*Captured mutants call*",
            "Equivalent:",
            "  line 1: count(?) → count(k) (the same query, by the schema's keys and NOT NULLs)",
        ]
    )


def test_what_only_generated_data_kills_does_not_fail(small):
    """The search finds it, so a learner would be told; it is counted apart."""
    kata = small.root / f"katas/{PATH}/kata.toml"
    kata.write_text(kata.read_text(encoding="utf-8").replace("generated = false", ""))
    result = mutants(small, "-rP")
    assert_outcomes(result, passed=1)
    result.stdout.fnmatch_lines(
        [
            "Killed only by generated data:",
            "  line 3: < → <= (differs on a database of 1 row)",
            "    -WHERE k < 9",
            "    +WHERE k <= 9",
            "*mutants: 6: 2 killed*· 3 only by generated data · 1 equivalent*",
        ]
    )


def test_the_notes_may_argue(small):
    """A mutant that the notes call equivalent, with a reason, does not fail."""
    notes(
        small,
        "`line 3: < → <=`: nine is the key of no row.",
        "`9 → 10`: the same,\n  in a second line.",
        "`9 → 8`: and eight neither.",
    )
    result = mutants(small, "-rP")
    assert_outcomes(result, passed=1)
    result.stdout.fnmatch_lines(
        [
            "Equivalent, by the author's notes:",
            "  line 3: < → <= (nine is the key of no row.)",
            "  line 3: 9 → 10 (the same, in a second line.)",
            "*mutants: 6: 2 killed*· 3 equivalent, the notes say*",
        ]
    )


def test_an_argument_needs_a_reason(small):
    """A name alone is no argument."""
    notes(small, "`9 → 10`:", "`9 → 8`: eight is the key of no row.", "`< → <=`: nor is nine.")
    result = mutants(small)
    result.stdout.fnmatch_lines(["1 mutant survived: *", "  line 3: 9 → 10"])


def test_an_argument_that_the_cases_refute_fails(small):
    """What a case kills is not equivalent, whatever the notes say."""
    small.small(STRONG)
    notes(small, "`line 3: < → <=`: nobody has nine.")
    result = mutants(small)
    assert_outcomes(result, failed=1)
    result.stdout.fnmatch_lines(
        ["notes.md calls `line 3: < → <=` equivalent, and it was killed: sample: *"]
    )


@pytest.mark.parametrize(
    ("name", "place"), [("line 2: < → <=", "at that line"), ("< → ==", "of that name")]
)
def test_an_argument_about_nothing_fails(small, name, place):
    """After an edit of the reference, old arguments are found."""
    small.small(STRONG)
    notes(small, f"`{name}`: it was so once.")
    result = mutants(small)
    assert_outcomes(result, failed=1)
    result.stdout.fnmatch_lines(
        [f"notes.md calls `{name}` equivalent, and there is no mutant {place}"]
    )


def test_a_broken_reference_is_told_in_a_line(small):
    """An author's mistake is no crash of the plugin."""
    small.write(f"solutions/{PATH}/answer.sql", "SELECT nothing FROM t\n")
    result = mutants(small)
    assert_outcomes(result, failed=1)
    result.stdout.fnmatch_lines(["the kata itself is broken: *nothing*"])
    result.stdout.no_fnmatch_line("*Traceback*")


def test_mutants_run_on_the_katas_own_engine(small):
    """A kata for SQLite is mutated in SQLite's dialect and tried there."""
    kata = small.root / f"katas/{PATH}/kata.toml"
    text = kata.read_text(encoding="utf-8")
    kata.write_text(text.replace("[sql]", '[sql]\nengine = "sqlite"'), encoding="utf-8")
    small.write(f"katas/{PATH}/sample.sql", STRONG)
    result = mutants(small)
    assert_outcomes(result, passed=1)
    result.stdout.fnmatch_lines(["*mutants: 6: 5 killed by the sample*1 equivalent*"])


# -- Python

PY = "python/numbers/clamp"
CLAMP = """
def clamp(value, low, high):
    # a comment stays
    if value < low:
        return low
    while value > high:
        value -= 1
    return value
"""
TESTS = """
import pytest


@pytest.fixture(scope="module")
def bounds():
    return [0, 10]


def test_sample(answer, bounds):
    assert answer.clamp(5, *bounds) == 5


def test_edge_high(answer, bounds):
    assert answer.clamp(13, *bounds) == 10


def test_real_low(answer, bounds):
    assert answer.clamp(-1, *bounds) == 0
"""


def clamp(workspace, tests: str = TESTS) -> None:
    """Write the kata of a value between two bounds."""
    workspace.python_kata(PY, names=["clamp"], reference=CLAMP, tests=tests)


def test_python_mutants_meet_the_katas_own_tests(workspace, monkeypatch):
    """Tests kill, among them the cap on time; what only returns the same value survives."""
    monkeypatch.setattr("pytest_prep.python_strength.CAP", 0.2)
    clamp(workspace)
    result = mutants(workspace)
    assert_outcomes(result, failed=1)
    result.stdout.fnmatch_lines(
        [
            "1 mutant survived: *",
            "  line 3: < → <=",
            "    -    if value < low:",
            "    +    if value <= low:",
            "*mutants: *: * killed by the sample*· * only by the real data · 1 survived*",
        ]
    )


def test_python_notes_may_argue(workspace, monkeypatch):
    """The notes of a Python kata are heeded as well."""
    monkeypatch.setattr("pytest_prep.python_strength.CAP", 0.2)
    clamp(workspace)
    workspace.write(
        f"solutions/{PY}/notes.md",
        """
        ## Approach

        Compare.

        ## Equivalent mutants

        - `< → <=`: at the bound both ways return the bound.
        """,
    )
    assert_outcomes(mutants(workspace), passed=1)


def test_a_reference_that_fails_its_tests_is_told(workspace):
    """Mutants mean nothing where the reference itself is wrong."""
    clamp(workspace, TESTS.replace("== 10", "== 11"))
    result = mutants(workspace)
    assert_outcomes(result, failed=1)
    result.stdout.fnmatch_lines(["the reference does not pass its own tests: test_edge_high: *"])


def test_a_mutant_cannot_spoil_the_tests_for_others(workspace):
    """Fixtures of a module are set up again for each mutant, whatever the one before did."""
    workspace.python_kata(
        PY,
        names=["last"],
        reference="def last(values):\n    return values.copy().pop()\n",
        tests="""
            import pytest


            @pytest.fixture(scope="module")
            def values():
                return [1, 2, 3]


            def test_sample(answer, values):
                assert answer.last(values) == 3
                assert values == [1, 2, 3]


            def test_edge_again(answer, values):
                assert answer.last(values) == 3
            """,
    )
    assert_outcomes(mutants(workspace), passed=1)


def test_other_tests_are_not_disturbed(workspace, monkeypatch):
    """The items around the mutants, and the reports, are those of a run without them."""
    monkeypatch.setattr("pytest_prep.python_strength.CAP", 0.2)
    clamp(workspace)
    plain = workspace.run("solutions", "-v")
    with_mutants = workspace.run("solutions", "-v", "--mutants")

    def told(result) -> list[str]:
        lines = [line for line in result.outlines if "::" in line and "[" in line]
        return [line.split("[")[0].strip() for line in lines if "::mutants" not in line]

    assert told(plain)
    assert told(with_mutants) == told(plain)


def test_counts_come_back_from_xdist(small):
    """Workers send the counts as plain data; the controller shows them."""
    pytest.importorskip("xdist")
    result = small.run_outside(
        "solutions", "--mutants", "-k", "mutants", "-n", "1", plugins=("-p", "xdist", "-p", "prep")
    )
    result.stdout.fnmatch_lines(["*mutants: 6: 2 killed*· 1 equivalent · 3 survived*"])
