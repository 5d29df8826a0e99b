"""Programs that a review asks, where they are installed: found, run, and never waited for long."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

#: Seconds for one program.
PATIENCE = 120.0


def find_tool(name: str) -> str | None:
    """Return the path of a program beside this Python, or on the path; None without it."""
    beside = Path(sys.executable).parent
    return shutil.which(name, path=str(beside)) or shutil.which(name)


def ask(command: Sequence[str], text: str = "", folder: Path | None = None) -> str | None:
    """Return what a program prints, given a text to read; None where it cannot be asked.

    Its exit code is not looked at: linters use it to say that they found something.
    """
    try:
        ran = subprocess.run(  # noqa: S603 - a program found above, without a shell
            list(command),
            input=text,
            cwd=folder,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=PATIENCE,
            check=False,
        )
    except (OSError, subprocess.SubprocessError, UnicodeError):
        return None
    return ran.stdout
