"""The seven rules of study plans, the shares of tiers, and where a day is in a plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from records import at, attempt, card, mock, tick

from pytest_prep.content.plan import Plan
from pytest_prep.content.plan_file import read_plan
from pytest_prep.content.plans import load_plans
from pytest_prep.progress.collection import KataFacts
from pytest_prep.progress.plan_progress import target_states
from pytest_prep.progress.replay import replay
from pytest_prep.progress.schedule import DayPlan, Position, position_of, schedule
from pytest_prep.progress.tiers import dealt
from pytest_prep.progress.work import Shelf

SHIPPED = load_plans(Path(__file__).parent.parent / "plans")
MONDAY, TUESDAY, WEDNESDAY = "2026-11-02", "2026-11-03", "2026-11-04"


def facts(name: str, level: str = "easy", topics: tuple[str, ...] = (), track: str = "sql"):
    """Return a kata of the collection."""
    return KataFacts(name, name, f"katas/{track}/x/{name}", (track, "x"), level, topics, 10)


EASY = [facts(f"sql-e{n}") for n in range(6)]
MEDIUM = [facts(f"sql-m{n}", "medium") for n in range(3)]
HARD = [facts("sql-h0", "hard", ("date",)), facts("sql-h1", "hard", ("join",))]


def shelf(*katas: KataFacts, **more) -> Shelf:
    """Return what there is to practise with; ``weak`` and ``due`` among ``more``."""
    return Shelf({kata.id: kata for kata in (katas or (*EASY, *MEDIUM, *HARD))}, **more)


@pytest.fixture
def plan(tmp_path: Path):
    """Return a function that writes a plan of some days and reads it."""

    def make(blocks: str, head: str = "days = 3\nanchor = 'interview'", more: str = "") -> Plan:
        path = tmp_path / "own.toml"
        path.write_text(
            f"schema = 1\nid = 'own'\ntitle = 'Own'\n{head}\n"
            f"[defaults]\nreview = 0\n{more}\n{blocks}"
        )
        return read_plan(path)

    return make


def block(day: int, *tasks: str, minutes: int = 60, priority: int = 1, name: str = "B") -> str:
    """Return a block as TOML."""
    return (
        f"[[block]]\nday = {day}\nname = '{name}'\nminutes = [{minutes}, {minutes}]\n"
        f"priority = {priority}\ntasks = [{', '.join(tasks)}]\n"
    )


PICK = "{ do = 'pick', from = 'sql', level = 'easy', count = 3 }"


def day_of(made: Plan, *events, today: str = MONDAY, day: int | None = 1, **more) -> DayPlan:
    """Return the plan of a day, by default day 1 on a Monday."""
    on_shelf = more.pop("on", shelf())
    left = more.pop("left", 2)
    position = Position(day, left, is_last=more.pop("is_last", False))
    return schedule(made, on_shelf, replay(events), today=today, position=position, **more)


def keys(works) -> list[str]:
    """Return the keys of some tasks."""
    return [work.task.key for work in works]


# -- 1. tasks already done count


def test_what_was_solved_before_counts(plan) -> None:
    """A plan can be started late: three easy ones need two more when one is solved."""
    made = plan(block(1, PICK, "{ do = 'kata', ref = 'sql-m0' }"))
    solved = (
        attempt(EASY[4], "accepted", at(days=-3)),
        attempt(MEDIUM[0], "accepted", at(days=-3)),
    )
    picked, named = day_of(made, *solved).blocks[0].works
    assert (picked.done, picked.of, picked.at_start) == (1, 3, 18)
    assert [kata.id for kata in picked.katas] == ["sql-e0", "sql-e1"]
    assert named.was_done


def test_a_tick_counts_in_every_plan(plan) -> None:
    """What was written for one plan is written for another: joined plans do not ask twice."""
    made = plan(block(1, "{ do = 'write', template = 'company' }"))
    (work,) = day_of(made, tick("write:company", at(days=-1))).blocks[0].works
    assert work.is_done
    assert work.at_start == 0


def test_the_choice_of_katas_stays_through_the_day(plan) -> None:
    """Solving one of them changes what is done, not what is asked."""
    made = plan(block(1, PICK))
    before = day_of(made).blocks[0].works[0]
    after = day_of(made, attempt(EASY[1], "accepted")).blocks[0].works[0]
    assert after.katas == before.katas
    assert (before.done, after.done, after.of) == (0, 1, 3)
    assert after.at_start == before.at_start
    assert after.left == 18


def test_another_kata_of_the_kind_counts_too(plan) -> None:
    """That many passed is what is asked: who solves a fourth one need not solve the third."""
    made = plan(block(1, PICK))
    (work,) = day_of(made, attempt(EASY[5], "accepted")).blocks[0].works
    assert (work.done, work.of) == (1, 3)
    assert [kata.id for kata in work.katas] == ["sql-e0", "sql-e1", "sql-e5"]


def test_no_kata_is_asked_for_twice(plan) -> None:
    """Picks leave alone what a task names, and what a pick before has."""
    made = plan(block(1, PICK, "{ do = 'kata', ref = 'sql-e0' }", PICK))
    first, _, second = day_of(made).blocks[0].works
    ids = [kata.id for work in (first, second) for kata in work.katas]
    assert ids == ["sql-e1", "sql-e2", "sql-e3", "sql-e4", "sql-e5"]
    assert second.missing == "1 of 3 easy sql not in this collection yet"


def test_cards_and_interviews_are_shared_out_in_order(plan) -> None:
    """Twelve cards seen fill the first task of ten, and two of the next."""
    cards = "{ do = 'cards', deck = 'aws', new = 10 }"
    timed = "{ do = 'mock', ref = 'timed', minutes = 20 }"
    made = plan(block(1, cards, cards, timed, timed, minutes=200))
    events = [card(f"c{n}", 3, at(n, days=-1), deck="aws") for n in range(12)]
    day = day_of(
        made, *events, mock("coding", 50, at(days=-1)),
        on=shelf(decks={"aws": 30}, scripts={"coding": "coding-20"}),
    )  # fmt: skip
    works = day.blocks[0].works
    assert [(work.done, work.of) for work in works] == [(10, 10), (2, 10), (1, 1), (0, 1)]
    assert [work.at_start for work in works] == [0, 4, 0, 20]


def test_a_small_deck_is_done_when_all_of_it_was_seen(plan) -> None:
    """A plan may ask for more cards than there are."""
    made = plan(block(1, "{ do = 'cards', deck = 'aws', new = 10 }"))
    events = [card(f"c{n}", 3, at(n), deck="aws") for n in range(4)]
    (work,) = day_of(made, *events, on=shelf(decks={"aws": 4})).blocks[0].works
    assert (work.done, work.of, work.is_done) == (4, 4, True)


# -- 2. expected minutes against the block, and what does not fit is named with the choice


def test_expected_minutes_go_by_level(plan) -> None:
    """Easy 9, medium 18, hard 30, a card half a minute, an interview as given."""
    tasks = (
        "{ do = 'kata', ref = 'sql-e0' }", "{ do = 'kata', ref = 'sql-m0' }",
        "{ do = 'kata', ref = 'sql-h0' }", "{ do = 'cards', deck = 'aws', new = 10 }",
        "{ do = 'mock', ref = 'timed', minutes = 20 }",
    )  # fmt: skip
    on = shelf(decks={"aws": 20}, scripts={"coding": "coding-20"})
    works = day_of(plan(block(1, *tasks, minutes=200)), on=on).blocks[0].works
    assert [work.at_start for work in works] == [9, 18, 30, 5, 20]


def test_what_does_not_fit_is_named_with_the_choice(plan) -> None:
    """More time, less scope, or another day."""
    made = plan(
        block(1, PICK, "{ do = 'kata', ref = 'sql-h0' }", minutes=40) + block(2, PICK, minutes=60)
    )
    day = day_of(made)
    assert (day.needed, day.available) == (57, 40)
    assert keys(day.not_fitting) == ["kata:sql-h0"]
    assert day.choices == (
        "more time: pytest --plan --plan-minutes 57",
        "less scope: leave kata:sql-h0 out; it asks for 30 min",
        "another day: move kata:sql-h0 to day 2, which has 33 min free",
    )
    assert day_of(made, minutes=57).not_fitting == ()


def test_what_is_new_is_not_moved_to_the_last_day(plan) -> None:
    """Day 3 has room, and is the interview's."""
    made = plan(block(1, PICK, minutes=20) + block(3, "{ do = 'kit', ref = 'x' }", minutes=90))
    assert day_of(made).choices[2].startswith("another priority: no later day has room")


