"""Cards, keys and the summary as a screen draws them, in the terminal's own colours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from rich.console import Console, ConsoleOptions, Group, RenderableType
from rich.markdown import CodeBlock, Markdown
from rich.padding import Padding
from rich.syntax import Syntax
from rich.table import Table
from rich.text import Text
from rich.theme import Theme

from pytest_prep.modes.flash.page import Part, back, front
from pytest_prep.modes.flash.state import Phase
from pytest_prep.modes.flash.summary import Summary, summary_lines

if TYPE_CHECKING:
    from pytest_prep.content.card import Card
    from pytest_prep.modes.flash.session import FlashSession

#: The terminal's own palette, so that light and dark ones read well; a word says the same.
_STYLES = {"right": "green", "wrong": "red", "note": "italic", "label": "bold underline"}

#: Rich draws code on black, which is a bar on a light terminal.
THEME = Theme({"markdown.code": "bold cyan", "markdown.code_block": "none"})


class _Code(CodeBlock):
    """A block of code on the terminal's own background."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Syntax]:
        """Draw it."""
        yield Syntax(
            str(self.text).rstrip(),
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


def drawn_card(session: FlashSession) -> RenderableType:
    """Return the card that is shown, as far as it is revealed."""
    parts = list(front(session))
    if session.phase is not Phase.QUESTION:
        parts += back(session)
    drawn: list[RenderableType] = []
    before = "label"
    for part in parts:
        if before == "question" or (part.style == "label" and drawn):
            drawn.append(Text(""))
        drawn.append(_part(part))
        before = part.style
    return Group(*drawn)


def _part(part: Part) -> RenderableType:
    style, text = part
    if style == "question":
        return rendered(text, style="bold")
    if style == "option":
        return Padding(inline(text), (0, 0, 0, 2))
    if style == "reason":
        return Padding(rendered(text), (0, 0, 0, 7))
    if style == "text":
        return rendered(text)
    if style == "label":
        return Text(text, style=_STYLES["label"])
    return inline(text, _STYLES.get(style, ""))


def drawn_summary(session: FlashSession, summary: Summary, leech: Iterable[Card]) -> RenderableType:
    """Return the summary, and a leech that something may be done about."""
    drawn: list[RenderableType] = []
    if not session.plan.cards:
        drawn.append(Text("nothing to ask today\n", style="bold"))
    table = Table.grid(padding=(0, 3, 0, 0))
    for name, text in summary_lines(summary, bars=True):
        table.add_row(Text(name, style="bold"), Text(text))
    drawn.append(table)
    for card in leech:
        lapses = session.history.of(card.id).lapses
        drawn.append(Text(f"\na leech, forgotten {lapses} times:", style="bold"))
        drawn.append(rendered(card.question))
    return Group(*drawn)


def drawn_keys(pairs: Iterable[tuple[str, str]], width: int) -> Text:
    """Return keys and what they do, in lines that break between them."""
    text, used = Text(), 0
    for key, does in pairs:
        length = len(key) + 1 + len(does)
        if used:
            fits = used + 3 + length <= width
            text.append("   " if fits else "\n")
            used = used + 3 if fits else 0
        text.append(key, style="bold")
        text.append(f" {does}")
        used += length
    return text
