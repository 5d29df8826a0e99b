"""What a learner reads of an SQL answer, verdict by verdict, and in the summary."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Workspace

REPOSITORY = Path(__file__).parents[1]

KATA = "sql/basics/all_prices"
ANSWER = f"katas/{KATA}/answer.sql"

PRICES = {
    "schema": "CREATE TABLE prices (item VARCHAR NOT NULL, price INTEGER);",
    "sample": "INSERT INTO prices VALUES ('pen', 5), ('ink', 9);",
    "cases": {
        "edge_unknown": """
            -- A price is unknown.
            -- It is not nothing.
            INSERT INTO prices VALUES ('pen', NULL), ('cap', 3);
            """,
    },
    "reference": "SELECT item, price FROM prices",
}


@pytest.fixture
def judged(workspace: Workspace):
    """A kata of prices and a function that judges an answer to it."""

    def judge(answer: str | None, *args: str, **kata: object) -> pytest.RunResult:
        workspace.sql_kata(KATA, **{**PRICES, **kata})
        if answer is not None:
            workspace.answer(KATA, answer)
        return workspace.run("katas", *args)

    return judge


@pytest.fixture
def impatient(monkeypatch) -> None:
    """Budgets of 5 ms instead of a second."""
    monkeypatch.setattr("pytest_prep.judging.budget.FLOOR", 0.005)
    monkeypatch.setattr("pytest_prep.report.terminal.FLOOR", 0.005)


def failures(result: pytest.RunResult) -> dict[str, list[str]]:
    """Return the lines that are shown of each rejected case, without blank ones."""
    blocks: dict[str, list[str]] = {}
    lines: list[str] | None = None
    for line in result.outlines:
        if head := re.fullmatch(r"_+ \w+ · (\w+) _+", line):
            lines = blocks.setdefault(head[1], [])
        elif line.startswith("=="):
            lines = None
        elif lines is not None and line.strip():
            lines.append(line.rstrip())
    return blocks


def test_accepted(judged) -> None:
    """Other column names and another order of rows do not matter."""
    result = judged("SELECT item AS a, price AS b FROM prices ORDER BY 1 DESC", "-v")
    result.assert_outcomes(passed=2)
    result.stdout.fnmatch_lines(
        [
            f"{ANSWER}::sample ACCEPTED*",
            f"{ANSWER}::edge_unknown ACCEPTED*",
            "*= katas: 1 accepted =*",
            f"accepted      katas/{KATA}  2 cases, slowest * ms of 1.0 s",
            "*= 2 passed in *",
        ]
    )
    result.stdout.no_fnmatch_line("next:*")


def test_wrong_answer(judged) -> None:
    """What differs, on which data, row by row, the time used and the file."""
    result = judged("SELECT item, coalesce(price, 0) AS price FROM prices")
    result.assert_outcomes(passed=1, failed=1)
    first, about, *lines = failures(result)["edge_unknown"]
    assert first.startswith("wrong answer: ")
    assert "0 where NULL is expected" in first
    assert about == "this data: A price is unknown. It is not nothing."
    assert lines[:3] == [
        "    item  price",
        "  ~ pen   0 → NULL",
        "    (~ yours → expected)",
    ]
    assert re.fullmatch(r"CPU \d+ ms · budget 1\.0 s \(the minimum; reference \d+ ms\)", lines[3])
    assert lines[4:] == [ANSWER]


def test_the_sample_says_nothing_about_its_data(judged) -> None:
    """The sample is visible; only hidden data is described."""
    sample = "-- Two items.\nINSERT INTO prices VALUES ('pen', 5), ('ink', 9);"
    result = judged("SELECT item, price + 1 FROM prices", sample=sample)
    assert "this data" not in "\n".join(failures(result)["sample"])


def test_rows_too_many_and_too_few(judged) -> None:
    """Plus and minus mark whose row it is."""
    result = judged(
        "SELECT item, price FROM prices WHERE item = 'pen' UNION ALL SELECT 'gum', 1", cases={}
    )
    lines = failures(result)["sample"]
    assert "  + 'gum'  1" in lines or "  + gum   1" in lines
    assert "  - 'ink'  9" in lines or "  - ink   9" in lines
    assert "    (+ only in yours; - only expected)" in lines


def test_the_order_that_was_asked_for(judged) -> None:
    """With ``order`` the rows must come in it; ties may come in any order."""
    kata = {
        "more": 'order = ["price"]',
        "reference": "SELECT item, price FROM prices ORDER BY price",
        "sample": "INSERT INTO prices VALUES ('pen', 5), ('ink', 9), ('cap', 5);",
        "cases": {},
    }
    judged("SELECT item, price FROM prices ORDER BY price, item", **kata).assert_outcomes(passed=1)
    result = judged("SELECT item, price FROM prices ORDER BY price DESC", **kata)
    assert "order" in failures(result)["sample"][0]


def test_columns_by_name(judged) -> None:
    """``columns = "by-name"`` takes columns in any order, but not under other names."""
    more = 'columns = "by-name"'
    judged("SELECT price, item FROM prices", more=more).assert_outcomes(passed=2)
    result = judged("SELECT item, price AS cost FROM prices", more=more)
    assert "cost" in "\n".join(failures(result)["sample"])


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


def test_an_unknown_column(judged) -> None:
    """A crash shows the engine's message, the place in the statement and the line."""
    result = judged("-- comment\nSELECT item,\n  prise\nFROM prices")
    lines = failures(result)["sample"]
    assert lines[0].startswith('crashed: Binder Error: Referenced column "prise" not found')
    assert 'Candidate bindings: "price"' in lines
    assert f"{ANSWER}:3" == lines[-1]


