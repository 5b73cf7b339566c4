"""Blocks that editors support: headings, paragraphs, tables, pictures, and where pages start."""

from __future__ import annotations

from typing import Literal, NamedTuple

from assess.report.content.charts.svg import SvgElement

Role = Literal[
    "plain",
    "body",
    "subtitle",
    "organ",
    "document-number",
    "annex-list",
    "signed",
    "contact",
    "imprint",
    "code",
    "caution",
]
"""What a paragraph is in an official document (GB/T 9704-2012).

`code` is beside the QR code; `caution` is what the program says about the document.
"""


class TextRun(NamedTuple):
    r"""A piece of text; a line break is `\n` inside it."""

    text: str
    bold: bool = False
    small: bool = False


class HeadingBlock(NamedTuple):
    """A heading of level 1 to 6."""

    level: int
    runs: tuple[TextRun, ...]
    annex: bool = False
    """Whether an annex begins with it: the first line is its number, the second its title."""
    in_letter: bool = False


class ParagraphBlock(NamedTuple):
    """A paragraph."""

    runs: tuple[TextRun, ...]
    role: Role = "plain"
    align: str = ""
    """left, center, right or justify; '' where nothing is set."""
    in_letter: bool = False
    keep: bool = False
    """Whether it stands on the page of what follows; set where pages are arranged."""


class PictureBlock(NamedTuple):
    """A picture, and what it shows in words; its width in millimetres, 0 where none is set."""

    data: bytes
    alternative: str
    width: float = 0
    role: Role = "plain"
    drawing: SvgElement | None = None
    """The drawing that it is made from, for formats that take one."""


class TableCell(NamedTuple):
    """A cell: its paragraphs, pictures, and over how many columns and rows it reaches."""

    parts: tuple[ParagraphBlock | PictureBlock, ...]
    span: int = 1
    head: bool = False
    rows: int = 1


class TableBlock(NamedTuple):
    """A table; the first `heads` rows are repeated on each page. Widths are shares of 100."""

    rows: tuple[tuple[TableCell, ...], ...]
    heads: int
    widths: tuple[float, ...]
    ledger: bool = False
    """Whether it is the ledger, whose columns need the width of a landscape page."""
    signatures: bool = False
    """Whether people sign in it: its rows are high."""
    size: float = 0
    """Points of its type; 0 where the page sets none."""


class PageStart(NamedTuple):
    """A new page begins here; the first block may be one to say that it is landscape."""

    landscape: bool = False


Block = HeadingBlock | ParagraphBlock | PictureBlock | TableBlock | PageStart
