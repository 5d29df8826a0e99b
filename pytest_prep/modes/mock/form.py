"""An answer of several parts as one text, to be written in an editor, and back."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

#: Seconds between two looks while an editor is open.
_STEP = 0.5

_HEADING = re.compile(r"^## (.+?)\s*$", re.MULTILINE)


def filled(sections: Sequence[Mapping[str, Any]], answers: Mapping[str, str]) -> str:
    """Return the form: a heading a part, its prompt as a comment, and what is written already."""
    blocks = []
    for section in sections:
        prompt = f"<!-- {section['prompt']} -->\n" if section["prompt"] else ""
        blocks.append(f"## {section['title']}\n{prompt}{answers.get(section['id'], '')}\n")
    return "\n".join(blocks)


def parts_of(text: str, sections: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Return what stands under each heading of a form; others belong to the part above."""
    titles = {section["title"]: section["id"] for section in sections}
    found: dict[str, list[str]] = {}
    current: list[str] | None = None
    for line in re.sub(r"<!--.*?-->\n?", "", text, flags=re.DOTALL).split("\n"):
        heading = _HEADING.match(line)
        if heading and heading[1] in titles:
            current = found.setdefault(titles[heading[1]], [])
        elif current is not None:
            current.append(line)
        elif line.strip():
            current = found.setdefault(sections[0]["id"], [line])
    return {name: "\n".join(lines).strip() for name, lines in found.items()}


def editor() -> list[str]:
    """Return the learner's editor as a command, empty where none is named."""
    return shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "")


def edit(path: Path, look: Callable[[], None]) -> None:
    """Open a file in the learner's editor, and look at what goes on until it is closed.

    Raises:
        OSError: the editor cannot be started.
    """
    process = subprocess.Popen([*editor(), str(path)])  # noqa: S603 - the learner's own editor
    try:
        while process.poll() is None:
            look()
            with suppress(subprocess.TimeoutExpired):
                process.wait(_STEP)
    finally:
        process.kill()
        process.wait()
