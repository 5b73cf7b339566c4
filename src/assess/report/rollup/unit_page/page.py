"""The page of a unit as a document of the office.

Its figures are those of the roll-up. No other unit is named, and a median or a place stands on it
only where at least five units are compared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

from assess.display.rollup.cell_text import NOTHING, format_cell, shorten_printed_text
from assess.display.rollup.document import choose_marking, write_collection_warning
from assess.display.rollup.hand_in_tables import make_units_table
from assess.display.rollup.score_tables import APART_NAMES
from assess.display.rollup.table_building import RollUpSource
from assess.engine.number_text import decimal_text
from assess.engine.punctuation import colon_sign, join_sentences
from assess.engine.rollup.findings import (
    list_contradicted_findings,
    list_high_risks,
    list_open_findings,
    list_overdue_findings,
)
from assess.engine.rollup.records import UnitEntry
from assess.engine.rollup.unit_places import SheetPlace, list_places_by_unit
from assess.harmless import escape_and_replace_tabs, escape_as_single_line
from assess.i18n import N_
from assess.report.content.view.words import format_heading_number, format_long_date
from assess.report.export.blocks import Block, HeadingBlock, ParagraphBlock, Role, TextRun
from assess.report.export.word.document import DocumentFrame
from assess.report.letters.finding_table import make_finding_table
from assess.report.letters.letter import LetterTable, break_title, make_table_block
from assess.report.letters.office_document import OfficeDocument
from assess.report.rollup.unit_page.demands import write_unit_demands

_UNIT_FACTS: Final = (
    *("category", "state", "received", "received_last", "days_late", "applicable", "unanswered"),
    *("versions", "signed_by", "receipt", "remark"),
)
"""The columns of the table of units that the page has, as far as they say something."""

_PLAIN_TITLES: Final = {
    "applicable": N_("Items that apply"),
    "unanswered": N_("Items without an answer"),
}
"""Titles in place of heads that are too short outside of the table."""


class _UnitSource(NamedTuple):
    source: RollUpSource
    """The records of the unit alone."""
    entry: UnitEntry
    places: Sequence[SheetPlace]


class _PagePart(NamedTuple):
    title: str
    make_blocks: Callable[[_UnitSource], Iterator[Block]]
    needs_data: bool = False
    """Whether it is left out where nothing could be read that the unit handed in."""


def make_unit_pages(source: RollUpSource, marking: str | None) -> list[OfficeDocument]:
    """Return the page of each unit, in their order."""
    places = list_places_by_unit(source.records)
    return [
        _make_unit_page(
            _UnitSource(
                source._replace(records=source.records._replace(units=(entry,))),
                entry,
                places.get(entry.id, ()),
            ),
            marking,
        )
        for entry in source.records.units
    ]


def _make_unit_page(unit: _UnitSource, marking: str | None) -> OfficeDocument:
    source = unit.source
    _, records = source.translate, source.records
    title = _("Feedback on “{campaign}”").format(campaign=records.campaign.title)
    title = escape_as_single_line(title)
    warning = write_collection_warning(source.lang)
    header = escape_as_single_line(choose_marking(marking, source.lang))
    blocks = (
        HeadingBlock(1, (TextRun(break_title(title, source.lang)),), in_letter=True),
        *_make_text_blocks(unit),
        _make_paragraph(records.office, "signed"),
        _make_paragraph(format_long_date(records.today, source.lang), "signed"),
    )
    frame = DocumentFrame(
        source.lang,
        title=title,
        author=escape_as_single_line(records.office),
        comments=f"{header} {warning}",
        header=header,
        foot=warning,
    )
    return OfficeDocument(blocks, frame, records.today)


def _make_text_blocks(unit: _UnitSource) -> Iterator[Block]:
    source = unit.source
    _, records = source.translate, source.records
    addressee = escape_as_single_line(unit.entry.unit.name)
    yield _make_paragraph(f"{addressee}{colon_sign(source.lang).rstrip()}", "plain")
    opening = _(
        "What units handed in for “{campaign}” was collected; the state is that of {day}. For your "
        "unit the result is as follows."
    )
    day = format_long_date(records.today, source.lang)
    yield _make_paragraph(opening.format(campaign=records.campaign.title, day=day), "body")
    parts = [part for part in _PARTS if unit.entry.is_readable or not part.needs_data]
    for number, part in enumerate(parts, 1):
        heading = f"{format_heading_number(number, source.lang)}{_(part.title)}"
        yield HeadingBlock(2, (TextRun(heading),), in_letter=True)
        yield from part.make_blocks(unit)


def _make_state_blocks(unit: _UnitSource) -> Iterator[Block]:
    _ = unit.source.translate
    table = make_units_table(unit.source)
    titles = {column.id: column.title for column in table.columns}
    titles |= {key: _(title) for key, title in _PLAIN_TITLES.items()}
    cells = {
        column.id: (titles[column.id], shorten_printed_text(format_cell(value, column.kind)))
        for column, value in zip(table.columns, table.rows[0], strict=True)
        if value is not None
    }
    rows = tuple(cells[name] for name in _UNIT_FACTS if name in cells)
    heads = (_("Subject"), _("What is recorded"))
    yield make_table_block(LetterTable(heads, rows))


def _make_score_blocks(unit: _UnitSource) -> Iterator[Block]:
    source = unit.source
    _ = source.translate
    text = _(
        "Median and place are those of complete sheets in the category “{category}”; equal scores "
        "share a place."
    )
    category = source.category_name(unit.entry.unit.category)
    yield _make_paragraph(text.format(category=category), "body")
    heads = (_("Checklist"), _("Score"), _("Verdict"), _("Median of the category"), _("Place"))
    rows = tuple(_list_score_cells(source, place) for place in unit.places)
    yield make_table_block(LetterTable(heads, rows))


def _list_score_cells(source: RollUpSource, place: SheetPlace) -> tuple[str, ...]:
    _, sheet = source.translate, place.ranked.sheet
    system = source.system_name(sheet.system) if sheet is not None else None
    checklist = source.checklist_title(place.ranked.checklist)
    score = sheet.score if sheet is not None else None
    hidden = _("not shown: fewer than five units")
    return (
        shorten_printed_text("\n".join(filter(None, (checklist, system)))),
        decimal_text(score.value) if score is not None else NOTHING,
        (source.verdict_title(sheet) if sheet is not None else None) or NOTHING,
        decimal_text(place.median) if place.median is not None else hidden,
        _write_place(source, place) or hidden,
    )


def _write_place(source: RollUpSource, place: SheetPlace) -> str | None:
    """Return the place, or why the sheet has none; None where it is hidden."""
    _ = source.translate
    if place.ranked.apart is not None:
        return _(APART_NAMES[place.ranked.apart])
    if place.place is None:
        return None
    return _("{place} of {sheets} sheets").format(place=place.place, sheets=place.spread.sheets)


def _make_problem_blocks(unit: _UnitSource) -> Iterator[Block]:
    """Yield how many problems are left, and which answers contradict what is said to be mended."""
    _, entry = unit.source.translate, unit.entry
    rows, contradicted = list_open_findings(entry), list_contradicted_findings(entry)
    text = _("Problems that are not mended: {count}, of these of high risk: {high}.")
    texts = [text.format(count=len(rows), high=sum(row.finding.risk == "high" for row in rows))]
    if contradicted:
        text = _(
            "Marked as mended, while the item is still answered as not met or partly met: {count}."
        )
        texts.append(text.format(count=len(contradicted)))
    yield _make_paragraph(join_sentences(texts, unit.source.lang), "body")


def _make_high_risk_blocks(unit: _UnitSource) -> Iterator[Block]:
    _ = unit.source.translate
    rows = list_high_risks(unit.source.records)
    if not rows:
        yield _make_paragraph(_("No problem of high risk is open in what was handed in."), "body")
        return
    text = _("Problems of high risk that are not mended: {count}.")
    yield _make_paragraph(text.format(count=len(rows)), "body")
    yield make_table_block(make_finding_table(unit.source, rows))


def _make_overdue_blocks(unit: _UnitSource) -> Iterator[Block]:
    _ = unit.source.translate
    rows = list_overdue_findings(unit.source.records)
    day = format_long_date(unit.entry.dated, unit.source.lang)
    if not rows:
        text = _("On {day}, the day of your own figures, no measure was overdue.")
        yield _make_paragraph(text.format(day=day), "body")
        return
    text = _("Overdue measures on {day}, the day of your own figures: {count}.")
    yield _make_paragraph(text.format(day=day, count=len(rows)), "body")
    yield make_table_block(make_finding_table(unit.source, rows))


def _make_demand_blocks(unit: _UnitSource) -> Iterator[Block]:
    for text in write_unit_demands(unit.source, unit.entry):
        yield _make_paragraph(text, "body")


def _make_paragraph(text: str, role: Role) -> ParagraphBlock:
    return ParagraphBlock((TextRun(escape_and_replace_tabs(text)),), role, in_letter=True)


_PARTS: Final = (
    _PagePart(N_("Handing in"), _make_state_blocks),
    _PagePart(N_("Scores and places"), _make_score_blocks, needs_data=True),
    _PagePart(N_("State of remediation"), _make_problem_blocks, needs_data=True),
    _PagePart(N_("High risks"), _make_high_risk_blocks, needs_data=True),
    _PagePart(N_("Overdue measures"), _make_overdue_blocks, needs_data=True),
    _PagePart(N_("Demands"), _make_demand_blocks),
)
"""The parts of the page in their order."""
