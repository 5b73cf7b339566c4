"""The type of a kind in documents: the parts of an answer, the fields of a form, their values.

Every module of this folder that is named after a kind holds one value of it, `KIND`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from assess.engine.kinds.values import parse_value_or_return_text
from assess.engine.kinds.wording import format_value_without_exponent
from assess.i18n import Lang
from assess.model.item import Item
from assess.report.content.field_names import VALUE
from assess.report.content.view.base import View
from assess.report.content.view.kinds.entered import EnteredTexts
from assess.report.content.view.kinds.fields import FieldMaker, FieldView, FormGrid

ItemT = TypeVar("ItemT", bound=Item)


class TickView(View, frozen=True, kw_only=True):
    """An option with its text, and whether it is chosen."""

    text: str
    ticked: bool


def value_field_of_item_view(_item: Item, raw: Any, _lang: Lang) -> dict[str, Any]:
    """Return the value as one text."""
    return {"value": "" if raw is None else format_value_without_exponent(raw)}


def return_no_fields(_make: FieldMaker, _item: Item) -> Iterable[FieldView]:
    """Return no field."""
    return ()


def long_text_field(make: FieldMaker, _item: Item) -> Iterable[FieldView]:
    """Yield one field for a text of some lines."""
    yield make.make_field("text", "", VALUE, lines=3)


def return_zero_rows(_item: Item, _raw: Any) -> int:
    """Return 0: the value has no rows."""
    return 0


def return_empty_grid(_make: FieldMaker, _item: Item) -> FormGrid:
    """Return no rows."""
    return FormGrid()


def read_typed_value(item: Item, entered: EnteredTexts) -> Any:
    """Return the value for the text that was entered; None where nothing was."""
    text = entered.get((VALUE,))
    return parse_value_or_return_text(item, text) if text else None


@dataclass(frozen=True, kw_only=True)
class ReportKind(Generic[ItemT]):
    """What documents know about one kind of answer."""

    answer_parts: Callable[[ItemT, Any, Lang], dict[str, Any]] = value_field_of_item_view
    """The fields of an ItemView that hold a value in parts; options are there without a value."""
    ticks: Callable[[FieldMaker, ItemT], Iterable[FieldView]] = return_no_fields
    """The radio buttons or tick boxes of the form, a line each."""
    texts: Callable[[FieldMaker, ItemT], Iterable[FieldView]] = long_text_field
    """The fields of the form for text, a line each."""
    grid: Callable[[FieldMaker, ItemT], FormGrid] = return_empty_grid
    """The fields of the form in rows."""
    row_count: Callable[[ItemT, Any], int] = return_zero_rows
    """The number of rows that a value has."""
    absent_by_radio: bool = False
    """Whether `not applicable` is one of the radio buttons; otherwise it is a tick box."""
    read_entered: Callable[[ItemT, EnteredTexts], Any] = read_typed_value
    """The value, or the status, that was entered in the form; None where nothing was."""
