"""``--mock-resume``: go on with the interview that was interrupted."""

from __future__ import annotations

from pytest_prep.modes.mock import resume as run

__all__ = ["run"]
