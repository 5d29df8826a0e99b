"""Markdown and code in the terminal: rendered on a screen, plain text in a pipe."""

from __future__ import annotations

import re
import sys
from shutil import get_terminal_size
from textwrap import wrap
from typing import Any, Final, TextIO

#: Columns for the labels of entries.
LABEL: Final = 14
#: Colours of the terminal's own palette, so that light and dark ones read well.
_STYLE: Final[dict[str, Any]] = {
    "theme": "ansi_dark",
    "background_color": "default",
    "word_wrap": True,
}

#: Code, which stays as it is, or what Markdown's asterisks emphasise within a paragraph.
_CODE_OR_EMPHASIS: Final = re.compile(
    r"(?P<code>^(?P<fence>```|~~~).*?^(?P=fence)|`[^`\n]+`)"
    r"|(?<![*\w\\])(?P<mark>\*{1,3})(?![*\s])(?P<text>(?:(?!\n\s*\n).)+?)(?<![*\s])(?P=mark)(?![*\w])",
    re.DOTALL | re.MULTILINE,
)


def _without_emphasis(text: str) -> str:
    """Return Markdown without the asterisks of emphasis, which a plain page cannot show."""
    return _CODE_OR_EMPHASIS.sub(
        lambda found: found["code"] or _without_emphasis(found["text"]), text
    )


class Page:
    """Writes headings, texts and code one below the other."""

    def __init__(self, *, plain: bool, stream: TextIO | None = None) -> None:
        """Write to ``stream``, standard output by default; ``plain`` writes unformatted text."""
        self._stream = stream or sys.stdout
        self._plain = plain or not self._stream.isatty()

    @property
    def is_plain(self) -> bool:
        """Whether text is written without any format."""
        return self._plain

    def heading(self, text: str) -> None:
        """Write a line that stands out."""
        if self._plain:
            self.line(text)
            return
        from rich.text import Text

        self._print(Text(text, style="bold"))

    def line(self, text: str = "") -> None:
        """Write a line, wrapped at words on a screen."""
        if self._plain:
            self._stream.write(f"{text}\n")
            return
        from rich.text import Text

        self._print(Text(text))

    def entry(self, label: str, text: str, style: str = "") -> None:
        """Write a text beside its label; what does not fit goes on below the text."""
        width = LABEL + 200 if self._plain else max(get_terminal_size().columns, 2 * LABEL)
        lines = wrap(text, width - LABEL) or [""]
        for number, line in enumerate(lines):
            shown = f"{label if number == 0 else '':{LABEL}}{line}".rstrip()
            if self._plain:
                self.line(shown)
                continue
            from rich.text import Text

            self._print(Text(shown, style=style))

    def markdown(self, text: str) -> None:
        """Write Markdown."""
        if self._plain:
            self.line(_without_emphasis(text.rstrip("\n")))
            return
        from rich.markdown import Markdown

        self._print(Markdown(text))

    def code(self, text: str, suffix: str) -> None:
        """Write code in the language of a file's ending, ``.sql`` or ``.py``."""
        text = text.strip("\n")
        if self._plain:
            self._stream.write(text + "\n")
            return
        from rich.syntax import Syntax

        language = "sql" if suffix == ".sql" else "python"
        self._print(Syntax(text, language, **_STYLE))

    def _print(self, content: object) -> None:
        from rich.console import Console

        Console(file=self._stream, highlight=False).print(content)
