"""Commands that accept or return an answer."""

from __future__ import annotations

from collections.abc import Callable

from assess.i18n import translator
from assess.tui.core.handlers import CommandHandlers
from assess.tui.walk.context import WalkContext
from assess.tui.walk.item_forms import ItemForms, SubmittedForm
from assess.tui.walk.position import WalkState
from assess.tui.walk.review_rules import (
    review_fields,
    review_form,
    review_refusal_text,
    review_warning_text,
)


class ReviewCommands:
    """Writes reviews; `after_review` is called after each."""

    def __init__(
        self,
        context: WalkContext,
        forms: ItemForms,
        after_review: Callable[[WalkContext, WalkState], None],
    ) -> None:
        self._context = context
        self._forms = forms
        self._after_review = after_review

    def handlers(self) -> CommandHandlers:
        """Return what the commands do."""
        return {
            "review": self._review_answer,
            "accept": self._accept_answer,
            "give_back": self._return_answer,
        }

    async def _review_answer(self) -> None:
        """Accept or return the answer, as the form says."""
        if (walk_state := await self._state_if_reviewable()) is not None:
            self._ask_review(walk_state, returned=False)

    async def _accept_answer(self) -> None:
        """Accept the answer without a form."""
        if (walk_state := await self._state_if_reviewable()) is None:
            return
        session, answer = self._context.shell.session, walk_state.stored_answer(walk_state.item_id)
        values = {"state": "accepted", "comment": "", "due": ""}
        fields = review_fields(values, answer, session.person, session.now())
        self._forms.save_item_fields(walk_state, fields, None)
        self._after_review(self._context, walk_state)

    async def _return_answer(self) -> None:
        """Ask for a comment and return the answer."""
        if (walk_state := await self._state_if_reviewable()) is not None:
            self._ask_review(walk_state, returned=True)

    async def _state_if_reviewable(self) -> WalkState | None:
        """Wait until the answer is on disk; show why it can't be reviewed, if so."""
        context, _ = self._context, translator(self._context.lang)
        if (walk_state := context.state_if_item_applies()) is None:
            return None
        await context.shell.saver.wait_until_written()
        item_id = walk_state.item_id
        if walk_state.result_of(item_id) is None:
            context.show_message(_("nothing is answered here yet"))
            return None
        open_sheet, person = walk_state.opened.open_sheet, context.shell.session.person
        answer = walk_state.stored_answer(item_id)
        why = review_refusal_text(open_sheet.config, open_sheet.sheet, person, answer, context.lang)
        if why:
            context.show_message(why)
        return None if why else walk_state

    def _ask_review(self, walk_state: WalkState, *, returned: bool) -> None:
        """Ask for comment and date, then write the review."""
        session, lang = self._context.shell.session, self._context.lang
        answer = walk_state.stored_answer(walk_state.item_id)
        config = walk_state.opened.open_sheet.config
        note = review_warning_text(config, session.person, answer, lang)
        form = review_form(walk_state.item_id, answer, note, lang, returned=returned)

        def apply_typed(typed: SubmittedForm) -> None:
            fields = review_fields(typed.values, answer, session.person, session.now())
            self._forms.save_item_fields(walk_state, fields, typed)
            self._after_review(self._context, walk_state)

        self._forms.ask_form(walk_state, "review", form, apply_typed)
