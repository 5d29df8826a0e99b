"""Make the screens that README.md shows, by running pytest on real katas.

``python docs/screens.py`` rewrites them; ``python docs/screens.py --check`` exits with 1 and a
diff where README.md shows something else. Times vary from run to run and are not compared.
"""

from __future__ import annotations

import difflib
import os
import pty
import re
import select
import shutil
import subprocess
import sys
import tempfile
import termios
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
_SCREEN = re.compile(r"(<!-- screen: (\w+) -->\n```text\n)(.*?)(```\n<!-- /screen -->)", re.DOTALL)
_CLEAR, _ESCAPES = "\x1b[2J", re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
#: Seconds to wait for something that must come; a loaded machine takes its time.
_PATIENCE = 60
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
    #: A submission that is saved as the answer while it runs on a terminal: shown is what that one
    #: holds once this text is there.
    saved: str = ""
    until: str = ""


SCREENS = (
    Screen("first", "pytest katas/sql -k window"),
    Screen("wrong", "pytest katas/sql/join/fleet_size", (_WRONG,)),
    Screen(
        "accepted",
        "pytest katas/sql/join/fleet_size",
        ("solutions/sql/join/fleet_size/answer.sql",),
        "10:12",
    ),
    Screen(
        "watch",
        "pytest --watch katas/sql -k window",
        saved="solutions/sql/window/year_close/answer.sql",
        until="1 accepted",
    ),
)


def show(screen: Screen, workspace: Path) -> str:
    """Return what the learner sees: the prompt with the command, and pytest's output."""
    for submission in screen.answers:
        answer(workspace, submission)
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST_", "PREP_", "COV_"))}
    command = [sys.executable, "-m", *screen.command.split(), "--no-header", "--color=no"]
    environment = {
        **clean,
        "COLUMNS": "80",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PREP_NOW": f"2026-12-01T{screen.time}:00+00:00",
        "TZ": "UTC",
    }
    if screen.saved:
        return watched(screen, workspace, command, environment)
    ran = subprocess.run(
        command, cwd=workspace, env=environment, capture_output=True, text=True, check=False
    )
    lines = [line.rstrip() for line in (ran.stdout + ran.stderr).split("\n")]
    return f"$ {screen.command}\n" + "\n".join(lines).strip("\n") + "\n"


def answer(workspace: Path, submission: str) -> None:
    """Put a submission in the place of the kata's answer."""
    path = Path(submission)
    target = workspace / "katas" / path.relative_to("solutions").parent
    shutil.copyfile(workspace / submission, target / f"answer{path.suffix}")


def watched(screen: Screen, workspace: Path, command: list[str], env: dict[str, str]) -> str:
    """Return what a terminal shows after an answer was saved under ``--watch``."""
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (30, 80))
    env = {k: v for k, v in env.items() if k not in ("CI", "BUILD_NUMBER", "ACCESSIBLE")}
    env["TERM"] = "xterm"
    with subprocess.Popen(
        command, cwd=workspace, env=env, stdin=theirs, stdout=theirs, stderr=theirs
    ) as process:
        os.close(theirs)
        shown = _until(ours, "", "? keys")
        answer(workspace, screen.saved)
        shown = _until(ours, shown, screen.until)
        shown = _until(ours, shown, "? keys")
        os.write(ours, b"q")
        process.wait()
    os.close(ours)
    return _ESCAPES.sub("", shown.rpartition(_CLEAR)[2]).replace("\r", "") + "\n"


def _until(terminal: int, shown: str, text: str) -> str:
    """Read on until the terminal, as it was last cleared, holds a text."""
    while text not in shown.rpartition(_CLEAR)[2]:
        if not select.select([terminal], [], [], _PATIENCE)[0]:
            raise TimeoutError(f"waited for {text!r} in vain; shown is:\n{shown}")
        shown += os.read(terminal, 1 << 16).decode()
    return shown


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
