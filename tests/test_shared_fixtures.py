"""Fixtures of a wider scope than one test: set up once, and no test can spoil them for another."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from workspace import RIGHT

from pytest_prep.isolation import forked_tests

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="children need Linux")

LOG = """
    import os
    import pathlib
    import warnings

    import pytest

    def log(words):
        with pathlib.Path(os.environ["FIXTURES_LOG"]).open("a") as file:
            print(words, file=file)

    """


@pytest.fixture
def log(tmp_path: Path, monkeypatch):
    """Give what fixtures wrote; a child may write nothing there."""
    place = tmp_path / "log"
    place.touch()
    monkeypatch.setenv("FIXTURES_LOG", str(place))
    return lambda: place.read_text().splitlines()


def test_they_are_set_up_once(initials, log) -> None:
    """Session, module and class; each is torn down when the last test that takes it is over."""
    tests = (
        LOG
        + """
    def setup_module():
        log("module up")

    def teardown_module():
        log("module down")

    @pytest.fixture(scope="session")
    def everything():
        log("session up")
        yield
        log("session down")

    @pytest.fixture(scope="class", params=[1, 2])
    def number(request, everything):
        log(f"{request.param} up")
        yield request.param
        log(f"{request.param} down")

    def test_before(answer, everything):
        assert answer.initials("a") == "a"

    class TestNumber:
        def test_one(self, answer, number):
            assert answer.initials("a " * number) == "a" * number

        def test_two(self, answer, number):
            assert answer.initials("b " * number) == "b" * number

    def test_after(answer):
        assert answer.initials("") == ""
    """
    )
    initials(RIGHT, tests=tests).assert_outcomes(passed=6)
    assert log() == [
        *("session up", "module up"),
        *("1 up", "1 down", "2 up", "2 down"),
        *("module down", "session down"),
    ]


def test_each_test_finds_them_as_they_were(initials) -> None:
    """Neither what the answer does to an object nor to a file reaches the next test."""
    tests = """
        import pytest

        @pytest.fixture(scope="module")
        def shared(tmp_path_factory):
            path = tmp_path_factory.mktemp("names") / "name"
            path.write_text("Ada Lovelace")
            return {"seen": [], "path": path}

        @pytest.mark.parametrize("n", [1, 2, 3])
        def test_edge(answer, shared, n, tmp_path):
            (tmp_path / "mine").write_text("x")
            assert len(shared["seen"]) < 2, "the same list within one test only"
            assert answer.initials(shared) == "AL"
        """
    answer = """
        def initials(shared):
            shared["seen"].append(1)
            try:
                shared["path"].unlink()
            except OSError:
                pass
            return "".join(word[0] for word in shared["path"].read_text().split())
        """
    initials(answer, reference=answer, tests=tests).assert_outcomes(passed=3)


def test_what_goes_wrong_in_them(initials, log) -> None:
    """An error, a skip and an error while they are torn down are told as without children."""
    tests = (
        LOG
        + """
    @pytest.fixture(scope="module")
    def broken():
        log("broken")
        warnings.warn("beware")
        raise OSError("no data")

    @pytest.fixture(scope="module")
    def skipping():
        pytest.skip("not here")

    @pytest.fixture(scope="module")
    def untidy():
        yield
        raise OSError("cannot be closed")

    def test_one(answer, broken):
        pass

    def test_two(answer, broken):
        pass

    def test_three(answer, skipping):
        pass

    def test_four(answer, untidy):
        assert answer.initials("a") == "a"
    """
    )
    result = initials(RIGHT, "-rs", tests=tests)
    result.assert_outcomes(passed=1, errors=3, skipped=1, warnings=1)
    result.stdout.fnmatch_lines(
        ["*ERROR at setup of test_one*", "E *OSError: no data", "*ERROR at setup of test_two*"]
    )
    result.stdout.fnmatch_lines(["*ERROR at teardown of test_four*", "E *OSError: cannot be*"])
    result.stdout.fnmatch_lines(["*UserWarning: beware", "SKIPPED *: not here"])
    assert log() == ["broken"]


@pytest.mark.parametrize(
    "bond",
    [
        "thread = threading.Thread(target=time.sleep, args=(60,), daemon=True); thread.start()",
        "child = subprocess.Popen(['sleep', '60'])",
        "ends = socket.socketpair()",
    ],
    ids=["thread", "process", "socket"],
)
def test_what_a_fork_cannot_share(initials, bond: str) -> None:
    """A fixture that holds a thread, a process or a socket is set up in each child."""
    tests = f"""
        import os, socket, subprocess, threading, time

        import pytest

        @pytest.fixture(scope="module")
        def bound():
            {bond}
            return os.getpid(), locals()

        @pytest.mark.parametrize("n", [1, 2])
        def test_edge(answer, bound, n):
            assert bound[0] == os.getpid()
            assert answer.initials("a") == "a"
        """
    initials(RIGHT, tests=tests).assert_outcomes(passed=2)


def test_one_that_is_never_done(initials, monkeypatch) -> None:
    """It is given up once, and no fault of the answer."""
    monkeypatch.setattr(forked_tests, "SETUP", 0.7)
    tests = """
        import time

        import pytest

        @pytest.fixture(scope="module")
        def endless():
            time.sleep(600)

        def test_edge(answer, endless):
            assert answer.initials("a") == "a"

        def test_edge_too(answer, endless):
            assert answer.initials("a") == "a"

        def test_sample(answer):
            assert answer.initials("a") == "a"
        """
    result = initials(RIGHT, tests=tests)
    result.assert_outcomes(passed=1, failed=2)
    told = "broken kata: setting up endless is not done after 0.7 s"
    assert result.stdout.str().count(told) == 2


def test_they_are_torn_down_after_the_first_failure(initials, log) -> None:
    """``-x`` leaves nothing behind."""
    tests = (
        LOG
        + """
    @pytest.fixture(scope="session")
    def everything():
        log("up")
        yield
        log("down")

    def test_one(answer, everything):
        assert answer.initials("a") == "b"

    def test_two(answer, everything):
        assert answer.initials("a") == "a"
    """
    )
    initials(RIGHT, "-x", tests=tests).assert_outcomes(failed=1)
    assert log() == ["up", "down"]
