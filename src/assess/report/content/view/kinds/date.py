"""Date in documents: a field for a date, which may be written in several ways."""

from __future__ import annotations

from collections.abc import Iterable

from assess.i18n import translator
from assess.model.item import DateItem
from assess.report.content.field_names import VALUE
from assess.report.content.view.kinds.entered import EnteredTexts, normalize_date
from assess.report.content.view.kinds.fields import FieldMaker, FieldView
from assess.report.content.view.kinds.kind import ReportKind


def _date_field(make: FieldMaker, _item: DateItem) -> Iterable[FieldView]:
    _ = translator(make.lang)
    yield make.make_field("text", _("date, as 2026-06-30"), VALUE)


def _read_date(_item: DateItem, entered: EnteredTexts) -> str | None:
    text = entered.get((VALUE,))
    return normalize_date(text) if text else None


KIND = ReportKind[DateItem](texts=_date_field, read_entered=_read_date)
