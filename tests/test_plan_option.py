"""``pytest --plan``: choosing a plan, today's tasks with their commands, ticking, the clock."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from records import attempt
from test_progress_option import ORDERS, record
from workspace import Workspace

from pytest_prep.progress.events import new_event
from pytest_prep.progress.store import open_store

PLAN = """
    schema = 1
    id = "own"
    title = "My own plan"
    anchor = "interview"
    days = 2

    [[target]]
    day = 1
    sql = 2
    cards = 5

    [[block]]
    day = 1
    name = "Evening"
    minutes = [60, 60]
    priority = 0
    tasks = [
      { do = "kata", ref = "sql-no-orders" },
      { do = "pick", from = "python", count = 2 },
      { do = "kata", ref = "sql-of-tomorrow" },
      { do = "write", template = "company", minutes = 20 },
      { do = "write", template = "post", optional = true },
    ]
    questions = ["Can you say it in a minute?"]

    [[block]]
    day = 2
    name = "Morning"
    minutes = [15, 15]
    priority = 0
    tasks = [{ do = "kit", ref = "morning" }]
    """


@pytest.fixture
def shop(katas: Workspace, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """Five katas and a plan, on a Wednesday noon, in eighty columns."""
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("PREP_NOW", datetime(2026, 11, 4, 12, tzinfo=UTC).isoformat())
    monkeypatch.delenv("PREP_STORE", raising=False)
    katas.write("plans/own.toml", PLAN)
    return katas


def events(workspace: Workspace, kind: str) -> list[dict]:
    """Return the data of the events of a kind."""
    store = open_store(str(workspace.root / ".prep" / "progress.sqlite3"))
    found = [event.data for event in store.events((kind,))]
    store.close()
    return found


def test_without_a_choice_the_plans_are_listed(shop: Workspace) -> None:
    """With what to type."""
    result = shop.run("--plan")
    assert result.ret == 0
    result.stdout.fnmatch_lines(
        [
            "Wednesday 4 November 2026",
            "No plan is chosen yet. There are:",
            "  own My own plan, 2 days, up to 1 h",
            "  pytest --plan four-weeks --plan-interview 2026-12-31",
        ]
    )


def test_a_plan_is_chosen_once_and_shown_from_then_on(shop: Workspace) -> None:
    """The choice is an event; the next command needs no more than ``--plan``."""
    first = shop.run("--plan", "own", "--plan-interview", "2026-11-05", "--plan-minutes=90")
    assert first.ret == 0
    assert events(shop, "plan") == [{"plan": "own", "interview": "2026-11-05", "minutes": 90}]
    again = shop.run("--plan")
    assert again.outlines == first.outlines
    again.stdout.fnmatch_lines(
        [
            "Wednesday 4 November 2026 · My own plan",
            "day 1 of 2 · interview in 1 day · 1 h 30 today, 56 min asked for",
            "   -  Review the cards that are due (no card is due)",
            "Evening · 1 h 00",
            "  [[] ] The no orders (easy) * 9 min",
            "      pytest katas/sql/joins/no_orders",
            "  [[] ] 2 python katas · 0 of 2 * 27 min",
            "      pytest katas/python/text/initials",
            "      with it: running_sum",
            "   -  Kata sql-of-tomorrow (not in this collection yet)",
            "  [[] ] Write: company * 20 min",
            "      when done: pytest --plan --plan-done write:company",
            "  [[] ] Write: post · if you like * 15 min",
            "  [[]?] Can you say it in a minute?",
            "      yes: pytest --plan --plan-done check:evening",
            "ahead",
            "  day 2: 20 min of 1 h 30",
            "target for the end of day 1: sql 0/2, cards 0/5",
            "0 of 4 tasks of the plan are done; 1 more ask for what is not in this collection",
        ]
    )


def test_a_plan_that_begins_later(shop: Workspace) -> None:
    """It asks for nothing yet, and says how to begin all the same."""
    shop.run("--plan", "own", "--plan-interview", "2026-12-31").stdout.fnmatch_lines(
        [
            "begins in 56 days · interview in 57 days * 0 min asked for",
            "Its first day is 30 December 2026. Until then it asks for nothing.",
            "What you do before counts; to begin now:",
            "  pytest katas/sql/joins/no_orders",
        ]
    )


def test_what_is_done_is_marked(shop: Workspace) -> None:
    """Katas by the record, the rest by ticks."""
    shop.run("--plan", "own", "--plan-interview", "2026-11-05")
    record(shop, attempt(ORDERS, "accepted", datetime(2026, 11, 4, 11, tzinfo=UTC), spent=500))
    result = shop.run(
        "--plan", "--plan-done", "write:company", "--plan-done=check:evening", "--plan-note", "ok"
    )
    assert result.ret == 0
    assert events(shop, "tick") == [
        {"task": "write:company", "note": "ok"},
        {"task": "check:evening", "note": "ok"},
    ]
    result.stdout.fnmatch_lines(
        [
            "  [[]x] The no orders (easy)",
            "  [[]x] Write: company",
            "  [[]x] Can you say it in a minute?",
            "target for the end of day 1: sql 1/2, cards 0/5",
            "2 of 4 tasks of the plan are done*",
        ]
    )


def test_what_does_not_fit_is_named(shop: Workspace) -> None:
    """With the choices."""
    result = shop.run("--plan", "own", "--plan-interview", "2026-11-05", "--plan-minutes", "30")
    result.stdout.fnmatch_lines(
        [
            "does not fit into today: 27 min",
            "  2 python katas*27 min",
            "  [[]1] more time: pytest --plan --plan-minutes 56",
            "  [[]2] less scope: leave pick:python out; it asks for 27 min",
            "  [[]3] another priority: no later day has room, so something else has to give way",
        ]
    )


def test_a_path_after_the_option_is_a_path(shop: Workspace) -> None:
    """``pytest --plan katas/sql`` selects; it does not look for a plan of that name."""
    shop.run("--plan", "own", "--plan-interview", "2026-11-05")
    result = shop.run("--plan", "katas/sql")
    assert result.ret == 0
    assert "   -  2 python katas (2 of 2 python not selected)" in result.outlines
    assert len(events(shop, "plan")) == 1


def test_a_plan_may_be_a_file_of_one_s_own(shop: Workspace) -> None:
    """By its path."""
    shop.write("mine.toml", PLAN.replace("My own plan", "Elsewhere"))
    result = shop.run("--plan", "mine.toml", "--plan-interview", "2026-11-05")
    assert result.outlines[0] == "Wednesday 4 November 2026 · Elsewhere"


def test_another_plan_can_be_chosen_where_the_chosen_one_is_gone(shop: Workspace) -> None:
    """A plan's file that was deleted is named, and does not bar the way to the others."""
    shop.run("--plan", "own")
    shop.write("plans/second.toml", PLAN.replace('"own"', '"second"').replace("My own", "Another"))
    (shop.root / "plans" / "own.toml").unlink()
    gone = shop.run("--plan")
    assert gone.ret == 4
    gone.stderr.fnmatch_lines(["ERROR: plans: there is no plan 'own'*"])
    result = shop.run("--plan", "second", "--plan-done", "write:company")
    assert result.ret == 0
    result.stdout.fnmatch_lines(["*Another plan*"])
    assert [data["plan"] for data in events(shop, "plan")] == ["own", "second"]
    assert [data["task"] for data in events(shop, "tick")] == ["write:company"]


