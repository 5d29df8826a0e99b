"""Write the report of an interview: text and JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pytest_prep.report.interview_text import text_report


def write_reports(result: Mapping[str, Any], folder: Path) -> list[str]:
    """Write every form of the report; return a line about each.

    One that cannot be written is told; the journal has it all.
    """
    told = []
    for name, text in (
        ("report.json", json.dumps(result, ensure_ascii=False, indent=1) + "\n"),
        ("report.txt", text_report(result)),
    ):
        path = folder / name
        try:
            path.write_text(text, encoding="utf-8")
        except OSError as error:
            told.append(f"not written: {path}: {error.strerror}")
        else:
            told.append(f"report: {path}")
    return told
