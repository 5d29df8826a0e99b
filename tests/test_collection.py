"""Which items there are: ids, narrowing, ignored folders, folders that are no katas."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

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


def test_a_case_is_an_item_below_the_answer(katas: Workspace) -> None:
    """Ids name the answer's file and the case: sample first, hidden cases by name."""
    assert katas.ids() == ALL


def test_real_data_is_the_last_case(workspace: Workspace) -> None:
    """A kata with a data set has a case ``real`` behind the hidden ones."""
    folder = workspace.sql_kata(
        "sql/basics/one",
        schema="CREATE TABLE t (a INTEGER);",
        sample="INSERT INTO t VALUES (1);",
        cases={"edge_b": "-- b\nSELECT 1;\n", "edge_a": "-- a\nSELECT 1;\n"},
        reference="SELECT a FROM t",
        more='[data]\ndataset = "films"',
    )
    names = [node.rpartition("::")[2] for node in workspace.ids(str(folder))]
    assert names == ["sample", "edge_a", "edge_b", "real"]


@pytest.mark.parametrize(
    ("args", "wanted"),
    [
        pytest.param(["katas/sql"], ALL[5:], id="track"),
        pytest.param(["katas/sql/window"], ALL[7:], id="topic"),
        pytest.param(["katas/sql/window/podium"], ALL[10:], id="kata"),
        pytest.param(["katas/sql/window/podium/"], ALL[10:], id="trailing-slash"),
        pytest.param([PODIUM], ALL[10:], id="answer"),
        pytest.param([f"{PODIUM}::edge_empty"], ALL[11:], id="case"),
        pytest.param([f"{LATEST}::edge_ties", f"{ORDERS}::sample"], [ALL[8], ALL[5]], id="cases"),
        pytest.param(
            ["katas/sql/window/podium", "katas/sql/joins"], [*ALL[10:], *ALL[5:7]], id="two-paths"
        ),
        pytest.param(["katas/python/text/initials"], ALL[2:5], id="python-kata"),
        pytest.param([f"{INITIALS}::test_edge_blank"], ALL[3:5], id="python-function"),
        pytest.param([f"{INITIALS}::test_edge_blank[]"], ALL[3:4], id="python-parameter"),
        pytest.param([f"{SUM}::TestEdges"], ALL[1:2], id="python-class"),
        pytest.param(
            ["katas/python/text", PODIUM, f"{ORDERS}::edge_null_key"],
            [*ALL[2:5], *ALL[10:], ALL[6]],
            id="all-kinds",
        ),
    ],
)
def test_paths_and_ids_narrow(katas: Workspace, args: list[str], wanted: list[str]) -> None:
    """A path or node id gives what is below it, in the order of the arguments."""
    assert katas.ids(*args) == wanted


def test_every_printed_id_can_be_run_by_itself(katas: Workspace) -> None:
    """What ``--collect-only`` prints goes back into the command line."""
    katas.solve("sql/window/podium", "python/numbers/running_sum")
    for node in [*ALL[10:], *ALL[:2]]:
        katas.run(node).assert_outcomes(passed=1)


def test_a_case_that_is_not_there(katas: Workspace) -> None:
    """A mistyped case is pytest's own error, with the answer's file in it."""
    result = katas.run(f"{PODIUM}::edge_emty")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines([f"ERROR: not found: *{PODIUM}::edge_emty"])


def test_from_inside_a_folder(katas: Workspace, monkeypatch) -> None:
    """Paths are taken from the current folder, ids from the root."""
    monkeypatch.chdir(katas.root / "katas/sql/window/podium")
    assert katas.ids("answer.sql") == ALL[10:]
    assert katas.ids(".") == ALL[10:]


@pytest.mark.parametrize("keep", [[], ["--keep-duplicates"]], ids=["once", "keep-duplicates"])
@pytest.mark.parametrize(
    "paths",
    [
        ["{}/window", "{}/window/podium"],
        ["{}/window/podium", "{}/window"],
        ["{}/window", "{}/window"],
        ["{}/window/podium/{answer}", "{}/window/podium/{answer}"],
        ["{}/window/podium/{answer}::{case}", "{}/window/podium/{answer}"],
        ["{}", "{}/joins", "{}/window/podium/{answer}"],
    ],
    ids=lambda paths: "+".join(path.replace("/", ".") for path in paths),
)
def test_overlapping_paths_count_as_for_plain_tests(
    katas: Workspace, keep: list[str], paths: list[str]
) -> None:
    """Katas repeat, or do not, exactly where test modules in the same folders do."""
    for topic, name in (("window", "podium"), ("window", "latest_price"), ("joins", "no_orders")):
        katas.write(f"plain/{topic}/{name}/test_answer.py", "def test_sample(): pass")

    def samples(root: str, answer: str, case: str) -> Counter[str]:
        args = [path.format(root, answer=answer, case=case) for path in paths]
        ids = katas.ids(*keep, *args)
        found = (node.removeprefix(f"{root}/") for node in ids if node.endswith(f"::{case}"))
        return Counter(node.rpartition("/")[0] for node in found)

    assert samples("katas/sql", "answer.sql", "sample") == samples(
        "plain", "test_answer.py", "test_sample"
    )


