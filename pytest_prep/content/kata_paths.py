"""Where katas are, by their ids."""

from __future__ import annotations

import os
from pathlib import Path

from pytest_prep.content.catalog import Catalog


def kata_paths(katas: Path, solutions: Path, index: Path | None) -> dict[str, Path]:
    """Return the folder of every valid kata below ``katas``, by its id.

    Args:
        katas: the folder of the katas; ``data`` in it holds none.
        solutions: its twin.
        index: the folder of the catalog's index files, or None.
    """
    found: dict[str, Path] = {}
    for name, folders, _ in os.walk(katas):
        folder = Path(name)
        folders[:] = sorted(f for f in folders if not f.startswith((".", "__")))
        if folder == katas:
            folders[:] = [f for f in folders if f != "data"]
        catalog = Catalog(folder, solutions / folder.relative_to(katas), index)
        here = {sub: facts.id for sub in folders if (facts := catalog.facts(sub)) is not None}
        if here:
            catalog.save()
        for sub, kata in here.items():
            found.setdefault(kata, folder / sub)
        folders[:] = [sub for sub in folders if sub not in here]
    return found
