"""The review of Python: style, complexity, types, lines that ran, growth of time and memory."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from textwrap import dedent

import pytest
from workspace import Workspace

from pytest_prep.content.errors import ContentError
from pytest_prep.content.kata import Budget, Kata, read_kata
from pytest_prep.judging.review import Covered, Review, Surroundings, review, tools
from pytest_prep.judging.review.growth import growth_of
from pytest_prep.judging.review.slopes import is_faster, relative_slope, slope_of
from pytest_prep.judging.review.timings import generator_in, measure
from pytest_prep.judging.verdict import Timing, Verdict
from pytest_prep.modes.covering import covered_by

DOUBLES = "python/lists/doubles"
REFERENCE = """
def doubles(values: list[int]) -> set[int]:
    seen: set[int] = set()
    found: set[int] = set()
    for value in values:
        (found if value in seen else seen).add(value)
    return found
"""
STARTER = """
def doubles(values: list[int]) -> set[int]:
    raise NotImplementedError
"""
TESTS = """
def growth_input(n):
    return (list(range(n)),)


def test_sample(answer):
    assert answer.doubles([1, 2, 1]) == {1}
"""
SLOW = """
def doubles(values: list[int]) -> set[int]:
    return {a for i, a in enumerate(values) if a in values[:i]}
"""

linux = pytest.mark.skipif(sys.platform != "linux", reason="answers run in children on Linux")


@pytest.fixture
def kata(workspace: Workspace) -> Kata:
    """A kata with a generator of sizes."""
    workspace.python_kata(DOUBLES, names=["doubles"], reference=REFERENCE, tests=TESTS)
    workspace.write(f"solutions/{DOUBLES}/starter.py", STARTER)
    return read_kata(workspace.root / "katas" / DOUBLES, workspace.root / "solutions" / DOUBLES)


def made(kata: Kata, answer: str, **around: object) -> Review:
    """Review an answer."""
    return review(kata, dedent(answer).lstrip("\n"), Surroundings(**around))


def measures(made: Review) -> dict[str, str]:
    """Return what was measured, by name."""
    return {measure.name: measure.text for measure in made.measures}


class TestReview:
    """One review."""

    def test_a_clean_answer(self, kata: Kata) -> None:
        """The reference itself has a full score."""
        found = made(kata, REFERENCE)
        assert found.findings == ()
        assert found.score == 100
        assert measures(found)["style"] == "100 of 100 (ruff: 0 findings)"
        assert measures(found)["complexity"] == "3 paths in doubles, reference 3"
        assert measures(found)["types"] == "no mistakes found by mypy"

    def test_nothing_to_review(self, kata: Kata) -> None:
        """A starter and what does not parse have no score, and say why."""
        assert made(kata, STARTER).problem == "still the starter"
        broken = made(kata, "def doubles(:\n")
        assert broken.score is None
        assert broken.problem.startswith("the answer does not parse: line 1: ")

    def test_score_is_the_sum(self, kata: Kata) -> None:
        """Every point that is missing from a hundred stands at a finding."""
        answer = """
            import os

            def doubles(items, extra = None):
                try:
                    l = len(items)
                except:
                    pass
                return set(x for x in items if items.count(x) > 1)
            """
        found = made(kata, answer)
        assert found.score == 100 - sum(finding.points for finding in found.findings)
        by_rule = {finding.rule: finding for finding in found.findings}
        assert by_rule["ruff-F401"].line == 1
        assert "doubles(items, extra) in place of doubles(values)" in by_rule["signature"].what
        assert by_rule["ruff-format"].line is None
        assert all(finding.why and finding.mend for finding in found.findings)
        ordered = [finding.points for finding in found.findings]
        assert ordered == sorted(ordered, reverse=True)

    def test_style_has_a_cap(self, kata: Kata) -> None:
        """However many lines are ugly, style alone does not ruin a review."""
        answer = "".join(f"import m{i}\n" for i in range(60)) + REFERENCE
        assert made(kata, answer).score == 75

    def test_types_are_checked(self, kata: Kata) -> None:
        """What mypy finds is a finding at its line."""
        answer = """
            def doubles(values: list[int]) -> set[int]:
                return len(values)
            """
        (finding,) = [f for f in made(kata, answer).findings if f.rule.startswith("mypy-")]
        assert finding.line == 2
        assert "int" in finding.what

    def test_branches(self, kata: Kata) -> None:
        """A function with more than ten paths is a finding at its first line."""
        branches = "".join(f"    if len(values) == {n}:\n        return set()\n" for n in range(12))
        answer = f"def doubles(values: list[int]) -> set[int]:\n{branches}    return set()\n"
        (finding,) = [f for f in made(kata, answer).findings if f.rule == "complexity"]
        assert finding.line == 1
        assert "13 independent paths" in finding.what

    def test_lines_that_never_ran(self, kata: Kata) -> None:
        """They are told as ranges, where the answer is accepted; a failing one had no chance."""
        covered = Covered(frozenset(range(1, 11)), frozenset({3, 4, 5, 9}))
        right = {"test_sample": Verdict("accepted")}
        (finding,) = [
            f
            for f in made(kata, REFERENCE, covered=covered, verdicts=right).findings
            if f.rule == "never-ran"
        ]
        assert "lines 3-5, 9" in finding.what
        wrong = {"test_sample": Verdict("wrong_answer", "no")}
        found = made(kata, REFERENCE, covered=covered, verdicts=wrong)
        assert found.findings == ()
        assert measures(found)["coverage"] == "60 % of 10 statements ran in the kata's tests"

    def test_time(self, kata: Kata) -> None:
        """A multiple of the reference's time counts where there is time to measure."""
        for reference, rules in ((0.2, ["slower"]), (0.001, [])):
            timing = Timing(6 * reference, reference, 10.0, 10.0)
            found = made(kata, REFERENCE, verdicts={"test_x": Verdict("accepted", timing=timing)})
            assert [finding.rule for finding in found.findings] == rules

    def test_without_tools(self, kata: Kata, monkeypatch: pytest.MonkeyPatch) -> None:
        """What is not installed is not measured, and the review says so."""
        monkeypatch.setattr(tools.shutil, "which", lambda *_, **__: None)
        monkeypatch.setitem(sys.modules, "radon.complexity", None)
        told = measures(made(kata, REFERENCE))
        for name in ("style", "complexity", "types"):
            assert told[name].startswith("not measured: "), name
            assert "pip install" in told[name]


