"""Field checks in words: what must be so, and of broken ones the numbers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Final, assert_never

from assess.engine.field_checks.judge import BrokenCheck, JudgedOperand
from assess.engine.field_checks.operands import find_operand, find_operand_item_id
from assess.engine.kinds.operand import OperandType, add_exactly
from assess.engine.number_text import decimal_text
from assess.engine.punctuation import enumeration_comma_sign
from assess.i18n import Lang, translator
from assess.model.base import pick_text
from assess.model.field_check import (
    AtMost,
    ColumnSumEquals,
    DatesInOrder,
    FieldCheck,
    RowCountEquals,
    SumEquals,
)
from assess.model.item import Item

_MOST_ADDENDS: Final = 12
"""Addends that a text names; of more, the last ones are left out."""


def check_mismatch_text(broken: BrokenCheck, lang: Lang) -> str:
    """Return the numbers that do not fit together: `5 + 8 + 10 = 23, must equal D (25)`."""
    _ = translator(lang)
    first, last = broken.operands[0], broken.operands[-1]
    words = {
        "first": _item_id_and_part_text(first, lang),
        "value": _number_or_iso_date_text(first.value),
        "last": _item_id_and_part_text(last, lang),
        "limit": _number_or_iso_date_text(last.value),
    }
    match broken.check.form:
        case SumEquals(addends):
            if len(addends) > 1:
                words["sum"] = _shortened_sum_text(broken)
                return _("{sum}, must equal {last} ({limit})").format(**words)
            return _("{first} ({value}) must equal {last} ({limit})").format(**words)
        case AtMost():
            return _("{first} ({value}) must be at most {last} ({limit})").format(**words)
        case RowCountEquals():
            return _("rows of {first}: {value}, must equal {last} ({limit})").format(**words)
        case ColumnSumEquals():
            return _("sum of {first}: {value}, must equal {last} ({limit})").format(**words)
        case _:
            return _dates_text(broken, words, lang)


def _dates_text(broken: BrokenCheck, words: dict[str, str], lang: Lang) -> str:
    """Return the two dates that are in the wrong order; of a table with their row."""
    _ = translator(lang)
    if not broken.row:
        return _("{first} ({value}) must not be later than {last} ({limit})").format(**words)
    first, last = broken.operands
    titles = {"first": first.operand.title(lang), "last": last.operand.title(lang)}
    text = _("{item} row {row}: {first} ({value}) must not be later than {last} ({limit})")
    return text.format(**(words | titles), item=_item_label_and_id(first.item), row=broken.row)


def relation_text(check: FieldCheck, items: Mapping[str, Item], lang: Lang) -> str:
    """Return the relation that a check demands, by the names of the form: `D = A + B`."""
    _ = translator(lang)
    match check.form:
        case SumEquals(addends, total):
            names = [_name_text(name, items, "number", lang) for name in addends[:_MOST_ADDENDS]]
            if len(addends) > _MOST_ADDENDS:
                names.append("…")
            return f"{_name_text(total, items, 'number', lang)} = {' + '.join(names)}"
        case AtMost(value, limit):
            names = [_name_text(name, items, "number", lang) for name in (value, limit)]
            return " ≤ ".join(names)
        case RowCountEquals(table, total):
            rows = _("rows of {first}").format(first=_name_text(table, items, "rows", lang))
            return f"{rows} = {_name_text(total, items, 'number', lang)}"
        case ColumnSumEquals(column, total):
            added = _("sum of {first}").format(first=_name_text(column, items, "column", lang))
            return f"{added} = {_name_text(total, items, 'number', lang)}"
        case DatesInOrder(dates):
            return _(" not later than ").join(
                _name_text(name, items, "date", lang) for name in dates
            )
        case _:  # pragma: no cover  # mypy proves that nothing comes here
            assert_never(check.form)


def _name_text(name: str, items: Mapping[str, Item], operand_type: OperandType, lang: Lang) -> str:
    """Return the item that a name means, with the words of the form for a part of its answer."""
    item_id = find_operand_item_id(name, items.__contains__)
    if item_id is None:
        return name
    item = items[item_id]
    operand = find_operand(name, item, operand_type)
    if operand is None and operand_type == "date":
        operand = find_operand(name, item, "date column")
    if operand is None:
        return name
    return f"{_item_label_and_id(item)} {operand.title(lang)}".rstrip()


def check_mismatch_and_meaning_text(broken: BrokenCheck, lang: Lang) -> str:
    """Return the numbers and what must be so, on one line."""
    _ = translator(lang)
    meaning = pick_text(broken.check.text, lang)
    return _("{numbers}: {meaning}").format(
        numbers=check_mismatch_text(broken, lang), meaning=meaning
    )


def operand_item_ids_text(broken: BrokenCheck, lang: Lang) -> str:
    """Return the ids of the items whose answers do not fit together."""
    return enumeration_comma_sign(lang).join(broken.item_ids)


def _shortened_sum_text(broken: BrokenCheck) -> str:
    """Return the sum of all but the last value, as it is written out: `5 + 8 = 13`."""
    values = [operand.value for operand in broken.operands[:-1]]
    addends = [value for value in values if isinstance(value, Decimal)]
    texts = [_number_or_iso_date_text(addend) for addend in addends]
    if len(texts) > _MOST_ADDENDS:
        texts = [*texts[:_MOST_ADDENDS], "…"]
    return f"{' + '.join(texts)} = {_number_or_iso_date_text(add_exactly(addends))}"


def _item_id_and_part_text(judged: JudgedOperand, lang: Lang) -> str:
    """Return the name of an item, with the words of the form for a part of its answer."""
    return f"{_item_label_and_id(judged.item)} {judged.operand.title(lang)}".rstrip()


def _item_label_and_id(item: Item) -> str:
    """Return the id of an item, after the number that the form of its issuer gives it."""
    return f"{item.label} {item.id}" if item.label else item.id


def _number_or_iso_date_text(value: Decimal | date) -> str:
    return value.isoformat() if isinstance(value, date) else decimal_text(value)
