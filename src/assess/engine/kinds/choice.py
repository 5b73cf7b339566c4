"""Choice: answered by one option, or by other words if `other` allows it.

The degree is that of the option. If any option has a degree, an option without one has degree 0. If
no option has one, the item does not score.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from assess.engine.kinds.kind import AnswerKind, CheckContext, ValueFaults
from assess.engine.kinds.options import (
    OPTION_ITEM_RULES,
    OPTION_RULES,
    Ticks,
    check_tick,
    do_options_score,
    lint_options,
    option_ids,
    read_ticks,
    ticks_degree,
    ticks_text,
)
from assess.engine.kinds.reading import normalize_width
from assess.i18n import N_, Lang
from assess.model.answer import Answer
from assess.model.checklist import Scoring
from assess.model.item import Choice


def read_choice(item: Choice, raw: Any) -> Ticks | None:
    """Return what was chosen; None where it can't be read."""
    return read_ticks(item, (raw,))


def _check_choice(item: Choice, raw: Any, _context: CheckContext) -> ValueFaults:
    return check_tick(item, raw)


def _choice_degree(item: Choice, answer: Answer, _scoring: Scoring) -> Fraction | None:
    return ticks_degree(item, read_choice(item, answer.value))


def _is_choice(item: Choice, raw: Any) -> bool:
    return read_choice(item, raw) is not None


def _choice_text(item: Choice, raw: Any, lang: Lang) -> str:
    return ticks_text(read_choice(item, raw), raw, lang)


def _public_choice(item: Choice, raw: Any, lang: Lang) -> str | None:
    return _choice_text(item, raw, lang) if isinstance(raw, str) else None


def _parse_choice(item: Choice, text: str) -> Any:
    narrow = normalize_width(text)
    return narrow if narrow in option_ids(item) or item.other is None else {"other": text}


KIND = AnswerKind[Choice](
    form=N_("the id of an option, or {{other: own words}} where allowed"),
    rule_fields=("options", "other"),
    check=_check_choice,
    scores=do_options_score,
    degree=_choice_degree,
    is_readable=_is_choice,
    value_text=_choice_text,
    public_text=_public_choice,
    parse=_parse_choice,
    lint=lint_options,
    answer_ids=option_ids,
    value_rules=OPTION_RULES,
    item_rules=OPTION_ITEM_RULES,
)
