"""The simulation behind the README's table of policies: reproducible, and blind to the truth."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))

import flash_planner


@pytest.fixture(autouse=True)
def _greenwich(monkeypatch):
    """Study days turn at four, local time: let that be UTC, as the benchmark does."""
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize("kind", flash_planner.LEARNERS)
def test_a_seed_gives_one_learner(kind):
    """The same seed gives the same recall, another one another learner."""
    run = [
        flash_planner.Simulation(kind, seed).run(flash_planner.planner, 2, 5) for seed in (1, 1, 2)
    ]
    assert run[0] == run[1] != run[2]
    assert all(0 < recall < 1 for recall in run)


@pytest.mark.parametrize("kind", flash_planner.LEARNERS)
def test_what_was_never_studied_is_unknown_and_memory_fades(kind):
    """Each law of forgetting starts at nothing, and falls with time."""
    learner = flash_planner.Simulation(kind, 3).learner
    card = flash_planner.CARDS[0]
    assert learner.recall(card, 20_000.0) == pytest.approx(0, abs=1e-9)
    learner.study(card, 20_000.0, 3)
    recalls = [learner.recall(card, 20_000 + days) for days in (0.01, 1, 4, 30)]
    assert recalls == sorted(set(recalls), reverse=True)
    assert len(recalls) == 4


def test_more_study_is_more_recall():
    """Thirty minutes a day beat three."""
    short, long = (
        flash_planner.Simulation("exponential", 4).run(flash_planner.planner, 5, minutes)
        for minutes in (3, 30)
    )
    assert long > short


@pytest.mark.parametrize("name", flash_planner.POLICIES)
def test_policies_see_grades_and_nothing_else(name):
    """They are called with the log, the time, the date and the minutes; the order is theirs."""
    simulation = flash_planner.Simulation("ACT-R", 5)
    seen = []

    def policy(*known):
        seen.append(known)
        return flash_planner.POLICIES[name](*known)

    simulation.run(policy, 3, 5)
    assert len(seen) == 3
    for records, *rest in seen:
        assert records is simulation.records
        assert not any(argument is simulation.learner for argument in rest)