def test_what_was_done_today_all_the_same_is_not_named(plan) -> None:
    """Who ticks what had no room has done it."""
    made = plan(block(1, PICK, "{ do = 'write', template = 'x', minutes = 50 }", minutes=40))
    assert keys(day_of(made).not_fitting) == ["write:x"]
    day = day_of(made, tick("write:x"))
    assert day.not_fitting == ()
    assert keys(day.blocks[0].works) == ["pick:sql-easy", "write:x"]


def test_without_a_later_day_with_room_the_choice_says_so(plan) -> None:
    """Then something else has to give way."""
    made = plan(block(3, PICK, "{ do = 'kata', ref = 'sql-h0' }", minutes=40))
    assert day_of(made, day=3).choices[2] == (
        "another priority: no later day has room, so something else has to give way"
    )


def test_a_block_says_by_how_much_it_is_over(plan) -> None:
    """Also where the day as a whole has room."""
    made = plan(block(1, PICK, minutes=20) + block(1, "{ do = 'setup' }", minutes=60))
    assert [part.over for part in day_of(made).blocks] == [7, 0]


def test_days_ahead_are_added_up_before_the_plan_starts(plan) -> None:
    """Each day's minutes beside those there are."""
    made = plan(block(1, PICK, minutes=20) + block(2, "{ do = 'kata', ref = 'sql-h0' }"))
    day = day_of(made, day=0)
    assert day.ahead == ((1, 27, 20), (2, 30, 60), (3, 0, 0))


