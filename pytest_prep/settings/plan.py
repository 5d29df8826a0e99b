"""What ``--plan`` is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from pytest_prep.settings.progress import date_of


@dataclass(frozen=True)
class PlanSettings:
    """What ``--plan`` is asked for."""

    #: The folder of the plans.
    folder: Path
    #: The plan to follow from now on, ``""`` where the command line names none.
    use: str
    #: A path that the option swallowed: it belongs to the selection.
    path: str
    #: The plan that the configuration names, ``""`` for none.
    configured: str
    #: A date and minutes to keep from now on, ``""`` and None where there are none.
    interview: str
    minutes: int | None
    #: Tasks to tick, and a note on them.
    done: tuple[str, ...]
    note: str
    #: A job advert.
    job: Path | None


def read_plan_settings(config: pytest.Config) -> PlanSettings:
    """Read the options and ini keys of study plans.

    Raises:
        pytest.UsageError: one of them has a value that it cannot have.
    """
    folder = config.rootpath / config.getini("prep_plans")
    asked: str = config.getoption("prep_plan") or ""
    for name in ("interview", "minutes", "done", "note", "job"):
        if config.getoption(f"prep_plan_{name}") and not asked:
            raise pytest.UsageError(f"--plan-{name} goes with --plan: add that")
    use = "" if asked == "today" else asked
    path = ""
    if use and not use.endswith(".toml") and not (folder / f"{use}.toml").exists():
        # `pytest --plan katas/sql`: the option takes what follows it for a plan's name.
        place = config.invocation_params.dir / use.split("::", maxsplit=1)[0]
        path, use = (use, "") if place.exists() else ("", use)
    minutes: str | None = config.getoption("prep_plan_minutes")
    if minutes is not None and not (minutes.isdecimal() and 1 <= int(minutes) <= 1440):
        raise pytest.UsageError(f"--plan-minutes: {minutes!r} is not a number of minutes a day")
    job: str | None = config.getoption("prep_plan_job")
    return PlanSettings(
        folder=folder,
        use=use,
        path=path,
        configured=config.getini("prep_plan"),
        interview=date_of("--plan-interview", config.getoption("prep_plan_interview") or ""),
        minutes=int(minutes) if minutes else None,
        done=tuple(config.getoption("prep_plan_done")),
        note=config.getoption("prep_plan_note") or "",
        job=config.invocation_params.dir / job if job else None,
    )
