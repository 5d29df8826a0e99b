"""Write the dashboard to a file, as its ending says."""

from __future__ import annotations

import shutil
from pathlib import Path

from pytest_prep.content.whole import write_whole
from pytest_prep.progress.clock import now
from pytest_prep.progress.stats import Overview
from pytest_prep.progress.steps import Step

#: By ending: what a report begins with, within its first characters.
_OURS = {
    ".html": "<title>Practice, ",
    ".md": "# Practice on ",
    ".json": '"schema": ',
    ".csv": "id,title,path,track,level,",
}


#: Lines on the plan: a label and a text.
Lines = tuple[tuple[str, str], ...]


def write_report(
    path: Path, kept: Path, view: Overview, steps: tuple[Step, ...], plan: Lines
) -> Path | None:
    """Write a report; another one in its place is replaced, any other file is kept in ``kept``.

    Returns:
        Where the file that was in its place is now, None where nothing had to be kept.

    Raises:
        OSError: it cannot be written; what was there is as it was.
    """
    text = report(path.suffix, view, steps, plan)
    copy = _keep(path, kept)
    write_whole(path, text.encode())
    return copy


def report(suffix: str, view: Overview, steps: tuple[Step, ...], plan: Lines) -> str:
    """Return the report that a file with this ending holds."""
    if suffix == ".html":
        from pytest_prep.report.progress_html import as_html

        return as_html(view, steps, plan)
    if suffix == ".md":
        from pytest_prep.report.progress_markdown import as_markdown

        return as_markdown(view, steps, plan)
    from pytest_prep.report.progress_data import as_csv, as_json

    return as_json(view, steps, plan) if suffix == ".json" else as_csv(view)


def _keep(path: Path, kept: Path) -> Path | None:
    if not path.exists():
        return None
    with path.open(encoding="utf-8", errors="replace") as file:
        if _OURS[path.suffix] in file.read(500):
            return None
    kept.mkdir(parents=True, exist_ok=True)
    copy = kept / f"{now():%Y%m%dT%H%M%S%f}-{path.name}"
    shutil.copyfile(path, copy)
    return copy
