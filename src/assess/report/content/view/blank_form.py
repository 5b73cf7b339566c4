"""The view-model of the blank form: each item with the fields that take its answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assess.engine.kinds.wording import name
from assess.i18n import Lang, translator
from assess.model.answer import STATUSES
from assess.model.base import pick
from assess.model.item import (
    Choice,
    Choices,
    Column,
    Conformity,
    DateItem,
    Item,
    Ladder,
    NumberItem,
    Ratio,
    Table,
)
from assess.model.results import ItemState, SectionState
from assess.report.content import field_names as parts
from assess.report.content.field_names import FieldName
from assess.report.content.form_links import Kind, link
from assess.report.content.view.base import View

ROWS = 5
"""Rows of a table that may hold more; what does not fit is entered in the program."""


class FieldView(View, frozen=True, kw_only=True):
    """A field: the address of the link that becomes it, and what stands beside it."""

    kind: Kind
    link: str
    text: str = ""


class FormItem(View, frozen=True, kw_only=True):
    """An item of the form."""

    number: str
    id: str
    title: str
    requirement: str
    ticks: tuple[FieldView, ...]
    """Radio buttons or tick boxes, a line each."""
    texts: tuple[FieldView, ...]
    """What is written, a line each."""
    columns: tuple[str, ...]
    rows: tuple[tuple[tuple[FieldView, ...], ...], ...]
    """Of a table: the fields of each cell, row by row."""
    absent: FieldView | None
    """The tick for `not applicable`, where no radio button says it."""
    note: FieldView


class FormSection(View, frozen=True, kw_only=True):
    """A section of the form."""

    title: str
    items: tuple[FormItem, ...]


def form_sections(
    sheet: str, sections: Sequence[SectionState], lang: Lang
) -> tuple[FormSection, ...]:
    """Return the applicable items of a sheet with their empty fields."""
    return tuple(
        FormSection(
            title=pick(part.section.title, lang),
            items=tuple(
                _Fields(sheet, state, lang).item() for state in part.items if state.applies != "no"
            ),
        )
        for part in sections
        if part.counts.applicable
    )


class _Fields:
    """The fields of one item."""

    def __init__(self, sheet: str, state: ItemState, lang: Lang) -> None:
        self._sheet = sheet
        self._state = state
        self._lang = lang
        self._title = f"{state.number} {pick(state.item.title, lang)}"

    def item(self) -> FormItem:
        """Return the item with its fields."""
        _ = translator(self._lang)
        item = self._state.item
        said_by_radio = isinstance(item, Conformity | Ladder | Choice)
        return FormItem(
            number=str(self._state.number),
            id=item.id,
            title=pick(item.title, self._lang),
            requirement=pick(item.requirement, self._lang),
            ticks=tuple(self._ticks(item)),
            texts=tuple(self._texts(item)),
            columns=self._columns(item),
            rows=tuple(self._rows(item)) if isinstance(item, Table) else (),
            absent=None
            if said_by_radio
            else self._field("tick", _("not applicable"), parts.ABSENT),
            note=self._field("text", _("Note, or the reason"), parts.NOTE, lines=2),
        )

    def _field(
        self, kind: Kind, text: str, *part: str, value: str = "", lines: int = 1
    ) -> FieldView:
        label = f"{self._title}: {text}" if text else self._title
        whole = str(FieldName(self._sheet, self._state.item.id, part))
        return FieldView(
            kind=kind, text=text, link=link(kind, whole, label, value=value, lines=lines)
        )

    def _ticks(self, item: Item) -> Iterable[FieldView]:
        _ = translator(self._lang)
        if isinstance(item, Conformity):
            for status in STATUSES:
                yield self._field("radio", name(status, self._lang), parts.STATUS, value=status)
        elif isinstance(item, Ladder):
            for rung in item.rungs:
                yield self._option(rung.id, pick(rung.text, self._lang))
            yield self._option("not_applicable", name("not_applicable", self._lang))
        elif isinstance(item, Choice):
            for option in item.options:
                yield self._option(option.id, pick(option.text, self._lang))
            if item.other is not None:
                yield self._option(parts.OWN_WORDS, _("other:"))
            yield self._option("not_applicable", name("not_applicable", self._lang))
        elif isinstance(item, Choices):
            for option in item.options:
                text = pick(option.text, self._lang)
                yield self._field("tick", text, parts.TICK, option.id)

    def _option(self, value: str, text: str) -> FieldView:
        return self._field("radio", text, parts.VALUE, value=value)

    def _texts(self, item: Item) -> Iterable[FieldView]:
        _ = translator(self._lang)
        if isinstance(item, Ratio):
            yield self._field("text", pick(item.ratio.part, self._lang), parts.PART)
            yield self._field("text", pick(item.ratio.whole, self._lang), parts.WHOLE)
        elif isinstance(item, NumberItem):
            yield self._field("text", pick(item.number.unit, self._lang), parts.VALUE)
        elif isinstance(item, DateItem):
            yield self._field("text", _("date, as 2026-06-30"), parts.VALUE)
        elif isinstance(item, Choice | Choices):
            if item.other is not None:
                yield self._field("text", _("own words"), parts.OTHER)
        elif not isinstance(item, Conformity | Ladder | Table):
            yield self._field("text", "", parts.VALUE, lines=3)

    def _columns(self, item: Item) -> tuple[str, ...]:
        if not isinstance(item, Table):
            return ()
        return tuple(self._column(column) for column in item.columns)

    def _column(self, column: Column) -> str:
        title = pick(column.title, self._lang)
        unit = pick(column.unit, self._lang)
        return f"{title} ({unit})" if unit else title

    def _rows(self, item: Table) -> Iterable[tuple[tuple[FieldView, ...], ...]]:
        for row in range(1, min(max(item.rows.min, ROWS), item.rows.max) + 1):
            yield tuple(tuple(self._cell(column, str(row))) for column in item.columns)

    def _cell(self, column: Column, row: str) -> Iterable[FieldView]:
        _ = translator(self._lang)
        options: tuple[tuple[str, str], ...] = ()
        if column.type == "boolean":
            options = ((parts.YES, _("yes")), (parts.NO, _("no")))
        elif column.type == "choice":
            options = tuple((one.id, pick(one.text, self._lang)) for one in column.options)
        for value, text in options:
            yield self._field("radio", text, parts.ROW, row, column.id, value=value)
        if not options:
            title = f"{self._column(column)}, {row}"
            cell = self._field("text", title, parts.ROW, row, column.id)
            yield FieldView(kind="text", link=cell.link)
