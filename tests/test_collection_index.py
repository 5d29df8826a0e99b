"""What collection remembers between runs is never older than the files."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workspace import Workspace


LATEST = "katas/sql/window/latest_price/answer.sql"


PODIUM = "katas/sql/window/podium/answer.sql"


ORDERS = "katas/sql/joins/no_orders/answer.sql"


INITIALS = "katas/python/text/initials/test_initials.py"


SUM = "katas/python/numbers/running_sum/test_running_sum.py"


ALL = [
    f"{SUM}::test_sample",
    f"{SUM}::TestEdges::test_edge_empty",
    f"{INITIALS}::test_sample",
    f"{INITIALS}::test_edge_blank[]",
    f"{INITIALS}::test_edge_blank[   ]",
    f"{ORDERS}::sample",
    f"{ORDERS}::edge_null_key",
    f"{LATEST}::sample",
    f"{LATEST}::edge_ties",
    f"{LATEST}::edge_unknown",
    f"{PODIUM}::sample",
    f"{PODIUM}::edge_empty",
]


def test_an_edited_kata_toml_counts_at_once(katas: Workspace) -> None:
    """Neither level nor topics come from an earlier run."""
    assert katas.ids("-k", "hard") == ALL[10:]
    path = katas.root / "katas/sql/window/podium/kata.toml"
    path.write_text(path.read_text().replace('"hard"', '"easy"'))
    assert katas.ids("-k", "hard") == []
    assert ALL[10] in katas.ids("-k", "easy")


def test_an_edit_of_the_same_size_and_second(katas: Workspace) -> None:
    """An edit that keeps the size shows, although it comes right after the run before."""
    path = katas.root / "katas/sql/window/podium/kata.toml"
    first = path.read_text()
    for level in ("easy", "hard", "easy", "hard"):
        path.write_text(first.replace('"hard"', f'"{level}"'))
        assert (ALL[10] in katas.ids("-k", "easy")) == (level == "easy")


def test_a_new_case_counts_at_once(katas: Workspace) -> None:
    """Cases are found whenever one is added, renamed or deleted."""
    assert katas.ids("katas/sql/window") == ALL[7:]
    new = katas.write("solutions/sql/window/podium/cases/edge_new.sql", "-- New.\nSELECT 1;")
    assert katas.ids("katas/sql/window") == [*ALL[7:], f"{PODIUM}::edge_new"]
    new.rename(new.with_name("edge_old.sql"))
    assert katas.ids("katas/sql/window") == [*ALL[7:], f"{PODIUM}::edge_old"]
    new.with_name("edge_old.sql").unlink()
    assert katas.ids("katas/sql/window") == ALL[7:]


def test_a_kata_s_first_case_counts_at_once(workspace: Workspace) -> None:
    """The folder of hidden cases may come later than the kata."""
    workspace.sql_kata("sql/a/one", schema="", sample="SELECT 1;", reference="SELECT 1")
    assert len(workspace.ids()) == 1
    workspace.write("solutions/sql/a/one/cases/edge_x.sql", "-- X.\nSELECT 1;")
    assert len(workspace.ids()) == 2


def test_deleted_and_new_katas_count_at_once(katas: Workspace) -> None:
    """A kata's folder may go, come and be renamed between two runs."""
    assert katas.ids("katas/sql") == ALL[5:]
    folder = katas.root / "katas/sql/window/podium"
    folder.rename(folder.with_name("stage"))
    author = katas.root / "solutions/sql/window/podium"
    author.rename(author.with_name("stage"))
    assert katas.ids("katas/sql") == [
        *ALL[5:10],
        *(node.replace("podium", "stage") for node in ALL[10:]),
    ]


def test_a_broken_index_does_no_harm(katas: Workspace) -> None:
    """The remembered facts are a cache: garbage in it changes nothing."""
    katas.ids()
    index = list((katas.root / ".pytest_cache/d/prep").iterdir())
    assert index
    for text in ("", "{", "[]", '{"podium": 3}', '{"podium": [[0, 0, 0], ["x"]]}'):
        for path in index:
            path.write_text(text)
        assert katas.ids() == ALL
