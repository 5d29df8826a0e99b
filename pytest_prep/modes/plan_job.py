"""``--plan --plan-job FILE``: what a job advert asks for, and a plan made of it."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pytest_prep.content.errors import ContentError
from pytest_prep.content.plan_text import plan_text
from pytest_prep.content.plans import TAXONOMY
from pytest_prep.content.taxonomy import read_taxonomy
from pytest_prep.modes.progress import console_of
from pytest_prep.modes.workspace import content
from pytest_prep.progress.advert import Advert, plan_of, read_advert
from pytest_prep.progress.collection import KataFacts
from pytest_prep.progress.state import EMPTY
from pytest_prep.progress.tasks import works_of
from pytest_prep.progress.work import Shelf
from pytest_prep.report.glyphs import count, glyphs_for, minutes_text

if TYPE_CHECKING:
    from pytest_prep.practice import Practice

#: A longer file is no advert, in bytes.
LARGEST = 1_000_000


def run_job(practice: Practice, katas: Sequence[KataFacts], path: Path) -> int:
    """Read an advert, show what it asks for, and write a plan."""
    settings = practice.settings
    place = settings.plan.folder / TAXONOMY
    try:
        taxonomy = read_taxonomy(place if place.exists() else content() / "plans" / TAXONOMY)
        text = _read(path)
    except ContentError as error:
        sys.stderr.write(f"ERROR: {error}\n")
        return 4
    advert = read_advert(text, taxonomy)
    foot = ["There is no plan to make of it: no word of the taxonomy stands in it."]
    if advert.matches:
        foot = _foot(practice, katas, path, advert)
    from pytest_prep.report.advert import show_advert

    glyphs = glyphs_for(sys.stdout.encoding)
    shown = os.path.relpath(taxonomy.path, settings.root)
    name = shown if not shown.startswith("..") else TAXONOMY
    show_advert(console_of(practice), glyphs, advert, name=path.name, taxonomy=name, foot=foot)
    return 0


def _read(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST:
            raise ContentError(path, "", "is too long for an advert; save its text alone")
        data = path.read_bytes()
    except OSError as error:
        raise ContentError(path, "", f"cannot be read: {error.strerror}") from error
    if b"\0" in data or data[:5] == b"%PDF-":
        raise ContentError(path, "", "is no text; save the advert as a .txt file")
    return data.decode("utf-8", errors="replace")


def _foot(practice: Practice, katas: Sequence[KataFacts], path: Path, advert: Advert) -> list[str]:
    """Write the plan; return lines about it."""
    from pytest_prep.modes.shelf import deck_sizes, scripts

    settings = practice.settings
    name = "job-" + (re.sub(r"[^a-z0-9]+", "-", path.stem.lower()).strip("-") or "advert")
    folder = settings.root / ".prep" / "plans"
    target = folder / f"{name}.toml"
    plan = plan_of(advert, target, name, f"For the advert {path.name}")
    shelf = Shelf({kata.id: kata for kata in katas}, deck_sizes(practice), scripts(practice))
    works = works_of(plan, shelf, EMPTY, "")
    absent = sum(not work.of for work in works)
    minutes = minutes_text(sum(work.size for work in works))
    lines = [
        f"A plan of {count(len(works) - absent, 'task')}, {minutes}: 70 % for what is a must, 20 % "
        "for what is nice to have, 10 % for the rest."
    ]
    if absent:
        lines.append(
            f"Not in this collection yet: what {count(absent, 'more task')} would ask for."
        )
    try:
        kept = _write(folder, target, plan_text(plan))
    except OSError as error:
        return [*lines, f"It could not be written: {error.strerror}: {error.filename}"]
    if kept:
        lines.append(f"The plan that was there is kept as {kept.name}.")
    shown = os.path.relpath(target, practice.config.invocation_params.dir)
    return [*lines, "Follow it with", f"  pytest --plan {shown} --plan-minutes 60"]


def _write(folder: Path, target: Path, text: str) -> Path | None:
    """Write a plan; return where another one in its place is now."""
    folder.mkdir(parents=True, exist_ok=True)
    kept = None
    if target.exists() and target.read_text(encoding="utf-8", errors="replace") != text:
        number = 1
        while target.with_suffix(f".{number}.toml").exists():
            number += 1
        kept = target.rename(target.with_suffix(f".{number}.toml"))
    target.write_text(text, encoding="utf-8")
    return kept
