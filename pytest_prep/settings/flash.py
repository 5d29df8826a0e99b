"""What the options and ini keys say of flashcards."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from pytest_prep.flash_options import SCHEDULERS


@dataclass(frozen=True)
class FlashSettings:
    """How a session of flashcards is wanted."""

    minutes: float
    #: Most new cards a day; None: what the planner says.
    new: int | None
    #: Categories, none for all.
    categories: tuple[str, ...]
    #: The lowest and the highest difficulty, 1 to 5.
    difficulty: tuple[int, int]
    #: ``plan``, ``fsrs`` or ``sm2``.
    scheduler: str
    #: Cards a day.
    goal: int
    #: Makes the order of options, None for another one each time.
    seed: int | None
    #: Whether suspended cards come back first.
    unsuspend: bool
    #: The file to write the selected cards to, or to read cards from.
    file: Path | None


def read_flash(config: pytest.Config) -> FlashSettings:
    """Read the options and ini keys of ``--flash``, ``--flash-export`` and ``--flash-import``.

    Raises:
        pytest.UsageError: one of them has a value that it cannot have.
    """
    file = config.getoption("prep_flash_export") or config.getoption("prep_flash_import")
    named = config.getoption("prep_flash_scheduler")
    scheduler: str = named or config.getini("prep_flash_scheduler")
    if scheduler not in SCHEDULERS:
        raise pytest.UsageError(
            f"prep_flash_scheduler: {scheduler!r} is not one of {', '.join(SCHEDULERS)}"
        )
    return FlashSettings(
        minutes=_minutes(config.getoption("prep_flash_minutes")),
        new=config.getoption("prep_flash_new"),
        categories=_words(config.getoption("prep_flash_category")),
        difficulty=_difficulty(config.getoption("prep_flash_difficulty")),
        scheduler=scheduler,
        goal=_whole("prep_flash_goal", config.getini("prep_flash_goal")),
        seed=config.getoption("prep_flash_seed"),
        unsuspend=config.getoption("prep_flash_unsuspend"),
        file=config.invocation_params.dir / file if file else None,
    )


def _minutes(text: str) -> float:
    match = re.fullmatch(r"(\d+(?:\.\d+)?)m?", text.strip())
    if match is None or float(match[1]) == 0:
        raise pytest.UsageError(f"--flash-minutes: {text!r} is not a number of minutes such as 15")
    return float(match[1])


def _difficulty(text: str) -> tuple[int, int]:
    match = re.fullmatch(r"([1-5])(?:\s*-\s*([1-5]))?", text.strip())
    low, high = (int(match[1]), int(match[2] or match[1])) if match else (1, 0)
    if low > high:
        raise pytest.UsageError(
            f"--flash-difficulty: {text!r} is not a range within 1 (easy) to 5 (hard), such as 2-4"
        )
    return low, high


def _whole(name: str, text: str) -> int:
    if not text.strip().isdecimal():
        raise pytest.UsageError(f"{name}: {text!r} is not a whole number such as 20")
    return int(text)


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip().lower() for word in text.split(",") if word.strip())
