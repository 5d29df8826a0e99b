"""A card's Markdown as something that a screen draws, in the terminal's own colours."""

from __future__ import annotations

import re

from rich.markdown import CodeBlock, Markdown
from rich.syntax import Syntax
from rich.text import Text


class _Code(CodeBlock):
    """A block of code on the terminal's own background."""

    def __rich_console__(self, console, options):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN204
        """Draw it."""
        code = str(self.text).rstrip()
        yield Syntax(
            code,
            self.lexer_name,
            theme="ansi_dark",
            word_wrap=True,
            background_color="default",
            padding=(0, 2),
        )


class CardMarkdown(Markdown):
    """Markdown with such code."""

    elements = Markdown.elements | {"fence": _Code, "code_block": _Code}


def rendered(text: str, style: str = "none") -> CardMarkdown:
    """Return Markdown to draw."""
    return CardMarkdown(text, style=style, hyperlinks=False)


def inline(text: str, style: str = "") -> Text:
    """Return one line of Markdown, of which only code in backticks is drawn apart."""
    drawn = Text(style=style)
    for number, piece in enumerate(re.split(r"`([^`]+)`", text)):
        drawn.append(piece, style="bold" if number % 2 else "")
    return drawn
