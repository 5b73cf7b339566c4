"""Building the tables of a roll-up: columns, rows, and words that several tables have."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from assess.engine.finding_name import item_label_and_title
from assess.engine.rollup.records import RollUpRecords, SheetEntry, UnitEntry
from assess.i18n import Lang, Translator, translator
from assess.model.base import Number, pick_text
from assess.model.rollup import ColumnKind, RollUpColumn, RollUpTable
from assess.model.round_data import SystemRecord

RollUpCell = str | int | Number | date | None
"""A cell; a share from 0 to 1 is a Number, and None is a cell in which there is nothing to say."""


class RollUpSource(NamedTuple):
    """What the tables are made from, and the language of their words."""

    records: RollUpRecords
    lang: Lang

    @property
    def translate(self) -> Translator:
        """The function that puts a message into the language."""
        return translator(self.lang)

    def checklist_title(self, checklist_id: str) -> str:
        """Return the title of an issued checklist; the id of another one."""
        checklist = self.records.checklists.get(checklist_id)
        return pick_text(checklist.title, self.lang) if checklist is not None else checklist_id

    def item_title(self, checklist_id: str, item_id: str) -> str:
        """Return the title of an item of an issued checklist; '' of another one."""
        checklist = self.records.checklists.get(checklist_id)
        item = checklist.items().get(item_id) if checklist is not None else None
        return item_label_and_title(item, self.lang) if item is not None else ""

    def section_title(self, checklist_id: str, section_id: str) -> str:
        """Return the title of a section of an issued checklist; else its id."""
        checklist = self.records.checklists.get(checklist_id)
        sections = checklist.sections if checklist is not None else ()
        titles = (section.title for section in sections if section.id == section_id)
        return pick_text(next(titles, section_id), self.lang)

    def verdict_title(self, sheet: SheetEntry) -> str | None:
        """Return the verdict of a sheet in words; None where it has none."""
        checklist = self.records.checklists.get(sheet.checklist.id)
        bands = checklist.scoring.bands if checklist is not None else ()
        titles = (pick_text(band.title, self.lang) for band in bands if band.id == sheet.verdict)
        return next(titles, sheet.verdict)

    def system_name(self, system: SystemRecord | None) -> str | None:
        """Return the name of a system; None where the unit itself is assessed."""
        return pick_text(system.name, self.lang) if system is not None else None

    def category_name(self, category: str | None) -> str:
        """Return a category; the word for units without one."""
        _ = self.translate
        return category or _("no category")

    def describe_campaign_before(self) -> str:
        """Return with which campaign this one is compared, or that there is none."""
        _, before = self.translate, self.records.before
        if before is None:
            return _("There are no figures of a preceding campaign.")
        text = _("Before: campaign {before}.")
        return text.format(before=before.campaign)


def make_column(column_id: str, title: str, kind: ColumnKind = "text") -> RollUpColumn:
    """Return a column of a table."""
    return RollUpColumn(id=column_id, title=title, kind=kind)


def make_unit_columns(source: RollUpSource) -> tuple[RollUpColumn, ...]:
    """Return the columns that tell a unit: name, id, category."""
    _ = source.translate
    return (
        make_column("unit", _("Unit name")),
        make_column("unit_id", _("Unit id")),
        make_column("category", _("Category")),
    )


def list_unit_cells(source: RollUpSource, entry: UnitEntry) -> tuple[RollUpCell, ...]:
    """Return the cells of a unit below the columns of `make_unit_columns`."""
    return (entry.unit.name, entry.id, source.category_name(entry.unit.category))


def make_table(
    key: str,
    title: str,
    note: str,
    columns: Sequence[RollUpColumn],
    rows: Iterable[Sequence[RollUpCell]],
) -> RollUpTable:
    """Return a table; each row has a cell for each column."""
    return RollUpTable(
        key=key, title=title, note=note, columns=tuple(columns), rows=tuple(map(tuple, rows))
    )
