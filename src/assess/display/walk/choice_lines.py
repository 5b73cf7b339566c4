"""The choices of an item below its question: a block each with its verdict, or in columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from assess.display.text.cells import width_of
from assess.display.text.styled import LinePart, StyledLine, StyleName
from assess.display.text.wrap import CUT, fit_width, wrap_text
from assess.display.walk.kinds.kind import OfferedChoice
from assess.engine.kinds.statuses import status_criterion_text
from assess.harmless import escape_as_single_line
from assess.i18n import Lang, translator
from assess.model.item import Verdict

_WIDEST_LABEL: Final = 16
"""Maximum number of cells of the names of results that stand in a column of their own."""

_LEAST_CRITERION: Final = 28
"""Minimum number of cells of what counts as a result, beside its name."""


class ChoiceBlock(NamedTuple):
    """The choices of an item, and what counts as each status."""

    choices: Sequence[OfferedChoice]
    verdict: Verdict | None
    lang: Lang
    unsaved: bool
    """Whether ticks are changed and not saved."""
    edges: Sequence[StyleName | None] = ()
    """The style of the edge of each choice: that of its result; None for no edge."""


class _TextsOfChoice(NamedTuple):
    """A choice as it is drawn: the lines of its text."""

    choice: OfferedChoice
    edge: StyleName | None
    texts: Sequence[str]


_Layout = Callable[[ChoiceBlock, int], list[_TextsOfChoice]]


def choice_lines(
    block: ChoiceBlock, width: int, max_lines: int, max_lines_with_columns: int = 0
) -> list[StyledLine]:
    """Return the choices with their digits: short ones in columns, else whole, else cut.

    `max_lines` is the number of lines that they may take. Up to `max_lines_with_columns` the
    verdicts stand in a column of their own, though it takes more lines. Of choices that are too
    long together each shows its beginning.
    """
    ticks = any(choice.effect == "tick" for choice in block.choices)
    lines = _lay_out_choice_lines(block, width, max_lines - ticks, max_lines_with_columns - ticks)
    return [*lines, _tick_hint(block, width)] if ticks else lines


def count_whole_choice_lines(
    block: ChoiceBlock, width: int, *, cuts_not_applicable: bool = False
) -> int:
    """Return the number of lines that the choices need so that none is cut.

    `cuts_not_applicable`: of `not applicable` one line is enough.
    """
    ticks = any(choice.effect == "tick" for choice in block.choices)
    if columns := _short_choice_column_lines(block, width):
        return len(columns) + ticks
    return ticks + sum(
        1 if cuts_not_applicable and choice.key == "0" else len(texts)
        for choice, _edge, texts in _wrap_choices_beside_digits(block, width)
    )


def full_choice_texts_if_any_cut(block: ChoiceBlock, width: int, max_lines: int) -> list[str]:
    """Return the choices in full length where `choice_lines` cuts one or leaves one out."""
    fits = count_whole_choice_lines(block, width) <= max_lines
    if fits and all(choice.key for choice in block.choices):
        return []
    return [
        f"{choice.key or '*'}. {choice_text_with_criterion(choice, block)}"
        for choice in block.choices
        if choice.effect != "input" and (choice.key != "0" or choice_criterion_text(choice, block))
    ]


def choice_text_with_criterion(choice: OfferedChoice, block: ChoiceBlock) -> str:
    """Return the text of a choice, and what counts as it where the item says so."""
    verdict = choice_criterion_text(choice, block)
    return escape_as_single_line(f"{choice.text}  {verdict}" if verdict else choice.text)


def choice_criterion_text(choice: OfferedChoice, block: ChoiceBlock) -> str:
    """Return what counts as the status of a choice; '' where the item does not say it."""
    status = choice.fields.get("status")
    return status_criterion_text(block.verdict, status, block.lang) if status else ""


def _lay_out_choice_lines(
    block: ChoiceBlock, width: int, max_lines: int, max_lines_with_columns: int
) -> list[StyledLine]:
    if columns := _short_choice_column_lines(block, width):
        return columns[: max(1, max_lines)]
    whole = _wrap_choices_beside_digits(block, width)
    aligned = _lay_out_name_criterion_columns(block, width)
    if aligned and _count_lines(aligned) <= max(
        max_lines_with_columns, min(max_lines, _count_lines(whole))
    ):
        whole = aligned
    return _draw_choices(_shorten_choices_to_lines(whole, max_lines, width), width)


def _wrap_choices_beside_digits(block: ChoiceBlock, width: int) -> list[_TextsOfChoice]:
    """Return the choices whole, each text wrapped beside its digit."""
    return [
        _TextsOfChoice(
            choice,
            edge,
            wrap_text(choice_text_with_criterion(choice, block), _text_width(choice, width)),
        )
        for choice, edge in _choices_with_digits(block)
    ]


def _lay_out_name_criterion_columns(block: ChoiceBlock, width: int) -> list[_TextsOfChoice]:
    """Return the choices with the names of results in a column before their verdicts.

    It is empty where a choice is no result, or where the columns would be too narrow.
    """
    choices = _choices_with_digits(block)
    label = 2 + max((width_of(choice.text) for choice, _edge in choices), default=0)
    if not _has_criteria(block) or label > _WIDEST_LABEL:
        return []
    laid_out = []
    for choice, edge in choices:
        room = _text_width(choice, width) - label
        if room < _LEAST_CRITERION:
            return []
        first, *rest = wrap_text(escape_as_single_line(choice_criterion_text(choice, block)), room)
        texts = [fit_width(escape_as_single_line(choice.text), label) + first]
        laid_out.append(
            _TextsOfChoice(choice, edge, [*texts, *(" " * label + text for text in rest)])
        )
    return laid_out


def _shorten_choices_to_lines(
    choices: Sequence[_TextsOfChoice], max_lines: int, width: int
) -> list[_TextsOfChoice]:
    """Return the choices with as many lines each as they may take together.

    Each keeps its first line. The shortest gets the next one; not applicable is served last.
    """
    shown = list(choices)[: max(1, max_lines)]
    counts = [1] * len(shown)
    while sum(counts) < max_lines:
        longer = [index for index, count in enumerate(counts) if count < len(shown[index].texts)]
        if not longer:
            break
        counts[min(longer, key=lambda i: (shown[i].choice.key == "0", counts[i]))] += 1
    return [
        choice._replace(texts=_cut_texts(choice.texts, count, _text_width(choice.choice, width)))
        for choice, count in zip(shown, counts, strict=True)
    ]


def _cut_texts(texts: Sequence[str], count: int, width: int) -> list[str]:
    """Return the first lines of a text, with a sign of the cut where it goes on."""
    if len(texts) <= count:
        return list(texts)
    return [*texts[: count - 1], fit_width(texts[count - 1] + CUT, width).rstrip()]


def _draw_choices(choices: Sequence[_TextsOfChoice], width: int) -> list[StyledLine]:
    lines: list[StyledLine] = []
    for choice, edge, texts in choices:
        head = _key_and_chosen_mark_text(choice)
        for text in texts:
            lines.append((_edge_part(edge), *_key_and_text_parts(choice, head, text, width - 1)))
            head = " " * width_of(head)
    return lines


def _edge_part(edge: StyleName | None) -> LinePart:
    return LinePart(" ") if edge is None else LinePart("|", edge, "▌")


def _key_and_text_parts(choice: OfferedChoice, head: str, text: str, width: int) -> StyledLine:
    """Return digit and text in a width; those of the chosen one have their own ground."""
    shown = fit_width(head + text, width)
    end = len(_key_text(choice))
    if choice.chosen and choice.effect != "tick":
        return (
            LinePart(shown[:end], "key", ground="chosen"),
            LinePart(shown[end:], ground="chosen"),
        )
    return (LinePart(shown[:end], "key"), LinePart(shown[end:]))


def _key_text(choice: OfferedChoice) -> str:
    return choice.shown_key or choice.key


def _key_and_chosen_mark_text(choice: OfferedChoice) -> str:
    """Return the key of a choice, and whether it is chosen."""
    key = _key_text(choice)
    if choice.effect == "tick":
        return f"{key} [x] " if choice.chosen else f"{key} [ ] "
    return f"{key} *" if choice.chosen else f"{key}  "


def _text_width(choice: OfferedChoice, width: int) -> int:
    """Return the cells for the text of a choice beside its edge and its digit."""
    return width - 1 - width_of(_key_and_chosen_mark_text(choice))


def _short_choice_column_lines(block: ChoiceBlock, width: int) -> list[StyledLine]:
    """Return the lines of short choices in two columns; none where one does not fit."""
    half = (width - 1) // 2
    choices = _choices_with_digits(block)
    if _has_criteria(block) or any(
        width_of(escape_as_single_line(choice.text)) > _text_width(choice, half)
        for choice, _edge in choices
    ):
        return []
    cells = [
        (
            _edge_part(edge),
            *_key_and_text_parts(
                choice,
                _key_and_chosen_mark_text(choice),
                escape_as_single_line(choice.text),
                half - 1,
            ),
        )
        for choice, edge in choices
    ]
    return [
        cells[start] + (LinePart(" "),) + (cells[start + 1] if start + 1 < len(cells) else ())
        for start in range(0, len(cells), 2)
    ]


def _choices_with_digits(block: ChoiceBlock) -> list[tuple[OfferedChoice, StyleName | None]]:
    edges = block.edges or [None] * len(block.choices)
    return [pair for pair in zip(block.choices, edges, strict=True) if pair[0].key]


def _has_criteria(block: ChoiceBlock) -> bool:
    return any(choice_criterion_text(choice, block) for choice in block.choices)


def _count_lines(choices: Sequence[_TextsOfChoice]) -> int:
    return sum(len(choice.texts) for choice in choices)


def _tick_hint(block: ChoiceBlock, width: int) -> StyledLine:
    _ = translator(block.lang)
    hint = (
        _("ticked, not yet kept: Enter keeps it")
        if block.unsaved
        else _("digits tick, Enter keeps it")
    )
    return (LinePart(fit_width("  " + hint, width), "warn" if block.unsaved else "dim"),)
