"""What is wrong in the rows of a table: remarks at the table and at its item."""

from __future__ import annotations

from datetime import date
from typing import Final

from assess.engine.kinds.values import check_value_naming_cells
from assess.i18n import Lang, translator
from assess.model.answer import Answer
from assess.model.item import Item, find_kind_of_item

_MOST: Final = 20
"""Faults that are named; of more the number is told."""


def list_row_faults(item: Item, answer: Answer, today: date, lang: Lang) -> tuple[str, ...]:
    """Return what is wrong with a table, each with row and column, in the words of lint.

    Empty for items of other kinds. Of more than twenty the last remark is how many more there are.
    """
    if find_kind_of_item(item) != "table" or answer.value is None or answer.status is not None:
        return ()
    faults = [fault.message for fault in check_value_naming_cells(item, answer.value, today, lang)]
    more = len(faults) - _MOST
    if more <= 0:
        return tuple(faults)
    _ = translator(lang)
    return (*faults[:_MOST], _("… and {count} more: assess lint").format(count=more))
