"""The layout of SQL, asked of sqlfluff where it is installed."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from pytest_prep.judging.review.model import Finding, Measure, not_measured
from pytest_prep.judging.review.tools import ask, find_tool

NAME = "layout"
#: Rules about which nobody argues: spaces, commas, brackets, lines at the file's ends.
RULES = "LT01,LT04,LT06,LT07,LT10,LT13"
_DIALECTS = {"spark": "sparksql", "duckdb": "duckdb"}


def layout_of(sql: str, dialect: str) -> tuple[Measure, list[Finding]]:
    """Return what sqlfluff says of a query's layout."""
    tool = find_tool("sqlfluff")
    if tool is None:
        return not_measured(NAME, "sqlfluff is not installed (pip install sqlfluff)"), []
    command = (
        tool, "lint", "--dialect", _DIALECTS.get(dialect, dialect), "--rules", RULES, "--format",
        "json", "--nocolor", "--disable-progress-bar", "--ignore-local-config", "-",
    )  # fmt: skip
    with tempfile.TemporaryDirectory(prefix="prep-") as folder:
        told = ask(command, sql.rstrip() + "\n", Path(folder))
    try:
        violations = [v for file in json.loads(told or "") for v in file["violations"]]
        broken = any(violation["code"] == "PRS" for violation in violations)
        places = [(int(v["start_line_no"]), str(v["description"])) for v in violations]
    except (ValueError, LookupError, TypeError):
        return not_measured(NAME, "sqlfluff gave no answer"), []
    if broken:
        return not_measured(NAME, "sqlfluff cannot read this query"), []
    if not places:
        return Measure(NAME, "nothing to mend (sqlfluff)", {"places": 0.0}), []
    line, first = places[0]
    number = f"{len(places)} place{'s' if len(places) > 1 else ''}"
    finding = Finding(
        "layout",
        f"uneven layout in {number}: {first}",
        "a query that reads evenly is discussed; one that does not is deciphered",
        f"sqlfluff fix --dialect {dialect} --rules {RULES} answer.sql",
        line,
        min(len(places), 5),
    )
    return Measure(NAME, f"{number} (sqlfluff)", {"places": float(len(places))}), [finding]