def test_a_crash_on_some_rows_only(judged) -> None:
    """What the engine refuses on one case only is rejected on that case only."""
    result = judged(
        "SELECT item, CASE WHEN price IS NULL THEN error('no price') ELSE price END FROM prices"
    )
    result.assert_outcomes(passed=1, failed=1)
    assert failures(result)["edge_unknown"][:2] == [
        "crashed: Invalid Input Error: no price",
        "this data: A price is unknown. It is not nothing.",
    ]


def test_a_syntax_error(judged) -> None:
    """What does not parse is invalid, with the line."""
    result = judged("SELECT item, price\nFROM prices\nWHERE price >")
    lines = failures(result)["sample"]
    assert lines[0].startswith("invalid: Parser Error: syntax error at ")
    assert lines[-1] == f"{ANSWER}:3"
    result.stdout.fnmatch_lines(["*= katas: 1 invalid =*", f"invalid       katas/{KATA}  sample*"])


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        ("SELECT item, price FROM prices; SELECT 1", "found 2: SELECT, SELECT"),
        ("DELETE FROM prices; SELECT item, price FROM prices", "found 2: DELETE, SELECT"),
        ("DELETE FROM prices", "found 1: DELETE"),
        ("SET threads = 4", "found 1: SET"),
        ("EXPLAIN SELECT item, price FROM prices", "found 1: EXPLAIN"),
        ("COPY prices TO 'x.csv'", "found 1: COPY"),
        ("ATTACH 'x.db' AS x", "found 1: ATTACH"),
    ],
)
def test_one_query_is_asked_for(judged, answer: str, found: str) -> None:
    """Anything but one query is invalid, and is not run."""
    result = judged(answer)
    assert failures(result)["sample"][0] == f"invalid: one query is asked for; {found}"


@pytest.mark.parametrize(
    "answer",
    [
        "SELECT item, price FROM prices;\n-- done\n",
        "/* mine */ FROM prices",
        "WITH p AS (SELECT * FROM prices) SELECT item, price FROM p",
        "\ufeffSELECT item, price FROM prices",
        "SELECT item,\r\n price FROM prices\r\n",
        "(SELECT item, price FROM prices)",
        "TABLE prices",
    ],
    ids=["comment-after", "from-first", "with", "bom", "crlf", "brackets", "table"],
)
def test_forms_of_one_query(judged, answer: str) -> None:
    """Comments, line ends, a byte-order mark and DuckDB's short forms are fine."""
    judged(answer).assert_outcomes(passed=2)


