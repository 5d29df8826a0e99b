"""What may have been meant where ``-k`` selects nothing: the nearest name there is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_prep.content.catalog import Catalog
from pytest_prep.content.errors import did_you_mean
from pytest_prep.content.kata import KATA_FILE

if TYPE_CHECKING:
    from pytest_prep.settings import Settings

_OPERATORS = {"and", "or", "not"}
#: Modes whose selection is of katas; the others take -k for cards and the like.
_MODES = ("", "katas", "hint", "reveal", "reset", "review")


def suggestion(settings: Settings) -> str:
    """Return a line about the words of ``-k`` that no kata goes by, ``""`` where there are none."""
    if settings.mode not in _MODES:
        return ""
    words = [w for w in re.findall(r"[^\s()]+", settings.keyword.lower()) if w not in _OPERATORS]
    names = _names(settings) if words else set()
    unknown = [word for word in words if not any(word in name for name in names)]
    if not unknown:
        return ""
    told = [f"no kata goes by {word!r}{did_you_mean(word, sorted(names))}" for word in unknown]
    return f"-k: {'; '.join(told)}"


def _names(settings: Settings) -> set[str]:
    """Return every name that selects a kata: folders, ids, levels and topics."""
    names: set[str] = set()
    for path in settings.katas.rglob(KATA_FILE):
        folder = path.parent
        inside = folder.relative_to(settings.katas)
        names.update(part.lower() for part in inside.parts)
        catalog = Catalog(folder.parent, settings.solutions / inside.parent, None)
        facts = catalog.facts(folder.name)
        if facts is not None:
            names.update(facts.names.split("\n"))
    return names
