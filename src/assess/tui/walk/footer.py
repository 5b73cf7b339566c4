"""What the footer says of the item that was written last."""

from __future__ import annotations

from collections.abc import Sequence

from assess.display.text.bars import KeyChip
from assess.display.text.reasons import failed_write_reason_text
from assess.display.text.styled import LinePart
from assess.engine.kinds.statuses import may_be_inapplicable
from assess.engine.kinds.values import answer_text
from assess.engine.kinds.wording import translate_code
from assess.harmless import escape_as_single_line
from assess.i18n import Lang, translator
from assess.model.item import DateItem, NumberItem
from assess.tui.core.shell import AppShell
from assess.tui.walk.context import WalkContext
from assess.tui.walk.mode import WalkMode
from assess.tui.walk.position import WalkState, does_current_item_take_digits, list_choice_keys

_SHORT_VALUES = (NumberItem, DateItem)
"""The kinds whose values have a few cells; a longer one would leave no room for the keys."""


def adapt_chips_to_item(
    chips: Sequence[KeyChip], walk_state: WalkState | None, lang: Lang
) -> list[KeyChip]:
    """Return the keys of the walk without those that do nothing at the item.

    Where digits are typed, 0 is one of them and Tab lists n/a.
    """
    if walk_state is None or not walk_state.item_id:
        return list(chips)
    _ = translator(lang)
    takes_digits = does_current_item_take_digits(walk_state)
    useless = set() if may_be_inapplicable(walk_state.item) else {"0"}
    if not takes_digits and not set(list_choice_keys(walk_state)) - {"0"}:
        useless.add("1-9")
    replaced = {"0": KeyChip("Tab", _("n/a")), "1-9": KeyChip("0-9", _("type"))}
    return [
        replaced.get(chip.key, chip) if takes_digits else chip
        for chip in chips
        if chip.key not in useless
    ]


def footer_notice(context: WalkContext, mode: WalkMode) -> LinePart:
    """Return the last written item, its progress, and the keys that follow.

    It is empty after a move to another part of the sheet.
    """
    walk_state, item_id = context.state, context.written_item
    if walk_state is None or item_id not in walk_state.walk.order:
        return LinePart("")
    is_current = walk_state.item_id == item_id
    if not is_current and walk_state.walk.history[-1:] != (item_id,):
        return LinePart("")
    if item_id in context.shell.saver.pending_items(walk_state.name):
        return _saving_progress_of_item(context.shell, item_id, context.lang)
    text = mode.saved_text(walk_state, item_id, context.lang)
    if not is_current:
        return LinePart(f"{text}    {mode.way_back(context.lang)}", "good")
    _ = translator(context.lang)
    if walk_state.checks.list_broken_check_texts(item_id):
        return LinePart(f"{text}    " + _("answers do not fit together  n next"), "warn")
    keys = _keys_after_reason_text(walk_state, context.lang) if context.reasoned_item else ""
    return LinePart(text + keys, "good")


def _keys_after_reason_text(walk_state: WalkState, lang: Lang) -> str:
    """Return the keys that follow the reason of a finding; the plan's while there is none."""
    _ = translator(lang)
    is_planned = (
        walk_state.answer_with_unwritten_changes(walk_state.item_id).remediation is not None
    )
    return "    " + (_("n next item") if is_planned else _("m remediation  n next"))


def _saving_progress_of_item(shell: AppShell, item_id: str, lang: Lang) -> LinePart:
    _ = translator(lang)
    if shell.saver.error is None:
        return LinePart(_("saving {item}").format(item=item_id), "dim")
    why = failed_write_reason_text(shell.saver.error, lang)
    return LinePart(_("not saved {item}: {why}").format(item=item_id, why=why), "bad")


def keys_back_to_answer_text(lang: Lang) -> str:
    """Return the keys that lead back to the last answer and add to it."""
    _ = translator(lang)
    return _("b back  then e evidence, a note")


def saved_text(walk_state: WalkState, item_id: str, lang: Lang) -> str:
    """Return what was written for an item."""
    _ = translator(lang)
    result = walk_state.result_with_unwritten_changes(item_id)
    if result is None:
        return _("saved {item}").format(item=item_id)
    text = _("saved {item}: {result}")
    if walk_state.state_of(item_id).review_outdated:
        text = _("saved {item}: {result}, to be reviewed again  u undo")
    return text.format(item=item_id, result=_result_or_value_text(walk_state, item_id, lang))


def _result_or_value_text(walk_state: WalkState, item_id: str, lang: Lang) -> str:
    """Return the result; of a value that has none what was typed: the item is left already."""
    result = walk_state.result_with_unwritten_changes(item_id)
    words = translate_code(result, lang) if result else ""
    item = walk_state.state_of(item_id).item
    if result != "answered" or not isinstance(item, _SHORT_VALUES):
        return words
    answer = walk_state.answer_with_unwritten_changes(item_id)
    return escape_as_single_line(answer_text(item, answer, lang)) or words