@pytest.mark.parametrize(
    "answer",
    [
        "",
        ";",
        "\n\n",
        "-- thinking\n",
        "/* SELECT 1 */",
        "-- Return the rows that README.md asks for.",
    ],
)
def test_no_statement_is_to_do(judged, answer: str) -> None:
    """The starter, or nothing but comments, is neither right nor wrong."""
    result = judged(answer, "-v")
    assert result.parseoutcomes() == {"todo": 2}
    assert result.ret == pytest.ExitCode.OK
    result.stdout.fnmatch_lines(
        [
            f"{ANSWER}::sample TODO*",
            "*= katas: 1 to do =*",
            "next: The all prices (easy, 10 minutes)",
            f"      read    katas/{KATA}/README.md",
            f"      write   {ANSWER}",
            f"      run     pytest katas/{KATA}",
        ]
    )


def test_an_answer_that_is_not_utf_8(judged, workspace: Workspace) -> None:
    """The learner's own file is at fault, not the kata."""
    workspace.sql_kata(KATA, **PRICES)
    (workspace.root / ANSWER).write_bytes(b"SELECT 'caf\xe9'")
    lines = failures(workspace.run())["sample"]
    assert lines[0].startswith("invalid: ")
    assert "byte 11: is not UTF-8; save it as UTF-8" in lines[0]
    assert str(workspace.root) not in "\n".join(lines)


def test_stopped_at_the_time_limit(judged, monkeypatch) -> None:
    """A query that does not end is stopped; the time it had is told."""
    monkeypatch.setattr("pytest_prep.judging.judge.wall_cap", lambda limit: 0.3)
    result = judged(
        "SELECT item, price FROM prices, range(100000000) AS r(x), range(100000000) AS s(y) "
        "WHERE x + y < 0",
        cases={},
    )
    first, timing, path = failures(result)["sample"]
    assert first == "too slow: stopped before it was done"
    assert re.fullmatch(
        r"stopped after 300 ms · budget 1\.0 s \(the minimum; reference \d+ ms\)", timing
    )
    assert path == ANSWER
    result.stdout.fnmatch_lines(
        ["*= katas: 1 too slow =*", f"too slow      katas/{KATA}  sample: stopped before*"]
    )


def test_right_but_too_slow(judged, impatient) -> None:
    """The rows are right; the budget is a multiple of the reference's time."""
    slow = "SELECT item, price FROM prices WHERE (SELECT sum(x) FROM range({}) AS r(x)) > 0"
    result = judged(
        slow.format(60_000_000),
        more="[budget]\ntime = 2",
        reference=slow.format(6_000_000),
        cases={},
    )
    first, timing, path = failures(result)["sample"]
    assert first == "too slow: the rows are right, but it takes too long"
    assert re.fullmatch(r"CPU \d+ ms · budget \d+ ms \(2 × reference \d+ ms\)", timing)
    assert path == ANSWER


def test_wrong_and_slow_is_wrong(judged, impatient) -> None:
    """Rows that are wrong are shown, however long they took."""
    result = judged(
        "SELECT item, price + 1 FROM prices WHERE (SELECT sum(x) FROM range(30000000) AS r(x)) > 0",
        cases={},
    )
    assert failures(result)["sample"][0].startswith("wrong answer: ")


def test_too_much_memory(judged) -> None:
    """``[budget] memory`` limits the engine; the advice of its message is not for learners."""
    result = judged(
        "SELECT item, price FROM prices WHERE "
        "(SELECT count(DISTINCT x::VARCHAR || 'too long to fit') FROM range(900000) r(x)) > 0",
        more='[budget]\nmemory = "20MB"',
        cases={},
    )
    lines = failures(result)["sample"]
    assert lines[0] == "too much memory: more memory than the budget allows"
    assert "temp_directory" not in "\n".join(lines)
    result.stdout.fnmatch_lines(
        ["*= katas: 1 too much memory =*", f"too much memory  katas/{KATA}  *"]
    )


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM read_csv('{secret}')",
        "SELECT * FROM read_text('{secret}')",
        "SELECT * FROM '{secret}'",
        "SELECT * FROM glob('{folder}/*')",
        "SELECT item, price FROM prices WHERE (SELECT count(*) FROM read_csv('{secret}')) >= 0",
    ],
)
def test_a_query_cannot_read_files(judged, tmp_path: Path, query: str) -> None:
    """Neither the references nor anything else on the disk can be read."""
    secret = tmp_path / "secret.csv"
    secret.write_text("item,price\npen,5\n")
    result = judged(query.format(secret=secret, folder=tmp_path))
    result.assert_outcomes(failed=2)
    assert failures(result)["sample"][0].startswith("crashed: ")