def test_what_is_not_in_the_collection_is_told_and_takes_no_time(plan) -> None:
    """It is never an error."""
    tasks = (
        "{ do = 'kata', ref = 'sql-of-tomorrow' }",
        "{ do = 'stage', ref = 'stage-x', rounds = [1] }",
        "{ do = 'cards', deck = 'nowhere' }", "{ do = 'mock', ref = 'case' }",
    )  # fmt: skip
    works = day_of(plan(block(1, *tasks))).blocks[0].works
    assert [work.at_start for work in works] == [0, 0, 0, 0]
    assert [work.missing for work in works] == [
        "not in this collection yet: sql-of-tomorrow",
        "not in this collection yet: stage-x",
        "not in this collection yet: the deck nowhere",
        "not in this collection yet: an interview of kind case",
    ]


def test_a_scenario_is_played_alone_or_ticked(plan) -> None:
    """Held as an interview of its own it is done, and is not the mock of another task."""
    tasks = (
        "{ do = 'scenario', ref = 'pipe', minutes = 30 }", "{ do = 'case', ref = 'late' }",
        "{ do = 'scenario', ref = 'nowhere' }", "{ do = 'mock', ref = 'system-design' }",
        "{ do = 'say', ref = 'in-own-words' }",
    )  # fmt: skip
    on = shelf(scripts={"pipe": "pipe", "late": "late", "design": "design-45"})
    made = plan(block(1, *tasks, minutes=200))
    events = [mock("design", 70, script="pipe"), tick("case:late")]
    open_ = day_of(made, on=on).blocks[0].works
    played = day_of(made, *events, on=on).blocks[0].works
    assert [work.command for work in open_] == [
        "pytest --mock pipe --duration 30m",
        "pytest --mock late",
        "",
        "pytest --mock design-45",
        "",
    ]
    missing = [work.missing for work in open_]
    assert missing == ["", "", "not in this collection yet: nowhere", "", ""]
    assert [work.is_done for work in played] == [True, True, False, False, False]


def test_a_target_of_scenarios_counts_each_once(plan) -> None:
    """Ticked or played; a scenario that was both is one, a story is none."""
    made = plan(
        block(1, "{ do = 'scenario', ref = 'pipe' }"), more="[[target]]\nday = 1\nscenarios = 3"
    )
    events = [
        tick("scenario:pipe"),
        mock("design", 70, script="pipe"),
        mock("design", 50, script="lake"),
        mock("case", 50, script="late"),
    ]
    (target,) = target_states(made, shelf(), replay(events))
    assert (target.name, target.have, target.want) == ("scenarios", 2, 3)


# -- 3. when time is short


