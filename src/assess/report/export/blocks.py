"""HTML of a report as blocks that editors support: headings, paragraphs, tables and pictures.

Charts are replaced by their text alternative; the tables next to them have their figures. Running
heads are left out, because each format has its own.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Sequence
from html.parser import HTMLParser
from typing import NamedTuple


class TextRun(NamedTuple):
    r"""A piece of text; a line break is `\n` inside it."""

    text: str
    bold: bool = False


class HeadingBlock(NamedTuple):
    """A heading of level 1 to 6."""

    level: int
    runs: tuple[TextRun, ...]


class ParagraphBlock(NamedTuple):
    """A paragraph."""

    runs: tuple[TextRun, ...]


class PictureBlock(NamedTuple):
    """A picture, and what it shows in words."""

    data: bytes
    alternative: str


class TableCell(NamedTuple):
    """A cell: its paragraphs, pictures, and over how many columns it reaches."""

    parts: tuple[ParagraphBlock | PictureBlock, ...]
    span: int = 1
    head: bool = False


class TableBlock(NamedTuple):
    """A table; the first `heads` rows are repeated on each page. Widths are shares of 100."""

    rows: tuple[tuple[TableCell, ...], ...]
    heads: int
    widths: tuple[float, ...]


Block = HeadingBlock | ParagraphBlock | PictureBlock | TableBlock

_BLOCKS = frozenset({"p", "div", "li", "section", "ol", "ul", "dl", "tr", "body", "caption"})
_SILENT = frozenset({"head", "style", "script", "svg"})
_VOID = frozenset({"br", "img", "col", "meta", "link", "input", "hr"})
_BOLD = frozenset({"b", "strong", "th"})
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_WIDTH = re.compile(r"width:\s*([\d.]+)%")


def parse_blocks(html: str) -> list[Block]:
    """Return the blocks of a page, in order."""
    reader = _BlockParser()
    reader.feed(html)
    reader.close()
    reader.finish_paragraph()
    return reader.found


class _OpenTable:
    """A table while it is read."""

    def __init__(self) -> None:
        self.rows: list[list[TableCell]] = []
        self.heads = 0
        self.widths: list[float] = []
        self.in_head = False
        self.parts: list[ParagraphBlock | PictureBlock] = []
        self.span = 1
        self.header = False


class _BlockParser(HTMLParser):
    """Walks the page once; nothing in it is obeyed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Block] = []
        self._runs: list[TextRun] = []
        self._level = 0
        self._bold = 0
        self._silent: list[str] = []
        self._alternative = False
        self._grid: _OpenTable | None = None

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        """Open an element."""
        attributes = {name: value or "" for name, value in attrs}
        if self._silent:
            if tag not in _VOID:
                self._silent.append(tag)
            self._alternative = tag == "title" and "svg" in self._silent
        elif tag in _SILENT or "data-running" in attributes:
            self.finish_paragraph()
            self._silent.append(tag)
        elif tag in _HEADINGS:
            self.finish_paragraph()
            self._level = _HEADINGS[tag]
        elif tag == "br":
            self._runs.append(TextRun("\n"))
        elif tag == "img":
            self._add_picture(attributes)
        else:
            self._open_element(tag, attributes)

    def handle_endtag(self, tag: str) -> None:
        """Close an element."""
        if self._silent:
            if tag in self._silent:
                while self._silent.pop() != tag:
                    pass
            self._alternative = False
            return
        if tag in _HEADINGS or tag in _BLOCKS:
            self.finish_paragraph()
        elif tag == "dt":
            self._runs.append(TextRun(" "))
        if tag in _BOLD:
            self._bold = max(self._bold - 1, 0)
        self._close_table(tag)

    def handle_data(self, data: str) -> None:
        """Take text; line breaks inside it are meant, those around it are the template's."""
        if self._silent and not self._alternative:
            return
        text = re.sub(r"[^\S\n　]+", " ", data)
        inner = text.strip("\n ")
        if self._alternative:
            self._add_block(ParagraphBlock((TextRun(inner),)))
        elif inner:
            lead = " " if text[0] in "\n " and self._runs else ""
            tail = " " if text[-1] in "\n " else ""
            body = re.sub(r" *\n *", "\n", inner)
            self._runs.append(TextRun(f"{lead}{body}{tail}", bool(self._bold)))
        elif self._runs:
            self._runs.append(TextRun(" "))

    def finish_paragraph(self) -> None:
        """End the paragraph or heading that is open."""
        runs = _trim_runs(self._runs)
        self._runs = []
        level, self._level = self._level, 0
        if not runs:
            return
        self._add_block(
            HeadingBlock(level, runs) if level and self._grid is None else ParagraphBlock(runs)
        )

    def _add_block(self, block: HeadingBlock | ParagraphBlock | PictureBlock) -> None:
        if self._grid is None:
            self.found.append(block)
        elif not isinstance(block, HeadingBlock):
            self._grid.parts.append(block)

    def _add_picture(self, attributes: dict[str, str]) -> None:
        self.finish_paragraph()
        _head, comma, data = attributes.get("src", "").partition(";base64,")
        try:
            content = base64.b64decode(data, validate=True) if comma else b""
        except binascii.Error:
            content = b""
        if content:
            self._add_block(PictureBlock(content, attributes.get("alt", "")))

    def _open_element(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in _BLOCKS:
            self.finish_paragraph()
        if tag in _BOLD:
            self._bold += 1
        if tag == "table":
            self.finish_paragraph()
            self._grid = _OpenTable()
        elif self._grid is not None:
            self._open_element_in_table(self._grid, tag, attributes)

    def _open_element_in_table(
        self, grid: _OpenTable, tag: str, attributes: dict[str, str]
    ) -> None:
        if tag == "col":
            width = _WIDTH.search(attributes.get("style", ""))
            grid.widths.append(float(width[1]) if width else 0)
        elif tag == "thead":
            grid.in_head = True
        elif tag == "tr":
            grid.rows.append([])
            grid.heads += grid.in_head
        elif tag in ("td", "th"):
            self.finish_paragraph()
            grid.parts, grid.header = [], tag == "th"
            span = attributes.get("colspan", "1")
            grid.span = min(int(span), 100) if span.isdecimal() and int(span) else 1

    def _close_table(self, tag: str) -> None:
        grid = self._grid
        if grid is None:
            return
        if tag in ("td", "th") and grid.rows:
            self.finish_paragraph()
            grid.rows[-1].append(TableCell(tuple(grid.parts), grid.span, grid.header))
            grid.parts = []
        elif tag == "thead":
            grid.in_head = False
        elif tag == "table":
            self._grid = None
            rows = tuple(tuple(row) for row in grid.rows if row)
            if rows:
                self.found.append(TableBlock(rows, grid.heads, tuple(grid.widths)))


def _trim_runs(runs: Sequence[TextRun]) -> tuple[TextRun, ...]:
    """Return runs without the white space around the whole, neighbours of a kind joined."""
    joined: list[TextRun] = []
    for run in runs:
        if joined and joined[-1].bold == run.bold:
            joined[-1] = TextRun(joined[-1].text + run.text, run.bold)
        else:
            joined.append(run)
    if joined:
        joined[0] = joined[0]._replace(text=joined[0].text.lstrip())
        joined[-1] = joined[-1]._replace(text=joined[-1].text.rstrip())
    return tuple(
        TextRun(re.sub(r" {2,}", " ", joined_run.text), joined_run.bold)
        for joined_run in joined
        if joined_run.text
    )