TABLE = {
    "more": 'result = "table:prices"',
    "reference": "UPDATE prices SET price = 0 WHERE price IS NULL",
}


def test_dml_is_judged_by_the_table_it_leaves(judged) -> None:
    """With ``result = "table:NAME"`` several statements and transactions are allowed."""
    judged("UPDATE prices SET price = 0 WHERE price IS NULL", **TABLE).assert_outcomes(passed=2)
    judged(
        """
        BEGIN;
        CREATE TEMP TABLE known AS FROM prices;
        DELETE FROM prices;
        INSERT INTO prices SELECT item, coalesce(price, 0) FROM known;
        COMMIT;
        """,
        **TABLE,
    ).assert_outcomes(passed=2)
    result = judged("UPDATE prices SET price = 1 WHERE price IS NULL", **TABLE)
    result.assert_outcomes(passed=1, failed=1)
    assert "  ~ pen   1 → 0" in failures(result)["edge_unknown"]


def test_dml_that_drops_the_table(judged) -> None:
    """The message names the table that is gone, not a statement the learner never wrote."""
    result = judged("-- away\nDROP TABLE prices", **TABLE)
    lines = failures(result)["sample"]
    assert lines[0] == "crashed: there is no table prices after it ran"
    assert "LINE" not in "\n".join(lines)
    assert lines[-1] == ANSWER


def test_dml_leaves_nothing_behind(judged, workspace: Workspace) -> None:
    """What an answer makes or drops is gone for the next case and the next kata."""
    workspace.sql_kata("sql/basics/more", **PRICES, answer="SELECT item, price FROM prices")
    result = judged(
        "CREATE TABLE mine (a INTEGER); CREATE SCHEMA s; CREATE MACRO sum(x) AS 7;"
        "UPDATE prices SET price = 0 WHERE price IS NULL",
        **TABLE,
    )
    result.assert_outcomes(passed=4)


@pytest.mark.parametrize(
    "statement",
    [
        "COPY prices TO '{path}'",
        "COPY prices FROM '{path}'",
        "EXPORT DATABASE '{path}'",
        "ATTACH '{path}' AS x",
        "INSERT INTO prices SELECT content, 1 FROM read_text('{path}')",
        "INSTALL httpfs",
        "LOAD '{path}'",
        "SET memory_limit = '9GB'",
        "SET enable_external_access = true",
    ],
)
@pytest.mark.parametrize("folder", ["katas/data", "solutions", ".prep/data"])
def test_a_script_cannot_touch_files_or_settings(
    judged, workspace: Workspace, statement: str, folder: str
) -> None:
    """Not even the data sets, which queries read: a script could overwrite them."""
    place = workspace.root / folder
    place.mkdir(parents=True)
    (place / "there.csv").write_text("pen,5\n")
    for name in ("there.csv", "new.csv"):
        result = judged(statement.format(path=place / name), **TABLE, cases={})
        assert failures(result)["sample"][0].startswith("crashed: ")
    assert [path.name for path in place.iterdir() if path.suffix] == ["there.csv"]
    assert (place / "there.csv").read_text() == "pen,5\n"


CONSTRAINTS = {
    "more": 'result = "constraints"',
    "schema": "",
    "sample": """
        -- a plain deal
        INSERT INTO deals VALUES (1, 10);
        -- a price below 0
        INSERT INTO deals VALUES (2, -1);
        """,
    "cases": {
        "edge_key": """
            -- Keys that come twice.
            -- the first
            INSERT INTO deals VALUES (1, 10);
            -- the same id again
            INSERT INTO deals VALUES (1, 20);
            """
    },
    "reference": "CREATE TABLE deals (id INTEGER PRIMARY KEY, price INTEGER CHECK (price >= 0))",
}


