"""Commands that write results and notes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assess.display.table.profile_rows import make_table_rows_from_profile
from assess.display.walk.choice_list import choice_list_title, list_choices_with_degrees
from assess.display.walk.item_form import note_form, value_form
from assess.display.walk.kinds.kind import OfferedChoice
from assess.display.walk.kinds.registry import walk_kind
from assess.engine.kinds.residual_rule import (
    has_result_criteria_or_rungs,
    list_residual_rule_sentences,
    residual_rule_title,
)
from assess.engine.kinds.statuses import may_be_inapplicable, refused_status_message_and_hint
from assess.engine.kinds.wording import translate_code
from assess.engine.punctuation import enumeration_comma_sign, format_bracketed_remark
from assess.harmless import escape_as_single_line
from assess.i18n import Lang, translator
from assess.model.answer import Answer
from assess.model.item import Item, Table
from assess.tui.core.answer_change import AnswerChange
from assess.tui.core.drafts import DraftKey
from assess.tui.core.handlers import CommandHandlers
from assess.tui.core.row_search import make_row_search
from assess.tui.core.shell import ListRow, Rows
from assess.tui.core.table_rows import rows_to_text
from assess.tui.walk.context import WalkContext
from assess.tui.walk.held_key import MOST_ANSWERS, HeldKeyGuard
from assess.tui.walk.item_forms import ItemForms, SubmittedForm
from assess.tui.walk.moves import MoveCommands
from assess.tui.walk.note_phrases import list_note_phrases
from assess.tui.walk.position import WalkState, does_current_item_take_digits, list_choice_keys
from assess.tui.walk.sub_questions import sub_question_message
from assess.workspace import REMOVE
from assess.workspace.core.program_tables import load_proposal_tables


class AnswerCommands:
    """Writes results and notes of the current item."""

    def __init__(self, context: WalkContext, forms: ItemForms, moves: MoveCommands) -> None:
        self._context = context
        self._forms = forms
        self._moves = moves
        self.refused_key = ""
        """The digit that was refused once because it would overwrite the last answer."""
        self.held_key = HeldKeyGuard()

    def handlers(self) -> CommandHandlers:
        """Return what the commands do."""
        return {
            "choose": self._choose_by_digit,
            "not_applicable": self._set_not_applicable_or_type_zero,
            "enter": self._save_ticks_or_open_input_or_go_on,
            "options": self._pick_option_and_apply,
            "note": self._ask_note_of_current_item,
        }

    def _choose_by_digit(self, key: str) -> None:
        """Make the choice of a digit."""
        if (walk_state := self.state_unless_paused()) is None:
            return
        choice = walk_state.choice_of_key(key)
        if does_current_item_take_digits(walk_state):
            self.ask_value(walk_state, typed=key)
        elif choice is None:
            self._show_that_key_is_no_choice(walk_state, key)
        elif self._would_overwrite_reasoned_answer(walk_state, key, choice):
            self._warn_that_key_changes_answer(walk_state, key)
        else:
            self._apply_choice(walk_state, choice)

    def _show_that_key_is_no_choice(self, walk_state: WalkState, key: str) -> None:
        lang, _ = self._context.lang, translator(self._context.lang)
        keys = enumeration_comma_sign(lang).join(list_choice_keys(walk_state))
        text = _("there is no choice {key} here; there are {keys}") if keys else ""
        text = text or _("there is no choice {key} here")
        self._context.show_message(text.format(key=key, keys=keys))

    def state_unless_paused(self) -> WalkState | None:
        """Return the state; None until the sheet is read, and while a held key is stopped."""
        if self.held_key.is_paused:
            self._show_pause_message()
            return None
        return self._context.state_if_any_item_applies()

    def count_answer_and_pause_if_repeated(self) -> None:
        """Count an answer that one key gave; pause where the key is held down."""
        self.held_key.count_answer_and_pause_if_repeated()
        if self.held_key.is_paused:
            self._show_pause_message()

    def _show_pause_message(self) -> None:
        _ = translator(self._context.lang)
        text = _("the same key {count} times: is it held down? Enter goes on, u takes back")
        self._context.show_message(text.format(count=MOST_ANSWERS))

    def _apply_choice(self, walk_state: WalkState, choice: OfferedChoice) -> None:
        if choice.effect == "tick":
            walk_state.toggle_tick(choice.tick)
            self._context.draw_all()
        elif choice.effect == "answer":
            self._save_answer_and_move_on(walk_state, choice.fields)
            self.count_answer_and_pause_if_repeated()
        else:
            self.ask_value(walk_state)

    def _set_not_applicable_or_type_zero(self) -> None:
        """Set the item to not applicable; where the value takes digits, begin it with zero."""
        walk_state = self._context.state_if_any_item_applies()
        if walk_state is not None and does_current_item_take_digits(walk_state):
            self._choose_by_digit("0")
        else:
            self._set_not_applicable()

    def _set_not_applicable(self) -> None:
        """Set the item to not applicable, and ask for the reason."""
        if (walk_state := self.state_unless_paused()) is None:
            return
        if not may_be_inapplicable(walk_state.item):
            message, hint = refused_status_message_and_hint(
                walk_state.item, "not_applicable", self._context.lang, in_words=True
            )
            self._context.show_message(message + format_bracketed_remark(hint, self._context.lang))
            return
        chosen = (
            walk_state.answer_with_unwritten_changes(walk_state.item_id).status == "not_applicable"
        )
        if self._would_overwrite_reasoned_answer(
            walk_state, "0", OfferedChoice("0", "", "answer", chosen=chosen)
        ):
            self._warn_that_key_changes_answer(walk_state, "0")
            return
        walk_state.ticks.pop(walk_state.item_id, None)
        self._save_answer_and_move_on(walk_state, {"status": "not_applicable"})

    def _would_overwrite_reasoned_answer(
        self, walk_state: WalkState, key: str, choice: OfferedChoice
    ) -> bool:
        """Return whether a digit would overwrite the answer whose reason was just written.

        After most answers the walk moves to the next item. After a reason it stays, so that a
        remediation can be planned. A user who does not notice this would answer the same item
        again.
        """
        if walk_state.item_id != self._context.reasoned_item:
            return False
        return not choice.chosen and choice.effect == "answer" and self.refused_key != key

    def _warn_that_key_changes_answer(self, walk_state: WalkState, key: str) -> None:
        self.refused_key = key
        _ = translator(self._context.lang)
        outcome = walk_state.result_with_unwritten_changes(walk_state.item_id)
        text = _("{item} is done: {result}. n goes on; {key} once more changes it")
        words = translate_code(outcome, self._context.lang) if outcome else ""
        self._context.show_message(text.format(item=walk_state.item_id, result=words, key=key))

    def _save_ticks_or_open_input_or_go_on(self) -> None:
        """Save the ticks, or open the input of the item, or move to the next item."""
        if self.held_key.has_ended_pause:
            return
        if (walk_state := self._context.state_if_any_item_applies()) is None:
            return
        if walk_state.item_id in walk_state.ticks:
            ticks = list(walk_state.current_ticks())
            walk_state.ticks.pop(walk_state.item_id)
            self._save_answer_and_move_on(walk_state, {"value": ticks or REMOVE})
        elif any(option.effect == "input" for option in walk_state.list_options()):
            self.ask_value(walk_state)
        else:
            self._moves.save_and_go_to_next_unanswered()

    def _pick_option_and_apply(self) -> None:
        """List all options of the item: options past the ninth have no digit."""
        if (walk_state := self._context.state_if_any_item_applies()) is None:
            return
        view = walk_state.make_shown_item()
        listed = list_choices_with_degrees(view)
        rows = [
            ListRow(str(index), row.words, key=row.choice.key) for index, row in enumerate(listed)
        ]

        def take_row(value: str | None) -> None:
            if value is None:
                return
            choice = listed[int(value)].choice
            if choice.key == "0":
                self._set_not_applicable()
            else:
                self._apply_choice(walk_state, choice)

        notes = _residual_rule_notes(walk_state.item, self._context.lang)
        self._context.shell.dialogs.pick_row(
            choice_list_title(view), make_row_search(rows), take_row, notes
        )

    def _save_answer_and_move_on(
        self, walk_state: WalkState, fields: Mapping[str, Any], typed: SubmittedForm | None = None
    ) -> None:
        """Save a result; then ask for its reason, or move to the next unanswered item."""
        change = self._forms.save_item_fields(walk_state, fields, typed)
        self._warn_if_not_filler(walk_state)
        if walk_state.step_after_change(change) == "note":
            self._context.draw_all()
            self.ask_note(walk_state, change)
        else:
            self._moves.go_to_next_if_checks_are_met(walk_state)

    def _warn_if_not_filler(self, walk_state: WalkState) -> None:
        """Warn if the acting person does not fill in here, though others do."""
        open_sheet, person = walk_state.opened.open_sheet, self._context.shell.session.person
        people = open_sheet.config.people
        fillers = {key for key, member in people.items() if "filler" in member.roles}
        known = person in people and person != open_sheet.sheet.people.filler
        if person is not None and known and fillers and person not in fillers:
            _ = translator(self._context.lang)
            text = _("answered as {name}, who does not fill in here; w changes who acts")
            self._context.show_message(text.format(name=escape_as_single_line(people[person].name)))

    def ask_value(
        self, walk_state: WalkState, proposed: Answer | None = None, typed: str = ""
    ) -> None:
        """Ask for the value of the current item: rows of a table, or a form.

        `proposed` is the answer that the form begins with, in place of the item's own; `typed` is
        the digit that opened it, which begins a new value.
        """
        session, item = self._context.shell.session, walk_state.item
        answer = proposed or walk_state.answer_with_unwritten_changes(walk_state.item_id)
        kind = walk_kind(item)
        if (table := kind.table(item)) is not None:
            self._ask_table_rows(walk_state, table, answer)
            return

        def apply_typed(typed: SubmittedForm) -> None:
            value = kind.read(item, typed.values)
            if kind.ticks is not None:
                words = typed.values["value"].strip()
                value = list(kind.ticks.set_other(item, walk_state.current_ticks(), words))
                walk_state.ticks.pop(walk_state.item_id, None)
            self._save_answer_and_move_on(walk_state, {"value": value}, typed)

        form = value_form(item, answer, session.today, self._context.lang, typed)
        self._forms.ask_form(walk_state, "value", form, apply_typed)

    def begin_empty_text(self, typed: str) -> bool:
        """Open the form of a text item without a text, with what was typed; return whether so."""
        walk_state = self._context.state
        if walk_state is None or not walk_state.item_id:
            return False
        item = walk_state.item
        if not walk_kind(item).takes_words(item):
            return False
        if walk_state.answer_with_unwritten_changes(item.id).value is not None:
            return False
        self.ask_value(walk_state, typed=typed)
        return True

    def _ask_table_rows(self, walk_state: WalkState, table: Table, answer: Answer) -> None:
        shell, item_id = self._context.shell, walk_state.item_id
        draft = DraftKey(shell.session.round_id, str(walk_state.name), item_id, "value")

        def rows_done(rows: Rows | None) -> None:
            if rows is not None:
                typed = SubmittedForm({"rows": rows_to_text(rows)}, draft)
                self._save_answer_and_move_on(walk_state, {"value": rows}, typed)
            self._context.draw_all()

        config = walk_state.opened.open_sheet.config
        known_rows = make_table_rows_from_profile(
            table, config, load_proposal_tables(), self._context.lang
        )
        shell.dialogs.ask_table_rows(table, answer, draft, rows_done, known_rows)

    def _ask_note_of_current_item(self) -> None:
        if (walk_state := self._context.state_if_any_item_applies()) is not None:
            self.ask_note(walk_state, None)

    def ask_note(self, walk_state: WalkState, explained_change: AnswerChange | None) -> None:
        """Ask for the note; `explained_change` is the one whose reason it is."""
        note = walk_state.answer_with_unwritten_changes(walk_state.item_id).note or ""
        none = walk_state.result_with_unwritten_changes(walk_state.item_id) == "not_applicable"
        form = note_form(
            walk_state.item_id,
            note,
            self._context.lang,
            not_applicable=none,
            opened_by_result=explained_change is not None,
            proposed=walk_state.proposals.proposed_note_for_item(walk_state.item),
            phrases=list_note_phrases(walk_state),
        )

        def apply_typed(typed: SubmittedForm) -> None:
            text = typed.values["note"].strip()
            if text != note:
                self._forms.save_item_fields(
                    walk_state, {"note": text or REMOVE}, typed, explained_change
                )
            else:
                self._context.shell.draft_writer.write_draft_in_background(typed.draft)
            if explained_change is not None and text:
                self._move_on_unless_finding(walk_state)
            else:
                self._moves.go_to_next_if_gap_is_filled(walk_state)

        self._forms.ask_form(walk_state, "note", form, apply_typed)

    def _move_on_unless_finding(self, walk_state: WalkState) -> None:
        """Move to the next item; stay at a finding, whose remediation comes next.

        What the answer opened and closed is said once more: the form of the reason hid it.
        """
        change = walk_state.sub_questions.last_change_by(walk_state.item_id)
        if walk_state.result_with_unwritten_changes(walk_state.item_id) == "not_applicable":
            self._moves.go_to_next_if_checks_are_met(walk_state)
        else:
            self._context.reasoned_item, self.refused_key = walk_state.item_id, ""
        if change is not None and not self._context.is_message_shown:
            self._context.show_message(sub_question_message(change, self._context.lang))


def _residual_rule_notes(item: Item, lang: Lang) -> list[str]:
    """Return title and sentences of the rule for what nothing names; none where it adds nothing."""
    if not has_result_criteria_or_rungs(item):
        return []
    return [residual_rule_title(lang), *list_residual_rule_sentences(lang)]
