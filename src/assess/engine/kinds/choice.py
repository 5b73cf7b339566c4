"""Choice: answered by one option, or by other words if `other` allows it.

The degree is that of the option. If any option has a degree, an option without one has degree 0. If
no option has one, the item does not score.
"""

from __future__ import annotations

from typing import Any

from assess.engine.kinds.kind import AnswerKind, CheckContext, ValueFaults
from assess.engine.kinds.options import (
    OPTION_ITEM_RULES,
    OPTION_RULES,
    TickFunctions,
    Ticks,
    check_tick,
    has_option_degrees,
    lint_options,
    option_ids,
    options_as_fact_definition,
    read_ticks,
    sanitise_ticks,
)
from assess.engine.kinds.reading import normalize_width_and_strip
from assess.i18n import N_, Lang
from assess.model.item import Choice


def read_choice(item: Choice, raw: Any) -> Ticks | None:
    """Return what was chosen; None where it can't be read."""
    return read_ticks(item, (raw,))


def _check_choice(item: Choice, raw: Any, _context: CheckContext) -> ValueFaults:
    return check_tick(item, raw)


_TICKS = TickFunctions(read_choice)


def _choice_text_unless_typed(item: Choice, raw: Any, lang: Lang) -> str | None:
    return _TICKS.format_text(item, raw, lang) if isinstance(raw, str) else None


def _parse_option_id_or_other(item: Choice, text: str) -> Any:
    narrow = normalize_width_and_strip(text)
    return narrow if narrow in option_ids(item) or item.other is None else {"other": text}


KIND = AnswerKind[Choice](
    form=N_("the id of an option, or {{other: own words}} where allowed"),
    rule_fields=("options", "other"),
    check=_check_choice,
    scores=has_option_degrees,
    degree=_TICKS.sum_tick_degrees,
    is_readable=_TICKS.is_readable,
    value_text=_TICKS.format_text,
    public_text=_choice_text_unless_typed,
    parse=_parse_option_id_or_other,
    lint=lint_options,
    answer_ids=option_ids,
    comparable_value=_TICKS.ticked_option_ids,
    comparable_as=options_as_fact_definition,
    sanitise=sanitise_ticks,
    value_rules=OPTION_RULES,
    item_rules=OPTION_ITEM_RULES,
)
