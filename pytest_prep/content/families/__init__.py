"""Data sets that are made from a seed, by the standard library alone, when first needed."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pytest_prep.content.families.framework import Family

#: name of the family → the module that holds its ``FAMILY``, imported only when it is asked for
FAMILIES = {
    "deals": "pytest_prep.content.families.deals",
}


def load_family(name: str) -> Family:
    """Import and return a family; KeyError when there is none of that name."""
    family: Family = import_module(FAMILIES[name]).FAMILY
    return family
