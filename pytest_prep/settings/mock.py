"""What the options and ini keys say of mock interviews."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import pytest

from pytest_prep.content.duration import duration_text, seconds_of

#: The longest interview, in seconds.
_LONGEST = 24 * 3600

_SEPARATORS = {"/", os.sep}


@dataclass(frozen=True)
class MockSettings:
    """What a mock interview is asked to be."""

    #: The script, or a kind of script.
    script: str
    #: A path that the option swallowed: it belongs to the selection.
    path: str
    #: Seconds, or None for the script's own.
    duration: int | None
    #: ``easy``, ``medium``, ``hard``, or "" for any.
    level: str
    seed: int | None
    #: The folder of an old interview to show, "" for none.
    replay: str
    #: The folder of scripts, banks and scenarios.
    folder: Path


def read_mock(config: pytest.Config) -> MockSettings:
    """Read the options and ini keys of ``--mock``.

    Raises:
        pytest.UsageError: one of them has a value that it cannot have.
    """
    _refuse_alone(config)
    asked: str = config.getoption("prep_mock") or ""
    folder = config.rootpath / config.getini("prep_interviews")
    path = ""
    if asked and not (folder / f"{asked}.toml").exists():
        # `pytest --mock katas/sql`: the option takes what follows it for the script's name.
        place = config.invocation_params.dir / asked.split("::", maxsplit=1)[0]
        path, asked = (asked, "coding-20") if place.exists() else ("", asked)
        if not path and ("::" in asked or set(asked) & _SEPARATORS):
            raise pytest.UsageError(f"--mock: there is no path {asked!r}, and no interview")
    return MockSettings(
        script=asked,
        path=path,
        duration=_duration(config.getoption("prep_duration")),
        level=config.getoption("prep_mock_level") or "",
        seed=config.getoption("prep_mock_seed"),
        replay=config.getoption("prep_mock_replay") or "",
        folder=folder,
    )


def _refuse_alone(config: pytest.Config) -> None:
    """Refuse what says something of ``--mock`` where no interview begins.

    Raises:
        pytest.UsageError: so it is.
    """
    asked = config.getoption("prep_mock")
    if asked == "":
        raise pytest.UsageError("--mock=: names no interview; --mock alone plays coding-20")
    if asked is not None:
        return
    for option in ("duration", "mock-level", "mock-seed"):
        value = config.getoption(f"prep_{option}".replace("-", "_"))
        if value is not None:
            raise pytest.UsageError(
                f"--{option} says how an interview begins: add --mock, as in "
                f"pytest --mock --{option} {value}"
            )


def _duration(text: str | None) -> int | None:
    try:
        duration = None if text is None else seconds_of(text)
    except ValueError as error:
        raise pytest.UsageError(f"--duration: {error}") from None
    if duration and duration > _LONGEST:
        raise pytest.UsageError(
            f"--duration: {text!r} is too long; {duration_text(_LONGEST)} at the most"
        )
    return duration
