"""What the walk writes beside the answer: mitigation, review, taking back, taking evidence off."""

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
from assess.tui.core.answer_change import Change, Kind
from assess.tui.core.drafts import DraftKey
from assess.tui.core.shell import ListRow
from assess.tui.core.undo import Step, stands
from assess.tui.walk.answering import Answering
from assess.tui.walk.asking import Typed
from assess.tui.walk.assigning import assign_changes, assign_form
from assess.tui.walk.position import Place
from assess.tui.walk.review_rules import refusal, review_fields, review_form, warning
from assess.workspace import REMOVE


class Deciding(Answering):
    """The part of the walk screen that judges what was answered."""

    def action_mitigation(self) -> None:
        """Say what lowers a high risk."""
        place = self.place
        if place is None or not place.item_id:
            return
        form = mitigation_form(place.item, place.answer(place.item_id), self.lang)
        if form is None:
            self.say(self._("no high-risk case here that anything lowers"))
            return

        def done(typed: Typed) -> None:
            self._submit(place, mitigation_fields(typed.values), typed)

        self._ask(place, "mitigation", form, done)

    def action_risk(self) -> None:
        """Let the risk of a finding depart from the computed one."""
        place = self.place
        if place is None or not place.item_id:
            return
        if place.result(place.item_id) not in ("partial", "unmet"):
            self.say(self._("only a finding has a risk: partly met or not met"))
            return
        form = risk_form(place.item, place.answer(place.item_id), self.lang)

        def done(typed: Typed) -> None:
            self._submit(place, risk_fields(typed.values), typed)

        self._ask(place, "risk", form, done)

    # Who fills in

    def action_assign(self) -> None:
        """Say who fills in the item or its section."""
        place = self.place
        if place is None or not place.item_id:
            return
        opened, state = place.opened, place.state(place.item_id)
        sections = {one.section.id: one for one in opened.assessment.sections}
        people = opened.desk.config.people
        assigned = opened.desk.sheet.assigned
        form = assign_form(state, sections[state.section], assigned, people, self.lang)

        def done(values: Values | None) -> None:
            if values is not None:
                changes = assign_changes(values, state)
                self.run_worker(self._assign(place, changes), group="assign")

        self.shell.ask(form, None, done)

    async def _assign(self, place: Place, changes: Mapping[str, str | None]) -> None:
        await self.shell.saver.finish()
        try:
            opened = await asyncio.to_thread(self.shell.session.assign, place.name, changes)
        except AssessError as error:
            self.say(one_line(str(error)))
            return
        place.follow(opened)
        self.draw_all()
        self.say(self._("written; f and “assigned to me” shows one's own"))

    # Going on with what was not finished

    def resume(self, draft: DraftKey) -> None:
        """Open the form that a draft was typed into."""
        place = self.place
        if place is None or draft.sheet != str(place.name):
            super().resume(draft)
            return
        self._move(lambda place: place.walk.go_to(draft.item_id))
        self.run_worker(self.open_form(draft.form), group="form")

    async def open_form(self, form: str) -> None:
        """Open a form of the current item, as drafts name it."""
        if form == "value" and self.place is not None:
            self._ask_value(self.place)
        elif form:
            await self.run_action(form)

    # Reviewing

    async def action_review(self) -> None:
        """Accept or return the answer."""
        place = self.place
        if place is not None and place.item_id and await self.may_review(place):
            self.ask_review(place, returned=False)

    async def may_review(self, place: Place) -> bool:
        """Wait until the answer is on disk; say why it can't be reviewed, where it can't."""
        await self.shell.saver.finish()
        item_id = place.item_id
        if place.result(item_id) is None:
            self.say(self._("nothing is answered here yet"))
            return False
        desk, person = place.opened.desk, self.shell.session.person
        why = refusal(desk.config, desk.sheet, person, place.on_disk(item_id), self.lang)
        if why:
            self.say(why)
        return not why

    def ask_review(self, place: Place, *, returned: bool) -> None:
        """Ask for comment and date, then write the review."""
        session, answer = self.shell.session, place.on_disk(place.item_id)
        note = warning(place.opened.desk.config, session.person, answer, self.lang)
        form = review_form(place.item_id, answer, note, self.lang, returned=returned)

        def done(typed: Typed) -> None:
            fields = review_fields(typed.values, answer, session.person, session.now())
            self._submit(place, fields, typed)
            self.reviewed(place)

        self._ask(place, "review", form, done)

    def reviewed(self, place: Place) -> None:
        """Go on after a review. The walk stays where it is."""

    # Taking back

    async def action_undo(self) -> None:
        """Take back what was written last."""
        await self._again("undo")

    async def action_redo(self) -> None:
        """Write again what was taken back."""
        await self._again("redo")

    async def _again(self, kind: Kind) -> None:
        place = self.place
        if place is None:
            return
        self.leave_item()
        await self.shell.saver.finish()
        undo = self.shell.session.undo
        step = undo.last(place.name) if kind == "undo" else undo.next(place.name)
        if step is None or step.item_id not in place.walk.order:
            said = _nothing(kind, self.lang)
        else:
            said = self._take_step(place, step, kind)
        self.draw_all()
        self.say(said)

    def _take_step(self, place: Place, step: Step, kind: Kind) -> str:
        there, wanted = (step.after, step.before) if kind == "undo" else (step.before, step.after)
        place.walk = place.walk.go_to(step.item_id) or place.walk
        self._written = self._reasoned = ""
        if not stands(place.on_disk(step.item_id), there):
            said = self._("{item} was changed by another since; it is left as it is")
            return said.format(item=step.item_id)
        self.shell.saver.submit(Change(place.name, step.item_id, wanted, kind))
        said = self._("taken back: {item}") if kind == "undo" else self._("written again: {item}")
        return said.format(item=step.item_id)

    # Evidence

    def action_detach(self) -> None:
        """Take a piece of evidence off the item, chosen from a list."""
        place = self.place
        if place is None or not place.item_id:
            return
        cited, rows = place.on_disk(place.item_id).evidence, place.opened.desk.register.evidence
        if not cited:
            self.say(self._("no evidence is attached here"))
            return
        listed = [
            ListRow(key, pick(rows[key].title, self.lang) if key in rows else key) for key in cited
        ]

        def found(words: str) -> list[ListRow]:
            return [row for row in listed if words.strip().lower() in row.words.lower()]

        def taken(row_id: str | None) -> None:
            if row_id is None:
                return
            kept = {
                key: list(proofs) if isinstance(proofs, tuple) else proofs
                for key, proofs in cited.items()
                if key != row_id
            }
            self.send(place.change({"evidence": kept or REMOVE}))
            self.draw_all()

        self.shell.pick(self._("Take off {item}").format(item=place.item_id), found, taken)


def _nothing(kind: Kind, lang: str) -> str:
    _ = translator("zh" if lang == "zh" else "en")
    if kind == "undo":
        return _("nothing was written here in this session that could be taken back")
    return _("nothing was taken back that could be written again")
