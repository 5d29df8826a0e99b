"""Slips that would pass unnoticed, or leave the learner without a hint: told, with the mend."""

from __future__ import annotations

import pytest
from workspace import Workspace


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("windw", "-k: no kata goes by 'windw'; did you mean 'window'?"),
        ("not windw or rankin", None),
        ("podum and hard", "-k: no kata goes by 'podum'; did you mean 'podium'?"),
        ("sql-no-order-s", "-k: no kata goes by 'sql-no-order-s'; did you mean 'sql-no-orders'?"),
        ("zzzzz", "-k: no kata goes by 'zzzzz'"),
        ("window and join", None),
    ],
)
def test_a_slip_in_k(katas: Workspace, typed: str, told: str | None) -> None:
    """Where -k selects nothing, the nearest name is named; where all words are known, none."""
    result = katas.run("-k", typed)
    assert (told in result.outlines) if told else ("did you mean" not in result.stdout.str())


def test_a_slip_in_k_of_a_mode(katas: Workspace) -> None:
    """The modes tell it too, and exit as pytest does where nothing is selected."""
    result = katas.run("--katas", "-k", "windw")
    assert result.ret == pytest.ExitCode.NO_TESTS_COLLECTED
    result.stdout.fnmatch_lines(["no kata is selected", "*did you mean 'window'?"])
    assert katas.run("--reset", "-k", "windw").ret == pytest.ExitCode.USAGE_ERROR


@pytest.mark.parametrize("isolation", ["fork", "none"])
@pytest.mark.parametrize(
    "answer",
    [
        "import pytest\n\n\ndef initials(name):\n    pytest.skip('later')\n",
        "import pytest\n\n\ndef initials(name):\n    pytest.xfail('later')\n",
        "import unittest\n\n\ndef initials(name):\n    raise unittest.SkipTest\n",
        "import pytest\n\npytest.skip('later', allow_module_level=True)\n",
    ],
    ids=["skip", "xfail", "SkipTest", "whole file"],
)
def test_an_answer_cannot_skip_its_test(katas: Workspace, answer: str, isolation: str) -> None:
    """An answer that skips is rejected at its line, and not passed over in silence."""
    katas.write("katas/python/text/initials/answer.py", answer)
    result = katas.run("katas/python/text", f"--isolation={isolation}")
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    line = next(n for n, t in enumerate(answer.split("\n"), 1) if "later" in t or "raise" in t)
    result.stdout.fnmatch_lines(
        ["crashed: it skips the test that judges it", f"*/answer.py:{line}", "*1 crashed*"]
    )


def test_an_author_may_skip(katas: Workspace) -> None:
    """A skip of the test's own is left to its author."""
    katas.write(
        "katas/python/text/initials/test_initials.py",
        "import pytest\n\n\ndef test_x(answer):\n    pytest.skip('not on this machine')\n",
    )
    katas.solve("python/text/initials")
    result = katas.run("katas/python/text")
    assert result.ret == 0
    assert result.parseoutcomes() == {"skipped": 1}
