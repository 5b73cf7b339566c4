"""The lines of an item's answer: result, choices, note, evidence, remediation; pure functions.

They get the lines that the pane has. Choices stay whole while the question gives way. Note,
evidence and remediation go on where the question is whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from assess.display.text.cells import width_of
from assess.display.text.marks import item_mark, make_mark_part, meaning_of_mark
from assess.display.text.styled import LinePart, StyledLine, StyleName, cut_line
from assess.display.text.wrap import (
    CUT,
    fit_width,
    place_at_both_ends,
    remove_emoji_joiners,
    wrap_text,
)
from assess.display.walk.choice_lines import (
    ChoiceBlock,
    choice_lines,
    count_whole_choice_lines,
)
from assess.display.walk.choices import list_offered_choices
from assess.display.walk.kinds.registry import walk_kind
from assess.display.walk.pane import ShownItem, make_choice_block, remediation_text
from assess.display.walk.proposals import taken_over_line, why_no_result_text
from assess.engine.gaps import is_plan_incomplete
from assess.engine.kinds.residual_rule import has_result_criteria_or_rungs, residual_rule_reminder
from assess.engine.kinds.values import answer_text
from assess.engine.punctuation import colon_sign, semicolon_sign
from assess.harmless import escape_and_replace_tabs, escape_as_single_line
from assess.i18n import plural_translator, translator
from assess.model.answer import Answer
from assess.model.base import pick_text

_LEAST_LINES: Final = 2
"""Lines of a note or a warning that the question gives way to."""

_SHOWN_ROWS: Final = 3
"""Rows of a table that the line of the result begins with."""

_LEAST_QUESTION: Final = 4
"""Lines that the question keeps, however long the answer is."""

_GIVEN_UP: Final = 2
"""How many of them it gives up where that makes the choices whole."""


class AnswerRoom(NamedTuple):
    """The lines that an answer may take."""

    most: int
    """So that the question keeps its least number of lines."""
    free: int
    """So that the question is whole; fewer than none where it is too long anyway."""


def compute_answer_room(height: int, question_height: int) -> AnswerRoom:
    """Return the room of an answer below a question in so many lines of a pane."""
    free = height - question_height
    return AnswerRoom(max(free, height - _LEAST_QUESTION), free)


def compute_answer_room_while_reading(view: ShownItem) -> AnswerRoom:
    """Return the room of an answer while its question is read: a line for each part and choice."""
    parts = 4 + (view.answer.taken_from is not None) + bool(view.broken_checks)
    most = parts + len(make_choice_block(view).choices)
    return AnswerRoom(most, most)


class _Entry(NamedTuple):
    """What is written for an item: its label, its lines, and how many are always shown."""

    label: str
    texts: Sequence[str]
    least: int = 1
    style: StyleName = "plain"


def answer_lines(
    view: ShownItem, width: int, room: AnswerRoom, *, with_choices: bool = True
) -> list[StyledLine]:
    """Return the answer: result, choices unless digits mean something else, note and the rest."""
    source = list(_taken_over_source_lines(view, width))
    entries = _make_entries_fitting_room(view, width, room)
    used = 1 + sum(entry.least for entry in entries) + len(source)
    block = make_choice_block(view)
    most = _count_lines_choices_may_take(block, width, room.most - used)
    choices = choice_lines(block, width, most, room.free - used) if with_choices else []
    spare = room.free - used - len(choices)
    is_cut = bool(choices) and len(choices) < count_whole_choice_lines(block, width)
    lines = [_result_line(view, width, choices_are_cut=is_cut), *choices]
    for entry in entries:
        extra = max(0, min(spare, len(entry.texts) - entry.least))
        spare -= extra
        lines += _entry_lines(entry, entry.least + extra, width)
    return [*lines, *source]


def count_lines_left_for_choices(view: ShownItem, width: int, room: AnswerRoom) -> int:
    """Return the number of lines that the choices may take beside the rest of the answer."""
    entries = _make_entries_fitting_room(view, width, room)
    used = (
        1 + sum(entry.least for entry in entries) + len(list(_taken_over_source_lines(view, width)))
    )
    return _count_lines_choices_may_take(make_choice_block(view), width, room.most - used)


def _count_lines_choices_may_take(block: ChoiceBlock, width: int, most: int) -> int:
    """Return how many lines choices may take: a few more where that makes all results whole.

    What counts as not applicable may be cut all the same.
    """
    needed = count_whole_choice_lines(block, width, cuts_not_applicable=True)
    return max(1, needed if most < needed <= most + _GIVEN_UP else most)


def _make_entries_fitting_room(view: ShownItem, width: int, room: AnswerRoom) -> list[_Entry]:
    """Return note, evidence and remediation; the note with a line less if choices need it."""
    note, *others = (
        entry._replace(least=min(entry.least, len(entry.texts)))
        for entry in (
            _note_entry(view, width),
            *_broken_check_entries(view, width),
            _evidence_entry(view, width),
            _remediation_entry(view, width),
        )
    )
    rest = 1 + sum(entry.least for entry in others) + (view.answer.taken_from is not None)
    choices = count_whole_choice_lines(make_choice_block(view), width)
    least = min(note.least, max(1, room.most - rest - choices))
    return [note._replace(least=least), *others]


def _entry_lines(entry: _Entry, count: int, width: int) -> Iterator[StyledLine]:
    label, indent = entry.label, " " * width_of(entry.label)
    shown = list(entry.texts[:count])
    if len(entry.texts) > count:
        room = width - width_of(label)
        shown[-1] = fit_width(f"{shown[-1].rstrip()}  {CUT}", room).rstrip()
    for index, text in enumerate(shown):
        yield (LinePart(indent if index else label, "label"), LinePart(text, entry.style))


def _taken_over_source_lines(view: ShownItem, width: int) -> Iterator[StyledLine]:
    """Yield where the answer was taken over from, if it was."""
    if view.answer.taken_from is not None:
        is_open = view.result is None
        yield taken_over_line(
            view.answer,
            _label_width(view),
            width,
            view.lang,
            source_changed=view.source_changed,
            why_no_result=(
                why_no_result_text(view.state.item, view.answer, view.lang) if is_open else ""
            ),
        )


def _result_line(view: ShownItem, width: int, *, choices_are_cut: bool) -> StyledLine:
    """Return the result, and on the right, where it fits, the rule for what nothing names.

    Where the choices below are cut, the key that shows them whole stands there.
    """
    _ = translator(view.lang)
    sign = item_mark(view.state, view.result)
    words = meaning_of_mark(view.state, view.result, view.lang)
    typed_value = _value_text_of_input_kinds(view)
    result = cut_line(
        (
            LinePart(_("Result") + "  ", "label"),
            make_mark_part(sign, after=f" {words}"),
            *([LinePart("  "), _draft_hint(view, "Enter")] if "value" in view.drafts else []),
            LinePart(f"  {typed_value}" if typed_value else ""),
        ),
        width,
    )
    reminder = (
        residual_rule_reminder(view.lang) if has_result_criteria_or_rungs(view.state.item) else ""
    )
    reminder = _("cut: Tab shows all") if choices_are_cut else reminder
    room = width - sum(width_of(part.text) for part in result)
    if not reminder or width_of(reminder) + 2 > room:
        return result
    return (*result, LinePart(place_at_both_ends("", reminder, room), "dim"))


def _value_text_of_input_kinds(view: ShownItem) -> str:
    """Return the value of kinds that a digit alone can't answer."""
    if view.answer.status is not None or view.answer.value is None:
        return ""
    if any(
        choice.effect != "input"
        for choice in list_offered_choices(view.state.item, view.answer, view.lang)
    ):
        return ""
    item, value = view.state.item, view.answer.value
    if walk_kind(item).table(item) is None or not isinstance(value, list | tuple):
        return escape_as_single_line(answer_text(item, view.answer, view.lang))
    # A line has no room for more rows, and each key at the item draws it again.
    first = escape_as_single_line(answer_text(item, Answer(value=value[:_SHOWN_ROWS]), view.lang))
    _ = translator(view.lang)
    _n = plural_translator(view.lang)
    count = _n("{count} row", "{count} rows", len(value)).format(count=len(value))
    return f"{count}{colon_sign(view.lang)}{first}" if first else count


