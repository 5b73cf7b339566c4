"""The circular (通报) of a roll-up as a document of the office.

The order is that of a circular: overall situation, common problems, high risks, remediation,
demands, annexes. Every number of the prose is one of the tables, or counts their rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from assess.engine.punctuation import colon_sign
from assess.harmless import escape_and_replace_tabs, escape_as_single_line
from assess.i18n import N_, translator
from assess.model.rollup import RollUpDocument
from assess.report.content.view.words import format_heading_number, format_long_date
from assess.report.export.blocks import Block, HeadingBlock, ParagraphBlock, Role, TextRun
from assess.report.export.word.document import DocumentFrame
from assess.report.letters.office_document import OfficeDocument
from assess.report.rollup.circular.annexes import list_annexes, make_annex_blocks
from assess.report.rollup.circular.demands import write_demands
from assess.report.rollup.circular.overall_prose import write_overall_prose
from assess.report.rollup.circular.problem_prose import (
    write_common_problems,
    write_high_risks,
    write_remediation,
)
from assess.report.rollup.table_reader import TableReader

_PARTS: Final[tuple[tuple[str, Callable[[TableReader], Iterator[str]]], ...]] = (
    (N_("Overall situation"), write_overall_prose),
    (N_("Common problems"), write_common_problems),
    (N_("High risks"), write_high_risks),
    (N_("State of remediation"), write_remediation),
    (N_("Demands"), write_demands),
)
"""The parts of the text in their order, and what writes them."""


class CircularDetails(NamedTuple):
    """What the office writes on a circular beside the figures."""

    number: str | None = None
    """The document number; None leaves a blank to be written by hand."""
    copies: str | None = None
    """Who gets a copy."""


def make_circular(document: RollUpDocument, details: CircularDetails) -> OfficeDocument:
    """Return the circular: text, annexes, and the imprint at the foot of the last page."""
    title = _make_title(document)
    blocks = (
        *_make_red_head(document, details.number),
        HeadingBlock(1, (TextRun(title),), in_letter=True),
        *_make_text_blocks(document),
        *_make_annex_list(document),
        _make_paragraph(document.office, "signed"),
        _make_paragraph(TableReader(document).format_day(document.reckoned), "signed"),
        *make_annex_blocks(TableReader(document)),
        *_make_imprint(document, details.copies),
    )
    frame = DocumentFrame(
        document.lang,
        title=title,
        author=escape_as_single_line(document.office),
        comments=f"{document.marking} {document.warning}",
        header=escape_as_single_line(document.marking),
        foot=document.warning,
    )
    return OfficeDocument(blocks, frame, document.reckoned)


def _make_title(document: RollUpDocument) -> str:
    _ = translator(document.lang)
    text = _("Circular on “{campaign}”")
    if document.category is not None:
        text = _("Circular on “{campaign}” ({category})")
    title = text.format(campaign=document.title, category=document.category)
    return escape_as_single_line(title)


def _make_red_head(document: RollUpDocument, number: str | None) -> Iterator[Block]:
    _ = translator(document.lang)
    suffix = "文件" if document.lang == "zh" else ""
    yield _make_paragraph(f"{escape_as_single_line(document.office)}{suffix}", "organ")
    blank = _("({year}) No. ____").format(year=document.reckoned.year)
    yield _make_paragraph(escape_as_single_line(number or blank), "document-number")


def _make_text_blocks(document: RollUpDocument) -> Iterator[Block]:
    reader = TableReader(document)
    _ = reader.translate
    addressee = _("All units concerned")
    yield _make_paragraph(f"{addressee}{colon_sign(document.lang).rstrip()}")
    opening = _(
        "What the units handed in for “{campaign}” was collected; the state is that of {day}. The "
        "result is as follows."
    )
    day = reader.format_day(document.reckoned)
    yield _make_paragraph(opening.format(campaign=document.title, day=day), "body")
    for at, (title, write_prose) in enumerate(_PARTS, 1):
        heading = f"{format_heading_number(at, document.lang)}{_(title)}"
        yield HeadingBlock(2, (TextRun(heading),), in_letter=True)
        for text in write_prose(reader):
            yield _make_paragraph(text, "body")


def _make_annex_list(document: RollUpDocument) -> Iterator[Block]:
    _ = translator(document.lang)
    yield _make_paragraph(_("Annexes:"), "annex-list")
    for number, annex in enumerate(list_annexes(TableReader(document)), 1):
        yield _make_paragraph(f"{number}. {_(annex.title)}", "annex-list")


def _make_imprint(document: RollUpDocument, copies: str | None) -> Iterator[Block]:
    """Yield who gets a copy, who issues the circular, and when it is printed (版记)."""
    _ = translator(document.lang)
    if copies is not None:
        names = escape_as_single_line(copies).strip().rstrip("。.")
        yield _make_paragraph(_("Copies to: {names}.").format(names=names), "imprint")
    yield _make_paragraph(escape_as_single_line(document.office), "imprint")
    day = format_long_date(document.reckoned, document.lang)
    yield _make_paragraph(_("Printed on {day}").format(day=day), "imprint")


def _make_paragraph(text: str, role: Role = "plain") -> ParagraphBlock:
    return ParagraphBlock((TextRun(escape_and_replace_tabs(text)),), role, in_letter=True)
