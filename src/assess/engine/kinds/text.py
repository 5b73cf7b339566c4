"""Text: answered by a text; it never scores."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from typing import Any, Final

from assess.engine.kinds.kind import (
    AnswerKind,
    CheckContext,
    ValueFault,
    ValueFaults,
    find_line_break_faults,
    malformed_value_fault,
)
from assess.engine.kinds.reading import read_text
from assess.engine.pseudonyms import Pseudonyms
from assess.engine.rulebook import LintRule
from assess.i18n import N_, translator
from assess.model.item import TextItem

TEXT_FORM = N_("a text that is not empty")

_MOST_ON_ONE_LINE: Final = 60
"""Characters of the longest text that has one line: a name, a post, an office."""

_PATTERNS = {
    "phone": r"[+(]?[0-9][0-9 ()-]{1,28}[0-9]",
    "email": r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+",
    "url": r"https?://[^\s/?#]+\S*",
    "ipv4": r"((25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])\.){3}(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])",
    # GB 32100-2015: 18 capitals and digits without I, O, S, V, Z. Only the form is looked at.
    "uscc": r"[0-9A-HJ-NP-RT-UW-Y]{18}",
    "postcode": r"[0-9]{6}",
}
_PATTERN_NAMES = {
    "phone": N_("a telephone number"),
    "email": N_("an e-mail address"),
    "url": N_("a web address (http or https)"),
    "ipv4": N_("an IPv4 address"),
    "uscc": N_("a unified social credit code (18 characters)"),
    "postcode": N_("a postcode (6 digits)"),
}


def has_text_one_line(item: TextItem) -> bool:
    """Return whether the text of an item has one line: it has a pattern, or is short."""
    most = item.text.max_length
    return item.text.pattern is not None or (most is not None and most <= _MOST_ON_ONE_LINE)


def _check_text(item: TextItem, raw: Any, context: CheckContext) -> ValueFaults:
    text = read_text(raw)
    if text is None:
        yield malformed_value_fault()
        return
    most, pattern = item.text.max_length, item.text.pattern
    if most is not None and len(text) > most:
        yield ValueFault("text-long", {"given": len(text), "limit": most})
    if has_text_one_line(item):
        yield from find_line_break_faults(text)
    if pattern is not None and not re.fullmatch(_PATTERNS[pattern], text):
        name = translator(context.lang)(_PATTERN_NAMES[pattern])
        yield ValueFault("text-pattern", {"given": text, "pattern": name})


def _is_text(_item: TextItem, raw: Any) -> bool:
    return read_text(raw) is not None


def _sanitise_text(item: TextItem, raw: Any, _known: AbstractSet[str], names: Pseudonyms) -> str:
    if item.personal is False and isinstance(raw, str):
        return raw
    return names.replace_answer_text_matching_pattern(
        str(raw), item.text.pattern, item.text.max_length
    )


KIND = AnswerKind[TextItem](
    form=TEXT_FORM,
    rule_fields=("text",),
    check=_check_text,
    is_readable=_is_text,
    sanitise=_sanitise_text,
    value_rules={
        "text-long": LintRule(
            N_("the text has {given} characters, at most {limit} are allowed"),
            N_("put the rest into the note"),
        ),
        "text-pattern": LintRule(N_("“{given}” does not look like {pattern}")),
    },
)