def test_constraints_accepted(judged) -> None:
    """Tables are right when they accept and refuse what the reference's do."""
    judged(
        "CREATE TABLE deals (id INTEGER, price DOUBLE, UNIQUE (id), CHECK (NOT price < 0));",
        **CONSTRAINTS,
    ).assert_outcomes(passed=2)


def test_constraints_too_weak(judged) -> None:
    """A bad row that gets in is shown with its comment."""
    result = judged("CREATE TABLE deals (id INTEGER PRIMARY KEY, price INTEGER);", **CONSTRAINTS)
    result.assert_outcomes(passed=1, failed=1)
    lines = failures(result)["sample"]
    assert lines[0].startswith("wrong answer: 1 bad row let in")
    assert "let in: a price below 0" in lines
    assert "    INSERT INTO deals VALUES (2, -1);" in lines


def test_constraints_too_strict(judged) -> None:
    """A good row that is refused is shown with the engine's reason."""
    result = judged(
        "CREATE TABLE deals (id INTEGER PRIMARY KEY, price INTEGER CHECK (price > 10));",
        **CONSTRAINTS,
    )
    lines = failures(result)["sample"]
    assert lines[0].startswith("wrong answer: 1 good row refused")
    assert "refused: a plain deal" in lines
    assert any("Constraint Error: CHECK constraint failed" in line for line in lines)


def test_constraints_without_the_table(judged) -> None:
    """Tables under another name refuse everything, and the message says why."""
    result = judged("CREATE TABLE deal (id INTEGER);", **CONSTRAINTS)
    assert "Table with name deals does not exist" in "\n".join(failures(result)["sample"])


@pytest.mark.parametrize(
    ("kata", "message"),
    [
        pytest.param(
            {"reference": "SELECT item, prize FROM prices"},
            'solutions/{}/answer.sql: on case sample: Binder Error: Referenced column "prize"*',
            id="reference",
        ),
        pytest.param(
            {"schema": "CREATE TABEL prices (item VARCHAR)"},
            "katas/{}/schema.sql: Parser Error: *",
            id="schema",
        ),
        pytest.param(
            {"sample": "INSERT INTO price VALUES (1)"},
            "katas/{}/sample.sql: the case's data: Catalog Error: *",
            id="sample",
        ),
        pytest.param(
            {"sample": "INSERT INTO prices VALUES (NULL, 1)"},
            "katas/{}/sample.sql: the case's data: Constraint Error: *",
            id="data-against-schema",
        ),
        pytest.param(
            {"more": '[data]\ndataset = "film"'},
            "katas/{}/kata.toml: [[]data] dataset: there is no data set 'film'*'films'?",
            id="dataset",
        ),
        pytest.param(
            {"more": 'order = ["pirce"]'},
            "katas/{}/kata.toml: [[]sql] order: *returns no column 'pirce'; did you mean 'price'?",
            id="order",
        ),
    ],
)
def test_a_broken_kata(judged, workspace: Workspace, kata: dict[str, str], message: str) -> None:
    """The learner reads that the kata is at fault, its author where: one line, from the root."""
    (workspace.root / "katas").mkdir()
    (workspace.root / "katas/data").symlink_to(REPOSITORY / "katas/data")
    result = judged("SELECT item, price FROM prices", **kata)
    lines = failures(result)["sample"]
    result.stdout.fnmatch_lines([f"broken kata: {message.format(KATA)}"])
    assert lines[0].startswith("broken kata: ")
    assert str(workspace.root) not in "\n".join(result.outlines[5:])
    assert "\n" not in lines[0]
    result.stdout.fnmatch_lines(["*= katas: 1 broken kata =*"])
    result.stdout.no_fnmatch_line("next:*")


def test_a_missing_sample(judged, workspace: Workspace) -> None:
    """A case whose file is gone is the kata's fault."""
    workspace.sql_kata(KATA, **PRICES)
    (workspace.root / f"katas/{KATA}/sample.sql").unlink()
    workspace.answer(KATA, "FROM prices")
    lines = failures(workspace.run())["sample"]
    assert lines[0] == f"broken kata: katas/{KATA}/sample.sql: is missing; put the file back"


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