class TestGrowth:
    """How time grows."""

    @linux
    def test_quadratic_beside_linear(self, kata: Kata) -> None:
        """An answer that grows faster than the reference is a finding; the reference is none."""
        (time, findings), _ = growth_of(kata, SLOW)
        assert time.figures["slope"] > 1.5
        assert [finding.rule for finding in findings] == ["growth"]
        (time, findings), _ = growth_of(kata, REFERENCE)
        assert findings == []
        assert "n log n: the two cannot be told apart" in time.text

    @linux
    def test_a_limit_of_the_kata(self, kata: Kata) -> None:
        """``[budget] growth`` holds an answer to a power of n, whatever the reference does."""
        for limit, rules in ((1.6, ["growth-limit"]), (2.6, ["growth"])):
            strict = replace(kata, budget=Budget(growth=limit))
            (_, findings), _ = growth_of(strict, SLOW)
            assert [finding.rule for finding in findings] == rules

    def test_a_limit_that_is_none(self, kata: Kata) -> None:
        """A limit that no time could keep is an error of kata.toml, with file and key."""
        path = kata.folder / "kata.toml"
        path.write_text(path.read_text() + "\n[budget]\ngrowth = -1\n", encoding="utf-8")
        with pytest.raises(ContentError, match=r"kata\.toml: \[budget\] growth: -1 is no power"):
            read_kata(kata.folder, kata.author_folder)

    @linux
    def test_answers_that_misbehave(self, kata: Kata) -> None:
        """A crash or an early end is not measured, and nothing else suffers."""
        for answer in (
            "def doubles(values):\n    raise ValueError(values)\n",
            "import os\n\n\ndef doubles(values):\n    os._exit(3)\n",
        ):
            (time, findings), (memory, _) = growth_of(kata, answer)
            assert not time.done
            assert not memory.done
            assert time.text.startswith("not measured: it")
            assert findings == []

    @linux
    def test_memory(self, kata: Kata) -> None:
        """Ten times the reference's memory is told."""
        answer = """
            def doubles(values: list[int]) -> set[int]:
                kept = [bytearray(4000) for _ in values]
                return set(values) if kept is None else set()
            """
        _, (memory, findings) = growth_of(kata, dedent(answer))
        assert memory.figures["answer"] > 3 * memory.figures["reference"]
        assert [finding.rule for finding in findings] == ["memory"]

    def test_without_a_generator(self, kata: Kata) -> None:
        """A kata that cannot make sizes says so."""
        (kata.folder / "test_doubles.py").write_text("def test_x(answer): ...\n", encoding="utf-8")
        assert generator_in(kata.folder) is None
        (time, _), _ = growth_of(kata, REFERENCE)
        assert time.text == "not measured: the kata has no generator of sizes (growth_input)"

    def test_slopes(self) -> None:
        """A power of n is its own slope, whatever the fixed cost of a call."""
        sizes = [round(4 * 1.5**i) for i in range(28)]
        for power in (1.0, 2.0, 3.0):
            points = [(n, 2e-5 + 1e-8 * n**power) for n in sizes if 1e-8 * n**power < 0.1]
            assert slope_of(points).value == pytest.approx(power, abs=0.1)
            assert not is_faster(relative_slope(points, points))

    def test_a_reference_that_only_spends_its_fixed_cost(self) -> None:
        """Two linear functions are alike, also where one has not begun to grow yet."""
        sizes = [round(4 * 1.5**i) for i in range(28)]
        quick = [(n, 1e-3 + 1e-8 * n) for n in sizes]
        slow = [(n, 1e-3 + 1e-4 * n) for n in sizes[:16]]
        quadratic = [(n, 1e-3 + 1e-6 * n * n) for n in sizes[:16]]
        assert not is_faster(relative_slope(slow, quick))
        assert is_faster(relative_slope(quadratic, quick))

    def test_one_time_doubled_by_load(self) -> None:
        """A single slow measurement does not move the slope."""
        points = [(n, 1e-6 * n) for n in (round(4 * 1.5**i) for i in range(20))]
        points[-3] = (points[-3][0], 3 * points[-3][1])
        assert slope_of(points).value == pytest.approx(1.0, abs=0.2)

    def test_too_few_sizes(self) -> None:
        """Two sizes are no growth."""
        with pytest.raises(ValueError, match="fewer than three"):
            slope_of([(1, 1.0), (2, 2.0)])

    def test_exponential_work_is_stopped(self) -> None:
        """What doubles with every element is left off before it takes for ever."""

        def subsets(values: list[int]) -> int:
            return 1 if not values else subsets(values[1:]) + subsets(values[1:])

        *_, (mine, _) = measure(subsets, len, lambda n: (list(range(n)),))
        assert 12 < mine[-1][0] < 40
        assert "2ⁿ" in slope_of(mine).words()


