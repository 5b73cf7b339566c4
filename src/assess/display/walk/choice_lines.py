"""The choices of an item below its question: with their verdicts, or in columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from assess.display.text.cells import width_of
from assess.display.text.styled import LinePart, StyledLine
from assess.display.text.wrap import fit_width, wrap_text
from assess.display.walk.kinds.kind import OfferedChoice
from assess.engine.kinds.statuses import status_criterion_text
from assess.harmless import one_line
from assess.i18n import Lang, translator
from assess.model.item import Verdict

_INDENT = 5
"""Cells before the text of a choice that is shown whole."""

_CUT_LINES = 7
_WHOLE_LINES = 12
"""Maximum number of lines for choices, so that the question keeps some lines at 80×24."""


class ChoiceBlock(NamedTuple):
    """The choices of an item, and what counts as each status."""

    choices: Sequence[OfferedChoice]
    verdict: Verdict | None
    lang: Lang
    unsaved: bool
    """Whether ticks are changed and not saved."""


def choice_lines(block: ChoiceBlock, width: int) -> Iterator[StyledLine]:
    """Yield the choices with their digits: short ones in columns, else whole, else cut.

    Of verdicts that are too long together each shows its beginning.
    """
    texts = (
        _choice_texts_in_columns(block, width)
        or _uncut_choice_texts(block, width)
        or _first_lines_of_choices(block, width)
        or _cut_choice_texts(block, width)
    )
    yield from ((LinePart(text),) for text in texts)
    if any(choice.effect == "tick" for choice in block.choices):
        yield _tick_hint(block, width)


def long_choice_texts(block: ChoiceBlock, width: int) -> list[str]:
    """Return the choices in full length where `choice_lines` cuts one or leaves one out."""
    fit = _choice_texts_in_columns(block, width) or _uncut_choice_texts(block, width)
    if fit and all(choice.key for choice in block.choices):
        return []
    choices = [choice for choice in block.choices if choice.key != "0"]
    return [
        f"{choice.key or '*'}. {_choice_text_with_criterion(choice, block)}" for choice in choices
    ]


def _has_criteria(block: ChoiceBlock) -> bool:
    return any(_choice_criterion_text(choice, block) for choice in block.choices)


def _uncut_choice_texts(block: ChoiceBlock, width: int) -> list[str]:
    """Return the lines of all choices in full length; none where they are too many."""
    lines = [
        line
        for choice in block.choices
        if choice.key
        for line in _wrapped_choice_texts(choice, block, width)
    ]
    return lines if len(lines) <= _WHOLE_LINES else []


def _first_lines_of_choices(block: ChoiceBlock, width: int) -> list[str]:
    """Return the first lines of each choice and its verdict; none without verdicts."""
    choices = [choice for choice in block.choices if choice.key]
    most = _WHOLE_LINES // max(1, len(choices))
    if not _has_criteria(block) or most == 0:
        return []
    lines: list[str] = []
    for choice in choices:
        texts = _wrapped_choice_texts(choice, block, width)
        if len(texts) > most:
            texts[most - 1] = fit_width(f"{texts[most - 1]} {texts[most].strip()}", width)
        lines += texts[:most]
    return lines


def _wrapped_choice_texts(choice: OfferedChoice, block: ChoiceBlock, width: int) -> list[str]:
    first, *rest = wrap_text(_choice_text_with_criterion(choice, block), width - _INDENT)
    return [
        f"  {choice.key} {_choice_mark(choice)}{first}",
        *(" " * _INDENT + text for text in rest),
    ]


def _choice_text_with_criterion(choice: OfferedChoice, block: ChoiceBlock) -> str:
    verdict = _choice_criterion_text(choice, block)
    return one_line(f"{choice.text}  {verdict}" if verdict else choice.text)


def _choice_criterion_text(choice: OfferedChoice, block: ChoiceBlock) -> str:
    """Return what counts as the status of a choice; '' where the item does not say it."""
    status = choice.fields.get("status")
    return status_criterion_text(block.verdict, status, block.lang) if status else ""


def _choice_mark(choice: OfferedChoice) -> str:
    if choice.effect == "tick":
        return "[x] " if choice.chosen else "[ ] "
    return "*" if choice.chosen else " "


def _choice_texts_in_columns(block: ChoiceBlock, width: int) -> list[str]:
    """Return the lines of short choices in two columns; none where one does not fit."""
    half = (width - 2) // 2
    texts = _choice_texts_without_criteria(block)
    if any(width_of(text) >= half for text in texts) or _has_criteria(block):
        return []
    rows = [texts[start : start + 2] for start in range(0, len(texts), 2)]
    return ["  " + "".join(fit_width(text, half) for text in row) for row in rows[:_CUT_LINES]]


def _cut_choice_texts(block: ChoiceBlock, width: int) -> list[str]:
    return [
        "  " + fit_width(text, width - 2)
        for text in _choice_texts_without_criteria(block)[:_CUT_LINES]
    ]


def _choice_texts_without_criteria(block: ChoiceBlock) -> list[str]:
    return [
        f"{choice.key} {_choice_mark(choice)}{one_line(choice.text)}"
        for choice in block.choices
        if choice.key
    ]


def _tick_hint(block: ChoiceBlock, width: int) -> StyledLine:
    _ = translator(block.lang)
    hint = (
        _("ticked, not yet kept: Enter keeps it")
        if block.unsaved
        else _("digits tick, Enter keeps it")
    )
    return (LinePart(fit_width("  " + hint, width), "warn" if block.unsaved else "dim"),)
