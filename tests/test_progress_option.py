"""``pytest --progress``: the dashboard, for a newcomer and for a record, wide, narrow and plain."""

from __future__ import annotations

from datetime import UTC, datetime
from textwrap import dedent

import pytest
from records import at, attempt, card, choose, mock
from workspace import Workspace

from pytest_prep.progress.collection import KataFacts
from pytest_prep.progress.store import open_store

PRICE = KataFacts(
    "sql-latest-price", "", "katas/sql/window/latest_price", ("sql", "window"), "medium",
    ("window", "ranking"), 10,
)  # fmt: skip
ORDERS = KataFacts(
    "sql-no-orders", "", "katas/sql/joins/no_orders", ("sql", "joins"), "easy",
    ("join", "anti-join"), 10,
)  # fmt: skip


@pytest.fixture
def shop(katas: Workspace, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """Five katas on a Wednesday noon, in eighty columns."""
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("PREP_NOW", datetime(2026, 11, 4, 12, tzinfo=UTC).isoformat())
    monkeypatch.delenv("PREP_STORE", raising=False)
    return katas


def record(workspace: Workspace, *events) -> None:
    """Put events into the workspace's store."""
    store = open_store(str(workspace.root / ".prep" / "progress.sqlite3"))
    store.append(events)
    store.close()


def practised(workspace: Workspace) -> None:
    """Record three days of practice."""
    record(
        workspace,
        *(attempt(PRICE, "wrong_answer", at(6 * n), spent=360) for n in range(5)),
        attempt(ORDERS, "accepted", at(60), spent=600),
        card("a", 3, at(days=1)),
        card("b", 1, at(1, days=1)),
        mock("coding", 60, at(40, days=1)),
        attempt(PRICE, "time_limit", at(days=2), spent=1500),
        choose(at(days=2), interview="2026-11-14", minutes=20),
    )


def test_a_newcomer_is_invited(shop: Workspace) -> None:
    """Short and true: what there is, and one thing to do."""
    result = shop.run("--progress")
    assert result.ret == 0
    assert result.outlines == [
        "Wednesday 4 November 2026",
        "",
        "Nothing is recorded yet. 5 katas to practise. What you try from here on is kept,",
        "and shows here.",
        "",
        "katas  ░░░░░░░░░░░░░░░░░░░░ 0/5 0%  easy 0/2 · medium 0/2 · hard 0/1",
        "sql    ░░░░░░░░░░░░░░░░░░░░ 0/3 0%  easy 0/1 · medium 0/1 · hard 0/1",
        "python ░░░░░░░░░░░░░░░░░░░░ 0/2 0%  easy 0/1 · medium 0/1",
        "",
        "easy   ░░░░░░░░░░░░░░░░░░░░ 0/2 0%",
        "medium ░░░░░░░░░░░░░░░░░░░░ 0/2 0%",
        "hard   ░░░░░░░░░░░░░░░░░░░░ 0/1 0%",
        "",
        "next",
        "  1. a first kata: The initials (easy, 10 min)",
        "     pytest katas/python/text/initials",
        "  2. choose a plan and the interview's date",
        "     pytest --plan",
        "",
    ]


def test_everything_of_a_record_is_shown(shop: Workspace) -> None:
    """Areas, levels, cards, interviews, time, streak, weak topics, charts and steps."""
    practised(shop)
    result = shop.run("--progress")
    expected = """
        Wednesday 4 November 2026 · interview in 10 days (14 November 2026)
        katas    * 1/5  20%  easy 1/2 · medium 0/2 · hard 0/1
        sql      * 1/3  33%  easy 1/1 · medium 0/1 · hard 0/1
          joins  * 1/1 100%
          window * 0/2   0%
        cards  2 seen · recall 8?% · average grade 2.0 of 4 · 1 due today
        mocks  1 interview · average 60 of 100 · last 60
        time   today ██████████ 25 min of 20 min, goal met · in total 1 h 26
               today: sql 25 min
        streak 1 day · today counts already
        weak, and why
          ranking 5.5 × the expected time; 0 of 6 attempts accepted
          window  5.5 × the expected time; 0 of 6 attempts accepted
        the last 12 weeks, a column each
          Mon · · · · · · · · · · · █
          Tue · · · · · · · · · · · ▓
        katas solved, 3 days
          1 █████████
        attempts accepted, by topic
          ranking   ░* 0 of 6
          join      █* 1 of 1
          unknown, never tried: loops, strings
        where the time went
          sql   *█* 1 h 05, 76%
        next
          1. finish The latest price (last time: too slow)
             pytest katas/sql/window/latest_price
          2. 1 card due for review
             pytest --flash
          3. 1 solved kata due to be solved again
             pytest --due
          4. weak: window (5.5 × the expected time); practise it with The running sum
             pytest katas/python/numbers/running_sum
        """
    result.stdout.fnmatch_lines(dedent(expected).strip().split("\n"))


@pytest.mark.parametrize("columns", [40, 80])
def test_no_line_is_longer_than_the_terminal(
    shop: Workspace, columns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor does any end in blanks, and there is no colour in a pipe."""
    monkeypatch.setenv("COLUMNS", str(columns))
    practised(shop)
    lines = shop.run("--progress").outlines
    assert max(map(len, lines)) <= columns
    assert not [line for line in lines if line != line.rstrip() or "\x1b" in line]


def test_colours_come_where_pytest_has_them(shop: Workspace) -> None:
    """``--color=yes`` paints, and every colour stands beside a word or a number."""
    practised(shop)
    painted = shop.run("--progress", "--color=yes").stdout.str()
    assert "\x1b[1m" in painted
    plain = shop.run("--progress", "--color=no").stdout.str()
    assert "\x1b" not in plain


def test_katas_come_back_as_a_step(shop: Workspace) -> None:
    """What ``--due`` would select is counted."""
    record(shop, attempt(ORDERS, "accepted", at(days=-30), spent=300))
    shop.run("--progress").stdout.fnmatch_lines(
        ["next", "  1. 1 solved kata due to be solved again", "     pytest --due"]
    )


def test_paths_and_k_narrow_it(shop: Workspace) -> None:
    """Only those katas, with their time and their weak topics; no cards, no interviews."""
    practised(shop)
    lines = shop.run("--progress", "katas/sql", "-k", "window").outlines
    assert lines[1] == "the 2 selected katas only"
    text = "\n".join(lines)
    assert "mocks" not in text
    assert "streak" not in text
    assert "joins" not in text
    assert "time   today 25 min · in total 55 min" in text


def test_a_marker_narrows_it(shop: Workspace) -> None:
    """``-m`` too."""
    lines = shop.run("--progress", "-m", 'kata(level="easy")').outlines
    assert lines[1] == "the 2 selected katas only"


def test_naming_all_katas_narrows_nothing(shop: Workspace) -> None:
    """``pytest --progress katas`` is ``pytest --progress``."""
    assert shop.run("--progress", "katas").outlines == shop.run("--progress").outlines


def test_nothing_selected_is_told(shop: Workspace) -> None:
    """And is no error."""
    result = shop.run("--progress", "-k", "nothing_of_the_kind")
    assert result.ret == 0
    assert "No kata is selected: leave paths, -k and -m out to see them all." in result.outlines


def test_a_python_kata_is_shown_without_its_tests(shop: Workspace) -> None:
    """Importing a test module, with pandas perhaps, would cost more than all the rest."""
    shop.write("katas/python/text/initials/test_initials.py", "raise SystemExit('imported')\n")
    assert "python ░░░░░░░░░░░░░░░░░░░░ 0/2 0%  easy 0/1 · medium 0/1" in (
        shop.run("--progress").outlines
    )


def test_a_broken_kata_hides_no_other(shop: Workspace) -> None:
    """It is left out of the figures."""
    shop.write("katas/sql/joins/no_orders/kata.toml", "level = 3")
    lines = shop.run("--progress").outlines
    assert "sql    ░░░░░░░░░░░░░░░░░░░░ 0/2 0%  medium 0/1 · hard 0/1" in lines


def test_a_store_that_cannot_be_read_is_one_line(
    shop: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The dashboard of an empty record follows."""
    shop.write("taken", "no folder")
    monkeypatch.setenv("PREP_STORE", str(shop.root / "taken" / "x.sqlite3"))
    result = shop.run("--progress")
    assert result.ret == 0
    assert len(result.errlines) == 1
    assert result.errlines[0].startswith("the record cannot be read: ")
    assert "  1. a first kata: The initials (easy, 10 min)" in result.outlines


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("prep_interview", "soon", "*prep_interview: 'soon' is not a date such as 2026-12-01*"),
        ("prep_minutes", "many", "*prep_minutes: 'many' is not a number of minutes a day*"),
    ],
)
def test_a_wrong_setting_is_told(shop: Workspace, key: str, value: str, message: str) -> None:
    """With its name, and what belongs there."""
    result = shop.run("--progress", "-o", f"{key}={value}")
    assert result.ret == 4
    result.stderr.fnmatch_lines([message])


def test_the_date_may_stand_in_the_configuration(shop: Workspace) -> None:
    """Where the learner never said another."""
    line = shop.run("--progress", "-o", "prep_interview=2026-11-05").outlines[0]
    assert line == "Wednesday 4 November 2026 · interview in 1 day (5 November 2026)"
