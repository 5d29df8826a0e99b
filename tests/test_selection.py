"""Which cases run: -k, -m, what failed last, stopping early, only collecting, exit codes."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from pytest_prep.selection import Keywords

if TYPE_CHECKING:
    from workspace import Workspace

ORDERS = ["katas/sql/joins/no_orders/answer.sql::" + case for case in ("sample", "edge_null_key")]
LATEST = [
    "katas/sql/window/latest_price/answer.sql::" + case
    for case in ("sample", "edge_ties", "edge_unknown")
]
PODIUM = ["katas/sql/window/podium/answer.sql::" + case for case in ("sample", "edge_empty")]
SUM = [
    "katas/python/numbers/running_sum/test_running_sum.py::" + case
    for case in ("test_sample", "TestEdges::test_edge_empty")
]
INITIALS = [
    "katas/python/text/initials/test_initials.py::" + case
    for case in ("test_sample", "test_edge_blank[]", "test_edge_blank[   ]")
]


@pytest.mark.parametrize(
    ("expression", "wanted"),
    [
        ("window", [*SUM, *LATEST, *PODIUM]),
        ("window and sql", [*LATEST, *PODIUM]),
        ("ranking and not hard", LATEST),
        ("hard", PODIUM),
        ("easy", [*INITIALS, *ORDERS]),
        ("podium", PODIUM),
        ("PODIUM", PODIUM),
        ("sql-podium", PODIUM),
        ("py-initials", []),
        ("python-initials", INITIALS),
        ("anti-join", ORDERS),
        ("edge_ties", LATEST[1:2]),
        ("sample", [SUM[0], INITIALS[0], ORDERS[0], LATEST[0], PODIUM[0]]),
        ("window and edge", [SUM[1], *LATEST[1:], PODIUM[1]]),
        ("not (sql or python)", []),
        ("answer.sql", [*ORDERS, *LATEST, *PODIUM]),
    ],
)
def test_k_knows_folders_ids_levels_topics_and_cases(
    katas: Workspace, expression: str, wanted: list[str]
) -> None:
    """``-k`` matches any part of any of a kata's names, in either letter case."""
    assert katas.ids("-k", expression) == wanted


@pytest.mark.parametrize("expression", ["window and", "(window", "window or or podium", "a(b=1)"])
def test_a_malformed_k_is_pytest_s_own_error(katas: Workspace, expression: str) -> None:
    """Who mistypes an expression reads what pytest says of it anywhere else."""
    result = katas.run("-k", expression)
    katas.write("plain/test_plain.py", "def test_it(): pass")
    katas.write("plain.toml", "[tool.pytest]\nstrict = true\n")
    assert katas.run("-c", "plain.toml", "plain", plugins=()).ret == pytest.ExitCode.OK
    plain = katas.run("-c", "plain.toml", "-k", expression, "plain", plugins=())
    assert result.ret == plain.ret == pytest.ExitCode.USAGE_ERROR
    assert result.errlines == plain.errlines


def test_pruning_selects_what_pytest_selects(katas: Workspace, monkeypatch) -> None:
    """Leaving out early what ``-k`` cannot select never changes what it selects."""
    text = (
        "window ranking hard medium easy sql python podium edge edge_ties sample answer.sql kata "
        "katas sql-podium python-initials Edges blank blank[] loops s _ p pruning None Dir "
        "sql-latest-price anti-join test_sample asyncio timeout"
    )
    words = text.split()
    dice = random.Random(7)

    def expression(depth: int) -> str:
        kind = dice.choice(["word", "not", "and", "or"]) if depth else "word"
        if kind == "word":
            return dice.choice(words)
        if kind == "not":
            return f"not {expression(depth - 1)}"
        return f"({expression(depth - 1)} {kind} {expression(depth - 1)})"

    expressions = [*words, *(f"not {word}" for word in words[::5])]
    expressions += [expression(3) for _ in range(20)]
    pruned = {text: katas.ids("-k", text) for text in expressions}
    init = Keywords.__init__
    monkeypatch.setattr(Keywords, "__init__", lambda self, _: init(self, ""))
    whole = {text: katas.ids("-k", text) for text in expressions}
    assert pruned == whole
    assert len({tuple(ids) for ids in whole.values()}) > 12, "the expressions are too alike"


