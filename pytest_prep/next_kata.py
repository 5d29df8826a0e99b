"""The kata to turn to when everything that was judged is accepted."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pytest_prep.content.catalog import Catalog
from pytest_prep.content.kata import KATA_FILE, LEVELS, read_kata

if TYPE_CHECKING:
    from pytest_prep.progress.store import Store
    from pytest_prep.settings import Settings


@dataclass(frozen=True)
class NextKata:
    """A kata that was never solved."""

    #: Its folder, relative to the root, with forward slashes.
    path: str
    title: str
    level: str
    minutes: int


def next_kata(settings: Settings, store: Store, path: str) -> NextKata | None:
    """Return the easiest kata never solved: beside ``path``, else in its track, else anywhere.

    Args:
        settings: where the katas are.
        store: knows which are solved.
        path: the folder of a kata, relative to the root.
    """
    topic = (settings.root / path).parent
    for folder in _folders(settings.katas, topic, settings.data):
        twin = settings.solutions / folder.relative_to(settings.katas)
        catalog = Catalog(folder, twin, settings.cache)
        levels = {}
        for entry in sorted(folder.iterdir()):
            facts = catalog.facts(entry.name) if entry.is_dir() else None
            if facts is not None:
                levels[facts.id] = (LEVELS.index(facts.level), entry.name)
        catalog.save()
        solved = {name for name, trail in store.trails(levels).items() if trail.solved}
        todo = sorted(place for name, place in levels.items() if name not in solved)
        if todo:
            name = todo[0][1]
            kata = read_kata(folder / name, twin / name)
            return NextKata(
                kata.folder.relative_to(settings.root).as_posix(),
                kata.title,
                kata.level,
                kata.minutes,
            )
    return None


def _folders(katas: Path, topic: Path, data: Path) -> Iterator[Path]:
    """Yield the folders whose sub-folders may be katas: the nearest to ``topic`` first."""
    yield topic
    seen = {topic}
    for above in [parent for parent in topic.parents if parent.is_relative_to(katas)]:
        for folder in _below(above, {*seen, data}):
            seen.add(folder)
            yield folder


def _below(folder: Path, leave_out: Collection[Path]) -> Iterator[Path]:
    for entry in sorted(folder.iterdir()):
        if entry in leave_out or entry.name[0] in "._" or not entry.is_dir():
            continue
        if not (entry / KATA_FILE).exists():
            yield entry
            yield from _below(entry, leave_out)
