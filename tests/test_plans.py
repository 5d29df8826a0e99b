"""Study plans as files: the five that ship, and what is said of a broken one."""

from __future__ import annotations

from pathlib import Path

import pytest

from pytest_prep.content.errors import ContentError
from pytest_prep.content.interviews import load_library
from pytest_prep.content.plan import Plan, Task
from pytest_prep.content.plan_file import read_plan
from pytest_prep.content.plans import TAXONOMY, load_plans
from pytest_prep.content.taxonomy import read_taxonomy
from pytest_prep.progress.work import MOCK_KINDS

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "plans"
PLANS = load_plans(FOLDER)

GOOD = """\
schema = 1
id = "own"
title = "My own"
anchor = "interview"
days = 2

[[block]]
day = 1
name = "Morning"
minutes = [60, 90]
tasks = [{ do = "kata", ref = "sql-last-flight" }, { do = "cards", deck = "aws", new = 5 }]
"""


def tasks(plan: Plan, do: str) -> list:
    """Return the tasks of a kind."""
    return [task for block in plan.blocks for task in block.tasks if task.do == do]


def shipped(*kinds: str) -> list[Task]:
    """Return the tasks of some kinds in all that is shipped, the taxonomy included."""
    blocks = [block for plan in PLANS.plans.values() for block in plan.blocks]
    topics = read_taxonomy(FOLDER / TAXONOMY).topics
    return [task for part in (*blocks, *topics) for task in part.tasks if task.do in kinds]


def test_all_five_plans_load() -> None:
    """Without an error, and with the lists that they name."""
    assert PLANS.errors == []
    assert set(PLANS.plans) == {"two-day", "tiered", "four-weeks", "live-interview", "four-days"}
    assert len(PLANS.lists["dsa-top15"]) == 15


def test_the_two_day_plan_is_its_source_s() -> None:
    """Seven blocks, 16 h 15 min, targets for both days."""
    plan = PLANS.plans["two-day"]
    assert len(plan.blocks) == 7
    assert sum(block.minutes[0] for block in plan.blocks) == 16 * 60 + 15
    assert [target.counts.get("sql") for target in plan.targets] == [25, 30]
    assert sum(task.count for task in tasks(plan, "pick")) == 30 + 25


def test_the_tiered_plan_holds_its_hours() -> None:
    """9.5 h critical and a checklist, 3 h important, 1 h bonus; shares of 70, 20 and 10."""
    plan = PLANS.plans["tiered"]
    hours = {
        tier: sum(block.minutes[0] for block in plan.blocks if block.tier == tier) / 60
        for tier in (1, 2, 3)
    }
    assert (round(hours[1], 1), hours[2], hours[3]) == (9.7, 3.0, 1.0)
    assert plan.shares == {1: 0.7, 2: 0.2, 3: 0.1}
    assert plan.days is None


def test_four_weeks_have_something_to_make_every_day() -> None:
    """A doable task and, up to day 21, an optional post; mocks from day 22 to 27."""
    plan = PLANS.plans["four-weeks"]
    assert [block.day for block in plan.blocks] == list(range(1, 29))
    doable = {"write", "scenario", "case", "say", "mock", "kit"}
    for block in plan.blocks:
        assert any(task.do in doable and not task.optional for task in block.tasks), block.name
        assert bool(block.day <= 21) == any(task.optional for task in block.tasks)
    assert [b.day for b in plan.blocks if any(t.do == "mock" for t in b.tasks)] == list(
        range(21, 28)
    )


def test_the_live_interview_runs_by_the_clock() -> None:
    """Nine blocks in ninety minutes; rounds may overlap; it asks for no review."""
    plan = PLANS.plans["live-interview"]
    assert [block.at for block in plan.blocks] == [
        (0, 2), (2, 40), (15, 30), (30, 40), (40, 50), (50, 60), (60, 75), (75, 88), (88, 90),
    ]  # fmt: skip
    assert plan.review == 0


def test_four_days_have_twenty_modules_with_questions() -> None:
    """23.2 to 31.8 hours in its source; here the same blocks."""
    plan = PLANS.plans["four-days"]
    assert len(plan.blocks) == 20
    assert all(block.questions for block in plan.blocks)
    assert plan.ready