def test_the_configuration_may_name_plan_date_and_minutes(shop: Workspace) -> None:
    """Until the learner says otherwise."""
    ini = ("-o", "prep_plan=own", "-o", "prep_interview=2026-11-05", "-o", "prep_minutes=30")
    result = shop.run("--plan", *ini)
    assert result.outlines[1] == (
        "day 1 of 2 · interview in 1 day · 30 min today, 56 min asked for"
    )
    assert events(shop, "plan") == []


def test_a_workspace_without_plans_has_those_of_the_package(shop: Workspace) -> None:
    """Nobody has to copy a folder first."""
    (shop.root / "plans" / "own.toml").unlink()
    (shop.root / "plans").rmdir()
    result = shop.run("--plan", "two-day", "--plan-interview", "2026-11-06")
    assert result.ret == 0
    assert result.outlines[0] == "Wednesday 4 November 2026 · Two days before the interview"
    assert result.outlines[1].startswith("day 1 of 3 · interview in 2 days · 9 h 00 today, ")


def test_a_plan_in_tiers_deals_out_the_minutes(shop: Workspace) -> None:
    """Of sixty minutes what is critical comes first."""
    (shop.root / "plans" / "own.toml").unlink()
    (shop.root / "plans").rmdir()
    result = shop.run("--plan", "tiered", "--plan-minutes", "40")
    assert result.ret == 0
    result.stdout.fnmatch_lines(
        [
            "*· 40 min today, 2 h 10",
            "System-design basics",
            "  [[] ] Design: Quiz scoring at 800 requests/s * 30 min",
            "Before and during the assessment",
            "  [[] ] Checklist: before and during the assessment * 10 min",
        ]
    )