@pytest.mark.parametrize(
    "args",
    [
        ["katas/sql"],
        ["katas/sql/window"],
        ["katas/sql/window/podium"],
        ["katas/sql/window/podium/answer.sql"],
        ["katas/sql/window/podium/answer.sql::sample", "katas/sql/joins"],
        ["katas", "solutions"],
    ],
    ids=" ".join,
)
def test_pruning_below_any_path(katas: Workspace, monkeypatch, args: list[str]) -> None:
    """The same holds for a part of the katas."""
    expressions = ["window", "hard", "edge", "not podium", "kata and not easy", "sql-podium"]
    pruned = [katas.ids("-k", text, *args) for text in expressions]
    init = Keywords.__init__
    monkeypatch.setattr(Keywords, "__init__", lambda self, _: init(self, ""))
    assert pruned == [katas.ids("-k", text, *args) for text in expressions]


def test_markers_that_a_conftest_adds_are_keywords(katas: Workspace) -> None:
    """``-k`` finds an SQL kata by a marker which a conftest.py gave its cases."""
    katas.write(
        "katas/sql/conftest.py",
        """
        import pytest

        def pytest_configure(config):
            config.addinivalue_line("markers", "favourite: liked")

        def pytest_itemcollected(item):
            if item.name == "edge_ties":
                item.add_marker("favourite")
        """,
    )
    assert katas.ids("-m", "favourite") == LATEST[1:2]
    assert katas.ids("-k", "favourite") == LATEST[1:2]


@pytest.mark.parametrize(
    ("expression", "wanted"),
    [
        ('kata(level="medium")', [*SUM, *LATEST]),
        ('kata(topic="window")', [*SUM, *LATEST, *PODIUM]),
        ('kata(topic="window", level="hard")', PODIUM),
        ('kata(topic="ranking") and not kata(level="hard")', LATEST),
        ('kata(id="sql-no-orders")', ORDERS),
        ('kata(topic="win")', []),
        ("kata", [*SUM, *INITIALS, *ORDERS, *LATEST, *PODIUM]),
        ("not kata", []),
    ],
)
def test_m_knows_id_level_and_topic(katas: Workspace, expression: str, wanted: list[str]) -> None:
    """One marker, ``kata``, holds a kata's facts; each of its topics fits."""
    assert katas.ids("-m", expression) == wanted


def test_the_marker_is_listed(katas: Workspace) -> None:
    """``--markers`` tells how to use it."""
    katas.run("--markers").stdout.fnmatch_lines(
        ['@pytest.mark.kata(id, level, topic): *-m \'kata(level="hard", topic="window")\'']
    )


def test_the_selection_is_counted_in_katas(katas: Workspace) -> None:
    """Before the run the learner reads how many katas the selection holds."""
    katas.run().stdout.fnmatch_lines(["katas: 5 selected"])
    katas.run("katas/sql/window").stdout.fnmatch_lines(["katas: 2 selected"])
    katas.run("-k", "podium").stdout.fnmatch_lines(["katas: 1 of 5 selected"])
    katas.run("-m", "kata(level='hard')").stdout.fnmatch_lines(["katas: 1 of 5 selected"])


@pytest.fixture
def half_solved(katas: Workspace) -> Workspace:
    """Two katas accepted, one rejected on its two hidden cases, two to do."""
    katas.solve("sql/joins/no_orders", "sql/window/podium")
    katas.answer(
        "sql/window/latest_price",
        """
        SELECT item, coalesce(min(price) FILTER (WHERE day = 2), max(price)) AS price
        FROM prices GROUP BY item
        """,
    )
    return katas


def test_last_failed(half_solved: Workspace) -> None:
    """``--lf`` runs the rejected cases only, and all again once they are accepted."""
    half_solved.run().assert_outcomes(passed=5, failed=2)
    again = half_solved.run("--lf", "-v")
    again.assert_outcomes(failed=2)
    again.stdout.fnmatch_lines(["run-last-failure: rerun previous 2 failures*"])
    half_solved.solve("sql/window/latest_price")
    half_solved.run("--lf").assert_outcomes(passed=2)
    half_solved.run("--lf").assert_outcomes(passed=7)


def test_failed_first(half_solved: Workspace) -> None:
    """``--ff`` starts with the rejected cases."""
    half_solved.run()
    result = half_solved.run("--ff", "-v")
    judged = [line.split()[0] for line in result.outlines if "%]" in line]
    assert judged[:2] == LATEST[1:]
    assert len(judged) == 12


