"""What a Python kata and an answer to it may use, and that each test starts afresh."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from workspace import INITIALS_KATA as KATA
from workspace import RIGHT

from pytest_prep.content.checksum import file_sha256

if TYPE_CHECKING:
    from workspace import Workspace


ANSWER = f"katas/{KATA}/answer.py"


def test_an_edit_of_the_same_size_and_second(initials, workspace: Workspace) -> None:
    """The answer that is judged is the one on disk, never a compiled one of before."""
    initials(RIGHT).assert_outcomes(passed=2)
    place = workspace.root / ANSWER
    for old, new, outcome in (("[0]", "[1]", "failed"), ("[1]", "[0]", "passed")):
        place.write_text(place.read_text().replace(old, new))
        assert outcome in workspace.run().parseoutcomes()
    assert not list((workspace.root / f"katas/{KATA}").glob("__pycache__/answer*"))


def test_each_test_gets_a_fresh_answer(initials) -> None:
    """What one test leaves in the answer's module, the next does not see."""
    counting = "calls = []\n\ndef initials(name):\n    calls.append(name)\n    return len(calls)"
    initials(
        counting,
        reference=counting,
        tests="""
            def test_one(answer):
                assert answer.initials("a") in (1, 2)

            def test_two(answer):
                assert answer.initials("b") in (1, 2)
                answer.initials = None
            """,
    ).assert_outcomes(passed=2)


def test_each_test_gets_an_empty_folder(initials) -> None:
    """A file that an answer leaves where it runs, the next test does not find."""
    writing = """
        from pathlib import Path

        def initials(name):
            others = [path.name for path in Path().iterdir() if path.name != name]
            Path(name).touch()
            return others
        """
    tests = """
        import pytest

        @pytest.mark.parametrize("name", ["a", "b"])
        def test_edge(answer, name):
            assert answer.initials(name) == []
        """
    initials(writing, reference=writing, tests=tests).assert_outcomes(passed=2)


def test_dataclasses_and_relative_names_work(initials) -> None:
    """An answer may define what looks its own module up by name."""
    initials(
        """
        from __future__ import annotations

        from dataclasses import dataclass
        from pathlib import Path

        @dataclass
        class Name:
            text: str
            rest: Name | None = None

        def initials(name):
            assert Path(__file__).name == "answer.py"
            assert __name__ != "__main__"
            return "".join(word[0] for word in Name(name).text.split())
        """
    ).assert_outcomes(passed=2)


def test_pytest_s_own_means_work(initials) -> None:
    """Parametrize, classes, fixtures, monkeypatch, tmp_path and the reference."""
    initials(
        RIGHT,
        tests="""
            import pytest

            @pytest.fixture
            def names(tmp_path):
                (tmp_path / "names").write_text("Ada Lovelace")
                return (tmp_path / "names").read_text().splitlines()

            @pytest.mark.parametrize("name", ["a b", "c"], ids=["two", "one"])
            def test_edge_words(answer, reference, name):
                assert answer.initials(name) == reference.initials(name)

            class TestFiles:
                def test_real_names(self, answer, names, monkeypatch):
                    monkeypatch.setenv("X", "1")
                    assert [answer.initials(name) for name in names] == ["AL"]
            """,
    ).assert_outcomes(passed=3)


def test_hypothesis_works(initials) -> None:
    """A property is judged like any test, its example is shown."""
    pytest.importorskip("hypothesis")
    tests = """
        from hypothesis import given, settings, strategies

        @settings(deadline=None, derandomize=True, database=None, max_examples=20)
        @given(words=strategies.lists(strategies.sampled_from("abc"), max_size=4))
        def test_edge_words(answer, words):
            assert answer.initials(" ".join(words)) == "".join(words)
        """
    initials(RIGHT, tests=tests).assert_outcomes(passed=1)
    wrong = "def initials(name):\n    return ''.join(sorted({word[0] for word in name.split()}))"
    result = initials(wrong, tests=tests)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["E *words=[[]'a', 'a'],", "*= katas: 1 wrong answer =*"])


def test_a_skipped_test_is_skipped(initials) -> None:
    """A test that the kata's author skips has no verdict, and does not speak for the kata."""
    tests = """
        import pytest

        @pytest.mark.skip(reason="later")
        def test_edge_later(answer):
            assert False

        def test_sample(answer):
            assert answer.initials("Ada") == "A"
        """
    result = initials(RIGHT, "-rs", tests=tests)
    result.assert_outcomes(passed=1, skipped=1)
    result.stdout.fnmatch_lines(["*= katas: 1 accepted =*", "*: later"])


def test_answers_of_the_solutions(initials) -> None:
    """``--answers=solutions`` judges the reference, whatever the learner wrote."""
    initials("nonsense(", "--answers=solutions").assert_outcomes(passed=2)


def test_the_data_set_of_a_kata(workspace: Workspace, initials) -> None:
    """``dataset`` gives rows, column names and frames that no test can spoil for the next."""
    pytest.importorskip("pandas")
    import duckdb

    data = workspace.root / "katas/data/films"
    data.mkdir(parents=True)
    duckdb.sql(f"COPY (SELECT 'Ada' AS name, 1 AS n) TO '{data}/names.parquet'")
    sha = file_sha256(data / "names.parquet")
    workspace.write(
        "katas/data/datasets.toml",
        f"""
        [films]
        title = "Names"
        licence = "CC0-1.0"
        attribution = "Nobody"

        [films.tables.names]
        file = "films/names.parquet"
        format = "parquet"
        columns = [["name", "VARCHAR"], ["n", "INTEGER"]]
        rows = 1
        sha256 = "{sha}"
        rows_sha256 = "{"0" * 64}"
        """,
    )
    initials(
        RIGHT,
        more='[data]\ndataset = "films"',
        tests="""
            import os

            import pytest

            @pytest.fixture(scope="module")
            def read(dataset):
                return os.getpid(), dataset.rows("names")

            def test_real_once(answer, read):
                assert read == (os.getppid(), [("Ada", 1)]), "read where the children come from"

            def test_real_rows(answer, dataset):
                assert dataset.columns("names") == ["name", "n"]
                assert dataset.rows("names") == [("Ada", 1)]
                dataset.rows("names").clear()

            def test_real_frame(answer, dataset):
                assert dataset.rows("names") == [("Ada", 1)]
                frame = dataset.frame("names")
                frame.loc[0, "n"] = 7
                assert dataset.frame("names")["n"].tolist() == [1]
            """,
    ).assert_outcomes(passed=3)
