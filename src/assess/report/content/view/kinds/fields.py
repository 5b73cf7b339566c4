"""The fields of a form that take the answer to one item."""

from __future__ import annotations

from typing import NamedTuple

from assess.i18n import Lang
from assess.report.content.field_names import FieldName
from assess.report.content.form_links import PdfFieldKind, make_field_link
from assess.report.content.view.base import View
from assess.report.content.view.grid_layout import GridLayout
from assess.report.content.view.words import PUNCTUATION


class FieldView(View, frozen=True, kw_only=True):
    """A field: the address of its link and the text next to it."""

    kind: PdfFieldKind
    link: str
    text: str = ""
    verdict: str = ""
    """What counts as this result, where the item says it."""


class FormGrid(NamedTuple):
    """The fields of an answer in rows: the titles of the columns, and the fields of each cell."""

    columns: tuple[str, ...] = ()
    rows: tuple[tuple[tuple[FieldView, ...], ...], ...] = ()
    layout: GridLayout | None = None


class FieldMaker(NamedTuple):
    """Makes the fields of one item."""

    sheet: str
    item_id: str
    title: str
    lang: Lang

    def make_field(
        self,
        kind: PdfFieldKind,
        text: str,
        *part: str,
        value: str = "",
        lines: int = 1,
        verdict: str = "",
        group: str = "",
    ) -> FieldView:
        """Return a field; `part` identifies the part of the answer when the form is imported.

        `group` says what the buttons of a radio group are about.
        """
        name = str(FieldName(self.sheet, self.item_id, part))
        address = make_field_link(
            kind,
            name,
            self.make_screen_reader_label(text),
            value=value,
            lines=lines,
            group=self.make_screen_reader_label(group) if kind == "radio" else "",
        )
        return FieldView(kind=kind, text=text, link=address, verdict=verdict)

    def make_screen_reader_label(self, text: str) -> str:
        """Return what a screen reader reads aloud: the item, and the text beside the field."""
        return f"{self.title}{PUNCTUATION[self.lang]['colon']}{text}" if text else self.title
