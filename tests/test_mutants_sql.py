"""SQL mutants: which there are, how they are written, what kills them, what proves them equal."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from pytest_prep.content.kata import Kata, SqlFacts, read_kata
from pytest_prep.judging.engines.duckdb import DuckDB
from pytest_prep.judging.execute import SearchSettings
from pytest_prep.judging.judge import Judge
from pytest_prep.judging.mutants.mutant import Fate, Mutant
from pytest_prep.judging.mutants.proof import SAME_FORM, SAME_PLAN, Prover
from pytest_prep.judging.mutants.sql import sql_mutants
from pytest_prep.judging.mutants.trial import try_mutants

REFERENCES = sorted((Path(__file__).parent.parent / "solutions" / "sql").glob("*/*/answer.sql"))


def mutants(sql: str, *, ordered: bool = True) -> list[Mutant]:
    """Return the mutants of a query on DuckDB."""
    return sql_mutants(sql, "duckdb", ordered=ordered)


def texts(sql: str, *, ordered: bool = True) -> set[str]:
    """Return the mutants in one line each, without the blanks that an edit may leave."""
    return {" ".join(m.text.split()) for m in mutants(sql, ordered=ordered)}


# -- the operators


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        pytest.param(
            "SELECT a FROM t JOIN u USING (k)",
            ["SELECT a FROM t LEFT JOIN u USING (k)", "SELECT a FROM t RIGHT JOIN u USING (k)"],
            id="inner join",
        ),
        pytest.param(
            "SELECT a FROM t LEFT JOIN u USING (k)",
            ["SELECT a FROM t JOIN u USING (k)", "SELECT a FROM t FULL JOIN u USING (k)"],
            id="left join",
        ),
        pytest.param(
            "SELECT a FROM t ANTI JOIN u USING (k)",
            ["SELECT a FROM t SEMI JOIN u USING (k)"],
            id="anti join",
        ),
        pytest.param(
            "SELECT a FROM t WHERE a = 1 AND b < c",
            [
                "SELECT a FROM t WHERE b < c",
                "SELECT a FROM t WHERE a = 1",
                "SELECT a FROM t WHERE a = 1 OR b < c",
                "SELECT a FROM t WHERE a <> 1 AND b < c",
                "SELECT a FROM t WHERE a = 2 AND b < c",
                "SELECT a FROM t WHERE a = 0 AND b < c",
                "SELECT a FROM t WHERE a = 1 AND b <= c",
                "SELECT a FROM t WHERE a = 1 AND b > c",
            ],
            id="predicates",
        ),
        pytest.param(
            "SELECT a FROM t WHERE a OR b",
            ["SELECT a FROM t WHERE a AND b", "SELECT a FROM t WHERE a", "SELECT a FROM t WHERE b"],
            id="or",
        ),
        pytest.param(
            "SELECT a FROM t WHERE (a OR b) AND c",
            ["SELECT a FROM t WHERE (a OR b) OR c", "SELECT a FROM t WHERE (a AND b) AND c"],
            id="brackets",
        ),
        pytest.param(
            "SELECT a FROM t WHERE a BETWEEN b AND c",
            [
                "SELECT a FROM t WHERE a > b AND a <= c",
                "SELECT a FROM t WHERE a >= b AND a < c",
            ],
            id="between",
        ),
        pytest.param(
            "SELECT a FROM t WHERE a IN ('x', 'y')",
            [
                "SELECT a FROM t WHERE a NOT IN ('x', 'y')",
                "SELECT a FROM t WHERE a IN ('y')",
                "SELECT a FROM t WHERE a IN ('x')",
            ],
            id="in",
        ),
        pytest.param(
            "SELECT a FROM t WHERE NOT EXISTS (SELECT 1 FROM u WHERE u.k = t.k AND u.b > 0)",
            [
                "SELECT a FROM t WHERE EXISTS (SELECT 1 FROM u WHERE u.k = t.k AND u.b > 0)",
                "SELECT a FROM t WHERE t.k NOT IN (SELECT u.k FROM u WHERE u.b > 0)",
            ],
            id="not exists",
        ),
        pytest.param(
            "SELECT a FROM t WHERE t.k NOT IN (SELECT k FROM u)",
            [
                "SELECT a FROM t WHERE t.k IN (SELECT k FROM u)",
                "SELECT a FROM t WHERE NOT EXISTS(SELECT 1 FROM u WHERE u.k = t.k)",
            ],
            id="not in",
        ),
        pytest.param(
            "SELECT a FROM t WHERE a IS NOT NULL AND b <> c",
            [
                "SELECT a FROM t WHERE a IS NULL AND b <> c",
                "SELECT a FROM t WHERE a IS NOT NULL AND b IS DISTINCT FROM c",
            ],
            id="null",
        ),
        pytest.param(
            "SELECT coalesce(a, b), avg(c) FROM t",
            ["SELECT a, avg(c) FROM t", "SELECT coalesce(a, b), avg(COALESCE(c, 0)) FROM t"],
            id="coalesce",
        ),
        pytest.param(
            "SELECT count(*), count(a), count(DISTINCT b) FROM t",
            [
                "SELECT count(a), count(a), count(DISTINCT b) FROM t",
                "SELECT count(b), count(a), count(DISTINCT b) FROM t",
                "SELECT count(*), count(*), count(DISTINCT b) FROM t",
                "SELECT count(*), count(DISTINCT a), count(DISTINCT b) FROM t",
                "SELECT count(*), count(a), count(b) FROM t",
            ],
            id="count",
        ),
        pytest.param(
            "SELECT sum(a) FILTER (WHERE b) FROM t",
            ["SELECT sum(a) FROM t", "SELECT AVG(a) FILTER (WHERE b) FROM t"],
            id="filter",
        ),
        pytest.param(
            "SELECT a FROM t UNION SELECT a FROM u",
            [
                "SELECT a FROM t UNION ALL SELECT a FROM u",
                "SELECT a FROM t",
                "SELECT a FROM u",
            ],
            id="union",
        ),
        pytest.param(
            "SELECT a FROM t EXCEPT SELECT a FROM u",
            ["SELECT a FROM t INTERSECT SELECT a FROM u", "SELECT a FROM t"],
            id="except",
        ),
        pytest.param(
            "SELECT a, b, count(*) FROM t GROUP BY a, b",
            [
                "SELECT MIN(a) AS a, b, COUNT(*) FROM t GROUP BY b",
                "SELECT a, MIN(b) AS b, COUNT(*) FROM t GROUP BY a",
            ],
            id="grouping key",
        ),
        pytest.param(
            "SELECT a FROM t ORDER BY a DESC, b LIMIT 3",
            [
                "SELECT a FROM t LIMIT 3",
                "SELECT a FROM t ORDER BY b LIMIT 3",
                "SELECT a FROM t ORDER BY a DESC LIMIT 3",
                "SELECT a FROM t ORDER BY a ASC, b LIMIT 3",
                "SELECT a FROM t ORDER BY a DESC NULLS FIRST, b LIMIT 3",
                "SELECT a FROM t ORDER BY a DESC, b",
                "SELECT a FROM t ORDER BY a DESC, b LIMIT 4",
            ],
            id="order and limit",
        ),
        pytest.param(
            "SELECT row_number() OVER (PARTITION BY a ORDER BY b) FROM t",
            [
                "SELECT RANK() OVER (PARTITION BY a ORDER BY b) FROM t",
                "SELECT DENSE_RANK() OVER (PARTITION BY a ORDER BY b) FROM t",
                "SELECT row_number() OVER (ORDER BY b) FROM t",
                "SELECT row_number() OVER (PARTITION BY a) FROM t",
                "SELECT row_number() OVER (PARTITION BY a ORDER BY b DESC) FROM t",
            ],
            id="ranking",
        ),
        pytest.param(
            "SELECT sum(a) OVER (ORDER BY b ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) FROM t",
            [
                "SELECT sum(a) OVER (ORDER BY b) FROM t",
                "SELECT sum(a) OVER (ORDER BY b RANGE BETWEEN 2 PRECEDING AND CURRENT ROW) FROM t",
                "SELECT sum(a) OVER (ORDER BY b ROWS BETWEEN 3 PRECEDING AND CURRENT ROW) FROM t",
                "SELECT sum(a) OVER (ORDER BY b ROWS BETWEEN 2 PRECEDING AND 1 PRECEDING) FROM t",
            ],
            id="frame",
        ),
        pytest.param(
            "SELECT last_value(a) OVER (ORDER BY b) FROM t",
            [
                "SELECT FIRST_VALUE(a) OVER (ORDER BY b) FROM t",
                "SELECT last_value(a) OVER (ORDER BY b ROWS BETWEEN UNBOUNDED PRECEDING AND "
                "UNBOUNDED FOLLOWING) FROM t",
            ],
            id="default frame",
        ),
        pytest.param(
            "SELECT CASE WHEN a THEN 'x' WHEN b THEN 'y' ELSE 'z' END FROM t",
            [
                "SELECT CASE WHEN b THEN 'y' WHEN a THEN 'x' ELSE 'z' END FROM t",
                "SELECT CASE WHEN b THEN 'y' ELSE 'z' END FROM t",
                "SELECT CASE WHEN a THEN 'x' ELSE 'z' END FROM t",
                "SELECT CASE WHEN a THEN 'x' WHEN b THEN 'y' END FROM t",
            ],
            id="case",
        ),
        pytest.param(
            "SELECT date_trunc('month', d), isodow(d), d + INTERVAL 1 DAY FROM t",
            [
                "SELECT date_trunc('YEAR', d), isodow(d), d + INTERVAL 1 DAY FROM t",
                "SELECT date_trunc('month', d), DAYOFWEEK(d), d + INTERVAL 1 DAY FROM t",
                "SELECT date_trunc('month', d), isodow(d), d - INTERVAL 1 DAY FROM t",
                "SELECT date_trunc('month', d), isodow(d), d + INTERVAL 1 MONTH FROM t",
                "SELECT date_trunc('month', d), isodow(d), d + INTERVAL 2 DAY FROM t",
            ],
            id="dates",
        ),
        pytest.param(
            "SELECT a FROM t WHERE d >= '2013-02-28' AND b > 0.5",
            [
                "SELECT a FROM t WHERE d >= '2013-03-01' AND b > 0.5",
                "SELECT a FROM t WHERE d >= '2013-02-27' AND b > 0.5",
                "SELECT a FROM t WHERE d >= '2013-02-28' AND b > 0.6",
            ],
            id="constants",
        ),
        pytest.param(
            "SELECT round(a / b, 2), lower(c) FROM t",
            [
                "SELECT a / b, lower(c) FROM t",
                "SELECT round(a * b, 2), lower(c) FROM t",
                "SELECT round(a // b, 2), lower(c) FROM t",
                "SELECT round(a / b, 3), lower(c) FROM t",
                "SELECT round(a / b, 2), c FROM t",
            ],
            id="functions",
        ),
        pytest.param(
            "CREATE TABLE t (a INTEGER PRIMARY KEY, b DATE NOT NULL, UNIQUE (a, b), CHECK (a > 0))",
            [
                "CREATE TABLE t (a INTEGER, b DATE NOT NULL, UNIQUE (a, b), CHECK (a > 0))",
                "CREATE TABLE t (a INTEGER PRIMARY KEY, b DATE, UNIQUE (a, b), CHECK (a > 0))",
                "CREATE TABLE t (a INTEGER PRIMARY KEY, b DATE NOT NULL, CHECK (a > 0))",
                "CREATE TABLE t (a INTEGER PRIMARY KEY, b DATE NOT NULL, UNIQUE (b), "
                "CHECK (a > 0))",
                "CREATE TABLE t (a INTEGER PRIMARY KEY, b DATE NOT NULL, UNIQUE (a, b))",
                "CREATE TABLE t (a INTEGER PRIMARY KEY, b DATE NOT NULL UNIQUE, UNIQUE (a, b), "
                "CHECK (a > 0))",
                "CREATE TABLE t (a INTEGER PRIMARY KEY, b VARCHAR NOT NULL, UNIQUE (a, b), "
                "CHECK (a > 0))",
                "CREATE TABLE t (a INTEGER PRIMARY KEY, b DATE NOT NULL, UNIQUE (a, b), "
                "CHECK (a >= 0))",
            ],
            id="tables",
        ),
    ],
)
def test_operators(reference, expected):
    """Each mistake that learners make is among the mutants."""
    assert set(expected) - texts(reference) == set()


def test_an_order_that_is_not_judged_is_not_mutated():
    """ORDER BY at the end is mutated only where the order counts, or a LIMIT uses it."""
    plain = "SELECT a FROM t ORDER BY a"
    assert texts(plain, ordered=False) == {"SELECT DISTINCT a FROM t ORDER BY a"}
    assert "SELECT a FROM t" in texts(plain, ordered=True)
    assert "SELECT a FROM t LIMIT 1" in texts(f"{plain} LIMIT 1", ordered=False)


def test_what_only_tests_for_rows_gets_no_distinct():
    """DISTINCT means nothing to EXISTS, IN, UNION and a SELECT of totals."""
    for sql in (
        "SELECT count(*) FROM t WHERE EXISTS (SELECT a FROM u)",
        "SELECT count(*) FROM t WHERE a IN (SELECT a FROM u)",
        "SELECT a FROM t UNION SELECT a FROM u",
        "SELECT a, count(*) FROM t GROUP BY a",
    ):
        assert not [m for m in mutants(sql) if "SELECT DISTINCT" in m.text.upper()], sql


# -- how they are written


def test_a_mutant_is_an_edit_of_the_authors_text():
    """Layout, comments, letter case and the author's spelling stay; the line is the author's."""
    reference = (
        "-- the share of late flights\n"
        "select origin,\n"
        "    count(*) filter (where delay > 15)::DOUBLE / count(*) as share  -- a ratio\n"
        "from flights\n"
        "where delay is not null\n"
        "group by origin;\n"
    )
    found = {m.change: m for m in mutants(reference)}
    boundary = found["> → >="]
    assert boundary.description == "line 3: > → >="
    assert boundary.text == reference.replace("> 15", ">= 15")
    assert boundary.diff == (
        "-    count(*) filter (where delay > 15)::DOUBLE / count(*) as share  -- a ratio\n"
        "+    count(*) filter (where delay >= 15)::DOUBLE / count(*) as share  -- a ratio"
    )
    dropped = found["where delay is not null dropped"]
    assert dropped.text == reference.replace("\nwhere delay is not null", "")
    assert found["not dropped"].text == reference.replace("is not null", "is null")


def test_descriptions_are_unique():
    """Two equal changes of one line are numbered, so that notes can name each."""
    changes = [m.description for m in mutants("SELECT a + 1, b + 1 FROM t")]
    assert len(set(changes)) == len(changes)
    assert {"line 1: + → -", "line 1: + → - (2)"} <= set(changes)


@pytest.mark.parametrize("reference", REFERENCES, ids=lambda path: path.parent.name)
def test_every_mutant_of_a_reference_parses(reference):
    """No edit damages the text: DuckDB parses each mutant, and each differs from the others."""
    text = reference.read_text(encoding="utf-8")
    found = mutants(text)
    assert found
    assert len({m.text for m in found} - {text}) == len(found)
    for mutant in found:
        duckdb.extract_statements(mutant.text)
        assert mutant.diff


# -- proofs

SCHEMA = """
CREATE TABLE planes (tailnum VARCHAR PRIMARY KEY, year INTEGER, seats INTEGER NOT NULL);
CREATE TABLE flights (
    id INTEGER PRIMARY KEY,
    tailnum VARCHAR REFERENCES planes (tailnum),
    maker VARCHAR NOT NULL REFERENCES planes (tailnum),
    year INTEGER NOT NULL, month INTEGER NOT NULL, day INTEGER NOT NULL,
    carrier VARCHAR NOT NULL,
    delay INTEGER,
    tags VARCHAR,
    UNIQUE (carrier, year, month, day),
    UNIQUE (tailnum, carrier)
);
"""

SAME = [
    pytest.param(
        "SELECT count(*) FROM flights", "SELECT count(id) FROM flights", id="count of a key"
    ),
    pytest.param(
        "SELECT count(*) FROM flights WHERE delay > 3",
        "SELECT count(delay) FROM flights WHERE delay > 3",
        id="count of what WHERE found not null",
    ),
    pytest.param(
        "SELECT carrier, year, month, day FROM flights",
        "SELECT DISTINCT carrier, year, month, day FROM flights",
        id="distinct on a key",
    ),
    pytest.param(
        "SELECT tailnum, carrier FROM flights WHERE tailnum IS NOT NULL",
        "SELECT DISTINCT tailnum, carrier FROM flights WHERE tailnum IS NOT NULL",
        id="distinct on a key whose nulls are gone",
    ),
    pytest.param(
        "SELECT f.id, p.seats FROM flights f JOIN planes p ON p.tailnum = f.tailnum",
        "SELECT DISTINCT f.id, p.seats FROM flights f JOIN planes p ON p.tailnum = f.tailnum",
        id="distinct after a join to a key",
    ),
    pytest.param(
        "SELECT carrier, make_date(year, month, day) AS d FROM flights",
        "SELECT DISTINCT carrier, make_date(year, month, day) AS d FROM flights",
        id="distinct on a date made of the key",
    ),
    pytest.param(
        "SELECT f.id, p.seats FROM flights f JOIN planes p ON p.tailnum = f.maker",
        "SELECT f.id, p.seats FROM flights f LEFT JOIN planes p ON p.tailnum = f.maker",
        id="left join along a foreign key",
    ),
    pytest.param(
        "SELECT f.id FROM flights f JOIN planes p ON p.tailnum = f.tailnum WHERE p.year > 9",
        "SELECT f.id FROM flights f LEFT JOIN planes p ON p.tailnum = f.tailnum WHERE p.year > 9",
        id="left join undone by WHERE",
    ),
    pytest.param(
        "SELECT row_number() OVER (PARTITION BY carrier ORDER BY year, month, day) FROM flights",
        "SELECT rank() OVER (PARTITION BY carrier ORDER BY year, month, day) FROM flights",
        id="rank without ties",
    ),
    pytest.param(
        "SELECT id, sum(delay) OVER (ORDER BY id ROWS UNBOUNDED PRECEDING) FROM flights",
        "SELECT id, sum(delay) OVER (ORDER BY id) FROM flights",
        id="default frame without ties",
    ),
    pytest.param(
        "SELECT id, sum(delay) OVER w FROM flights WINDOW w AS (ORDER BY id, day)",
        "SELECT id, sum(delay) OVER w FROM flights WINDOW w AS (ORDER BY id)",
        id="sort key behind a key",
    ),
    pytest.param(
        "SELECT id FROM flights ORDER BY carrier LIMIT 3",
        "SELECT id FROM flights ORDER BY carrier NULLS FIRST LIMIT 3",
        id="nulls first of no nulls",
    ),
    pytest.param(
        "SELECT tailnum FROM planes p WHERE NOT EXISTS "
        "(SELECT 1 FROM flights f WHERE f.maker = p.tailnum)",
        "SELECT tailnum FROM planes p WHERE p.tailnum NOT IN (SELECT f.maker FROM flights f)",
        id="not in without nulls",
    ),
    pytest.param(
        "SELECT tailnum, max(seats) AS s FROM planes GROUP BY tailnum, year",
        "SELECT tailnum, max(seats) AS s FROM planes GROUP BY tailnum",
        id="grouping key behind a key",
    ),
    pytest.param(
        "SELECT id FROM flights QUALIFY rank() OVER (ORDER BY delay) = 1",
        "SELECT id FROM flights QUALIFY dense_rank() OVER (ORDER BY delay) = 1",
        id="the first rank",
    ),
]

DIFFERENT = [
    pytest.param(
        "SELECT count(*) FROM flights", "SELECT count(delay) FROM flights", id="nullable column"
    ),
    pytest.param(
        "SELECT count(*) FROM flights WHERE delay > 3 OR year > 3",
        "SELECT count(delay) FROM flights WHERE delay > 3 OR year > 3",
        id="only one of two predicates",
    ),
    pytest.param(
        "SELECT id FROM flights WHERE delay IS NOT NULL",
        "SELECT id FROM flights",
        id="a predicate is no proof of itself",
    ),
    pytest.param(
        "SELECT p.tailnum, count(*) FROM planes p LEFT JOIN flights f ON f.tailnum = p.tailnum "
        "GROUP BY p.tailnum",
        "SELECT p.tailnum, count(f.id) FROM planes p LEFT JOIN flights f ON f.tailnum = p.tailnum "
        "GROUP BY p.tailnum",
        id="a key behind a left join",
    ),
    pytest.param(
        "SELECT f.id FROM flights f JOIN planes p ON p.tailnum = f.tailnum",
        "SELECT f.id FROM flights f LEFT JOIN planes p ON p.tailnum = f.tailnum",
        id="a foreign key that may be null",
    ),
    pytest.param(
        "SELECT p.tailnum FROM planes p JOIN flights f ON f.maker = p.tailnum",
        "SELECT DISTINCT p.tailnum FROM planes p JOIN flights f ON f.maker = p.tailnum",
        id="a key that a join multiplies",
    ),
    pytest.param(
        "SELECT tailnum, carrier FROM flights",
        "SELECT DISTINCT tailnum, carrier FROM flights",
        id="a key with nulls",
    ),
    pytest.param(
        "SELECT id, unnest(string_split(tags, ',')) AS tag FROM flights",
        "SELECT DISTINCT id, unnest(string_split(tags, ',')) AS tag FROM flights",
        id="a key whose rows are unnested",
    ),
    pytest.param(
        "SELECT count(*) FROM (SELECT unnest(string_split(tags, ',')) AS a, "
        "unnest(string_split(carrier, ',')) AS b FROM flights)",
        "SELECT count(a) FROM (SELECT unnest(string_split(tags, ',')) AS a, "
        "unnest(string_split(carrier, ',')) AS b FROM flights)",
        id="the shorter of two lists",
    ),
    pytest.param(
        "SELECT carrier, count(*) AS n FROM flights GROUP BY ROLLUP (carrier) ORDER BY carrier",
        "SELECT carrier, count(*) AS n FROM flights GROUP BY ROLLUP (carrier) "
        "ORDER BY carrier NULLS FIRST",
        id="the null of a subtotal",
    ),
    pytest.param(
        "SELECT coalesce(max(seats), 0) FROM planes",
        "SELECT max(seats) FROM planes",
        id="the total of no rows",
    ),
    pytest.param(
        "SELECT id, row_number() OVER (ORDER BY carrier, day) FROM flights",
        "SELECT id, rank() OVER (ORDER BY carrier, day) FROM flights",
        id="rank with ties",
    ),
    pytest.param(
        "SELECT id, sum(delay) OVER (ORDER BY id ROWS 1 PRECEDING) AS s FROM flights",
        "SELECT id, sum(delay) OVER (ORDER BY id RANGE 1 PRECEDING) AS s FROM flights",
        id="a frame of values",
    ),
    pytest.param(
        "SELECT tailnum FROM planes p WHERE NOT EXISTS "
        "(SELECT 1 FROM flights f WHERE f.tailnum = p.tailnum)",
        "SELECT tailnum FROM planes p WHERE p.tailnum NOT IN (SELECT f.tailnum FROM flights f)",
        id="not in with nulls",
    ),
    pytest.param(
        "SELECT id FROM flights WHERE year > 2000",
        "SELECT id FROM flights WHERE year > 2001",
        id="an empty table is no proof",
    ),
]


@pytest.mark.parametrize(("reference", "mutant"), SAME)
def test_equal_by_the_schema(reference, mutant):
    """Keys, NOT NULLs and foreign keys prove these pairs equal, in both directions."""
    for one, other in ((reference, mutant), (mutant, reference)):
        assert Prover(SCHEMA, one, "duckdb").proof(other) in (SAME_FORM, SAME_PLAN)


@pytest.mark.parametrize(("reference", "mutant"), DIFFERENT)
def test_not_equal(reference, mutant):
    """These pairs look like the ones above, and some data tells them apart."""
    for one, other in ((reference, mutant), (mutant, reference)):
        assert Prover(SCHEMA, one, "duckdb").proof(other) == ""


def test_a_name_that_cannot_be_resolved_proves_nothing():
    """An unknown column ends no run."""
    assert Prover(SCHEMA, "SELECT nothing FROM flights", "duckdb").proof("SELECT 1") == ""


# -- which case kills


@pytest.fixture
def judge(tmp_path):
    """A judge without data sets."""
    engine = DuckDB([])
    search = SearchSettings(seconds=1.0, folder=tmp_path / "found")
    yield Judge(tmp_path / "data", tmp_path / "cache", lambda _: engine, search)
    engine.close()


def fates(judge: Judge, kata: Kata) -> dict[str, Fate]:
    """Return the fates by description."""
    return {fate.mutant.description: fate for fate in try_mutants(judge, kata)}


def kata_of(workspace, path: str) -> Kata:
    """Return the workspace's kata at ``path``."""
    return read_kata(workspace.root / "katas" / path, workspace.root / "solutions" / path)


