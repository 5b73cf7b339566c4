"""Limits on figures in words: what is limited, of which units, the figure, the limit."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Final

from assess.display.rollup.cell_text import NOTHING, format_percent
from assess.engine.number_text import decimal_text
from assess.engine.punctuation import enumeration_comma_sign
from assess.engine.rollup.thresholds import JudgedLimit, LimitState
from assess.i18n import N_, Lang, translator
from assess.model.base import pick_text
from assess.model.checklist import Checklist
from assess.model.thresholds import SHARE_FIGURES, ThresholdFigure

FIGURE_NAMES: Final[dict[ThresholdFigure, str]] = {
    "arrived_share": N_("share of units that handed in"),
    "in_time_share": N_("share of units that handed in on time"),
    "answered_share": N_("share of items that are answered"),
    "mended_share": N_("share of problems that are mended"),
    "median_score": N_("median score"),
    "lowest_score": N_("lowest score"),
    "missing": N_("units that did not hand in"),
    "unreadable": N_("units whose file can't be read here"),
    "high_risks": N_("open problems of high risk"),
    "without_measure": N_("problems without a measure"),
    "overdue": N_("overdue measures"),
    "overdue_more": N_("measures overdue for more than 90 days"),
}

LIMIT_STATES: Final[dict[LimitState, str]] = {
    "kept": N_("limit kept"),
    "crossed": N_("limit crossed"),
    "no-figure": N_("no figure"),
}

LIMIT_HEADS: Final = (
    N_("State"),
    N_("Limited figure"),
    N_("Checklist"),
    N_("Category"),
    N_("Current value"),
    N_("Limit"),
)


def list_limit_cells(
    row: JudgedLimit, checklists: dict[str, Checklist], lang: Lang
) -> tuple[str, ...]:
    """Return the cells of a limit below `LIMIT_HEADS`."""
    _ = translator(lang)
    checklist = checklists.get(row.checklist or "")
    title = pick_text(checklist.title, lang) if checklist is not None else row.checklist
    category = _("all units") if row.is_total else row.category or _("no category")
    return (
        _(LIMIT_STATES[row.state]),
        _(FIGURE_NAMES[row.limit.figure]),
        title or "-",
        category,
        _describe_value(row, lang),
        _describe_limit(row, lang),
    )


def _describe_value(row: JudgedLimit, lang: Lang) -> str:
    """Return the figure; a share with the numbers that it is made of, since it is rounded."""
    _, figure = translator(lang), row.figure
    if figure.value is None:
        return NOTHING
    text = _format_number(row, figure.value)
    if figure.whole is None:
        return text
    return _("{share} ({part} of {whole})").format(share=text, part=figure.part, whole=figure.whole)


def _describe_limit(row: JudgedLimit, lang: Lang) -> str:
    _ = translator(lang)
    texts = (
        (_("at least {value}"), row.limit.at_least),
        (_("at most {value}"), row.limit.at_most),
    )
    stated = [
        text.format(value=_format_number(row, Fraction(value)))
        for text, value in texts
        if value is not None
    ]
    return enumeration_comma_sign(lang).join(stated)


def _format_number(row: JudgedLimit, value: Fraction) -> str:
    number = Decimal(value.numerator) / Decimal(value.denominator)
    return format_percent(number) if row.limit.figure in SHARE_FIGURES else decimal_text(number)