def test_stepwise(half_solved: Workspace) -> None:
    """``--sw`` stops at a rejected case and goes on there next time."""
    first = half_solved.run("--sw")
    assert first.ret == pytest.ExitCode.INTERRUPTED
    assert first.parseoutcomes()["failed"] == 1
    half_solved.solve("sql/window/latest_price")
    second = half_solved.run("--sw", "-v")
    second.assert_outcomes(passed=4, deselected=8)
    second.stdout.fnmatch_lines([f"{LATEST[1]} ACCEPTED*"])


@pytest.mark.parametrize(("option", "failed"), [("-x", 1), ("--maxfail=2", 2)])
def test_stopping_early(half_solved: Workspace, option: str, failed: int) -> None:
    """``-x`` and ``--maxfail`` count rejected cases; the summary holds what was judged."""
    result = half_solved.run(option)
    counts = result.parseoutcomes()
    assert counts["failed"] == failed
    result.stdout.fnmatch_lines([f"*stopping after {failed} failures*"])
    result.stdout.fnmatch_lines(["*= katas: 1 accepted · 2 to do · 1 wrong answer =*"])


def test_to_do_never_stops(katas: Workspace) -> None:
    """Untouched katas are neither failures nor stops."""
    result = katas.run("-x", "--sw")
    assert result.ret == pytest.ExitCode.OK
    assert result.parseoutcomes() == {"todo": 12}


def test_collect_only_judges_nothing(half_solved: Workspace) -> None:
    """The tree shows folders, answer and cases; there is no summary by kata."""
    result = half_solved.run("--collect-only", "katas/sql")
    assert result.ret == pytest.ExitCode.OK
    result.stdout.fnmatch_lines(
        [
            "*<KataTree sql>",
            "*<KataTree window>",
            "*<KataDir latest_price>",
            "*<AnswerFile answer.sql>",
            "*<CaseItem sample>",
            "*<CaseItem edge_ties>",
        ]
    )
    result.stdout.no_fnmatch_line("*to do*")
    result.stdout.no_fnmatch_line("next:*")


def test_collect_only_quietly(katas: Workspace) -> None:
    """``-q`` prints ids, ``-qq`` counts by file: what scripts and editors read."""
    assert katas.ids("katas/sql") == [*ORDERS, *LATEST, *PODIUM]
    result = katas.run("--collect-only", "-qq", "katas/sql/window")
    result.stdout.fnmatch_lines(
        [
            "katas/sql/window/latest_price/answer.sql: 3",
            "katas/sql/window/podium/answer.sql: 2",
        ]
    )


def test_collect_only_with_a_broken_kata(katas: Workspace) -> None:
    """The others are listed, the error is told, the exit code says so."""
    katas.write("katas/sql/window/podium/kata.toml", "id = 3")
    result = katas.run("--collect-only", "-q", "katas/sql")
    assert result.ret == pytest.ExitCode.INTERRUPTED
    result.stdout.fnmatch_lines(
        [
            *ORDERS,
            *LATEST,
            "*podium/kata.toml: id: 3 is not an id such as*",
            "5 tests collected, 1 error*",
        ]
    )


def test_exit_codes(katas: Workspace) -> None:
    """0: all accepted or to do. 1: one rejected. 5: nothing selected. 4: wrong usage."""
    assert katas.run().ret == pytest.ExitCode.OK
    katas.solve("sql/window/podium")
    assert katas.run().ret == pytest.ExitCode.OK
    assert katas.run("-k", "nothing").ret == pytest.ExitCode.NO_TESTS_COLLECTED
    assert katas.run("katas/sql/nothing").ret == pytest.ExitCode.USAGE_ERROR
    katas.answer("sql/window/podium", "SELECT 1")
    assert katas.run().ret == pytest.ExitCode.TESTS_FAILED
    katas.write("katas/sql/joins/no_orders/kata.toml", "id = 3")
    assert katas.run().ret == pytest.ExitCode.TESTS_FAILED


def test_control_c(katas: Workspace) -> None:
    """An interrupted run exits with 2 and still sums up what was judged."""
    katas.solve("sql/joins/no_orders")
    katas.write(
        "conftest.py",
        """
        def pytest_runtest_setup(item):
            if item.name == "edge_ties":
                raise KeyboardInterrupt
        """,
    )
    result = katas.run_outside("katas/sql")
    assert result.ret == pytest.ExitCode.INTERRUPTED
    result.stdout.fnmatch_lines(["*katas: 1 accepted · 1 to do*"])
