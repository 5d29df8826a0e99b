"""A Python kata where only its facts are wanted: its test module is not imported."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest


class UnimportedKata(pytest.File):
    """Stands for the test modules of a Python kata; importing pandas takes a second."""

    def collect(self) -> Iterator[pytest.Item]:
        """Yield one item."""
        yield UnimportedItem.from_parent(self, name="kata")


class UnimportedItem(pytest.Item):
    """Stands for all tests of a Python kata."""

    def runtest(self) -> None:
        """Do nothing: a mode runs in place of the tests."""

    def reportinfo(self) -> tuple[Path, int, str]:
        """Return the answer, its first line (0-based) and a name."""
        return self.path, 0, self.name
