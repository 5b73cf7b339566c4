"""The section tree of the walk as lines: all sections, and the items of the open one."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence
from functools import partial
from typing import Final

from assess.display.text.cells import width_of
from assess.display.text.lazy_lines import LazyLines
from assess.display.text.marks import done_of_applicable_text, make_mark_part
from assess.display.text.styled import DrawnLines, LinePart, StyledLine, row_line
from assess.display.text.wrap import fit_width, place_at_both_ends, wrap_text
from assess.engine.finding_name import item_label_and_title
from assess.harmless import escape_as_single_line
from assess.i18n import Lang, translator
from assess.model.base import pick_text
from assess.model.checklist import list_headings_of_new_groups
from assess.model.item import Item
from assess.model.results import ItemState, SectionState

_LineMaker = Callable[[], StyledLine]
"""Makes the line of an item, once it comes into sight."""

_BEFORE_TITLE: Final = 4
"""Cells before the title of an item: indent, mark, space."""


def outline_lines(
    sections: Sequence[SectionState],
    current_item_id: str,
    current_section_id: str | None,
    mark_of: Callable[[ItemState], str],
    lang: Lang,
    width: int,
    shown: Container[str] | None = None,
    opening_condition_of: Callable[[Item], str] = lambda _item: "",
) -> DrawnLines:
    """Return the tree with the section of the current item open, without items that don't apply.

    With `shown`, only these items and their sections are listed. None lists all, and closed
    sub-questions below the words that open them, which `opening_condition_of` returns.
    """
    lines: list[StyledLine | _LineMaker] = []
    cursor = 0
    headings = list_headings_of_new_groups([section.section for section in sections], lang)
    group = ""
    for number, (section, heading) in enumerate(zip(sections, headings, strict=True), 1):
        group = heading or group if section.section.group is not None else ""
        is_open = section.section.id == current_section_id
        # Of a closed section no item is drawn: most keys don't go through all items.
        states = [
            state
            for state in (section.items if is_open or shown is not None else ())
            if _is_listed(state, shown)
        ]
        if shown is not None and not states:
            continue
        if group:
            lines.append((LinePart(fit_width(escape_as_single_line(group), width), "dim"),))
            group = ""
        title = escape_as_single_line(pick_text(section.section.title, lang))
        head = f"{'>' if is_open else ' '}{number} {title}"
        text = place_at_both_ends(head, f" {done_of_applicable_text(section.counts)} ", width)
        lines.append((LinePart(text, "title" if is_open else "plain"),))
        opening = ""
        for state in states if is_open else ():
            if state.item.id == current_item_id:
                cursor = len(lines)
            before, opening = opening, opening_condition_of(state.item) if state.closed else ""
            if state.closed:
                lines += _closed_item_lines(
                    state, opening if opening != before else "", lang, width
                )
                continue
            is_current = state.item.id == current_item_id
            lines.append(
                partial(_item_line, state, mark_of(state), lang, width, current=is_current)
            )
    return DrawnLines(LazyLines(len(lines), lambda index: _make_line(lines[index])), cursor)


def _make_line(line: StyledLine | _LineMaker) -> StyledLine:
    return line() if callable(line) else line


def current_section_number_and_text(
    sections: Sequence[SectionState], section_id: str | None, lang: Lang
) -> tuple[int, str]:
    """Return the number of a section, and its number, title and progress in words.

    Where there is no such section, these are 0 and ''.
    """
    for number, section in enumerate(sections, 1):
        if section.section.id == section_id:
            title = escape_as_single_line(pick_text(section.section.title, lang))
            return number, f"{number} {title}  {done_of_applicable_text(section.counts)}"
    return 0, ""


def _is_listed(state: ItemState, shown: Container[str] | None) -> bool:
    """Return whether the tree has an item: it is asked, or closed and no filter is set."""
    if shown is None:
        return state.closed or state.applies != "no"
    return state.applies != "no" and state.item.id in shown


def _closed_item_lines(
    state: ItemState, opening: str, lang: Lang, width: int
) -> Iterator[StyledLine]:
    """Yield a dim line with the title of a closed item, below the words that open it, if any."""
    room = width - _BEFORE_TITLE
    if opening:
        _ = translator(lang)
        text = _("if {condition}:").format(condition=opening)
        yield from ((LinePart(f"  {line}", "dim"),) for line in wrap_text(text, width - 2))
    title = escape_as_single_line(item_label_and_title(state.item, lang))
    yield (LinePart(f"{' ' * _BEFORE_TITLE}{fit_width(title, room)}", "dim"),)


def _item_line(state: ItemState, sign: str, lang: Lang, width: int, *, current: bool) -> StyledLine:
    """Return mark and title of an item, and its id where there is room for both."""
    title = escape_as_single_line(item_label_and_title(state.item, lang))
    item_id = f"  {escape_as_single_line(state.item.id)} "
    room = width - _BEFORE_TITLE
    if width_of(title + item_id) > room:
        item_id = ""
    text = f" {fit_width(title, room - width_of(item_id))}"
    row = (make_mark_part(sign), LinePart(text), LinePart(item_id, "dim"))
    return row_line(row, width, focused=current)
