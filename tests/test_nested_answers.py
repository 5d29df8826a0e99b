"""A Python answer that the compiler gives up on is the learner's to mend, not the kata's."""

from __future__ import annotations

from pathlib import Path

import pytest

from pytest_prep.judging.python_answer import AnswerInvalid, load_answer


@pytest.mark.parametrize("value", [" + ".join(["1"] * 30_000), "-" * 20_000 + "1"])
def test_code_nested_too_deeply_is_invalid(tmp_path: Path, value: str) -> None:
    """Such an answer is invalid, as one with a mistake of syntax is."""
    path = tmp_path / "answer.py"
    path.write_text(f"def f():\n    return {value}\n")
    with pytest.raises(AnswerInvalid, match="does not compile") as told:
        load_answer(path, ["f"])
    assert "nested too deeply" in told.value.detail
