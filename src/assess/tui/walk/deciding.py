"""The part of the walk for mitigation, risk, assignment, review, undo and detaching."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from assess.display.text.forms import Values
from assess.display.text.safe import one_line
from assess.display.walk.risk_choice import (
    mitigation_fields,
    mitigation_form,
    risk_fields,
    risk_form,
)
from assess.errors import AssessError
from assess.i18n import translator
from assess.model.base import pick
from assess.tui.core.answer_change import AnswerChange, ChangeKind
from assess.tui.core.drafts import DraftKey
from assess.tui.core.shell import ListRow
from assess.tui.core.undo import UndoStep, still_stands
from assess.tui.walk.answering import Answering
from assess.tui.walk.asking import Typed
from assess.tui.walk.assigning import assign_changes, assign_form
from assess.tui.walk.position import WalkState
from assess.tui.walk.review_rules import review_fields, review_form, review_refusal, review_warning
from assess.workspace import REMOVE


class Deciding(Answering):
    """The part of the walk screen that judges answers."""

    def action_mitigation(self) -> None:
        """Claim what lowers a high risk."""
        walk_state = self.walk_state
        if walk_state is None or not walk_state.item_id:
            return
        form = mitigation_form(walk_state.item, walk_state.answer_of(walk_state.item_id), self.lang)
        if form is None:
            self.show_message(self._("no high-risk case here that anything lowers"))
            return

        def apply_typed(typed: Typed) -> None:
            self._submit_fields(walk_state, mitigation_fields(typed.values), typed)

        self._ask_item_form(walk_state, "mitigation", form, apply_typed)

    def action_risk(self) -> None:
        """Set the risk of a finding by hand."""
        walk_state = self.walk_state
        if walk_state is None or not walk_state.item_id:
            return
        if walk_state.result_of(walk_state.item_id) not in ("partial", "unmet"):
            self.show_message(self._("only a finding has a risk: partly met or not met"))
            return
        form = risk_form(walk_state.item, walk_state.answer_of(walk_state.item_id), self.lang)

        def apply_typed(typed: Typed) -> None:
            self._submit_fields(walk_state, risk_fields(typed.values), typed)

        self._ask_item_form(walk_state, "risk", form, apply_typed)

    # Who fills in

    def action_assign(self) -> None:
        """Assign the item or its section to a person."""
        walk_state = self.walk_state
        if walk_state is None or not walk_state.item_id:
            return
        opened, state = walk_state.opened, walk_state.state_of(walk_state.item_id)
        sections = {section.section.id: section for section in opened.assessment.sections}
        people = opened.open_sheet.config.people
        assigned = opened.open_sheet.sheet.assigned
        form = assign_form(state, sections[state.section], assigned, people, self.lang)

        def apply_values(values: Values | None) -> None:
            if values is not None:
                changes = assign_changes(values, state)
                self.run_worker(self._assign_people(walk_state, changes), group="assign")

        self.shell.ask_form(form, None, apply_values)

    async def _assign_people(
        self, walk_state: WalkState, changes: Mapping[str, str | None]
    ) -> None:
        await self.shell.saver.wait_until_written()
        try:
            opened = await asyncio.to_thread(
                self.shell.session.assign_people, walk_state.name, changes
            )
        except AssessError as error:
            self.show_message(one_line(str(error)))
            return
        walk_state.follow_sheet(opened)
        self.draw_all()
        self.show_message(self._("written; f and “assigned to me” shows one's own"))

    # Unfinished drafts

    def open_draft(self, draft: DraftKey) -> None:
        """Open the form of a draft."""
        walk_state = self.walk_state
        if walk_state is None or draft.sheet != str(walk_state.name):
            super().open_draft(draft)
            return
        self._move_to(lambda walk_state: walk_state.walk.go_to(draft.item_id))
        self.run_worker(self.open_form(draft.form), group="form")

    async def open_form(self, form: str) -> None:
        """Open a form of the current item, by its name in drafts."""
        if form == "value" and self.walk_state is not None:
            self._ask_value(self.walk_state)
        elif form:
            await self.run_action(form)

    # Reviewing

    async def action_review(self) -> None:
        """Accept or return the answer."""
        walk_state = self.walk_state
        if walk_state is not None and walk_state.item_id and await self.may_review(walk_state):
            self.ask_review(walk_state, returned=False)

    async def may_review(self, walk_state: WalkState) -> bool:
        """Wait until the answer is on disk; show why it can't be reviewed, if so."""
        await self.shell.saver.wait_until_written()
        item_id = walk_state.item_id
        if walk_state.result_of(item_id) is None:
            self.show_message(self._("nothing is answered here yet"))
            return False
        open_sheet, person = walk_state.opened.open_sheet, self.shell.session.person
        why = review_refusal(
            open_sheet.config,
            open_sheet.sheet,
            person,
            walk_state.stored_answer(item_id),
            self.lang,
        )
        if why:
            self.show_message(why)
        return not why

    def ask_review(self, walk_state: WalkState, *, returned: bool) -> None:
        """Ask for comment and date, then write the review."""
        session, answer = self.shell.session, walk_state.stored_answer(walk_state.item_id)
        note = review_warning(
            walk_state.opened.open_sheet.config, session.person, answer, self.lang
        )
        form = review_form(walk_state.item_id, answer, note, self.lang, returned=returned)

        def apply_typed(typed: Typed) -> None:
            fields = review_fields(typed.values, answer, session.person, session.now())
            self._submit_fields(walk_state, fields, typed)
            self.go_on_reviewed(walk_state)

        self._ask_item_form(walk_state, "review", form, apply_typed)

    def go_on_reviewed(self, walk_state: WalkState) -> None:
        """Continue after a review. The walk stays at the item."""

    # Undo and redo

    async def action_undo(self) -> None:
        """Undo the last change."""
        await self._undo_or_redo("undo")

    async def action_redo(self) -> None:
        """Redo the last change that was undone."""
        await self._undo_or_redo("redo")

    async def _undo_or_redo(self, kind: ChangeKind) -> None:
        walk_state = self.walk_state
        if walk_state is None:
            return
        self.leave_item()
        await self.shell.saver.wait_until_written()
        undo = self.shell.session.undo
        step = (
            undo.last_step(walk_state.name) if kind == "undo" else undo.next_step(walk_state.name)
        )
        if step is None or step.item_id not in walk_state.walk.order:
            text = _nothing_text(kind, self.lang)
        else:
            text = self._take_step(walk_state, step, kind)
        self.draw_all()
        self.show_message(text)

    def _take_step(self, walk_state: WalkState, step: UndoStep, kind: ChangeKind) -> str:
        expected, wanted = (
            (step.after, step.before) if kind == "undo" else (step.before, step.after)
        )
        walk_state.walk = walk_state.walk.go_to(step.item_id) or walk_state.walk
        self._written = self._reasoned = ""
        if not still_stands(walk_state.stored_answer(step.item_id), expected):
            text = self._("{item} was changed by another since; it is left as it is")
            return text.format(item=step.item_id)
        self.shell.saver.submit(AnswerChange(walk_state.name, step.item_id, wanted, kind))
        text = self._("taken back: {item}") if kind == "undo" else self._("written again: {item}")
        return text.format(item=step.item_id)

    # Evidence

    def action_detach(self) -> None:
        """Detach a piece of evidence that the user picks from a list."""
        walk_state = self.walk_state
        if walk_state is None or not walk_state.item_id:
            return
        cited, rows = (
            walk_state.stored_answer(walk_state.item_id).evidence,
            walk_state.opened.open_sheet.register.evidence,
        )
        if not cited:
            self.show_message(self._("no evidence is attached here"))
            return
        listed = [
            ListRow(key, pick(rows[key].title, self.lang) if key in rows else key) for key in cited
        ]

        def find_rows(words: str) -> list[ListRow]:
            return [row for row in listed if words.strip().lower() in row.words.lower()]

        def take_row(row_id: str | None) -> None:
            if row_id is None:
                return
            remaining = {
                key: list(proofs) if isinstance(proofs, tuple) else proofs
                for key, proofs in cited.items()
                if key != row_id
            }
            self.send_job(walk_state.make_change({"evidence": remaining or REMOVE}))
            self.draw_all()

        self.shell.pick_row(
            self._("Take off {item}").format(item=walk_state.item_id), find_rows, take_row
        )


def _nothing_text(kind: ChangeKind, lang: str) -> str:
    _ = translator("zh" if lang == "zh" else "en")
    if kind == "undo":
        return _("nothing was written here in this session that could be taken back")
    return _("nothing was taken back that could be written again")
