"""``--flash``: flashcards in the terminal, planned to the interview date."""

from __future__ import annotations

from pytest_prep.modes.flash.run import run as run
