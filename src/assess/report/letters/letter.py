"""A letter of an office: its parts, and its files in Markdown, Word and PDF."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Final, NamedTuple

from assess.engine.punctuation import colon_sign
from assess.harmless import escape_and_replace_tabs, escape_as_single_line
from assess.i18n import Lang, translator
from assess.report.content.charts.drawing import estimate_width
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
from assess.report.export.column_widths import TABLE_SIZE, break_head, compute_room, fit_widths
from assess.report.export.markdown import format_markdown
from assess.report.export.word.document import DocumentFrame
from assess.report.letters.office_document import (
    LetterForm,
    OfficeDocument,
    write_many_documents,
)

_TITLE_LINE: Final = 20
"""Full-width characters of 22 points in a line of 156 mm."""


class LetterTable(NamedTuple):
    """A table of a letter."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


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


def write_letter_files(
    letter: OfficeLetter, lang: Lang, forms: Collection[LetterForm], message_lang: Lang
) -> dict[str, bytes]:
    """Return the letter in its forms, then as Markdown, by suffix; the same bytes each time.

    Raises:
        EnvironmentLacksError, RenderError: it can't be set as PDF.
    """
    (files,) = write_many_letters([letter], lang, forms, message_lang)
    return files


def write_many_letters(
    letters: Sequence[OfficeLetter],
    lang: Lang,
    forms: Collection[LetterForm],
    message_lang: Lang,
) -> Iterator[dict[str, bytes]]:
    """Yield the files of each letter by suffix; PDFs are set on all cores.

    Raises:
        as `write_letter_files`.
    """
    documents = [make_letter_document(letter, lang) for letter in letters]
    written = write_many_documents(documents, forms, message_lang)
    for document, files in zip(documents, written, strict=True):
        yield {**files, "md": _format_as_markdown(document).encode()}


def _format_as_markdown(document: OfficeDocument) -> str:
    """Return the letter with its title on one line, which Markdown would join with a blank."""
    title = HeadingBlock(1, (TextRun(document.frame.title),), in_letter=True)
    return format_markdown([title, *document.blocks[1:]])


def make_letter_document(letter: OfficeLetter, lang: Lang) -> OfficeDocument:
    """Return the letter as a document of the office."""
    _ = translator(lang)
    frame = DocumentFrame(
        lang,
        title=escape_as_single_line(letter.title),
        author=escape_as_single_line(letter.sender),
        header=_("Internal"),
    )
    return OfficeDocument(tuple(_make_blocks(letter, lang)), frame, letter.day)


def _make_blocks(letter: OfficeLetter, lang: Lang) -> Iterator[Block]:
    title = break_title(escape_as_single_line(letter.title), lang)
    yield HeadingBlock(1, (TextRun(title),), in_letter=True)
    yield _make_line(f"{letter.addressee}{colon_sign(lang).rstrip()}", "plain")
    for text in letter.opening:
        yield ParagraphBlock(_make_runs(text), "body", in_letter=True)
    if letter.table is not None:
        yield make_table_block(letter.table)
    for text in letter.closing:
        yield ParagraphBlock(_make_runs(text), "body", in_letter=True)
    yield from _make_annex_list(letter.annexes, lang)
    yield _make_line(letter.sender, "signed")
    yield _make_line(format_long_date(letter.day, lang), "signed")


def break_title(title: str, lang: Lang) -> str:
    """Return a title; a Chinese one that is longer than a line is broken behind what it quotes."""
    start, quote, end = title.partition("”")
    if lang == "zh" and end and estimate_width(title) > _TITLE_LINE >= estimate_width(start):
        return f"{start}{quote}\n{end}"
    return title


def _make_line(text: str, role: Role) -> ParagraphBlock:
    return ParagraphBlock(_make_runs(escape_as_single_line(text)), role, in_letter=True)


def _make_runs(text: str) -> tuple[TextRun, ...]:
    return (TextRun(escape_and_replace_tabs(text)),)


def make_table_block(table: LetterTable) -> TableBlock:
    """Return a table of a letter as a block; its texts are made harmless."""
    rows = [[escape_and_replace_tabs(text) for text in row] for row in table.rows]
    widths = fit_widths(table.heads, rows, compute_room(TABLE_SIZE))
    heads = map(break_head, table.heads, widths)
    head = tuple(_make_cell(text, head=True) for text in heads)
    body = tuple(tuple(map(_make_cell, row)) for row in rows)
    return TableBlock((head, *body), 1, tuple(widths))


def _make_cell(text: str, *, head: bool = False) -> TableCell:
    return TableCell((ParagraphBlock((TextRun(text),)),), head=head)


def _make_annex_list(names: Sequence[str], lang: Lang) -> Iterator[ParagraphBlock]:
    _ = translator(lang)
    if names:
        yield _make_line(_("Annexes:"), "annex-list")
    numbered = len(names) > 1
    for number, name in enumerate(names, 1):
        yield _make_line(f"{number}. {name}" if numbered else name, "annex-list")
