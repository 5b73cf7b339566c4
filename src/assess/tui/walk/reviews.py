"""Commands that accept or return an answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from assess.display.walk.lacks import join_gap_texts, list_gap_texts
from assess.engine.finding_name import item_label_and_title
from assess.engine.fingerprint import reviewed_answer_digest
from assess.engine.kinds.wording import translate_code
from assess.engine.punctuation import enumeration_comma_sign
from assess.engine.walk import Walk
from assess.i18n import Lang, plural_translator, translator
from assess.tui.core.answer_change import AnswerChange
from assess.tui.core.drafts import DraftKey
from assess.tui.core.handlers import CommandHandlers
from assess.tui.walk.answers import AnswerCommands
from assess.tui.walk.context import WalkContext
from assess.tui.walk.item_forms import ItemForms, SubmittedForm
from assess.tui.walk.position import WalkState
from assess.tui.walk.review_rules import (
    may_be_accepted_together,
    review_fields,
    review_form,
    review_refusal_text,
    review_warning_text,
)


class ReviewCommands:
    """Writes reviews; `after_review`, if given, is called after each."""

    def __init__(
        self,
        context: WalkContext,
        forms: ItemForms,
        answers: AnswerCommands,
        after_review: Callable[[WalkContext, WalkState], None] | None,
    ) -> None:
        self._context = context
        self._forms = forms
        self._answers = answers
        self._after_review = after_review
        self._warned_at: Walk | None = None
        """The place at which `accept` was refused once, because the answer lacks something."""

    def handlers(self) -> CommandHandlers:
        """Return what the commands do."""
        return {
            "review": self._review_answer,
            "accept": self._accept_answer,
            "accept_section": self._confirm_and_accept_section,
            "give_back": self._ask_to_return_answer,
        }

    async def _review_answer(self) -> None:
        """Accept or return the answer, as the form says."""
        if (walk_state := await self._state_if_reviewable()) is not None:
            self._ask_and_write_review(walk_state, returned=False)

    async def _accept_answer(self) -> None:
        """Accept the answer without a form; nothing while the key is held down."""
        self._answers.count_answer_and_pause_if_repeated()
        if self._answers.state_unless_paused() is None:
            return
        if (walk_state := await self._state_if_reviewable()) is None:
            return
        if walk_state.state_of(walk_state.item_id).work == "accepted":
            _ = translator(self._context.lang)
            self._context.show_message(_("accepted already; n goes on, 2 returns it"))
            return
        lacks = self._list_gap_texts(walk_state, walk_state.item_id)
        if lacks and self._warned_at is not walk_state.walk:
            self._show_lacks_before_acceptance(walk_state, lacks)
            return
        self._forms.save_item_fields(
            walk_state, self._acceptance_fields(walk_state, walk_state.item_id), None
        )
        self._drop_draft_of_review(walk_state)
        self._run_after_review(walk_state)

    def _drop_draft_of_review(self, walk_state: WalkState) -> None:
        """Drop what was typed for a return that was not made: the answer is accepted now."""
        shell = self._context.shell
        draft = DraftKey(shell.session.round_id, str(walk_state.name), walk_state.item_id, "review")
        shell.drafts.drop_values_from_memory(draft)
        shell.draft_writer.write_draft_in_background(draft)

    def _run_after_review(self, walk_state: WalkState) -> None:
        if self._after_review is not None:
            self._after_review(self._context, walk_state)

    def _list_gap_texts(self, walk_state: WalkState, item_id: str) -> list[str]:
        state = walk_state.state_of(item_id)
        return list_gap_texts(walk_state.gaps_of(item_id), state, self._context.lang)

    def _acceptance_fields(self, walk_state: WalkState, item_id: str) -> dict[str, Any]:
        """Return the fields that accept the stored answer to an item."""
        session = self._context.shell.session
        values = {"state": "accepted", "comment": "", "due": ""}
        return review_fields(
            values, walk_state.stored_answer(item_id), session.person, session.now()
        )

    def _show_lacks_before_acceptance(self, walk_state: WalkState, lacks: list[str]) -> None:
        """Say what the answer lacks; the same key once more accepts it."""
        self._warned_at = walk_state.walk
        _ = translator(self._context.lang)
        text = _("Accept it nevertheless? 1 accepts, 2 returns it. Missing: {lacks}")
        self._context.show_message(text.format(lacks=join_gap_texts(lacks, self._context.lang)))

    async def _confirm_and_accept_section(self) -> None:
        """Accept the answers of the section that wait and lack nothing, after a confirmation."""
        context, _ = self._context, translator(self._context.lang)
        _n = plural_translator(self._context.lang)
        if (walk_state := context.state_if_any_item_applies()) is None:
            return
        await context.shell.saver.wait_until_written()
        waiting = _list_items_to_review_in_section(walk_state)
        accepted = {
            item_id: reviewed_answer_digest(walk_state.stored_answer(item_id))
            for item_id in waiting
            if self._may_accept_without_opening(walk_state, item_id)
        }
        if not accepted:
            context.show_message(_("none of this section can be accepted without a look"))
            return
        rest = len(waiting) - len(accepted)
        lines = [
            _item_title_and_result_text(walk_state, item_id, context.lang) for item_id in accepted
        ]
        if rest:
            lines += ["", _("{count} more are to be looked at one by one").format(count=rest)]

        def accept_all() -> None:
            context.start_worker(self._accept_unchanged_items(walk_state, accepted), "accept")

        title = _n(
            "Accept {count} answer of this section that lacks nothing?",
            "Accept {count} answers of this section that lack nothing?",
            len(accepted),
        )
        context.shell.dialogs.ask_confirmation(
            title.format(count=len(accepted)), "\n".join(lines), accept_all
        )

    def _may_accept_without_opening(self, walk_state: WalkState, item_id: str) -> bool:
        """Return whether the acting person may accept an answer together with others."""
        open_sheet, person = walk_state.opened.open_sheet, self._context.shell.session.person
        answer = walk_state.stored_answer(item_id)
        refusal = review_refusal_text(
            open_sheet.config, open_sheet.sheet, person, answer, self._context.lang
        )
        lacks = self._list_gap_texts(walk_state, item_id)
        return not refusal and may_be_accepted_together(answer, lacks)

    async def _accept_unchanged_items(
        self, walk_state: WalkState, digests_by_item: Mapping[str, str]
    ) -> None:
        """Accept answers, each its own change; then go on to the next that waits.

        `digests_by_item` has the digests of the answers that the question listed: what changed
        while it stood there, or may not be accepted any more, is left and named.
        """
        unchanged = [
            item_id
            for item_id, digest in digests_by_item.items()
            if digest == reviewed_answer_digest(walk_state.stored_answer(item_id))
            and self._may_accept_without_opening(walk_state, item_id)
        ]
        for item_id in unchanged:
            fields = self._acceptance_fields(walk_state, item_id)
            self._forms.queue_save_job(AnswerChange(walk_state.name, item_id, fields))
        await self._context.shell.saver.wait_until_written()
        if self._context.is_screen_open:
            self._run_after_review(walk_state)
            self._show_items_not_accepted(
                [item_id for item_id in digests_by_item if item_id not in unchanged]
            )

    def _show_items_not_accepted(self, item_ids: list[str]) -> None:
        """Name the answers that were not accepted, because they changed; nothing without any."""
        if item_ids:
            lang, _ = self._context.lang, translator(self._context.lang)
            text = _("changed meanwhile, so not accepted: {items}")
            self._context.show_message(
                text.format(items=enumeration_comma_sign(lang).join(item_ids))
            )

    async def _ask_to_return_answer(self) -> None:
        """Ask for a comment and return the answer."""
        if (walk_state := await self._state_if_reviewable()) is not None:
            self._ask_and_write_review(walk_state, returned=True)

    async def _state_if_reviewable(self) -> WalkState | None:
        """Wait until the answer is on disk; show why it can't be reviewed, if so."""
        context, _ = self._context, translator(self._context.lang)
        if (walk_state := context.state_if_any_item_applies()) is None:
            return None
        await context.shell.saver.wait_until_written()
        item_id = walk_state.item_id
        if walk_state.result_with_unwritten_changes(item_id) is None:
            context.show_message(
                _("nothing is answered here yet; r on the overview: what waits for review")
            )
            return None
        open_sheet, person = walk_state.opened.open_sheet, context.shell.session.person
        answer = walk_state.stored_answer(item_id)
        why = review_refusal_text(open_sheet.config, open_sheet.sheet, person, answer, context.lang)
        if why:
            context.show_message(why)
        return None if why else walk_state

    def _ask_and_write_review(self, walk_state: WalkState, *, returned: bool) -> None:
        """Ask for comment and date, then write the review."""
        session, lang = self._context.shell.session, self._context.lang
        answer = walk_state.stored_answer(walk_state.item_id)
        config = walk_state.opened.open_sheet.config
        note = review_warning_text(config, session.person, answer, lang)
        lacks = join_gap_texts(self._list_gap_texts(walk_state, walk_state.item_id), lang)
        lacks += "\n" * bool(lacks)
        form = review_form(walk_state.item_id, answer, note, lang, returned=returned, lacks=lacks)

        def apply_typed(typed: SubmittedForm) -> None:
            fields = review_fields(typed.values, answer, session.person, session.now())
            self._forms.save_item_fields(walk_state, fields, typed)
            self._run_after_review(walk_state)

        self._forms.ask_form(walk_state, "review", form, apply_typed)


def _item_title_and_result_text(walk_state: WalkState, item_id: str, lang: Lang) -> str:
    """Return id, title and result of an item."""
    outcome = walk_state.result_with_unwritten_changes(item_id)
    words = translate_code(outcome, lang) if outcome else ""
    return f"{item_id} {item_label_and_title(walk_state.state_of(item_id).item, lang)}  {words}"


def _list_items_to_review_in_section(walk_state: WalkState) -> list[str]:
    """Return the items of the current section whose answers wait for a review."""
    walk, waiting = walk_state.walk, walk_state.find_items_in_filter("review")
    return [
        item_id
        for item_id, section in zip(walk.order, walk.sections, strict=True)
        if section == walk.current_section and item_id in waiting
    ]