def test_priority_goes_first_when_time_is_short(plan) -> None:
    """0 before 1 before 2, whatever the order of the plan."""
    made = plan(
        block(1, "{ do = 'kata', ref = 'sql-m0' }", priority=2, name="late")
        + block(1, "{ do = 'kata', ref = 'sql-m1' }", priority=1, name="mid")
        + block(1, "{ do = 'kata', ref = 'sql-m2' }", priority=0, name="first")
    )
    assert keys(day_of(made, minutes=20).today) == ["kata:sql-m2"]
    assert keys(day_of(made, minutes=40).today) == ["kata:sql-m1", "kata:sql-m2"]


def test_inside_a_priority_weak_topics_go_first(plan) -> None:
    """Dates are weak, joins are not."""
    made = plan(block(1, "{ do = 'kata', ref = 'sql-h1' }", "{ do = 'kata', ref = 'sql-h0' }"))
    assert keys(day_of(made, minutes=30).today) == ["kata:sql-h1"]
    weak = day_of(made, minutes=30, on=shelf(weak=("date",)))
    assert keys(weak.today) == ["kata:sql-h0"]


def test_picks_take_weak_topics_first(plan) -> None:
    """Unless the plan asks for the easiest first."""
    pick = "{ do = 'pick', from = 'sql', count = 1 }"
    on = shelf(weak=("join",))
    assert [k.id for k in day_of(plan(block(1, pick)), on=on).blocks[0].works[0].katas] == [
        "sql-h1"
    ]
    easiest = plan(block(1, pick.replace("count", "order = 'easiest-first', count")))
    assert [k.id for k in day_of(easiest, on=on).blocks[0].works[0].katas] == ["sql-e0"]


def test_nothing_new_on_the_last_day(plan) -> None:
    """Only review and kit; what is held back is named."""
    made = plan(
        block(2, PICK)
        + block(3, "{ do = 'kit', ref = 'morning' }", "{ do = 'kata', ref = 'sql-m0' }")
    )
    day = day_of(made, day=3, left=0, is_last=True)
    assert keys(day.today) == ["kit:morning"]
    assert keys(day.held_back) == ["kata:sql-m0", "pick:sql-easy"]


# -- 4. unknown is not weak: tests/test_progress_stats.py has the rest


def test_unknown_topics_do_not_go_before_others(plan) -> None:
    """Without a record the order is the plan's."""
    made = plan(block(1, "{ do = 'kata', ref = 'sql-h1' }", "{ do = 'kata', ref = 'sql-h0' }"))
    assert keys(day_of(made, minutes=30, on=shelf(weak=())).today) == ["kata:sql-h1"]


# -- 5. missed days are not piled up


def test_missed_tasks_go_back_to_the_pool(plan) -> None:
    """They fill what today leaves free, and wait otherwise."""
    missed = block(1, "{ do = 'kata', ref = 'sql-h0' }", "{ do = 'kata', ref = 'sql-e0' }")
    made = plan(missed + block(2, "{ do = 'kata', ref = 'sql-h1' }", minutes=40))
    day = day_of(made, day=2, left=1)
    assert day.needed == 30, "what was missed is no part of what today asks for"
    assert keys(day.from_pool) == ["kata:sql-e0"]
    assert keys(day.waiting) == ["kata:sql-h0"]
    assert day.not_fitting == ()


# -- 6. a daily review


def test_every_day_has_a_review_of_due_cards(plan) -> None:
    """Ten minutes, or as long as the due cards take; none where the plan forbids it."""
    reviewed = replace(plan(block(1, PICK)), review=10)
    day = day_of(reviewed, on=shelf(due=8))
    assert day.review is not None
    assert (day.review.at_start, day.review.is_done) == (4, False)
    assert day.today[0] is day.review
    assert day_of(reviewed, on=shelf(due=100)).needed == 37
    none = day_of(reviewed).review
    assert none is not None
    assert (none.of, none.at_start, none.missing) == (0, 0, "no card is due")
    assert day_of(plan(block(1, PICK)), on=shelf(due=8)).review is None


def test_a_review_of_the_plan_itself_is_not_doubled(plan) -> None:
    """Where a day names one, that is the daily one."""
    reviewed = replace(plan(block(1, "{ do = 'review', minutes = 15 }")), review=10)
    assert day_of(reviewed, on=shelf(due=8)).review is None


# -- 7. public writing is optional


def test_optional_tasks_never_count_against_a_day(plan) -> None:
    """They are shown, and take no time from the others."""
    post = "{ do = 'write', template = 'post', minutes = 50, optional = true }"
    day = day_of(plan(block(1, PICK, post, minutes=30)))
    assert (day.needed, day.not_fitting) == (27, ())
    assert keys(day.blocks[0].works) == ["pick:sql-easy", "write:post"]


