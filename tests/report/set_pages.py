"""Pages as templates set them: headings, paragraphs, tables, without white space.

The blanks go because Chinese and English differ in them, and so that a PDF's text compares.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import tinyhtml5

from assess.report.content.inputs import ReportInputs
from assess.report.content.view.build import build_report_view
from assess.report.content.view.model import RenderingMachine
from assess.report.render.template import render_template
from report import factory

MACHINE = RenderingMachine(
    lines=(),
    title_font="serif",
    body_font="serif",
    heading_font="serif",
    accent_font="serif",
    title_weight="400",
    pictures=(),
)


class SetTable(NamedTuple):
    """A table: its class, the texts of its head, and of its rows."""

    kind: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class SetPage(NamedTuple):
    """What a reader of a document sees, in order."""

    headings: tuple[str, ...]
    paragraphs: tuple[str, ...]
    """Outside of tables."""
    tables: tuple[SetTable, ...]
    elements: tuple[Any, ...]
    """All elements, for what only one template has."""

    def tables_with(self, *heads: str) -> list[SetTable]:
        """Return the tables whose head begins so."""
        wanted = tuple(map(squeeze, heads))
        return [table for table in self.tables if table.head[: len(wanted)] == wanted]

    def tables_of(self, kind: str) -> list[SetTable]:
        """Return the tables of a class."""
        return [table for table in self.tables if kind in table.kind.split()]

    def paragraphs_of(self, kind: str) -> list[str]:
        """Return the paragraphs whose class begins so."""
        return [
            _text(part)
            for part in self.elements
            if part.tag == "p" and (part.get("class") or "").startswith(kind)
        ]

    def paragraphs_in(self, kind: str) -> list[str]:
        """Return the paragraphs of the section of a class, outside of tables."""
        (section,) = (
            part
            for part in self.elements
            if part.tag == "section" and kind in (part.get("class") or "").split()
        )
        return _paragraphs(section)


def squeeze(text: str) -> str:
    """Return a text without any white space."""
    return re.sub(r"\s+", "", text)


def set_page(made: ReportInputs) -> SetPage:
    """Return the page that the template of the inputs makes of them."""
    html = render_template(
        made.template,
        (str(factory.ROOT / "templates"),),
        {"report": build_report_view(made), "machine": MACHINE, "moment": "2026-07-01"},
        "en",
    )
    tree = tinyhtml5.parse(html, namespace_html_elements=False)
    body = next(iter(tree.iter("body")))
    elements = tuple(_outside_drawings(body))
    return SetPage(
        headings=tuple(_text(part) for part in elements if part.tag in ("h1", "h2", "h3", "h4")),
        paragraphs=tuple(_paragraphs(body)),
        tables=tuple(_table(part) for part in elements if part.tag == "table"),
        elements=elements,
    )


def _outside_drawings(element: Any) -> Iterator[Any]:
    for child in element:
        is_text = isinstance(child.tag, str) and child.tag not in ("svg", "style")
        if is_text and child.get("data-running") is None:
            yield child
            yield from _outside_drawings(child)


def _paragraphs(root: Any) -> list[str]:
    in_tables = {id(part) for table in root.iter("table") for part in table.iter()}
    return [
        _text(part)
        for part in _outside_drawings(root)
        if part.tag == "p" and id(part) not in in_tables
    ]


def _table(table: Any) -> SetTable:
    head = [cell for row in table.iter("thead") for cell in row.iter("th")]
    return SetTable(
        table.get("class") or "",
        tuple(map(_text, head)),
        tuple(
            tuple(_text(cell) for cell in row if cell.tag in ("td", "th"))
            for part in table.iter("tbody")
            for row in part.iter("tr")
        ),
    )


def _text(element: Any) -> str:
    return squeeze("".join(element.itertext()))
