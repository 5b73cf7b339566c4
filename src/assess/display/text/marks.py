"""Marks, words and bars for results and progress; ASCII, so that no terminal shifts them."""

from __future__ import annotations

from fractions import Fraction

from assess.display.text.styled import LinePart, StyleName
from assess.display.text.wrap import align_right
from assess.engine.kinds.wording import translate_code
from assess.i18n import N_, Lang, translator
from assess.model.base import pick_text
from assess.model.results import Assessment, Counts, ItemState, Result, format_score

LEGEND: tuple[tuple[str, str], ...] = (
    ("v", N_("met or answered")),
    ("+", N_("partly met")),
    ("x", N_("not met")),
    ("-", N_("not applicable")),
    (".", N_("unanswered; in a column of numbers: none")),
    ("o", N_("no result yet, but note or evidence is there")),
    ("!", N_("returned, its reason missing, or the item's text changed since")),
)
"""The marks with their meaning, as help lists them."""

_MARKS: dict[Result | None, str] = {
    "met": "v",
    "answered": "v",
    "partial": "+",
    "unmet": "x",
    "not_applicable": "-",
    None: ".",
}
_STYLES: dict[str, StyleName] = {
    "v": "good",
    "+": "warn",
    "x": "bad",
    "!": "warn",
    ".": "plain",
    "o": "warn",
    "-": "dim",
}


def result_mark(result: Result | None) -> str:
    """Return the mark of a result."""
    return _MARKS[result]


def item_mark(state: ItemState, result: Result | None) -> str:
    """Return the mark of an item whose current result is `result` (a save may be running)."""
    needs_work = state.work == "returned" or state.stale or state.is_inapplicable_without_reason
    if needs_work and result == state.result:
        return "!"
    return "o" if result is None and has_note_or_evidence(state) else _MARKS[result]


def has_note_or_evidence(state: ItemState) -> bool:
    """Return whether note or evidence of an item is there, whatever its result."""
    answer = state.answer
    return answer is not None and (answer.has_note or bool(answer.evidence))


FINE = {"v": "✓", "+": "◐", "x": "✗", "-": "–", ".": "·", "o": "◌", "!": "!"}
"""Finer signs in place of the marks, if the terminal draws them in one cell."""


def make_mark_part(sign: str, before: str = "", after: str = "") -> LinePart:
    """Return a mark as a part of a line."""
    text = f"{before}{sign}{after}"
    return LinePart(text, _STYLES[sign], f"{before}{FINE[sign]}{after}")


def mark_style(sign: str) -> StyleName:
    """Return the style of a mark."""
    return _STYLES[sign]


def count_or_dot_part(count: int, width: int, style: StyleName) -> LinePart:
    """Return a number at the end of `width` cells: in its style, or a quiet dot for zero."""
    if not count:
        before = " " * (width - 1)
        return LinePart(f"{before}.", "dim", f"{before}·")
    return LinePart(align_right(str(count), width), style)


def done_of_applicable_text(counts: Counts) -> str:
    """Return `41/57`."""
    return f"{counts.done}/{counts.applicable}"


def score_value_text(value: Fraction | None) -> str:
    """Return a score; `-` without one."""
    return "-" if value is None else format_score(value)


def score_with_unit_text(assessment: Assessment, lang: Lang) -> str:
    """Return the score with its unit; '' if nothing scores."""
    if assessment.score is None:
        return ""
    _ = translator(lang)
    return _("{score} pts").format(score=score_value_text(assessment.score.value))


def system_or_unit_text(assessment: Assessment, lang: Lang) -> str:
    """Return the system's name, or the words for the whole unit."""
    _ = translator(lang)
    return pick_text(assessment.scope_name, lang) if assessment.scope_is_system else _("this unit")


def meaning_of_mark(state: ItemState, result: Result | None, lang: Lang) -> str:
    """Return the meaning of a mark in words: the result, and what is left to do."""
    _ = translator(lang)
    words = [translate_code(result or "unanswered", lang)]
    if result is None and has_note_or_evidence(state):
        words.append(_("only note or evidence so far"))
    if state.is_inapplicable_without_reason and result == state.result:
        words.append(_("reason missing"))
    if state.work in ("returned", "accepted"):
        words.append(_("review: {state}").format(state=translate_code(state.work, lang)))
    if state.stale:
        words.append(_("to be looked at again"))
    if state.risk == "high":
        words.append(_("high risk"))
    if state.overdue:
        words.append(_("overdue"))
    return " ".join(words)
