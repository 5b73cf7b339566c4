"""Texts for `walk_types`: the words for types, forms and patterns of a file."""

from __future__ import annotations

from typing import Any, Final, get_args, get_type_hints

from assess.i18n import N_, Lang, translator
from assess.model.answer import SourceFact, SourceValue
from assess.model.base import Digest, FactName, Id, ItemId, SheetRef
from assess.model.evidence import EvidenceFile
from assess.model.field_check import ColumnName, DateName
from assess.model.item_parts import ColumnId
from assess.model.office import Signer
from assess.model.receipt import ReturnedItem

_TYPES: Final[dict[str, str]] = {
    "boolean": N_("true or false"),
    "date": N_("a date"),
    "decimal": N_("a number with decimals"),
    "integer": N_("a whole number"),
    "list": N_("a list"),
    "mapping": N_("a mapping (name: value)"),
    "number": N_("a number"),
    "text": N_("text"),
    "time": N_("a date with time"),
}


def translate_type_name(name: str, lang: Lang) -> str:
    """Return the word for a type."""
    return translator(lang)(_TYPES[name])


_FORMS: Final[dict[str, tuple[str, str]]] = {
    "condition-form": (
        N_("this condition is not of a known form"),
        N_(
            "fact or item with exactly one of is, in, at_least, at_most, above, below;"
            " or one of all, any, not"
        ),
    ),
    "evidence-form": (
        N_("evidence is either a file or paper"),
        N_("give exactly one of file and paper"),
    ),
    "field-check-form": (
        N_("this check is not of a known form"),
        N_(
            "exactly one of: sum with equals, value with at_most, rows with equals,"
            " column with sum_equals, dates with in_order: true"
        ),
    ),
    "scope-form": (
        N_("the scope is either the organization or one system"),
        N_("give exactly one of organization and system"),
    ),
    "taken-from-form": (
        N_("an answer is taken over from one source"),
        N_("give exactly one of round, fact and value"),
    ),
}
FORM_CODES: Final = frozenset(_FORMS)
"""Codes of the ValueErrors that the model's types raise for fields that don't fit together."""


def message_and_hint_of_form_code(code: str, lang: Lang) -> tuple[str, str]:
    """Return message and hint of a code of `FORM_CODES`."""
    _ = translator(lang)
    message, hint = _FORMS[code]
    return _(message), _(hint)


def _pattern_of_type(kind: Any) -> str:
    return str(get_args(kind)[1].pattern)


_PATTERNS: Final[dict[str, str]] = {
    _pattern_of_type(Id): N_("lower-case letters, digits and hyphens; first a letter or digit"),
    _pattern_of_type(SheetRef): N_("CHECKLIST or CHECKLIST@SYSTEM"),
    _pattern_of_type(ItemId): N_("letters, digits, dots and hyphens; first a letter or digit"),
    _pattern_of_type(ColumnId): N_(
        "lower-case letters, digits, hyphens and underscores; first a letter or digit"
    ),
    _pattern_of_type(ColumnName): N_("TABLE.COLUMN"),
    _pattern_of_type(DateName): N_("the id of a date, or TABLE.COLUMN"),
    _pattern_of_type(FactName): N_("lower-case letters, digits and underscores; first a letter"),
    _pattern_of_type(SourceFact): N_(
        "a fact: NAME, organization.NAME or system.NAME, in lower-case letters, digits, underscores"
    ),
    _pattern_of_type(SourceValue): N_("systems, organization.FACT, or CHECKLIST/ITEM"),
    _pattern_of_type(Digest): N_("sha256: and 64 hexadecimal digits"),
    _pattern_of_type(ReturnedItem): N_("CHECKLIST/ITEM or CHECKLIST/ITEM@SYSTEM"),
    _pattern_of_type(Signer): N_("unsigned, or sha256: and 64 hexadecimal digits"),
    _pattern_of_type(get_type_hints(EvidenceFile, include_extras=True)["sha256"]): N_(
        "64 hexadecimal digits"
    ),
}


def hint_for_pattern(pattern: str, lang: Lang) -> str:
    """Return the hint that describes a pattern."""
    return translator(lang)(_PATTERNS[pattern])
