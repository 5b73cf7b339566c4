"""Date: answered by a date; it never scores."""

from __future__ import annotations

from typing import Any

from assess.engine.kinds.kind import (
    AnswerKind,
    CheckContext,
    ValueFault,
    ValueFaults,
    malformed_value_fault,
)
from assess.engine.kinds.operand import Operand
from assess.engine.kinds.reading import read_date
from assess.engine.kinds.typed_text import normalize_typed_date
from assess.engine.rulebook import LintRule
from assess.i18n import N_
from assess.model.item import DateItem

DATE_FORM = N_("a date that exists, as 2026-03-18; in YAML in quotes")


def _check_date(item: DateItem, raw: Any, context: CheckContext) -> ValueFaults:
    day, earliest = read_date(raw), item.date.earliest
    if day is None:
        yield malformed_value_fault()
    elif earliest is not None and day < earliest:
        yield ValueFault("date-early", {"given": day, "limit": earliest})
    elif not item.date.future and day > context.today:
        yield ValueFault("date-future", {"given": day, "limit": context.today})


def _parse_date_or_return_text(_item: DateItem, text: str) -> Any:
    return normalize_typed_date(text)


def _is_readable_date(_item: DateItem, raw: Any) -> bool:
    return read_date(raw) is not None


def _list_date_operand(_item: DateItem) -> tuple[Operand, ...]:
    return (Operand("date", read_date),)


KIND = AnswerKind[DateItem](
    form=DATE_FORM,
    rule_fields=("date",),
    check=_check_date,
    is_readable=_is_readable_date,
    parse=_parse_date_or_return_text,
    list_operands=_list_date_operand,
    value_rules={
        "date-early": LintRule(N_("{given} is before the earliest date allowed, {limit}")),
        "date-future": LintRule(N_("{given} lies in the future"), N_("today is {limit}")),
    },
)
