"""Make the screens that README.md shows, by running pytest on real katas.

``python docs/screens.py`` rewrites them; ``python docs/screens.py --check`` exits with 1 and a
diff where README.md shows something else. Times vary from run to run and are not compared.
"""

from __future__ import annotations

import difflib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
_SCREEN = re.compile(r"(<!-- screen: (\w+) -->\n```text\n)(.*?)(```\n<!-- /screen -->)", re.DOTALL)
_TIMES = re.compile(r"\d+(\.\d+)? (ms|s)\b|\d+\.\d+s\b")
_WRONG = "solutions/sql/join/fleet_size/wrong_counts_flights.sql"
_SLOW = "solutions/sql/islands/planes_in_the_air/slow_interval_join.sql"


@dataclass(frozen=True, slots=True)
class Screen:
    """One screen: which answers are in place, and what is typed."""

    name: str
    command: str
    #: Submissions to put into the katas' folders first.
    answers: tuple[str, ...] = ()
    #: What the clock says.
    time: str = "10:00"


SCREENS = (
    Screen("first", "pytest katas/sql -k window"),
    Screen("wrong", "pytest katas/sql/join/fleet_size", (_WRONG,)),
    Screen(
        "accepted",
        "pytest katas/sql/join/fleet_size",
        ("solutions/sql/join/fleet_size/answer.sql",),
        "10:12",
    ),
)


def show(screen: Screen, workspace: Path) -> str:
    """Return what the learner sees: the prompt with the command, and pytest's output."""
    for submission in screen.answers:
        path = Path(submission)
        target = workspace / "katas" / path.relative_to("solutions").parent
        shutil.copyfile(workspace / submission, target / f"answer{path.suffix}")
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST_", "PREP_", "COV_"))}
    ran = subprocess.run(
        [sys.executable, "-m", *screen.command.split(), "--no-header", "--color=no"],
        cwd=workspace,
        env={
            **clean,
            "COLUMNS": "80",
            "PYTHONDONTWRITEBYTECODE": "1",
            "PREP_NOW": f"2026-12-01T{screen.time}:00+00:00",
            "TZ": "UTC",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    lines = [line.rstrip() for line in (ran.stdout + ran.stderr).split("\n")]
    return f"$ {screen.command}\n" + "\n".join(lines).strip("\n") + "\n"


def main(arguments: list[str]) -> int:
    """Rewrite or check the screens of README.md."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder)
        for name in ("katas", "solutions"):
            shutil.copytree(ROOT / name, workspace / name)
        for twin in (workspace / "solutions").rglob("starter.*"):
            # Whoever runs this may have answered katas: show what a fresh clone shows.
            place = workspace / "katas" / twin.relative_to(workspace / "solutions").parent
            shutil.copyfile(twin, place / f"answer{twin.suffix}")
        shutil.copyfile(ROOT / "pyproject.toml", workspace / "pyproject.toml")
        made = {screen.name: show(screen, workspace) for screen in SCREENS}
    old = README.read_text(encoding="utf-8")
    new = _SCREEN.sub(lambda found: f"{found[1]}{made[found[2]]}{found[4]}", old)
    if "--check" not in arguments:
        README.write_text(new, encoding="utf-8")
        return 0
    before, after = (_TIMES.sub("‹time›", text).splitlines() for text in (old, new))
    difference = list(difflib.unified_diff(before, after, "README.md", "what pytest prints", n=1))
    print("\n".join(difference))
    return 1 if difference else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