def _note_entry(view: ShownItem, width: int) -> _Entry:
    _ = translator(view.lang)
    if "note" in view.drafts:
        return _make_entry(view, _("Note"), _draft_hint(view, "a"), width)
    if not view.answer.note:
        reason = view.result in ("partial", "unmet", "not_applicable")
        hint = _("! the reason is missing: a writes it") if reason else _("(a writes a note)")
        return _make_entry(view, _("Note"), LinePart(hint, "warn" if reason else "dim"), width)
    text = LinePart(escape_and_replace_tabs(remove_emoji_joiners(view.answer.note)))
    return _make_entry(view, _("Note"), text, width)._replace(least=_LEAST_LINES)


def _broken_check_entries(view: ShownItem, width: int) -> Iterator[_Entry]:
    """Yield the field checks that are broken as an entry: of several, each begins a line."""
    if not view.broken_checks:
        return
    _ = translator(view.lang)
    label = fit_width(_("Cross-check"), _label_width(view))
    texts = [
        line
        for text in view.broken_checks
        for line in wrap_text(escape_as_single_line(f"! {text}"), width - width_of(label))
    ]
    yield _Entry(label, texts, _LEAST_LINES, "warn")


def _make_entry(view: ShownItem, label: str, text: LinePart, width: int) -> _Entry:
    """Return an entry of a text, wrapped beside its label."""
    shown_label = fit_width(label, _label_width(view))
    texts = wrap_text(text.text, width - width_of(shown_label))
    least = _LEAST_LINES if text.style == "warn" else 1
    return _Entry(shown_label, texts, least, text.style)


