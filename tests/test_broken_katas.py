"""A learner is never blamed for what is wrong with the kata, and its author reads where."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from workspace import INITIALS, INITIALS_KATA, PRICES, RIGHT, failures
from workspace import PRICE_KATA as KATA

if TYPE_CHECKING:
    from workspace import Workspace


REPOSITORY = Path(__file__).parents[1]


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
def test_a_broken_sql_kata(
    judged, workspace: Workspace, kata: dict[str, str], message: str
) -> None:
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
    ("kata", "message"),
    [
        pytest.param(
            {"reference": "def initials(name):\n    return 'AL'"},
            "test_edge_blank: solutions/{}/answer.py does not pass test_edge_blank: a blank *",
            id="reference-wrong",
        ),
        pytest.param(
            {"reference": "def initials(name:\n    return 'AL'"},
            "test_sample and 1 more: solutions/{}/answer.py: the answer does not parse*",
            id="reference-syntax",
        ),
        pytest.param(
            {"tests": "def test_sample(answer):\n    assert answer.initials('A') == undefined"},
            "test_sample: solutions/{}/answer.py does not pass test_sample: name 'undefined' *",
            id="test",
        ),
        pytest.param(
            {"tests": "def test_sample(answer, dataset):\n    pass"},
            "test_sample: katas/{}/kata.toml: [[]data] dataset: is missing; the tests ask *",
            id="dataset",
        ),
        pytest.param(
            {"tests": "def test_sample(answer, nothing):\n    pass"},
            "test_sample: FixtureLookupError: *nothing*",
            id="fixture",
        ),
        pytest.param(
            {"reference": "", "tests": "def test_sample(answer, reference):\n    pass"},
            "test_sample: solutions/{}/answer.py: answer.py does not define initials",
            id="reference-fixture",
        ),
    ],
)
def test_a_broken_python_kata(initials, workspace: Workspace, kata: dict, message: str) -> None:
    """What the kata gets wrong is never blamed on the answer."""
    result = initials(f"{RIGHT}# mine\n", **kata)
    shown = "\n".join(result.outlines).replace("\n    test_", "  test_")
    summary = [line for line in shown.split("\n") if line.startswith("broken kata   ")]
    pytest.LineMatcher(summary).fnmatch_lines(
        [f"broken kata   katas/{INITIALS_KATA}  {message.format(INITIALS_KATA)}"]
    )
    assert str(workspace.root) not in summary[0]
    result.stdout.fnmatch_lines(["*= katas: * broken kata =*"])


def test_a_missing_starter(initials, workspace: Workspace) -> None:
    """Without a starter nobody can tell what is to do: the kata is broken."""
    workspace.python_kata(INITIALS_KATA, **INITIALS)
    (workspace.root / f"solutions/{INITIALS_KATA}/starter.py").unlink()
    result = workspace.run()
    result.stdout.fnmatch_lines(
        [f"broken kata: solutions/{INITIALS_KATA}/starter.py: is missing; put the file back"]
    )
