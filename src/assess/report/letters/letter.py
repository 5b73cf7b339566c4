"""A letter of an office: its parts, and its files in Markdown and Word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from assess.engine.punctuation import colon_sign
from assess.harmless import escape_and_replace_tabs, escape_as_single_line
from assess.i18n import Lang, translator
from assess.report.content.inputs import midnight_of_report_day
from assess.report.content.view.words import format_long_date
from assess.report.export.blocks import (
    Block,
    HeadingBlock,
    ParagraphBlock,
    Role,
    TableBlock,
    TableCell,
    TextRun,
)
from assess.report.export.markdown import format_markdown
from assess.report.export.word.document import DocumentFrame, write_framed_docx


class LetterTable(NamedTuple):
    """A table of a letter; widths are shares of 100."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]


class OfficeLetter(NamedTuple):
    """A letter; all its texts may come from strangers, and are made harmless when written."""

    title: str
    addressee: str
    opening: tuple[str, ...]
    sender: str
    day: date
    table: LetterTable | None = None
    closing: tuple[str, ...] = ()
    annexes: tuple[str, ...] = ()
    """The names of what goes with it."""


def write_letter_files(letter: OfficeLetter, lang: Lang) -> dict[str, bytes]:
    """Return the letter as Markdown and as a Word document, by suffix; the same bytes each time."""
    _ = translator(lang)
    blocks = list(_make_blocks(letter, lang))
    frame = DocumentFrame(
        lang,
        title=escape_as_single_line(letter.title),
        author=escape_as_single_line(letter.sender),
        header=_("Internal"),
    )
    moment = midnight_of_report_day(letter.day)
    return {
        "md": format_markdown(blocks).encode(),
        "docx": write_framed_docx(blocks, frame, moment),
    }


def _make_blocks(letter: OfficeLetter, lang: Lang) -> Iterator[Block]:
    yield HeadingBlock(1, _make_runs(escape_as_single_line(letter.title)), in_letter=True)
    yield _make_line(f"{letter.addressee}{colon_sign(lang).rstrip()}", "plain")
    for text in letter.opening:
        yield ParagraphBlock(_make_runs(text), "body", in_letter=True)
    if letter.table is not None:
        yield _make_table(letter.table)
    for text in letter.closing:
        yield ParagraphBlock(_make_runs(text), "body", in_letter=True)
    yield from _make_annex_list(letter.annexes, lang)
    yield _make_line(letter.sender, "signed")
    yield _make_line(format_long_date(letter.day, lang), "signed")


def _make_line(text: str, role: Role) -> ParagraphBlock:
    return ParagraphBlock(_make_runs(escape_as_single_line(text)), role, in_letter=True)


def _make_runs(text: str) -> tuple[TextRun, ...]:
    return (TextRun(escape_and_replace_tabs(text)),)


def _make_table(table: LetterTable) -> TableBlock:
    head = tuple(_make_cell(text, head=True) for text in table.heads)
    rows = tuple(tuple(_make_cell(text) for text in row) for row in table.rows)
    return TableBlock((head, *rows), 1, table.widths)


def _make_cell(text: str, *, head: bool = False) -> TableCell:
    return TableCell((ParagraphBlock(_make_runs(text)),), head=head)


def _make_annex_list(names: Sequence[str], lang: Lang) -> Iterator[ParagraphBlock]:
    _ = translator(lang)
    if names:
        yield _make_line(_("Annexes:"), "annex-list")
    numbered = len(names) > 1
    for number, name in enumerate(names, 1):
        yield _make_line(f"{number}. {name}" if numbered else name, "annex-list")
