"""Many answers at once, from the rows of a file: all are checked before the first is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

import msgspec

from assess.engine.kinds.values import check_value_naming_cells
from assess.engine.punctuation import colon_sign
from assess.engine.scoring.assessment import assess_sheet
from assess.errors import AssessError, UnknownIdError, UsageError
from assess.i18n import Lang, translator
from assess.model.answer import Answer
from assess.model.base import Number
from assess.model.item import Item
from assess.model.results import Assessment
from assess.workspace.answers.typed_values import parse_typed_result
from assess.workspace.core.names import SheetName
from assess.workspace.core.sheet_file import OpenSheet

MOST_ROWS: Final = 10_000
"""Maximum number of rows that are taken at a time."""

_MOST_SUGGESTIONS: Final = 20
"""Number of faults up to which the nearest ids are looked for: it takes a while in long lists."""


class AnswerRow(NamedTuple):
    """A row of a file with answers, and where it stands."""

    item_id: str
    answer: Any
    """Words as a person types them, or a value as a sheet stores it; None: there is none."""
    note: str | None
    line: int
    column: int


class RowFault(NamedTuple):
    """What is wrong with a row."""

    row: AnswerRow
    message: str
    hint: str = ""


class AnswerPlan(NamedTuple):
    """What the rows of a file do; nothing may be written where there are faults."""

    fields: Mapping[SheetName, Mapping[str, Mapping[str, Any]]]
    """The fields to write, by sheet and item."""
    new: tuple[str, ...]
    """Items that had no answer."""
    changed: tuple[str, ...]
    """Items whose answer becomes another one."""
    ignored: tuple[str, ...]
    """Items of rows that say nothing, or what is there already."""
    faults: tuple[RowFault, ...]


def plan_answers(
    open_sheets: Sequence[OpenSheet], rows: Sequence[AnswerRow], today: date, lang: Lang
) -> AnswerPlan:
    """Return what rows do to the sheets that have their items.

    A row without answer and note is ignored. A reason or evidence that is missing is no fault.
    """
    fields: dict[SheetName, dict[str, dict[str, Any]]] = {}
    new: list[str] = []
    changed: list[str] = []
    ignored: list[str] = []
    faults: list[RowFault] = []
    rows_by_item: dict[str, AnswerRow] = {}
    sheets_by_item = _find_sheets_by_item(open_sheets)
    for row in rows:
        try:
            _refuse_second_row_of_item(rows_by_item.setdefault(row.item_id, row), row, lang)
            suggests = len(faults) < _MOST_SUGGESTIONS
            open_sheet = _require_single_sheet_with_item(
                sheets_by_item, row.item_id, lang, suggests=suggests
            )
            change = _parse_fields_of_row(open_sheet.find_item(row.item_id), row, today, lang)
        except AssessError as error:
            faults.append(
                RowFault(row, _name_item_in_message(row, error.message, lang), error.hint)
            )
            continue
        answer = open_sheet.sheet.answers.get(row.item_id, Answer())
        if all(getattr(answer, name) == value for name, value in change.items()):
            ignored.append(row.item_id)
            continue
        fields.setdefault(open_sheet.name, {})[row.item_id] = change
        (changed if answer.is_given else new).append(row.item_id)
    return AnswerPlan(fields, tuple(new), tuple(changed), tuple(ignored), tuple(faults))


def _name_item_in_message(row: AnswerRow, message: str, lang: Lang) -> str:
    """Return the message with the item of its row, which the file's reader looks for."""
    return message if row.item_id in message else f"{row.item_id}{colon_sign(lang)}{message}"


def _find_sheets_by_item(open_sheets: Sequence[OpenSheet]) -> dict[str, list[OpenSheet]]:
    sheets_by_item: dict[str, list[OpenSheet]] = {}
    for open_sheet in open_sheets:
        for item_id in open_sheet.checklist.items():
            sheets_by_item.setdefault(item_id, []).append(open_sheet)
    return sheets_by_item


def _refuse_second_row_of_item(first: AnswerRow, row: AnswerRow, lang: Lang) -> None:
    """Refuse an item that an earlier row has.

    Raises:
        UsageError: it stands in an earlier row.
    """
    if first is not row:
        _ = translator(lang)
        text = _("{item} stands in the file twice").format(item=row.item_id)
        raise UsageError(text, _("the first is in line {line}").format(line=first.line))


def _require_single_sheet_with_item(
    sheets_by_item: Mapping[str, list[OpenSheet]], item_id: str, lang: Lang, *, suggests: bool
) -> OpenSheet:
    """Return the sheet that has the item.

    Raises:
        UnknownIdError: none has it.
        UsageError: several have it.
    """
    _ = translator(lang)
    having = sheets_by_item.get(item_id, [])
    if not having:
        known = sheets_by_item if suggests else ()
        raise UnknownIdError(_("no item {item}").format(item=item_id), item_id, known)
    if len(having) > 1:
        names = ", ".join(str(open_sheet.name) for open_sheet in having)
        text = _("several sheets have the item: {names}").format(names=names)
        raise UsageError(text, "--system")
    return having[0]


def _parse_fields_of_row(item: Item, row: AnswerRow, today: date, lang: Lang) -> dict[str, Any]:
    """Return the fields that a row sets.

    Raises:
        UsageError: the answer does not fit the item.
    """
    change: dict[str, Any] = {} if row.note is None else {"note": row.note}
    answer = row.answer
    if isinstance(answer, int | Number) and not isinstance(answer, bool):
        answer = str(answer)
    if isinstance(answer, str):
        return parse_typed_result(item, answer, today, lang) | change
    if answer is None:
        return change
    faults = check_value_naming_cells(item, answer, today, lang)
    if faults:
        raise UsageError(faults[0].message, faults[0].hint)
    return {"value": answer} | change


def assess_sheet_as_if_written(
    open_sheet: OpenSheet, fields_by_item: Mapping[str, Mapping[str, Any]], today: date
) -> Assessment:
    """Return what is computed from a sheet once the fields are written."""
    answers = dict(open_sheet.sheet.answers)
    for item_id, fields in fields_by_item.items():
        before = answers.get(item_id, Answer())
        if fields.keys() & {"status", "value"}:
            before = msgspec.structs.replace(before, status=None, value=None)
        answers[item_id] = msgspec.structs.replace(before, **fields)
    sheet = msgspec.structs.replace(open_sheet.sheet, answers=answers)
    return assess_sheet(open_sheet.checklist, sheet, open_sheet.config, open_sheet.register, today)
