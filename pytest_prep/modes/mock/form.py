"""An answer of several parts as one text, to be written in an editor, and back."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

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


def edit(path: Path) -> None:
    """Open a file in the learner's editor and wait.

    Raises:
        OSError: the editor cannot be started.
    """
    subprocess.run([*editor(), str(path)], check=False)  # noqa: S603 - the learner's own editor


def edited(text: str) -> str:
    """Let the learner edit a text.

    Raises:
        OSError: the editor cannot be started.
    """
    with tempfile.TemporaryDirectory(prefix="prep-mock-") as folder:
        path = Path(folder, "answer.md")
        path.write_text(text, encoding="utf-8")
        edit(path)
        return path.read_text(encoding="utf-8", errors="replace")