def test_the_clock_starts_when_its_plan_is_chosen(
    shop: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fifteen minutes later round 2 may begin; hours later the clock has stopped."""
    (shop.root / "plans" / "own.toml").unlink()
    (shop.root / "plans").rmdir()
    first = shop.run("--plan", "live-interview")
    assert first.outlines[0] == "A live interview by the clock · minute 0 of 90"
    monkeypatch.setenv("PREP_NOW", datetime(2026, 11, 4, 12, 16, tzinfo=UTC).isoformat())
    later = shop.run("--plan")
    later.stdout.fnmatch_lines(
        ["*minute 16 of 90", "now  2–40 min Round 1:*", "now 15–30 min Round 2: writes"]
    )
    monkeypatch.setenv("PREP_NOW", datetime(2026, 11, 4, 19, tzinfo=UTC).isoformat())
    stopped = shop.run("--plan")
    stopped.stdout.fnmatch_lines(["*the clock is not running", "start the clock: pytest --plan*"])


@pytest.mark.parametrize("columns", [40, 80])
def test_no_line_is_longer_than_the_terminal(
    shop: Workspace, columns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And commands are whole, if on two lines."""
    monkeypatch.setenv("COLUMNS", str(columns))
    lines = shop.run("--plan", "own", "--plan-interview", "2026-11-05").outlines
    assert max(map(len, lines)) <= columns
    assert "…" not in "".join(lines)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--plan", "onw"], "there is no plan 'onw'; did you mean 'own'? (there are: own)"),
        (["--plan", "none.toml"], "cannot be read: No such file or directory"),
        (["--plan", "--plan-interview", "soon"], "'soon' is not a date such as 2026-12-01"),
        (["--plan", "--plan-minutes", "0"], "'0' is not a number of minutes a day"),
        (["--plan-minutes", "90"], "--plan-minutes goes with --plan: add that"),
        (["--plan", "--plan-done", "x"], "no plan is chosen; choose one first"),
        (["--plan", "own", "--plan-done", "write:compny"], "did you mean 'write:company'?"),
        (["--plan", "--progress"], "one mode at a time"),
    ],
)
def test_wrong_usage_is_one_clear_line(shop: Workspace, arguments: list[str], message: str) -> None:
    """With pytest's exit code for it, and nothing kept."""
    if "write:compny" in arguments:
        shop.run("--plan", "own")
    kept = len(events(shop, "plan"))
    result = shop.run(*arguments)
    assert result.ret == 4
    assert message in result.stderr.str()
    assert "Traceback" not in result.stderr.str()
    assert len(events(shop, "plan")) == kept


def test_a_broken_plan_leaves_the_others(shop: Workspace) -> None:
    """It is named on stderr."""
    shop.write("plans/bad.toml", "schema = 1\n")
    result = shop.run("--plan", "own")
    assert result.ret == 0
    assert result.errlines == [
        f"left out: {Path('plans/bad.toml').as_posix()}: id: is missing; "
        'add an id such as "sql-last-flight"'
    ]


def test_the_plan_shows_on_the_dashboard(shop: Workspace) -> None:
    """How many tasks are done, and the targets."""
    shop.run("--plan", "own", "--plan-interview", "2026-11-05")
    shop.run("--progress").stdout.fnmatch_lines(
        [
            "plan   My own plan · day 1 of 2 · 0 of 4 tasks done",
            "       by the end of day 1: sql 0/2, cards 0/5",
        ]
    )


def test_what_the_last_interview_left_comes_back(shop: Workspace) -> None:
    """The action items of the last mock interview that has any stand below the day."""
    shop.run("--plan", "own", "--plan-interview", "2026-11-05")
    for hour, actions in ((8, ["old"]), (9, ["say the result first", "ask for numbers"]), (10, [])):
        moment = datetime(2026, 11, 4, hour, tzinfo=UTC)
        data = {"interview": f"i{hour}", "script": "coding-20", "kind": "coding", "score": 50}
        record(shop, new_event("mock", data | {"actions": actions}, moment=moment))
    result = shop.run("--plan")
    result.stdout.fnmatch_lines(
        [
            "from your last mock interview, to work on:",
            "- say the result first",
            "- ask for numbers",
        ]
    )
    result.stdout.no_fnmatch_line("- old")
