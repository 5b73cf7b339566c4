"""Choices: answered by a list of options, and by other words if `other` allows it.

The degree is the sum of the degrees of the ticks, at most 1. If any option has a degree, an option
without one has degree 0. If no option has one, the item does not score.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from assess.engine.kinds.kind import (
    AnswerKind,
    CheckContext,
    ValueFault,
    ValueFaults,
    malformed_value_fault,
)
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
from assess.engine.kinds.reading import fold_width_case_drop_spaces, normalize_width_and_strip
from assess.engine.rulebook import LintRule
from assess.i18n import LANGS, N_, Lang, translator
from assess.model.base import pick_text
from assess.model.item import Choices


def read_choices(item: Choices, raw: Any) -> Ticks | None:
    """Return what was ticked, at least one thing; None where it can't be read."""
    return read_ticks(item, raw) if isinstance(raw, list | tuple) and raw else None


def _check_choices(item: Choices, raw: Any, _context: CheckContext) -> ValueFaults:
    if not isinstance(raw, list | tuple) or not raw:
        yield malformed_value_fault()
        return
    exclusive = {option.id for option in item.options if option.exclusive}
    seen: list[Any] = []
    for index, tick in enumerate(raw):
        yield from check_tick(item, tick, (index,))
        if tick in seen:
            yield ValueFault("option-twice", {"given": tick}, (index,))
        elif isinstance(tick, str) and tick in exclusive and len(raw) > 1:
            yield ValueFault("option-exclusive", {"given": tick}, (index,))
        seen.append(tick)


_TICKS = TickFunctions(read_choices)


def _ticked_count_text(_item: Choices, raw: Any, lang: Lang) -> str | None:
    if not isinstance(raw, list | tuple):
        return None
    _ = translator(lang)
    return _("{count} ticked").format(count=len(raw))


_SEPARATORS: Final = re.compile(r"[,、;]")


def _parse_separated_ticks(item: Choices, text: str) -> Any:
    """Return the ticks: ids or words of options in either language, else own words."""
    parts = [part.strip() for part in _SEPARATORS.split(normalize_width_and_strip(text))]
    parts = [part for part in parts if part]
    ids_by_words = _map_words_to_option_ids(item)
    longest = max((len(words) for words in ids_by_words), default=1)
    ticks: list[Any] = []
    at = 0
    while at < len(parts):
        count, option_id = _match_first_option(parts[at : at + longest], ids_by_words)
        ticks.append(option_id or {"other": parts[at]})
        at += count
    return ticks


def _map_words_to_option_ids(item: Choices) -> dict[tuple[str, ...], str]:
    """Return the options by their words, which are split at the signs that separate ticks."""
    return {
        _fold_parts(_SEPARATORS.split(normalize_width_and_strip(pick_text(option.text, lang)))): (
            option.id
        )
        for option in item.options
        for lang in LANGS
    }


def _match_first_option(
    parts: Sequence[str], ids_by_words: Mapping[tuple[str, ...], str]
) -> tuple[int, str | None]:
    """Return how many of the parts the first option takes, and its id; None for own words."""
    if parts[0] in ids_by_words.values():
        return 1, parts[0]
    for count in range(len(parts), 0, -1):
        option_id = ids_by_words.get(_fold_parts(parts[:count]))
        if option_id is not None:
            return count, option_id
    return 1, None


def _fold_parts(parts: Iterable[str]) -> tuple[str, ...]:
    folded = (fold_width_case_drop_spaces(part).rstrip(".。") for part in parts)
    return tuple(part for part in folded if part)


KIND = AnswerKind[Choices](
    form=N_("a list of at least one option id, or {{other: own words}} where allowed"),
    rule_fields=("options", "other"),
    check=_check_choices,
    scores=has_option_degrees,
    degree=_TICKS.sum_tick_degrees,
    is_readable=_TICKS.is_readable,
    value_text=_TICKS.format_text,
    public_text=_ticked_count_text,
    parse=_parse_separated_ticks,
    lint=lint_options,
    answer_ids=option_ids,
    comparable_value=_TICKS.ticked_option_ids,
    comparable_as=options_as_fact_definition,
    has_several_values=True,
    sanitise=sanitise_ticks,
    value_rules={
        **OPTION_RULES,
        "option-exclusive": LintRule(
            N_("“{given}” goes with no other option"), N_("take the others away, or this one")
        ),
        "option-twice": LintRule(N_("“{given}” is ticked twice"), N_("keep one")),
    },
    item_rules=OPTION_ITEM_RULES,
)
