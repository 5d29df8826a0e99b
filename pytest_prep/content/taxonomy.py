"""Read ``plans/taxonomy.toml``: what job adverts ask for, and what to practise for it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pytest_prep.content.plan import Task
from pytest_prep.content.plan_file import DEFAULTS, read_task
from pytest_prep.content.toml_table import Table, read_toml


@dataclass(frozen=True)
class AdvertTopic:
    """Something adverts ask for."""

    id: str
    title: str
    #: Whole words or phrases; in lower case they match in any case, otherwise exactly.
    words: tuple[str, ...]
    tasks: tuple[Task, ...]


@dataclass(frozen=True)
class Taxonomy:
    """Topics, and the words by which an advert tells what must be from what may be."""

    path: Path
    topics: tuple[AdvertTopic, ...]
    #: Headings by what follows them: ``must``, ``nice`` or ``other``.
    sections: dict[str, tuple[str, ...]]
    #: Words in a line that make it ``must`` or ``nice``, whatever its section.
    words: dict[str, tuple[str, ...]]


def read_taxonomy(path: Path) -> Taxonomy:
    """Read the taxonomy.

    Raises:
        ContentError: the file cannot be used; the message names the place and the mend.
    """
    top = read_toml(path)
    sections = _lists(top, "sections", ("must", "nice", "other"))
    words = _lists(top, "words", ("must", "nice"))
    topics = top.entries("topic", _topic, "topic")
    if not topics:
        raise top.error("topic", "is missing; add at least one [[topic]]")
    top.finish()
    return Taxonomy(path, topics, sections, words)


def _lists(top: Table, name: str, keys: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    table = Table(top.path, name, top.take(name, dict, f"a table [{name}]"))
    found = {key: table.words(key, "words") for key in keys}
    table.finish()
    return found


def _topic(table: Table) -> AdvertTopic:
    words = table.words("words", "words", default=...)
    if not words or not all(word.strip() for word in words):
        raise table.error("words", "name at least one word, and no empty one")
    tasks = table.words("tasks", 'tables such as { do = "kata", ref = "…" }', dict, ...)
    return AdvertTopic(
        id=table.id(),
        title=table.take("title", str, "a text"),
        words=words,
        tasks=tuple(read_task(table, n, raw, DEFAULTS) for n, raw in enumerate(tasks, 1)),
    )
