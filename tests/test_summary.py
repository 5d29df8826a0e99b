"""How much is shown: first and later cases, the summary by kata, the next step."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from workspace import PRICE_KATA as KATA
from workspace import PRICES, failures

if TYPE_CHECKING:
    from workspace import Workspace


ANSWER = f"katas/{KATA}/answer.sql"


def test_second_and_later_rejected_cases_are_brief(judged) -> None:
    """The first rejected case is shown in full, the next ones in a line each."""
    result = judged("SELECT item, -price FROM prices")
    blocks = failures(result)
    assert len(blocks["sample"]) > 4
    assert len(blocks["edge_unknown"]) == 1
    assert blocks["edge_unknown"][0].startswith("wrong answer: ")


def test_each_kata_s_first_rejected_case_is_full(katas: Workspace) -> None:
    """Brevity is per kata."""
    for path in ("sql/window/podium", "sql/joins/no_orders"):
        katas.answer(path, "SELECT 1")
    shown = "\n".join(katas.run("katas/sql").outlines)
    for path in ("sql/window/podium", "sql/joins/no_orders"):
        assert f"\nkatas/{path}/answer.sql\n" in shown


@pytest.mark.parametrize(
    ("style", "shown"),
    [
        ("long", "this data: *"),
        ("short", "this data: *"),
        ("line", f"*{ANSWER}:1: wrong answer: *"),
        ("no", "*= katas: 1 wrong answer =*"),
    ],
)
def test_traceback_styles(judged, style: str, shown: str) -> None:
    """``--tb`` shortens a rejected case as it shortens any failure."""
    result = judged("SELECT item, coalesce(price, 0) FROM prices", f"--tb={style}")
    result.stdout.fnmatch_lines([shown])
    if style in ("line", "no"):
        result.stdout.no_fnmatch_line("this data: *")


def test_wide_tables_fit_the_terminal(judged, monkeypatch) -> None:
    """Columns that do not fit are counted, long values are cut, line ends are visible."""
    monkeypatch.setenv("COLUMNS", "60")
    columns = ", ".join(f"'{'x' * 40}' AS column_{n}" for n in range(5))
    result = judged(
        f"SELECT 'a\nb' AS item, {columns}",
        reference=f"SELECT item, {columns} FROM prices",
        cases={},
    )
    lines = failures(result)["sample"]
    assert all(len(line) <= 60 for line in lines if line.startswith("  "))
    assert any("more columns" in line for line in lines)
    assert any("…" in line for line in lines)
    assert any("⏎" in line or "\\n" in line for line in lines)


def test_summary_of_a_mixed_run(katas: Workspace) -> None:
    """Katas are counted by their gravest verdict; the next step is the first rejected kata."""
    katas.solve("sql/joins/no_orders", "python/text/initials")
    katas.answer("sql/window/podium", "SELECT item, price FROM price")
    katas.answer("sql/window/latest_price", "SELECT item, max(price) FROM prices GROUP BY 1")
    result = katas.run()
    result.stdout.fnmatch_lines(
        [
            "*= katas: 2 accepted · 1 to do · 1 wrong answer · 1 crashed =*",
            "accepted      katas/python/text/initials     3 cases, slowest *",
            "accepted      katas/sql/joins/no_orders      2 cases, slowest *",
            "wrong answer  katas/sql/window/latest_price",
            "    edge_unknown: Column 2 (price) is wrong: *",
            "crashed       katas/sql/window/podium        sample and 1 more: Catalog Error: *",
            "newly accepted: initials, no_orders",
            "today: 0 of 30 minutes",
            "next: pytest katas/sql/window/latest_price",
        ],
        consecutive=True,
    )


def test_next_step_is_the_easiest_kata_to_do(katas: Workspace) -> None:
    """Without a rejected kata the easiest and shortest untouched one comes next."""
    toml = katas.root / "katas/sql/joins/no_orders/kata.toml"
    toml.write_text(toml.read_text().replace("minutes = 10", "minutes = 8"))
    result = katas.run()
    result.stdout.fnmatch_lines(
        [
            "*= katas: 5 to do =*",
            "next: The no orders (easy, 8 minutes)",
            "      read    katas/sql/joins/no_orders/README.md",
            "      write   katas/sql/joins/no_orders/answer.sql",
            "      run     pytest katas/sql/joins/no_orders",
        ],
        consecutive=True,
    )
    katas.solve("sql/joins/no_orders")
    katas.run().stdout.fnmatch_lines(["next: The initials (easy, 10 minutes)"])


def test_summary_of_many_katas(workspace: Workspace) -> None:
    """Where there are many, only the rejected ones are listed, and only twelve of them."""
    for number in range(20):
        answer = "FROM prices" if number % 4 == 0 else "SELECT 1"
        workspace.sql_kata(f"sql/basics/kata_{number:02}", **{**PRICES, "cases": {}}, answer=answer)
    result = workspace.run()
    result.stdout.fnmatch_lines(
        [
            "*= katas: 5 accepted · 15 wrong answer =*",
            "wrong answer  katas/sql/basics/kata_01  sample: *",
            "wrong answer  katas/sql/basics/kata_15  sample: *",
            "… and 3 more",
            "next: pytest katas/sql/basics/kata_01",
        ]
    )
    shown = result.outlines[result.outlines.index(result.stdout.lines[-1]) - 30 :]
    assert sum(line.startswith("wrong answer  ") for line in shown) == 12


def test_answers_of_the_solutions(katas: Workspace) -> None:
    """``--answers=solutions`` judges the references, whatever the learner wrote."""
    katas.answer("sql/window/podium", "nonsense")
    result = katas.run("--answers=solutions")
    result.assert_outcomes(passed=12)
    result.stdout.fnmatch_lines(["*= katas: 5 accepted =*"])
    result.stdout.no_fnmatch_line("next:*")


def test_an_unknown_value_of_answers(katas: Workspace) -> None:
    """A mistyped value is a usage error that names the choices."""
    result = katas.run("--answers=theirs")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(
        ["*--answers: invalid choice: 'theirs' (choose from *mine*solutions*"]
    )


def test_the_list_by_item_is_left_out_where_it_would_only_repeat(judged, katas: Workspace) -> None:
    """``-r`` brings it back, and a failing test that is no kata keeps it."""
    answer = "SELECT item, -price FROM prices"
    judged(answer).stdout.no_fnmatch_line("*short test summary info*")
    judged(answer, "-rf").stdout.fnmatch_lines(["*short test summary info*", "WRONG ANSWER *"])
    katas.answer("sql/window/podium", "SELECT 1")
    katas.write("tests/test_other.py", "def test_fails(): assert False")
    katas.run("katas", "tests").stdout.fnmatch_lines(["*short test summary info*"])
