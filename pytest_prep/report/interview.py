"""Write the report of an interview: text, JSON, HTML, and PDF where typst is installed."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from pytest_prep.report.interview_html import html_report
from pytest_prep.report.interview_pdf import NoPdf, pdf_report
from pytest_prep.report.interview_text import text_report


def write_reports(result: Mapping[str, Any], folder: Path) -> list[str]:
    """Write every form of the report; return lines about where they are.

    One that cannot be written is told, and the others are written: the journal has it all.
    """
    forms: dict[str, Callable[[], bytes]] = {
        "report.html": lambda: html_report(result).encode(),
        "report.pdf": lambda: pdf_report(result),
        "report.json": lambda: json.dumps(result, ensure_ascii=False, indent=1).encode() + b"\n",
        "report.txt": lambda: text_report(result).encode(),
    }
    written, told = [], []
    for name, make in forms.items():
        path = folder / name
        try:
            path.write_bytes(make())
        except NoPdf as error:
            told.append(str(error))
        except OSError as error:
            told.append(f"not written: {path}: {error.strerror}")
        else:
            written.append(name)
    where = [f"report: {folder / written[0]}"] if written else []
    beside = [f"beside it: {', '.join(written[1:])}"] if written[1:] else []
    return [*where, *beside, *told]