# -- where a day is in a plan


@pytest.mark.parametrize(
    ("name", "interview", "day", "left", "is_last"),
    [
        ("two-day", "2026-11-04", 1, 2, False),
        ("two-day", "2026-11-02", 3, 0, True),
        ("two-day", "2026-11-10", -5, 8, False),
        ("two-day", "", 1, None, False),
        ("four-days", "2026-11-03", 4, 1, True),
        ("four-weeks", "2026-11-30", 1, 28, False),
        ("tiered", "2026-11-10", None, 8, False),
    ],
)
def test_days_count_back_from_the_interview(name, interview, day, left, is_last) -> None:
    """Without a date day 1 is the day on which the plan was chosen."""
    found = position_of(SHIPPED.plans[name], MONDAY, MONDAY, interview)
    assert found == Position(day, left, is_last)


# -- tiers


def tiered(plan, *, minutes: int, done: int = 0) -> DayPlan:
    """Return the day of a plan with many short tasks in three tiers."""
    blocks = "".join(
        f"[[block]]\nname = 'T{tier}'\ntier = {tier}\nminutes = [0, 999]\ntasks = ["
        + ", ".join(f"{{ do = 'say', ref = 't{tier}-{n}', minutes = 10 }}" for n in range(count))
        + "]\n"
        for tier, count in ((1, 35), (2, 10), (3, 5))
    )
    made = plan(blocks, head="anchor = 'interview'")
    events = [tick(f"say:t1-{n}", at(days=-1)) for n in range(done)]
    return day_of(made, *events, day=None, left=5, minutes=minutes)


def test_each_day_keeps_the_shares(plan) -> None:
    """Of a hundred minutes seventy are critical, twenty important, ten bonus."""
    day = tiered(plan, minutes=100)
    assert [(part.block.tier, part.needed) for part in day.blocks] == [(1, 70), (2, 20), (3, 10)]


def test_what_was_done_before_counts_for_the_shares(plan) -> None:
    """Who did fourteen critical ones first gets the others next."""
    day = tiered(plan, minutes=60, done=14)
    assert [(part.block.tier, part.needed) for part in day.blocks] == [(2, 40), (3, 20)]


def test_what_the_days_do_not_hold_is_named(plan) -> None:
    """Five hundred minutes do not fit into six days of fifty."""
    day = tiered(plan, minutes=50)
    assert sum(work.at_start for work in day.not_fitting) == 200
    assert day.choices[0] == "more time: pytest --plan --plan-minutes 84"


@given(st.lists(st.tuples(st.integers(1, 3), st.integers(1, 40)), min_size=1, max_size=40))
def test_no_tier_falls_behind_by_more_than_a_task(sizes) -> None:
    """At every moment, while there is something left in every tier."""
    made = SHIPPED.plans["tiered"]
    works = day_of(made, day=None).works
    tier_block = {block.tier: block for block in made.blocks}
    tasks = [
        replace(
            works[0], slot=works[0].slot._replace(block=tier_block[tier]), size=size, at_start=size,
            was_done=False,
        )
        for tier, size in sizes
    ]  # fmt: skip
    order, rest = dealt(made.shares, tasks, tasks, room=float("inf"))
    assert rest == []
    assert sorted(map(id, order)) == sorted(map(id, tasks))
    given_ = dict.fromkeys(made.shares, 0.0)
    left = {tier: sum(work.block.tier == tier for work in tasks) for tier in made.shares}
    for work in order:
        if not all(left.values()):
            break
        given_[work.block.tier] += work.size
        left[work.block.tier] -= 1
        total = sum(given_.values())
        for tier, share in made.shares.items():
            assert given_[tier] >= share * total - 2 * 40


def test_the_shipped_plans_can_be_scheduled_on_every_day() -> None:
    """With no kata, no deck and no interview at all, nothing is an error."""
    for made in SHIPPED.plans.values():
        if made.anchor == "clock":
            continue
        for n in range(-1, (made.days or 1) + 3):
            today = (date.fromisoformat(MONDAY) + timedelta(days=n)).isoformat()
            where = position_of(made, today, MONDAY, "")
            day = schedule(made, Shelf({}), replay([]), today=today, position=where)
            assert day.works
