"""``[sql] require`` and ``forbid``: constructs are read off the answer's syntax tree."""

from __future__ import annotations

import sys
from pathlib import Path
from subprocess import run

import pytest

from pytest_prep.content.kata import CONSTRUCTS, SqlFacts
from pytest_prep.judging.requirements import NAMES, check_requirements

#: One answer that holds the construct on line 2, and one that only looks like it.
SAMPLES = {
    "window": (
        "SELECT a,\n row_number() OVER (ORDER BY a) FROM t",
        "SELECT a AS window FROM t -- row_number() OVER ()",
    ),
    "cte": (
        "WITH\n x AS (SELECT 1) FROM x",
        "SELECT * FROM (SELECT 1) AS x",
    ),
    "recursive-cte": (
        "WITH RECURSIVE\n r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r WHERE n < 3) FROM r",
        "WITH RECURSIVE x AS (SELECT 1) FROM x",
    ),
    "join": ("SELECT * FROM a\nJOIN b USING (k)", "SELECT 'JOIN' FROM a"),
    "outer-join": ("SELECT * FROM a\nLEFT JOIN b USING (k)", "SELECT * FROM a JOIN b USING (k)"),
    "self-join": (
        "SELECT * FROM t AS x\nJOIN t AS y ON x.a < y.a",
        "SELECT * FROM t WHERE a = (SELECT max(a) FROM t)",
    ),
    "subquery": (
        "SELECT * FROM t WHERE a IN (\nSELECT a FROM u)",
        "WITH u AS (SELECT 1) (SELECT * FROM u) UNION (SELECT 2)",
    ),
    "distinct": ("SELECT\nDISTINCT a FROM t", "SELECT count(DISTINCT a) FROM t"),
    "count-distinct": ("SELECT count(\nDISTINCT a) FROM t", "SELECT DISTINCT a FROM t"),
    "group-by": ("SELECT a FROM t\nGROUP BY a", "SELECT sum(a) OVER (PARTITION BY a) FROM t"),
    "having": (
        "SELECT a FROM t GROUP BY a\nHAVING count(*) > 1",
        "SELECT a FROM t WHERE a > 1 GROUP BY a",
    ),
    "qualify": (
        "SELECT a FROM t\nQUALIFY row_number() OVER (ORDER BY a) = 1",
        "SELECT a AS qualify FROM t",
    ),
    "order-by": ("SELECT a FROM t\nORDER BY a", "SELECT list(a ORDER BY a) FROM t"),
    "limit": ("SELECT a FROM t\nLIMIT 3", 'SELECT "limit" FROM t'),
    "union": ("SELECT 1\nUNION SELECT 2", "SELECT 1 EXCEPT SELECT 2"),
    "set-operation": ("SELECT 1\nEXCEPT SELECT 2", "SELECT 1 WHERE 'UNION' = 'EXCEPT'"),
    "case": ("SELECT\nCASE WHEN a THEN 1 END FROM t", "SELECT if(a, 1, 2) FROM t"),
}


def summary(sql, require=(), forbid=()):
    """Return what is said about a violation, None without one."""
    verdict = check_requirements(sql, SqlFacts(require=tuple(require), forbid=tuple(forbid)))
    if verdict is None:
        return None
    assert verdict.status == "invalid"
    return verdict.summary


def test_every_construct_has_a_name_and_a_sample():
    """The list in kata.toml's reader, the names in messages and these tests are in step."""
    assert set(SAMPLES) == set(CONSTRUCTS) == set(NAMES)


def test_the_reference_page_names_every_construct():
    """An author finds in the documentation what a kata may require and forbid."""
    page = (Path(__file__).parent.parent / "docs" / "reference.md").read_text(encoding="utf-8")
    (row,) = [line for line in page.split("\n") if "`[sql] forbid`" in line]
    assert not [name for name in CONSTRUCTS if f"`{name}`" not in row]


@pytest.mark.parametrize("construct", CONSTRUCTS)
def test_a_required_construct_must_be_there(construct):
    """What is asked for passes where it is used, and is missed where it is not."""
    used, not_used = SAMPLES[construct]
    assert summary(used, require=[construct]) is None
    assert (
        summary(not_used, require=[construct])
        == f"this kata asks for {NAMES[construct]}; the answer does without"
    )


@pytest.mark.parametrize("construct", CONSTRUCTS)
def test_a_forbidden_construct_is_named_with_its_line(construct):
    """What is forbidden is refused with the learner's line; a lookalike is not."""
    used, not_used = SAMPLES[construct]
    verdict = check_requirements(used, SqlFacts(forbid=(construct,)))
    assert verdict is not None
    assert (verdict.status, verdict.line) == ("invalid", 2)
    assert verdict.summary.startswith(f"line 2: {NAMES[construct]}")
    assert verdict.summary.endswith("; this kata is to be solved without")
    assert summary(not_used, forbid=[construct]) is None


