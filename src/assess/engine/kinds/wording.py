"""What an answer says, in words, for screen and report: never a number that is computed anew."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from assess.engine.fingerprint import decimal_text
from assess.engine.kinds.reading import share_of, ticks_of
from assess.engine.punctuation import semicolon
from assess.i18n import N_, Lang, translator
from assess.model.answer import Answer
from assess.model.base import pick
from assess.model.item import Choice, Choices, Column, Item, Ladder, NumberItem, Ratio, Table
from assess.model.results import shown

NAMES: dict[str, str] = {
    "met": N_("met"),
    "partial": N_("partly met"),
    "unmet": N_("not met"),
    "not_applicable": N_("not applicable"),
    "answered": N_("answered"),
    "unanswered": N_("unanswered"),
    "returned": N_("returned"),
    "accepted": N_("accepted"),
    "high": N_("high"),
    "medium": N_("medium"),
    "low": N_("low"),
    "planned": N_("planned"),
    "in_progress": N_("in progress"),
    "done": N_("done"),
    "verified": N_("verified"),
    "risk_accepted": N_("risk accepted"),
}
"""Results, work states, risks and states of remediation, as people read them."""


def name(value: str | None, lang: Lang) -> str:
    """Return the name of a result, work state, risk or remediation state; '' for None."""
    return "" if value is None else translator(lang)(NAMES[value])


def value_text(item: Item, answer: Answer, lang: Lang) -> str:
    """Return what the answer says in `lang`; '' where it says nothing.

    A value that can't be read is shown as it stands in the file. Rows of a table are lines.
    """
    if answer.status is not None:
        return name(answer.status, lang)
    if answer.value is None:
        return ""
    return _said(item, answer.value, lang)


def _said(item: Item, raw: Any, lang: Lang) -> str:
    if isinstance(item, Ladder):
        return next((pick(rung.text, lang) for rung in item.rungs if rung.id == raw), str(raw))
    if isinstance(item, Ratio):
        share = share_of(raw)
        percent = None if share is None else shown(share * 100)
        return plain(raw) if share is None else f"{raw['part']}/{raw['whole']} ({percent}%)"
    if isinstance(item, NumberItem):
        return f"{plain(raw)} {pick(item.number.unit, lang)}".rstrip()
    if isinstance(item, Choice | Choices):
        return _ticked(item, raw, lang)
    if isinstance(item, Table) and isinstance(raw, list | tuple):
        return "\n".join(_row(item.columns, row, lang) for row in raw)
    return plain(raw)


def plain(raw: Any) -> str:
    """Return a plain value as a reader writes it: decimals without exponent."""
    return decimal_text(raw) if isinstance(raw, Decimal) else str(raw)


def _ticked(item: Choice | Choices, raw: Any, lang: Lang) -> str:
    ticks = ticks_of(item, raw)
    if ticks is None:
        return plain(raw)
    said = [pick(option.text, lang) for option in ticks.options]
    return semicolon(lang).join(said if ticks.other is None else [*said, ticks.other])


def _row(columns: tuple[Column, ...], row: Any, lang: Lang) -> str:
    if not isinstance(row, Mapping):
        return plain(row)
    cells = [
        f"{pick(column.title, lang)} {cell_text(column, row[column.id], lang)}"
        for column in columns
        if column.id in row
    ]
    return semicolon(lang).join(cells)


def cell_text(column: Column, raw: Any, lang: Lang) -> str:
    """Return what a field of a table's row says."""
    if isinstance(raw, bool):
        _ = translator(lang)
        return _("yes") if raw else _("no")
    for option in column.options:
        if option.id == raw:
            return pick(option.text, lang)
    return f"{plain(raw)} {pick(column.unit, lang)}".rstrip()