def test_the_first_case_that_differs_kills(workspace, judge):
    """The sample comes before the edge cases; what no case kills is proved, found or survives."""
    workspace.sql_kata(
        "sql/totals",
        schema="CREATE TABLE t (k INTEGER PRIMARY KEY, v INTEGER CHECK (v IS NULL OR v < 3));",
        sample="INSERT INTO t VALUES (1, 1), (2, 2);",
        cases={"edge_null": "-- A value is unknown.\nINSERT INTO t VALUES (1, NULL), (2, 2);"},
        reference="SELECT count(*) AS n, sum(v) AS s FROM t WHERE k < 9 AND v IS NOT NULL",
    )
    found = fates(judge, kata_of(workspace, "sql/totals"))
    assert found["line 1: < → >"].why.startswith("sample: ")
    assert found["line 1: sum → AVG"].outcome == "cases"
    assert found["line 1: AND v IS NOT NULL dropped"].why.startswith("edge_null: ")
    assert found["line 1: count(*) → count(k)"].outcome == "proved"
    assert found["line 1: count(*) → count(v)"].outcome == "proved"
    # no case has keys around 9
    assert found["line 1: < → <="].outcome == "generated"
    assert found["line 1: 9 → 8"].outcome == "generated"


def test_what_the_engine_cannot_bind_is_no_mutant(workspace, judge):
    """COALESCE(text, 0) is refused on any data: it is not counted as killed."""
    workspace.sql_kata(
        "sql/least",
        schema="CREATE TABLE t (name VARCHAR);",
        sample="INSERT INTO t VALUES ('a'), ('b');",
        reference="SELECT min(name) AS m FROM t",
    )
    found = fates(judge, kata_of(workspace, "sql/least"))
    assert [fate.mutant.change for fate in found.values()] == ["min → MAX"]