def test_the_required_construct_is_offered_instead_of_the_forbidden_one():
    """Who uses the wrong tool and not the right one is told both in one sentence."""
    sql = "SELECT a.k\nFROM flights AS a\n\nJOIN flights AS b ON a.k = b.k"
    assert summary(sql, require=["window"], forbid=["self-join"]) == (
        "line 4: a self-join of flights; this kata asks for a window function instead"
    )


def test_all_violations_are_told():
    """The first by line is the summary; the others follow."""
    sql = "SELECT DISTINCT a\nFROM t\nORDER BY a\nLIMIT 1"
    verdict = check_requirements(sql, SqlFacts(forbid=("limit", "order-by", "distinct")))
    assert verdict is not None
    assert verdict.line == 1
    assert [line.split(";")[0] for line in verdict.detail.split("\n")] == [
        "line 3: ORDER BY",
        "line 4: LIMIT",
    ]


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM t AS x, t AS y",
        "WITH p AS (SELECT a FROM t) SELECT * FROM p AS x JOIN p AS y USING (a)",
        "SELECT * FROM t JOIN (SELECT a, max(b) AS b FROM t GROUP BY a) AS last USING (a, b)",
        "WITH last AS (SELECT a, max(b) AS b FROM T GROUP BY a) FROM t JOIN last USING (a, b)",
    ],
)
def test_a_self_join_is_seen_through_ctes_and_derived_tables(sql):
    """A table joined with what was computed from its rows is a self-join of it."""
    assert "a self-join of t;" in (summary(sql, forbid=["self-join"]) or "")


@pytest.mark.parametrize(
    "sql",
    [
        # a calendar
        "WITH c AS (SELECT unnest(generate_series(min(d), max(d), INTERVAL 1 DAY)) AS d FROM t) "
        "SELECT * FROM c LEFT JOIN t USING (d)",
        "WITH c AS (SELECT unnest(range(min(d), max(d))) AS d FROM t) "
        "SELECT * FROM c LEFT JOIN t USING (d)",
        # one row of totals
        "SELECT a / total FROM t CROSS JOIN (SELECT sum(a) AS total FROM t)",
        # a walk along a table of edges
        "WITH RECURSIVE r AS (SELECT 'A' AS n UNION SELECT t.b FROM r JOIN t ON t.a = r.n) "
        "SELECT * FROM r JOIN t ON t.a = r.n",
        # another schema's table of that name
        "WITH t AS (SELECT 1 AS a) SELECT * FROM t JOIN other.u USING (a)",
        # two readings that are never joined
        "SELECT a FROM t UNION ALL SELECT a FROM t",
    ],
)
def test_a_table_read_twice_is_not_always_a_self_join(sql):
    """A calendar, a total, recursion and a union are other techniques."""
    assert summary(sql, forbid=["self-join"]) is None


def test_what_sqlglot_cannot_parse_is_not_accused():
    """No violation is claimed on a text that only the engine understands."""
    assert summary("SELECT a FROM t WHERE ((", require=["window"], forbid=["case"]) is None


def test_the_judge_refuses_the_answer_on_every_case(katas):
    """A right answer by a forbidden way is invalid, and says how the kata wants it solved."""
    path = "sql/window/latest_price"
    katas.write(
        f"katas/{path}/kata.toml",
        katas.toml("latest_price", kind="sql", more='require = ["window"]\nforbid = ["group-by"]'),
    )
    katas.answer(
        path,
        """
        SELECT item, max(price) AS price FROM prices AS p
        WHERE day = (SELECT max(day) FROM prices WHERE item = p.item)
        GROUP BY item
        """,
    )
    result = katas.run(f"katas/{path}")
    result.stdout.fnmatch_lines(
        ["*invalid: line 3: GROUP BY; this kata asks for a window function instead*"]
    )
    assert result.parseoutcomes() == {"failed": 3}


def test_katas_without_requirements_never_load_sqlglot(katas):
    """The normal path does not pay for the parser."""
    katas.solve("sql/window/podium")
    script = (
        "import sys, pytest\n"
        "code = pytest.main(['-q', '-p', 'prep', '-p', 'timeout', 'katas/sql/window/podium'])\n"
        "print(int(code), 'sqlglot' in sys.modules)\n"
    )
    done = run(
        [sys.executable, "-c", script], cwd=katas.root, capture_output=True, text=True, check=True
    )
    assert done.stdout.split("\n")[-2] == "0 False", done.stdout
