"""Broken field checks in words: the numbers, and what must be so."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from assess.engine.field_checks.judge import BrokenCheck, JudgedOperand
from assess.engine.kinds.operand import add_exactly
from assess.engine.number_text import decimal_text
from assess.engine.punctuation import enumeration_comma_sign
from assess.i18n import Lang, translator
from assess.model.base import pick_text
from assess.model.field_check import (
    AtMost,
    ColumnSumEquals,
    RowCountEquals,
    SumEquals,
)

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
            return _("{first} ({value}) must not be later than {last} ({limit})").format(**words)


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
    """Return the id of an item, with the words of the form for a part of its answer."""
    return f"{judged.item.id} {judged.operand.title(lang)}".rstrip()


def _number_or_iso_date_text(value: Decimal | date) -> str:
    return value.isoformat() if isinstance(value, date) else decimal_text(value)
