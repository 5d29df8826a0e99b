"""The candidate's own tests of a Python kata: what they say of the reference and of wrong answers.

Tests are good when they accept the reference and fail on answers that are known to be wrong: the
``wrong_*`` submissions of the kata's author.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from pytest_prep.modes.mock.paper import Item

#: The file beside the answer that holds them.
FILE = "my_tests.py"

#: Wall-clock seconds for one submission; one that takes longer is caught.
LONGEST = 20.0

_CONFTEST = """\
import os
from pathlib import Path

import pytest

from pytest_prep.judging.python_answer import load_answer


@pytest.fixture
def answer():
    return load_answer(Path(os.environ["PREP_MOCK_ANSWER"]), [])
"""

#: pytest's exit codes.
_PASSED, _FAILED = 0, 1


def asked_for_tests(item: Item) -> str:
    """Return the line that says where tests of one's own belong."""
    if item.data["suffix"] != ".py":
        return "this stage asks for tests of your own, which only Python katas have"
    return f"your own tests count: functions test_…(answer) in {item.data['path']}/{FILE}"


def try_tests(text: str, author_folder: Path) -> dict[str, Any]:
    """Run tests on the reference and on every wrong submission.

    Returns:
        ``caught`` and ``of`` (wrong submissions), and ``problem``: why the tests count for
        nothing, or ``""``.
    """
    wrong = sorted(author_folder.glob("wrong_*.py"))
    with tempfile.TemporaryDirectory(prefix="prep-mock-") as name:
        folder = Path(name)
        (folder / "test_mine.py").write_text(text, encoding="utf-8")
        (folder / "conftest.py").write_text(_CONFTEST, encoding="utf-8")
        (folder / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
        code = _run(folder, author_folder / "answer.py")
        if code != _PASSED:
            problem = "fail on the reference" if code == _FAILED else "do not run"
            return {"caught": 0, "of": len(wrong), "problem": f"they {problem}"}
        caught = sum(_run(folder, path) != _PASSED for path in wrong)
    return {"caught": caught, "of": len(wrong), "problem": ""}


def _run(folder: Path, answer: Path) -> int:
    taken = ("PYTEST_ADDOPTS", "PYTEST_PLUGINS")
    kept = {name: value for name, value in os.environ.items() if name not in taken}
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider"]
    try:
        ran = subprocess.run(  # noqa: S603
            [*command, "-c", str(folder / "pytest.ini"), str(folder)],
            cwd=folder,
            env={**kept, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PREP_MOCK_ANSWER": str(answer)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=LONGEST,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return _FAILED
    return ran.returncode