@pytest.mark.parametrize(
    "args",
    [
        ["--ignore=katas/sql/window/podium"],
        ["--ignore=katas/sql/window/podium", "katas/sql/window"],
        ["--ignore-glob=*/podium"],
        ["--deselect", "katas/sql/window/podium"],
    ],
    ids=" ".join,
)
def test_ignored_katas_are_left_out(katas: Workspace, args: list[str]) -> None:
    """``--ignore``, ``--ignore-glob`` and ``--deselect`` hold for katas."""
    found = katas.ids(*args)
    assert found
    assert not [node for node in found if "podium" in node]
    assert ALL[7] in found


def test_ignored_topics_are_left_out(katas: Workspace) -> None:
    """A folder above katas can be ignored too."""
    assert katas.ids("--ignore=katas/sql/window") == ALL[:7]


@pytest.mark.parametrize("pattern", ["podium", "window", "sql"])
def test_norecursedirs(katas: Workspace, pattern: str) -> None:
    """``norecursedirs`` holds for katas and for the folders above them."""
    left = [node for node in ALL if f"/{pattern}/" not in node]
    assert katas.ids("-o", f"norecursedirs={pattern}") == left


def test_collect_ignore_of_a_conftest(katas: Workspace) -> None:
    """``collect_ignore`` in a conftest.py between the katas holds."""
    katas.write("katas/sql/conftest.py", 'collect_ignore = ["window/podium"]')
    assert katas.ids() == ALL[:10]


def test_folders_without_kata_toml_are_no_katas(katas: Workspace) -> None:
    """Notes, drafts and empty folders between the katas are passed over."""
    katas.write("katas/sql/window/draft/answer.sql", "SELECT 1")
    katas.write("katas/sql/notes/ideas.md", "none")
    (katas.root / "katas/sql/empty").mkdir()
    (katas.root / "katas/.hidden").mkdir()
    katas.write("katas/README.md", "# Katas")
    assert katas.ids() == ALL
    assert katas.run("katas/sql/window/draft").ret == pytest.ExitCode.NO_TESTS_COLLECTED


def test_plain_tests_beside_katas_are_collected(katas: Workspace) -> None:
    """A test module of the learner's own, between the katas or outside, is a plain test."""
    katas.write("katas/sql/test_own.py", "def test_it(): pass")
    katas.write("tests/test_other.py", "def test_it(): pass")
    assert katas.ids("katas", "tests") == [
        *ALL[:5],
        *ALL[5:7],
        "katas/sql/test_own.py::test_it",
        *ALL[7:],
        "tests/test_other.py::test_it",
    ]
    katas.run("katas/sql/test_own.py", "tests").assert_outcomes(passed=2)


def test_a_symlinked_kata(katas: Workspace) -> None:
    """A kata reached through a link is named by the link, and judged by its own twin."""
    link = katas.root / "katas/sql/window/podium_again"
    link.symlink_to("podium", target_is_directory=True)
    twin = katas.root / "solutions/sql/window/podium_again"
    twin.symlink_to("podium", target_is_directory=True)
    katas.solve("sql/window/podium")
    assert katas.ids("katas/sql/window/podium_again") == [
        node.replace("podium", "podium_again") for node in ALL[10:]
    ]
    katas.run("katas/sql/window/podium_again").assert_outcomes(passed=2)


def test_a_symlinked_workspace(katas: Workspace, monkeypatch) -> None:
    """The whole workspace may be entered through a link."""
    link = katas.root.parent / f"{katas.root.name}_link"
    link.symlink_to(katas.root, target_is_directory=True)
    monkeypatch.chdir(link)
    monkeypatch.setenv("PWD", str(link))
    assert katas.ids() == ALL
    link.unlink()


def test_conftest_between_katas_is_loaded(katas: Workspace) -> None:
    """Hooks and fixtures of a conftest.py inside ``katas/`` work as anywhere."""
    katas.write(
        "katas/python/text/conftest.py",
        """
        import pytest

        @pytest.fixture
        def name():
            return "Grace Hopper"
        """,
    )
    katas.write(
        "katas/sql/window/podium/conftest.py",
        """
        def pytest_runtest_setup(item):
            print("conftest saw", item.name)
        """,
    )
    katas.write(
        "katas/python/text/initials/test_initials.py",
        "def test_sample(answer, name):\n    assert answer.initials(name) == 'GH'",
    )
    katas.solve("python/text/initials", "sql/window/podium", "sql/joins/no_orders")
    for args in ([], ["katas/sql", "katas/python/text"], [PODIUM, INITIALS]):
        result = katas.run("-s", *args)
        assert result.parseoutcomes()["passed"] >= 3
        saw = [line for line in result.outlines if "conftest saw" in line]
        assert len(saw) == 2, args


def test_other_folder_names(katas: Workspace) -> None:
    """``prep_katas`` and ``prep_solutions`` name other folders."""
    (katas.root / "katas").rename(katas.root / "exercises")
    (katas.root / "solutions").rename(katas.root / "author")
    katas.write(
        "pyproject.toml",
        """
        [tool.pytest]
        addopts = ["--import-mode=importlib"]
        prep_katas = "exercises"
        prep_solutions = "author"
        prep_search_seconds = "0"
        """,
    )
    wanted = [node.replace("katas/", "exercises/", 1) for node in ALL]
    assert katas.ids("exercises") == wanted
    assert "author/sql/window/podium/answer.sql::accepted" in katas.ids("author")


def test_data_sets_are_no_katas(katas: Workspace) -> None:
    """Nothing below ``katas/data`` is a kata."""
    katas.write("katas/data/podium/kata.toml", "broken")
    assert katas.ids() == ALL