def test_a_mutant_that_does_not_end_is_stopped(workspace, judge, monkeypatch):
    """The cap on time kills it; it is a mistake that a learner would notice."""
    monkeypatch.setattr("pytest_prep.judging.mutants.trial.WALL", 0.2)
    workspace.sql_kata(
        "sql/endless",
        schema="CREATE TABLE t (n INTEGER);",
        sample="INSERT INTO t VALUES (1);",
        reference="""
            WITH RECURSIVE r AS (SELECT n FROM t UNION ALL SELECT n + 1 FROM r WHERE n < 4)
            SELECT n FROM r
            """,
    )
    found = fates(judge, kata_of(workspace, "sql/endless"))
    assert found["line 1: WHERE n < 4 dropped"].why == "sample: too slow"


def test_constraints_are_dropped_and_added(workspace, judge):
    """A kata about CREATE TABLE is strong if good and bad rows tell its mutants apart."""
    workspace.sql_kata(
        "sql/stars",
        schema="",
        sample="""
            -- a bad row
            INSERT INTO r VALUES (0);
            -- a good row
            INSERT INTO r VALUES (1);
            """,
        reference="CREATE TABLE r (stars INTEGER NOT NULL CHECK (stars > 0))",
        more='result = "constraints"',
    )
    found = fates(judge, kata_of(workspace, "sql/stars"))
    assert found["line 1: CHECK (stars > 0) dropped"].outcome == "cases"
    assert found["line 1: 0 → 1"].outcome == "cases"
    assert found["line 1: NOT NULL dropped"].outcome == "survived"
    assert found["line 1: stars: UNIQUE added"].outcome == "survived"