def test_the_katas_have_generators() -> None:
    """Every Python kata so far says how its input grows."""
    root = Path(__file__).parent.parent / "katas" / "python"
    folders = [path.parent for path in root.rglob("kata.toml")]
    assert folders
    with_sizes = [folder for folder in folders if generator_in(folder)]
    assert len(with_sizes) >= 5


@pytest.mark.parametrize("terms", [300, 700, 900, 1500, 30_000])
def test_deeply_nested_code_ends_no_review(kata: Kata, terms: int) -> None:
    """An expression that is too deep for the tools is told, and no error of ours."""
    answer = f"def doubles(values):\n    return {' + '.join(['1'] * terms)}\n"
    told = review(kata, answer, Surroundings())
    assert told.score is not None or "nested too deeply" in (told.problem or "")
    if terms == 30_000:
        assert "nested too deeply" in (told.problem or "")


def test_lines_of_deeply_nested_code_are_not_known(tmp_path: Path) -> None:
    """Coverage that cannot parse a file tells nothing, and raises nothing."""
    path = tmp_path / "answer.py"
    path.write_text(f"X = {' + '.join(['1'] * 30_000)}\n")
    assert covered_by(lambda: None, path) is None


def test_many_findings_of_one_rule_are_counted(kata: Kata) -> None:
    """The first five of a rule are told with their lines; the rest are one line."""
    lines = "".join(f"    x{i} = {i}\n" for i in range(300))
    told = review(kata, f"def doubles(values):\n{lines}    return set()\n", Surroundings())
    unused = [f for f in told.findings if f.rule == "ruff-F841"]
    assert [f.line for f in unused] == [2, 3, 4, 5, 6, 7]
    assert "and 295 more" in unused[-1].what
