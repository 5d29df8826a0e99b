"""HTML of other flashcard programs as Markdown.

What :func:`to_html` draws comes back as Markdown that is drawn the same: paragraphs, code, bold and
italic type, lists, links, tables, headings, quotations. Other elements leave their text.
"""

from __future__ import annotations

import re
from functools import cache
from html.parser import HTMLParser
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_INLINE = {"strong": "**", "b": "**", "em": "*", "i": "*"}
_BLOCKS = {"p", "div", "ul", "ol", "li", "pre", "table", "blockquote", "tr", "h1", "h2", "h3",
           "h4", "h5", "h6", "hr"}  # fmt: skip
#: What cannot be shown in a terminal, and is left out.
MEDIA = {"img", "video", "audio", "object", "svg"}


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False}).enable("table").disable("lheading")


def to_html(markdown: str) -> str:
    """Return Markdown as HTML; HTML within it is text."""
    return str(_parser().render(markdown)).strip()


def to_markdown(html: str) -> str:
    """Return HTML as Markdown."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.finished().strip("\n").rstrip()


def looks_like_html(text: str) -> bool:
    """Tell whether a text is HTML, where nothing says so."""
    return bool(re.search(r"</?(?:br|div|p|b|i|strong|em|ul|ol|li|code|pre|span|img)\b", text))


class _Reader(HTMLParser):
    """Writes Markdown while it reads HTML.

    ``_parts`` holds one buffer for each open block whose lines are indented or marked as a whole.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._parts: list[list[str]] = [[]]
        self._lists: list[tuple[str, int]] = []
        self._pre = False
        self._code = False
        self._language = ""
        self._href: list[str] = []
        self._rows: list[list[str]] = []

    def finished(self) -> str:
        """Return the Markdown."""
        while len(self._parts) > 1:
            self._parts[-2].append("".join(self._parts.pop()))
        return "".join(self._parts[0])

    def _write(self, text: str) -> None:
        self._parts[-1].append(text)

    def _text(self) -> str:
        return "".join(self._parts[-1])

    def _break(self, lines: int = 2) -> None:
        """Begin a block: so many line ends after what is there."""
        text = self._text().rstrip(" ")
        if not text:
            return
        missing = lines - (len(text) - len(text.rstrip("\n")))
        self._parts[-1] = [text + "\n" * max(missing, 0)]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element."""
        facts = {name: value or "" for name, value in attrs}
        if tag in _INLINE:
            self._write(_INLINE[tag])
        elif tag == "code" and self._pre:
            # What else may stand there would be read as an escape, or as the end of the fence.
            name = facts.get("class", "").removeprefix("language-")
            self._language = re.sub(r"[^\w.+#-].*", "", name, flags=re.DOTALL)
        elif tag == "code":
            self._code = True
            self._parts.append([])
        elif tag == "br":
            self._write("\\\n")
        elif tag == "a":
            self._href.append(facts.get("href", ""))
            self._parts.append([])
        elif tag in ("tr", "td", "th"):
            self._open_table_part(tag)
        elif tag in _BLOCKS:
            self._open_block(tag, facts.get("start", ""))

    def _open_table_part(self, tag: str) -> None:
        if tag == "tr":
            self._rows.append([])
        else:
            self._parts.append([])

    def _open_block(self, tag: str, start: str) -> None:
        within = tag == "li" or (tag in ("ul", "ol") and self._lists)
        self._break(1 if within else 2)
        if tag in ("ul", "ol"):
            self._lists.append((tag, int(start) if start.isdecimal() else 1))
        elif tag in ("li", "blockquote", "pre"):
            self._pre = tag == "pre"
            self._language = ""
            self._parts.append([])
        elif tag == "hr":
            self._write("***")
            self._break()
        elif tag[0] == "h":
            self._write("#" * max(int(tag[1]), 4) + " ")

    def handle_endtag(self, tag: str) -> None:
        """Close an element."""
        if tag in _INLINE:
            self._write(_INLINE[tag])
        elif tag == "code" and self._code:
            self._code = False
            self._write(_code_span("".join(self._parts.pop())))
        elif tag == "a" and self._href:
            text, href = "".join(self._parts.pop()), self._href.pop()
            self._write(f"[{text}](<{href}>)" if href else text)
        elif tag == "pre" and self._pre:
            self._pre = False
            code = "".join(self._parts.pop()).rstrip("\n")
            longest = max(map(len, re.findall(r"`+", code)), default=0)
            fence = "`" * max(longest + 1, 3)
            self._write(f"{fence}{self._language}\n{code}\n{fence}")
            self._break()
        elif tag in ("ul", "ol") and self._lists:
            self._lists.pop()
            self._break(1 if self._lists else 2)
        elif tag == "li" and len(self._parts) > 1:
            self._item()
        elif tag == "blockquote" and len(self._parts) > 1:
            text = "".join(self._parts.pop()).strip("\n")
            self._write("\n".join(f"> {line}".rstrip() for line in text.split("\n")))
            self._break()
        elif tag in ("td", "th") and self._rows and len(self._parts) > 1:
            cell = "".join(self._parts.pop()).strip().replace("\n", " ").replace("|", "\\|")
            self._rows[-1].append(cell)
        elif tag == "table":
            self._table()
        elif tag in _BLOCKS:
            self._break()

    def handle_data(self, data: str) -> None:
        """Write text."""
        if self._pre or self._code:
            self._write(data)
            return
        before = self._text()
        begins = not before or before.endswith("\n")
        if not data.strip() and (begins or self._rows):
            return
        text = re.sub(r"[ \t]+", " ", re.sub(r"[ \t]*[\r\n]\s*", "\n", data))
        first, *others = (text.lstrip() if begins else text).split("\n")
        first = _at_line_start(first) if begins else _escaped(first)
        self._write("\n".join([first, *map(_at_line_start, others)]))

    def _item(self) -> None:
        text = "".join(self._parts.pop())
        # A paragraph within makes it an item of a list with blank lines between the items.
        is_loose = text.endswith("\n\n")
        text = text.strip("\n")
        kind, number = self._lists[-1] if self._lists else ("ul", 1)
        mark = "- " if kind == "ul" else f"{number}. "
        if self._lists:
            self._lists[-1] = (kind, number + 1)
        lines = text.split("\n")
        rest = [f"{' ' * len(mark)}{line}" if line else "" for line in lines[1:]]
        self._write("\n".join([mark + lines[0], *rest]))
        self._break(2 if is_loose else 1)

    def _table(self) -> None:
        rows, self._rows = [row for row in self._rows if row], []
        if not rows:
            return
        self._break()
        lines = [f"| {' | '.join(row)} |" for row in rows]
        lines.insert(1, f"|{'---|' * len(rows[0])}")
        self._write("\n".join(lines))
        self._break()


def _code_span(code: str) -> str:
    runs = [len(run) for run in re.findall(r"`+", code)]
    ticks = next("`" * n for n in range(1, len(runs) + 2) if n not in runs)
    blank = (
        " "
        if code[:1] == "`" or code[-1:] == "`" or (code.strip() and code[0] == code[-1] == " ")
        else ""
    )
    return f"{ticks}{blank}{code}{blank}{ticks}"


def _at_line_start(text: str) -> str:
    """Return a line of text that begins no list, heading or quotation."""
    text = _escaped(text)
    number = re.match(r"\d+(?=[.)](\s|$))", text)
    if number:
        return f"{number[0]}\\{text[number.end() :]}"
    return re.sub(r"^(?=>|[#+=-]+(\s|$)|~~~|-{3,}$)", r"\\", text)


def _escaped(text: str) -> str:
    text = re.sub(r"([`*\[\]<])|\\(?=[!-/:-@\[-`{-~]|$)", lambda m: f"\\{m[0]}", text)
    text = re.sub(r"(?<![^\W_])_|_(?![^\W_])", r"\\_", text)
    return re.sub(r"&(?=#?\w+;)", r"\\&", text)