def test_tables_changed_by_a_script(workspace, judge):
    """Where the answer changes a table, each try starts from the case's data again."""
    workspace.sql_kata(
        "sql/cleaned",
        schema="CREATE TABLE t (k INTEGER, v INTEGER);",
        sample="INSERT INTO t VALUES (1, 5), (2, NULL), (3, 0);",
        reference="DELETE FROM t WHERE v IS NULL;\nUPDATE t SET v = v + 1 WHERE k > 1;",
        more='result = "table:t"',
    )
    found = fates(judge, kata_of(workspace, "sql/cleaned"))
    assert found["line 1: IS NULL → IS NOT NULL"].outcome == "cases"
    assert found["line 2: + → -"].outcome == "cases"
    assert found["line 2: 1 → 2 (2)"].outcome == "survived"


def test_requirements_do_not_count_for_mutants(workspace, judge):
    """A mutant is killed by data, not by a construct that it lost."""
    workspace.sql_kata(
        "sql/required",
        schema="CREATE TABLE t (k INTEGER PRIMARY KEY);",
        sample="INSERT INTO t VALUES (1);",
        reference="SELECT DISTINCT k FROM t",
        more='require = ["distinct"]',
    )
    kata = kata_of(workspace, "sql/required")
    assert kata.sql == SqlFacts(require=("distinct",))
    assert fates(judge, kata)["line 1: DISTINCT dropped"].outcome == "proved"
