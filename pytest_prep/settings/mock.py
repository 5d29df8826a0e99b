"""What the options and ini keys say of mock interviews."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from pytest_prep.content.duration import seconds_of


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
    asked: str = config.getoption("prep_mock") or ""
    folder = config.rootpath / config.getini("prep_interviews")
    path = ""
    if asked and not (folder / f"{asked}.toml").exists():
        # `pytest --mock katas/sql`: the option takes what follows it for the script's name.
        place = config.invocation_params.dir / asked.split("::", maxsplit=1)[0]
        path, asked = (asked, "coding-20") if place.exists() else ("", asked)
    text = config.getoption("prep_duration")
    try:
        duration = None if text is None else seconds_of(text)
    except ValueError as error:
        raise pytest.UsageError(f"--duration: {error}") from None
    return MockSettings(
        script=asked,
        path=path,
        duration=duration,
        level=config.getoption("prep_mock_level") or "",
        seed=config.getoption("prep_mock_seed"),
        replay=config.getoption("prep_mock_replay") or "",
        folder=folder,
    )