def _draft_hint(view: ShownItem, key: str) -> LinePart:
    _ = translator(view.lang)
    return LinePart(
        _("! an unfinished draft is kept: {key} goes on with it").format(key=key), "warn"
    )


def _label_width(view: ShownItem) -> int:
    _ = translator(view.lang)
    return 2 + max(map(width_of, (_("Note"), _("Evidence"), _("Remediation"))))


def _evidence_entry(view: ShownItem, width: int) -> _Entry:
    _ = translator(view.lang)
    if "evidence" in view.drafts:
        return _make_entry(view, _("Evidence"), _draft_hint(view, "e"), width)
    cited = [_evidence_title(row_id, view) for row_id in view.answer.evidence]
    text = semicolon_sign(view.lang).join(cited)
    is_answered = view.result not in (None, "not_applicable")
    missing = len(view.state.missing_evidence) if is_answered else 0
    if not text:
        hint = _("(e attaches evidence)")
        if missing:
            hint = _("! {count} required missing: e attaches it").format(count=missing)
        part = LinePart(hint, "warn" if missing else "dim")
        return _make_entry(view, _("Evidence"), part, width)
    count = _("{count} (d detaches)").format(count=len(cited))
    shown = escape_as_single_line(f"{count}{colon_sign(view.lang)}{text}")
    if missing:
        lacking = _("! {count} required still missing").format(count=missing)
        return _make_entry(view, _("Evidence"), LinePart(f"{lacking}  {shown}", "warn"), width)
    return _make_entry(view, _("Evidence"), LinePart(shown), width)


def _evidence_title(row_id: str, view: ShownItem) -> str:
    row = view.evidence.get(row_id)
    return pick_text(row.title, view.lang) if row else row_id


def _remediation_entry(view: ShownItem, width: int) -> _Entry:
    _ = translator(view.lang)
    if "remediation" in view.drafts:
        return _make_entry(view, _("Remediation"), _draft_hint(view, "m"), width)
    plan = view.answer.remediation
    if plan is None:
        is_missing = view.result in ("partial", "unmet")
        hint = _("! nothing planned: m plans it") if is_missing else _("(m plans remediation)")
        part = LinePart(hint, "warn" if is_missing else "dim")
        return _make_entry(view, _("Remediation"), part, width)
    text = escape_as_single_line(remediation_text(plan, view.lang))
    if view.result in ("partial", "unmet") and is_plan_incomplete(view.answer):
        lacking = _("! owner or due date is missing: m")
        return _make_entry(view, _("Remediation"), LinePart(f"{lacking}  {text}", "warn"), width)
    return _make_entry(view, _("Remediation"), LinePart(text), width)
