"""The part of the walk that writes results, notes, evidence and remediation."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from assess.display.evidence.lines import misnamed_text
from assess.display.text.forms import parse_path
from assess.display.text.safe import one_line
from assess.display.walk.item_form import evidence_form, note_form, value_form
from assess.display.walk.kinds.kind import Choosable
from assess.display.walk.kinds.registry import walk_kind
from assess.display.walk.remediation_form import remediation_fields, remediation_form
from assess.engine.kinds.wording import name
from assess.tui.core.answer_change import AnswerChange, EvidenceAttachment
from assess.tui.core.drafts import DraftKey
from assess.tui.core.shell import ListRow, Rows
from assess.tui.core.table_rows import rows_to_text
from assess.tui.walk.asking import Asking, Typed
from assess.tui.walk.position import WalkState
from assess.workspace import REMOVE
from assess.workspace.evidence import register_view


class Answering(Asking):
    """The part of the walk screen that writes answers."""

    def __init__(self) -> None:
        super().__init__()
        self._held_back = ""
        """The digit that was refused once because it would overwrite the last answer."""

    def action_choose(self, key: str) -> None:
        """Make the choice of a digit."""
        walk_state = self.walk_state
        if walk_state is None or not walk_state.item_id:
            return
        choice = walk_state.choosable_for(key)
        if choice is None:
            self.show_message(self._("there is no choice {key} here").format(key=key))
        elif self._would_overwrite(walk_state, key, choice):
            self._ask_again(walk_state, key)
        elif choice.effect == "tick":
            walk_state.toggle_tick(choice.tick)
            self.draw_all()
        elif choice.effect == "answer":
            self._answer_item(walk_state, choice.fields)
        else:
            self._ask_value(walk_state)

    def action_not_applicable(self) -> None:
        """Set the item to not applicable, and ask for the reason."""
        walk_state = self.walk_state
        if walk_state is None or not walk_state.item_id:
            return
        none = Choosable(
            "0",
            "",
            "answer",
            chosen=walk_state.answer_of(walk_state.item_id).status == "not_applicable",
        )
        if self._would_overwrite(walk_state, "0", none):
            self._ask_again(walk_state, "0")
            return
        walk_state.ticks.pop(walk_state.item_id, None)
        self._answer_item(walk_state, {"status": "not_applicable"})

    def _would_overwrite(self, walk_state: WalkState, key: str, choice: Choosable) -> bool:
        """Return whether a digit would overwrite the answer whose reason was just written.

        After most answers the walk moves to the next item. After a reason it stays, so that a
        remediation can be planned. A user who does not notice this would answer the same item
        again.
        """
        if walk_state.item_id != self._reasoned or choice.chosen or choice.effect == "input":
            return False
        return self._held_back != key

    def _ask_again(self, walk_state: WalkState, key: str) -> None:
        self._held_back = key
        outcome = walk_state.result_of(walk_state.item_id)
        text = self._("{item} is done: {result}. n goes on; {key} once more changes it")
        words = name(outcome, self.lang) if outcome else ""
        self.show_message(text.format(item=walk_state.item_id, result=words, key=key))

    def action_enter(self) -> None:
        """Save the ticks, or open the input of the item, or move to the next item."""
        walk_state = self.walk_state
        if walk_state is None or not walk_state.item_id:
            return
        if walk_state.item_id in walk_state.ticks:
            ticks = list(walk_state.current_ticks())
            walk_state.ticks.pop(walk_state.item_id)
            if ticks:
                self._answer_item(walk_state, {"value": ticks})
            else:
                self._answer_item(walk_state, {"value": REMOVE})
        elif any(option.effect == "input" for option in walk_state.list_options()):
            self._ask_value(walk_state)
        else:
            self.action_next_unanswered()

    def action_next_unanswered(self) -> None:
        """Move to the next unanswered item."""
        raise NotImplementedError

    def action_options(self) -> None:
        """List all options of the item: options past the ninth have no digit."""
        walk_state = self.walk_state
        if walk_state is None or not walk_state.item_id:
            return
        options = walk_state.list_options()

        def find_rows(words: str) -> list[ListRow]:
            return [
                ListRow(str(index), f"{'[x]' if option.chosen else '[ ]'} {option.text}")
                for index, option in enumerate(options)
                if words.strip().lower() in option.text.lower()
            ]

        def take_row(value: str | None) -> None:
            if value is None:
                return
            option = options[int(value)]
            if option.effect == "tick":
                walk_state.toggle_tick(option.tick)
                self.draw_all()
            elif option.effect == "answer":
                self._answer_item(walk_state, option.fields)
            else:
                self._ask_value(walk_state)

        self.shell.pick_row(walk_state.item_id, find_rows, take_row)

    def _answer_item(
        self, walk_state: WalkState, fields: Mapping[str, Any], typed: Typed | None = None
    ) -> None:
        """Save a result; then ask for its reason, or move to the next unanswered item."""
        change = self._submit_fields(walk_state, fields, typed)
        self._tell_stranger(walk_state)
        if walk_state.step_after(change) == "note":
            self.draw_all()
            self._ask_note(walk_state, change)
        else:
            self.next_unanswered(walk_state)

    def _tell_stranger(self, walk_state: WalkState) -> None:
        """Warn if the acting person does not fill in here, though others do."""
        open_sheet, person = walk_state.opened.open_sheet, self.shell.session.person
        fillers = {
            key for key, member in open_sheet.config.people.items() if "filler" in member.roles
        }
        known = person in open_sheet.config.people and person != open_sheet.sheet.people.filler
        if person is not None and known and fillers and person not in fillers:
            text = self._("answered as {name}, who does not fill in here; w changes who acts")
            self.show_message(text.format(name=one_line(open_sheet.config.people[person].name)))

    def _ask_value(self, walk_state: WalkState) -> None:
        session, item = self.shell.session, walk_state.item
        answer, kind = walk_state.answer_of(walk_state.item_id), walk_kind(item)
        table = kind.table(item)
        if table is not None:
            draft = DraftKey(session.round_id, str(walk_state.name), walk_state.item_id, "value")

            def rows_done(rows: Rows | None) -> None:
                if rows is not None:
                    typed = Typed({"rows": rows_to_text(rows)}, draft)
                    self._answer_item(walk_state, {"value": rows}, typed)
                self.draw_all()

            self.shell.ask_rows(table, answer, draft, rows_done)
            return

        def apply_typed(typed: Typed) -> None:
            value = kind.read(item, typed.values)
            if kind.ticks is not None:
                words = typed.values["value"].strip()
                value = list(kind.ticks.set_other(item, walk_state.current_ticks(), words))
                walk_state.ticks.pop(walk_state.item_id, None)
            self._answer_item(walk_state, {"value": value}, typed)

        self._ask_item_form(
            walk_state, "value", value_form(item, answer, session.today, self.lang), apply_typed
        )

    def action_note(self) -> None:
        """Write the note."""
        if self.walk_state is not None and self.walk_state.item_id:
            self._ask_note(self.walk_state, None)

    def _ask_note(self, walk_state: WalkState, of: AnswerChange | None) -> None:
        """Ask for the note; `of` is the change whose reason it is."""
        note = walk_state.answer_of(walk_state.item_id).note or ""
        none = walk_state.result_of(walk_state.item_id) == "not_applicable"
        form = note_form(walk_state.item_id, note, self.lang, not_applicable=none)

        def apply_typed(typed: Typed) -> None:
            text = typed.values["note"].strip()
            if text != note:
                self._submit_fields(walk_state, {"note": text or REMOVE}, typed, of)
            else:
                self.shell.sync_draft(typed.draft)
            if of is not None and text:
                self._after_reason(walk_state)

        self._ask_item_form(walk_state, "note", form, apply_typed)

    def _after_reason(self, walk_state: WalkState) -> None:
        """Move to the next item; stay at a finding, whose remediation comes next."""
        if walk_state.result_of(walk_state.item_id) == "not_applicable":
            self.next_unanswered(walk_state)
        else:
            self._reasoned, self._held_back = walk_state.item_id, ""

    def action_evidence(self) -> None:
        """Attach a piece of evidence."""
        walk_state = self.walk_state
        if walk_state is None or not walk_state.item_id:
            return
        missing = walk_state.state_of(walk_state.item_id).missing_evidence
        form = evidence_form(walk_state.item, self.lang, missing)

        def apply_typed(typed: Typed) -> None:
            values = {name: value.strip() for name, value in typed.values.items()}
            field = next(candidate for candidate in form.fields if candidate.name == "proof")
            title = values["title"] or dict(field.options)[values["proof"]]
            job = EvidenceAttachment(
                walk_state.make_change({}), values["proof"], title, values["file"], values["paper"]
            )
            self.shell.settle_draft(job.change, typed.draft, typed.values)
            self.send_job(job)
            self.run_worker(self._tell_misnamed(values["file"]), group="misnamed")

        self._ask_item_form(walk_state, "evidence", form, apply_typed)

    async def _tell_misnamed(self, typed: str) -> None:
        path = parse_path(typed)
        if await asyncio.to_thread(register_view.is_misnamed, path):
            self.show_message(misnamed_text(path.name, self.lang))

    def action_remediation(self) -> None:
        """Plan the remediation."""
        walk_state = self.walk_state
        if walk_state is None or not walk_state.item_id:
            return
        session, answer = self.shell.session, walk_state.answer_of(walk_state.item_id)

        def apply_typed(typed: Typed) -> None:
            fields = remediation_fields(typed.values, answer, session.person, session.today)
            self._submit_fields(walk_state, fields, typed)

        form = remediation_form(walk_state.item, answer, session.person, self.lang)
        self._ask_item_form(walk_state, "remediation", form, apply_typed)
