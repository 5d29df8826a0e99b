"""pytest-benchmark on katas that have a ``bench_<kata>.py``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from workspace import INITIALS, INITIALS_KATA, PLUGINS, RIGHT

if TYPE_CHECKING:
    from workspace import Workspace

pytest.importorskip("pytest_benchmark")

BENCH = """
    import pytest

    @pytest.mark.benchmark(group="initials", max_time=0.02, min_rounds=3)
    @pytest.mark.parametrize("whose", ["answer", "reference"])
    def test_many(request, benchmark, whose):
        initials = request.getfixturevalue(whose).initials
        assert benchmark(initials, "a b c d") == "abcd"
    """
WITH = (*PLUGINS, "-p", "benchmark")


@pytest.fixture
def shop(workspace: Workspace, monkeypatch) -> Workspace:
    """A solved kata with measurements, seen from outside xdist, where nothing is measured."""
    monkeypatch.delenv("PYTEST_XDIST_WORKER", raising=False)
    workspace.python_kata(INITIALS_KATA, **INITIALS, answer=RIGHT)
    workspace.write(f"katas/{INITIALS_KATA}/bench_initials.py", BENCH)
    return workspace


@pytest.mark.parametrize("isolation", ["fork", "none"])
def test_answer_and_reference_are_measured(shop: Workspace, isolation: str) -> None:
    """Where answers run in children too: the table, and the file for later comparison."""
    result = shop.run(
        f"--isolation={isolation}", "--benchmark-json=out.json", "--benchmark-only", plugins=WITH
    )
    assert result.parseoutcomes()["passed"] == 2
    result.stdout.fnmatch_lines(["*benchmark 'initials': 2 tests*"])
    found = json.loads((shop.root / "out.json").read_text())["benchmarks"]
    assert {one["name"] for one in found} == {"test_many[answer]", "test_many[reference]"}
    for one in found:
        assert one["stats"]["rounds"] >= 3
        assert 0 < one["stats"]["min"] <= one["stats"]["mean"]


def test_measurements_are_no_cases(shop: Workspace) -> None:
    """Whoever only measures has not solved the kata; without the plugin nothing is collected."""
    result = shop.run("--benchmark-only", plugins=WITH)
    assert "accepted" not in result.stdout.str()
    shop.run().assert_outcomes(passed=2)


def test_a_review_measures_by_itself(shop: Workspace) -> None:
    """No table follows it."""
    result = shop.run("--review", plugins=WITH)
    result.stdout.fnmatch_lines(["score *"])
    assert "benchmark" not in result.stdout.str()


def test_an_invalid_answer_is_told_in_words(shop: Workspace) -> None:
    """A measurement shows nothing of our code."""
    shop.write(f"katas/{INITIALS_KATA}/answer.py", "def initial(name):\n    return name\n")
    result = shop.run("--benchmark-only", plugins=WITH)
    result.stdout.fnmatch_lines(["invalid: answer.py does not define initials*"])
    assert "AnswerInvalid" not in result.stdout.str()


def test_a_starter_is_to_do(shop: Workspace) -> None:
    """There is nothing to measure yet."""
    starter = (shop.root / f"solutions/{INITIALS_KATA}/starter.py").read_text()
    shop.write(f"katas/{INITIALS_KATA}/answer.py", starter)
    assert shop.run(plugins=WITH).parseoutcomes() == {"todo": 4}


def test_the_author_may_keep_the_file(shop: Workspace) -> None:
    """It is no stray file."""
    result = shop.run("solutions", "-k", "complete")
    assert "stray" not in result.stdout.str()
