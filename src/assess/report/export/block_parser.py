"""HTML of a report as blocks.

A drawing is replaced by its text alternative; running heads are left out, because each format has
its own. Of the styles of the page those count that `page_css` knows.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable, Sequence
from html.parser import HTMLParser
from typing import NamedTuple

from assess.report.export.blocks import (
    Block,
    HeadingBlock,
    PageStart,
    ParagraphBlock,
    PictureBlock,
    Role,
    TableBlock,
    TableCell,
    TextRun,
)
from assess.report.export.page_css import ElementStyle, PageElement, PageStyles

_BLOCKS = frozenset({"p", "div", "li", "section", "ol", "ul", "dl", "dt", "tr", "body", "caption"})
_SILENT = frozenset({"head", "style", "script", "svg"})
_VOID = frozenset({"br", "img", "col", "meta", "link", "input", "hr"})
_BOLD = frozenset({"b", "strong", "th"})
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_SIZE = re.compile(r"font-size:\s*(\d{1,2}(?:\.\d)?)pt")
_WIDTH = re.compile(r"width:\s*([\d.]{1,9})(%|mm)")
_DEEPEST = 200
"""Elements inside each other; those deeper have no style of their own."""

ROLE_OF_CLASS: dict[str, Role] = {
    "text": "body",
    "under": "subtitle",
    "organ": "organ",
    "document-number": "document-number",
    "annexes": "annex-list",
    "closing": "signed",
    "signed": "signed",
    "who": "signed",
    "contact": "contact",
    "imprint": "imprint",
    "code": "code",
    "caution": "caution",
}
"""Classes of the templates that name what a paragraph is; the innermost counts."""

_LETTER = frozenset({"letter", "narrative"})
_SMALL = frozenset({"small", "id", "quiet"})


def parse_blocks(html: str) -> list[Block]:
    """Return the blocks of a page, in order."""
    reader = _BlockParser()
    reader.feed(html)
    reader.close()
    reader.finish_paragraph()
    return reader.found


def _parse_font_size(style: str) -> float:
    """Return the points of type that a style sets; 0 where it sets none that can be read."""
    size = _SIZE.search(style)
    return max(4.0, float(size[1])) if size else 0


class _OpenTable:
    """A table while it is read."""

    def __init__(self, *, ledger: bool, signatures: bool, size: float) -> None:
        self.rows: list[list[TableCell]] = []
        self.heads = 0
        self.widths: list[float] = []
        self.in_head = False
        self.parts: list[ParagraphBlock | PictureBlock] = []
        self.cell = TableCell(())
        self.ledger = ledger
        self.signatures = signatures
        self.size = size

    def open_element(self, tag: str, attributes: dict[str, str]) -> None:
        """Note a column, a row or a cell."""
        if tag == "col":
            width = _WIDTH.search(attributes.get("style", ""))
            self.widths.append(float(width[1]) if width else 0)
        elif tag == "thead":
            self.in_head = True
        elif tag == "tr":
            self.rows.append([])
            self.heads += self.in_head
        elif tag in ("td", "th"):
            span, rows = (
                _parse_cell_span(attributes.get(name, "")) for name in ("colspan", "rowspan")
            )
            self.parts, self.cell = [], TableCell((), span, tag == "th", rows)

    def close_cell(self) -> None:
        """Put what was read into the row."""
        if self.rows:
            self.rows[-1].append(self.cell._replace(parts=tuple(self.parts)))
            self.parts = []

    def to_block(self) -> TableBlock | None:
        """Return the table, None where it has no row."""
        rows = tuple(tuple(row) for row in self.rows if row)
        widths = tuple(self.widths)
        if not rows:
            return None
        return TableBlock(rows, self.heads, widths, self.ledger, self.signatures, self.size)


class _OpenElement(NamedTuple):
    element: PageElement
    style: ElementStyle
    page: str
    align: str


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
        self._css: list[str] = []
        self._styles = PageStyles("")
        self._open: list[_OpenElement] = []
        self._break = False
        self._page = ""

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        """Open an element."""
        attributes = {name: value or "" for name, value in attrs}
        if self._silent:
            if tag not in _VOID:
                self._silent.append(tag)
            self._alternative = tag == "title" and "svg" in self._silent
            return
        if tag in _SILENT or "data-running" in attributes:
            self.finish_paragraph()
            self._silent.append(tag)
            return
        if tag in _HEADINGS or tag in _BLOCKS or tag in ("table", "td", "th"):
            self.finish_paragraph()
        self._level = _HEADINGS.get(tag, self._level)
        if tag == "br":
            self._runs.append(TextRun("\n"))
        elif tag == "img":
            self._add_picture(attributes)
        else:
            self._open_element(tag, attributes)

    def handle_endtag(self, tag: str) -> None:
        """Close an element."""
        if self._silent:
            if tag == "style":
                self._styles = PageStyles("".join(self._css))
            if tag in self._silent:
                while self._silent.pop() != tag:
                    pass
            self._alternative = False
            return
        if tag in _HEADINGS or (tag in _BLOCKS and tag != "dt"):
            self.finish_paragraph()
        elif tag == "dt":
            self._runs.append(TextRun(" "))
        if tag in _BOLD:
            self._bold = max(self._bold - 1, 0)
        self._close_table_part(tag)
        self._close_element(tag)

    def handle_data(self, data: str) -> None:
        """Take text; line breaks inside it are meant, those around it are the template's."""
        if self._silent and not self._alternative:
            if self._silent[-1] == "style":
                self._css.append(data)
            return
        text = re.sub(r"[^\S\n　]+", " ", data)
        inner = text.strip("\n ")
        if self._alternative:
            self._add_block(ParagraphBlock((TextRun(inner),), self._find_current_role()))
        elif inner:
            lead = " " if text[0] in "\n " and self._runs else ""
            tail = " " if text[-1] in "\n " else ""
            body = re.sub(r" *\n *", "\n", inner)
            self._add_text(f"{lead}{body}{tail}")
        elif self._runs:
            self._runs.append(TextRun(" "))

    def finish_paragraph(self) -> None:
        """End the paragraph or heading that is open."""
        runs = _join_and_trim_runs(self._runs)
        self._runs = []
        level, self._level = self._level, 0
        if not runs:
            return
        in_letter = self._is_inside(_LETTER)
        if level and self._grid is None:
            annex = self._is_inside(frozenset({"annex"}))
            self._add_block(HeadingBlock(level, runs, annex, in_letter))
            return
        align = self._open[-1].align if self._open else ""
        self._add_block(ParagraphBlock(runs, self._find_current_role(), align, in_letter))

    def _add_text(self, text: str) -> None:
        self._runs.append(TextRun(text, bool(self._bold), self._is_inside(_SMALL)))

    def _add_block(self, block: HeadingBlock | ParagraphBlock | PictureBlock | TableBlock) -> None:
        if self._grid is None:
            self._start_page_if_requested()
            self.found.append(block)
        elif isinstance(block, ParagraphBlock | PictureBlock):
            self._grid.parts.append(block)

    def _start_page_if_requested(self) -> None:
        """Begin a page where a style asked for it since the last block."""
        page = self._open[-1].page if self._open else ""
        landscape = page in self._styles.landscape_pages
        if self.found:
            if self._break or page != self._page:
                self.found.append(PageStart(landscape))
        elif landscape:
            self.found.append(PageStart(landscape))
        self._break, self._page = False, page

    def _find_current_role(self) -> Role:
        for opened in reversed(self._open):
            for name in opened.element.classes & ROLE_OF_CLASS.keys():
                return ROLE_OF_CLASS[name]
        return "plain"

    def _is_inside(self, classes: frozenset[str]) -> bool:
        return any(opened.element.classes & classes for opened in self._open)

    def _add_picture(self, attributes: dict[str, str]) -> None:
        self.finish_paragraph()
        _head, comma, data = attributes.get("src", "").partition(";base64,")
        try:
            content = base64.b64decode(data, validate=True) if comma else b""
        except binascii.Error:
            content = b""
        if content:
            width = _WIDTH.search(attributes.get("style", ""))
            millimetres = float(width[1]) if width and width[2] == "mm" else 0
            alternative = attributes.get("alt", "")
            self._add_block(
                PictureBlock(content, alternative, millimetres, self._find_current_role())
            )

    def _open_element(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in _BOLD:
            self._bold += 1
        if tag not in _VOID and len(self._open) < _DEEPEST:
            self._push_element(PageElement(tag, frozenset(attributes.get("class", "").split())))
        if tag == "table":
            self._grid = _OpenTable(
                ledger=self._is_inside(frozenset({"ledger"})),
                signatures=self._is_inside(frozenset({"signatures"})),
                size=_parse_font_size(attributes.get("style", "")),
            )
        elif self._grid is not None:
            self._grid.open_element(tag, attributes)

    def _push_element(self, element: PageElement) -> None:
        style = self._styles.style_of([*(opened.element for opened in self._open), element])
        outer = self._open[-1] if self._open else _OpenElement(element, style, "", "")
        opened = _OpenElement(element, style, style.page or outer.page, style.align or outer.align)
        self._open.append(opened)
        self._break = self._break or style.breaks_before
        if style.sign:
            self._add_text(style.sign)

    def _close_element(self, tag: str) -> None:
        if not any(opened.element.tag == tag for opened in self._open):
            return
        while True:
            closed = self._open.pop()
            self._break = self._break or closed.style.breaks_after
            if closed.style.own_line and tag not in _BLOCKS and self._runs:
                self._runs.append(TextRun("\n"))
            if closed.element.tag == tag:
                return

    def _close_table_part(self, tag: str) -> None:
        grid = self._grid
        if grid is None:
            return
        if tag in ("td", "th"):
            self.finish_paragraph()
            grid.close_cell()
        elif tag == "thead":
            grid.in_head = False
        elif tag == "table":
            self._grid = None
            if block := grid.to_block():
                self._add_block(block)


def _parse_cell_span(text: str) -> int:
    return min(max(int(text), 1), 100) if re.fullmatch(r"[0-9]{1,4}", text) else 1


def _join_and_trim_runs(runs: Iterable[TextRun]) -> tuple[TextRun, ...]:
    """Return runs without the white space around the whole, neighbours of a kind joined."""
    joined: list[TextRun] = []
    for run in runs:
        if joined and joined[-1][1:] == run[1:]:
            joined[-1] = run._replace(text=joined[-1].text + run.text)
        else:
            joined.append(run)
    if joined:
        joined[0] = joined[0]._replace(text=joined[0].text.lstrip())
        joined[-1] = joined[-1]._replace(text=joined[-1].text.rstrip())
    return tuple(
        joined_run._replace(text=re.sub(r" *\n *", "\n", re.sub(r" {2,}", " ", joined_run.text)))
        for joined_run in joined
        if joined_run.text
    )