def test_what_a_plan_names_is_there() -> None:
    """Interviews, scenarios, cases and decks; katas may be named before they are made."""
    library = load_library(ROOT / "interviews")
    kinds = {script.kind for script in library.scripts.values()}
    cases = {question.id for question in library.banks["case"].questions}
    decks = {path.stem for path in (ROOT / "cards").glob("*.md")}
    mocks = {task.ref: MOCK_KINDS.get(task.ref, task.ref) for task in shipped("mock")}
    assert [ref for ref, kind in mocks.items() if kind not in kinds] == []
    assert {task.ref for task in shipped("scenario")} <= set(library.scenarios)
    assert {task.ref for task in shipped("case")} <= cases
    assert {task.deck for task in shipped("cards")} <= decks


def test_a_task_away_from_the_screen_says_what_to_do() -> None:
    """Its title, or for a sheet its name: there is no command that would show it."""
    spoken = shipped("say", "write", "kit", "checklist")
    assert [task.key or task.ref for task in spoken if not task.title] == []


def test_keys_of_tasks_are_unique_in_a_plan() -> None:
    """A tick must hit one task."""
    for plan in PLANS.plans.values():
        keys = [task.key for block in plan.blocks for task in block.tasks]
        keys += [key for block in plan.blocks for key, _ in block.questions]
        keys += [key for key, _ in plan.ready]
        assert len(set(keys)) == len(keys)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("schema = 1", "schema = 7", "schema: 7 is not a known one; write 1, or update"),
        ('"interview"', '"intervew"', "anchor: 'intervew' is not an anchor (start, interview, "),
        ("days = 2", "days = 0", "days: 0 is not between 1 and 366"),
        ("day = 1", "day = 5", "[block 1] day: 5 is not between 1 and 2"),
        ("day = 1\n", "", "[block 1] day: None is not between 1 and 2"),
        ("days = 2", "", "[block 1] day: the plan has no days; add days = … at the top"),
        ("[60, 90]", "[90, 60]", "[block 1] minutes: [90, 60] is not two numbers such as [60, 90]"),
        ('do = "kata"', 'do = "kta"', "[block 1 task 1] do: 'kta' is not a task"),
        ('do = "kata"', 'do = "kta"', "did you mean 'kata'?"),
        (
            ', ref = "sql-last-flight"',
            "",
            "[block 1 task 1] ref: is missing; a task 'kata' needs",
        ),
        ("new = 5", "nwe = 5", "a task 'cards' has no such argument; did you mean 'new'?"),
        ("new = 5", "new = 0", "[block 1 task 2] new: 0 is not above 0"),
        ('title = "My own"', "", "title: is missing; add a text"),
        (
            'title = "My own"',
            'title = "x"\ntilte = "y"',
            "tilte: unknown key; did you mean 'title'?",
        ),
        ("[[block]]", "[[blok]]", "block: is missing; add at least one [[block]]"),
        ('name = "Morning"', 'name = "Morning', "is not valid TOML"),
    ],
)
def test_an_error_names_the_file_the_place_and_the_mend(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    """One line, for the one who can mend it."""
    path = tmp_path / "own.toml"
    assert old in GOOD
    path.write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        read_plan(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_good_plan_reads(tmp_path: Path) -> None:
    """The one that the errors above are made from."""
    (tmp_path / "own.toml").write_text(GOOD, encoding="utf-8")
    plan = read_plan(tmp_path / "own.toml")
    assert [task.key for task in plan.blocks[0].tasks] == ["kata:sql-last-flight", "cards:aws"]
    assert (plan.days, plan.interview_day, plan.review) == (2, 2, 10)


def test_a_broken_plan_leaves_the_others(tmp_path: Path) -> None:
    """And asking for it tells what is wrong."""
    (tmp_path / "own.toml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "bad.toml").write_text("schema = 1\n", encoding="utf-8")
    (tmp_path / "twin.toml").write_text(GOOD, encoding="utf-8")
    found = load_plans(tmp_path)
    assert list(found.plans) == ["own"]
    assert found.find("own", tmp_path).title == "My own"
    assert found.find("own.toml", tmp_path).title == "My own"
    with pytest.raises(ContentError, match=r"bad\.toml: id: is missing"):
        found.find("bad", tmp_path)
    with pytest.raises(ContentError, match=r"there is no plan 'won'; did you mean 'own'\?"):
        found.find("won", tmp_path)
    assert "'own' is taken by own.toml" in str(found.errors[1])


def test_a_list_that_nobody_made_is_an_error(tmp_path: Path) -> None:
    """It names the file of lists."""
    text = GOOD.replace('do = "kata", ref = "sql-last-flight"', 'do = "list", ref = "top"')
    (tmp_path / "own.toml").write_text(text, encoding="utf-8")
    (error,) = load_plans(tmp_path).errors
    assert str(error).endswith(f"own.toml: list top: is not in {tmp_path / 'lists.toml'}")
