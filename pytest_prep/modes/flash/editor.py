"""Open a card in the learner's editor, at its line, and read it again."""

from __future__ import annotations

import os
import shlex
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pytest_prep.content.card import Card
    from pytest_prep.modes.flash.run import Desk

#: Editors that take the line as ``+N``, and those that take ``file:N``.
_PLUS = {
    "vi",
    "vim",
    "nvim",
    "nano",
    "emacs",
    "emacsclient",
    "ed",
    "joe",
    "micro",
    "kak",
    "mg",
    "ne",
}
_COLON = {"code": "--goto", "codium": "--goto", "cursor": "--goto", "subl": "", "hx": "", "zed": ""}
#: What makes an editor with windows of its own wait until the file is closed.
_WAIT = {"code", "codium", "cursor", "subl", "zed"}


def editor_command(path: Path, line: int) -> list[str]:
    """Return the command that opens a file at a line in ``$VISUAL`` or ``$EDITOR``."""
    words = shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi")
    name = Path(words[0]).name.lower().removesuffix(".exe")
    if name in _WAIT and "--wait" not in words and "-w" not in words:
        words.append("--wait")
    if name in _PLUS:
        return [*words, f"+{line}", str(path)]
    if name in _COLON:
        return [*words, *filter(None, [_COLON[name]]), f"{path}:{line}"]
    return [*words, str(path)]


def edit_card(card: Card, desk: Desk) -> tuple[Card | None, float, str]:
    """Edit a card.

    Returns:
        The card as it is now (None where nothing better than the old one is there), the seconds
        that it took, and what to say.
    """
    path = desk.root / card.path
    started = time.monotonic()
    try:
        # The editor is the learner's own, as they named it.
        status = subprocess.run(editor_command(path, card.line), check=False).returncode  # noqa: S603
    except (OSError, ValueError) as error:
        seconds = time.monotonic() - started
        return None, seconds, f"the editor cannot be started ({error}); set EDITOR"
    seconds = time.monotonic() - started
    edited, problems = desk.reread(card)
    if edited is None:
        where = str(problems[0]) if problems else f"{card.path}: the card {card.id} is gone"
        return None, seconds, f"{where}; the old text stays for now"
    if status:
        return edited, seconds, f"the editor ended with {status}; the card is as its file says"
    changed = edited.content != card.content
    return edited, seconds, "the new text is shown" if changed else "nothing has changed"
