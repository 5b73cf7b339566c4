"""Forms of an item with drafts, and the changes that come of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from assess.display.text.forms import FormValues, InputForm
from assess.display.walk.sides import pair_typed_with_current, was_changed_meanwhile
from assess.i18n import translator
from assess.tui.core.answer_change import AnswerChange
from assess.tui.core.drafts import DraftKey
from assess.tui.core.save_queue import SaveJob, get_change
from assess.tui.core.shell import ChosenSide
from assess.tui.walk.context import WalkContext
from assess.tui.walk.position import WalkState, open_and_close_sub_questions
from assess.tui.walk.sub_questions import sub_question_message


class SubmittedForm(NamedTuple):
    """The values of a form, and its draft."""

    values: FormValues
    draft: DraftKey


class ItemForms:
    """Shows forms for the current item and saves changes."""

    def __init__(self, context: WalkContext) -> None:
        self._context = context

    def save_item_fields(
        self,
        walk_state: WalkState,
        fields: Mapping[str, Any],
        typed: SubmittedForm | None,
        previous_change: AnswerChange | None = None,
    ) -> AnswerChange:
        """Save fields of the current item; `typed` is the form that they come from."""
        change = walk_state.make_change(fields)._replace(goes_on=previous_change)
        if typed is not None:
            self._context.shell.draft_writer.remove_draft_when_saved(
                change, typed.draft, typed.values
            )
        self.queue_save_job(change)
        return change

    def queue_save_job(self, job: SaveJob) -> None:
        """Save a change or an attachment."""
        self._context.written_item = get_change(job).item_id
        self._context.shell.saver.add_job(job)
        if self._context.state is not None:
            self._update_and_show_sub_questions(self._context.state, get_change(job).item_id)

    def _update_and_show_sub_questions(self, walk_state: WalkState, item_id: str) -> None:
        """Open and close what the answer to an item decides over, and say so."""
        change = open_and_close_sub_questions(walk_state, item_id)
        if change is not None:
            self._context.show_message(sub_question_message(change, self._context.lang))

    def ask_form(
        self,
        walk_state: WalkState,
        name: str,
        form: InputForm,
        apply_typed: Callable[[SubmittedForm], None],
    ) -> None:
        """Show a form with a draft; call `apply_typed` with its values."""
        context = self._context
        session, item_id = context.shell.session, walk_state.item_id
        draft = DraftKey(session.round_id, str(walk_state.name), item_id, name)
        before = walk_state.stored_answer(item_id)

        def take_values(values: FormValues | None) -> None:
            if values is not None and walk_state.item_id == item_id:
                typed = SubmittedForm(values, draft)
                if was_changed_meanwhile(name, before, walk_state.stored_answer(item_id), values):
                    self._ask_typed_or_disk_version(walk_state, name, form, typed, apply_typed)
                else:
                    apply_typed(typed)
            context.draw_all()
            if (
                values is None
                and name == "note"
                and walk_state.is_inapplicable_without_reason(item_id)
            ):
                _ = translator(context.lang)
                text = _("{item} counts as open until it is said why it does not apply: a")
                context.show_message(text.format(item=item_id))

        context.shell.dialogs.ask_form(form, draft, take_values)

    def _ask_typed_or_disk_version(
        self,
        walk_state: WalkState,
        name: str,
        form: InputForm,
        typed: SubmittedForm,
        apply_typed: Callable[[SubmittedForm], None],
    ) -> None:
        """Let the user choose between the typed values and those of another program."""
        context = self._context
        shell, now = context.shell, walk_state.stored_answer(walk_state.item_id)
        _ = translator(context.lang)
        shell.drafts.set_values_in_memory(typed.draft, typed.values)  # until the user decides

        def take_side(side: ChosenSide | None) -> None:
            if side == "mine":
                shell.drafts.drop_values_from_memory(typed.draft)
                apply_typed(typed)
            elif side == "theirs":
                shell.drafts.drop_values_from_memory(typed.draft)
                shell.draft_writer.write_draft_in_background(typed.draft)
            elif side == "both":
                joined = {"note": f"{now.note}\n{typed.values['note']}"}
                shell.drafts.set_values_in_memory(typed.draft, joined)
                self.ask_form(walk_state, name, form, apply_typed)
            context.draw_all()

        title = _("{item} was changed by another program while you were writing")
        heads = (_("Mine, not written yet"), _("On disk now"))
        pairs = pair_typed_with_current(
            form, name, typed.values, now, walk_state.item, context.lang
        )
        shell.dialogs.choose_side(
            title.format(item=walk_state.item_id), heads, pairs, take_side, both=name == "note"
        )
