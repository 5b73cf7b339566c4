"""What the keys of the walk write: results, notes, evidence, remediation."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from assess.display.evidence.lines import misnamed_text
from assess.display.text.forms import path_from
from assess.display.text.safe import one_line
from assess.display.walk.choices import Choosable, with_other
from assess.display.walk.item_form import evidence_form, note_form, value_form, value_from
from assess.display.walk.remediation_form import remediation_fields, remediation_form
from assess.engine.kinds.wording import name
from assess.model.item import Choices, Table
from assess.tui.core.answer_change import Attachment, Change
from assess.tui.core.drafts import DraftKey
from assess.tui.core.shell import ListRow, Rows
from assess.tui.core.table_rows import rows_text
from assess.tui.walk.asking import Asking, Typed
from assess.tui.walk.position import Place
from assess.workspace import REMOVE
from assess.workspace.evidence import register_view


class Answering(Asking):
    """The writing half of the walk screen."""

    def __init__(self) -> None:
        super().__init__()
        self._held_back = ""
        """The digit that was not taken at first, as it would overwrite what was just written."""

    def action_choose(self, key: str) -> None:
        """Take the choice of a digit."""
        place = self.place
        if place is None or not place.item_id:
            return
        choice = place.choosable(key)
        if choice is None:
            self.say(self._("there is no choice {key} here").format(key=key))
        elif self._overwrites(place, key, choice):
            self._ask_again(place, key)
        elif choice.effect == "tick":
            place.tick(choice.tick)
            self.draw_all()
        elif choice.effect == "answer":
            self._answer(place, choice.fields)
        else:
            self._ask_value(place)

    def action_not_applicable(self) -> None:
        """Answer that the item does not apply; the reason is asked."""
        place = self.place
        if place is None or not place.item_id:
            return
        none = Choosable(
            "0", "", "answer", chosen=place.answer(place.item_id).status == "not_applicable"
        )
        if self._overwrites(place, "0", none):
            self._ask_again(place, "0")
            return
        place.ticks.pop(place.item_id, None)
        self._answer(place, {"status": "not_applicable"})

    def _overwrites(self, place: Place, key: str, choice: Choosable) -> bool:
        """Whether a digit would overwrite the answer whose reason was written just now.

        After most answers the next item is there; after a reason one stays, to plan the
        remediation. Who does not see that would answer the item that is done.
        """
        if place.item_id != self._reasoned or choice.chosen or choice.effect == "input":
            return False
        return self._held_back != key

    def _ask_again(self, place: Place, key: str) -> None:
        self._held_back = key
        found = place.result(place.item_id)
        said = self._("{item} is done: {result}. n goes on; {key} once more changes it")
        words = name(found, self.lang) if found else ""
        self.say(said.format(item=place.item_id, result=words, key=key))

    def action_enter(self) -> None:
        """Keep the ticks; open the input of kinds that have one; else go on."""
        place = self.place
        if place is None or not place.item_id:
            return
        if isinstance(place.item, Choices) and place.item_id in place.ticks:
            ticks = list(place.current_ticks())
            place.ticks.pop(place.item_id)
            if ticks:
                self._answer(place, {"value": ticks})
            else:
                self._answer(place, {"value": REMOVE})
        elif any(one.effect == "input" for one in place.options()):
            self._ask_value(place)
        else:
            self.action_next_unanswered()

    def action_next_unanswered(self) -> None:
        """Go to the next unanswered item."""
        raise NotImplementedError

    def action_options(self) -> None:
        """Show all options of the item in a list: past nine they have no digit."""
        place = self.place
        if place is None or not place.item_id:
            return
        options = place.options()

        def found(words: str) -> list[ListRow]:
            return [
                ListRow(str(index), f"{'[x]' if one.chosen else '[ ]'} {one.text}")
                for index, one in enumerate(options)
                if words.strip().lower() in one.text.lower()
            ]

        def taken(value: str | None) -> None:
            if value is None:
                return
            one = options[int(value)]
            if one.effect == "tick":
                place.tick(one.tick)
                self.draw_all()
            elif one.effect == "answer":
                self._answer(place, one.fields)
            else:
                self._ask_value(place)

        self.shell.pick(place.item_id, found, taken)

    def _answer(self, place: Place, fields: Mapping[str, Any], typed: Typed | None = None) -> None:
        """Send a result on its way; then to its reason, or to the next unanswered item."""
        change = self._submit(place, fields, typed)
        self._tell_stranger(place)
        if place.after(change) == "note":
            self.draw_all()
            self._ask_note(place, change)
        else:
            self.next_unanswered(place)

    def _tell_stranger(self, place: Place) -> None:
        """Say whose answer it is, where they are not known to fill in: a reviewer may still act."""
        desk, person = place.opened.desk, self.shell.session.person
        fillers = {key for key, one in desk.config.people.items() if "filler" in one.roles}
        known = person in desk.config.people and person != desk.sheet.people.filler
        if person is not None and known and fillers and person not in fillers:
            said = self._("answered as {name}, who does not fill in here; w changes who acts")
            self.say(said.format(name=one_line(desk.config.people[person].name)))

    def _ask_value(self, place: Place) -> None:
        session, item = self.shell.session, place.item
        answer = place.answer(place.item_id)
        if isinstance(item, Table):
            draft = DraftKey(session.round_id, str(place.name), place.item_id, "value")

            def rows_done(rows: Rows | None) -> None:
                if rows is not None:
                    typed = Typed({"rows": rows_text(rows)}, draft)
                    self._answer(place, {"value": rows}, typed)
                self.draw_all()

            self.shell.ask_rows(item, answer, draft, rows_done)
            return

        def done(typed: Typed) -> None:
            value = value_from(item, typed.values)
            if isinstance(item, Choices):
                value = list(with_other(item, place.current_ticks(), typed.values["value"].strip()))
                place.ticks.pop(place.item_id, None)
            self._answer(place, {"value": value}, typed)

        self._ask(place, "value", value_form(item, answer, session.today, self.lang), done)

    def action_note(self) -> None:
        """Write the note."""
        if self.place is not None and self.place.item_id:
            self._ask_note(self.place, None)

    def _ask_note(self, place: Place, of: Change | None) -> None:
        """Ask for the note; `of` is the answer that it gives the reason of, just now."""
        held = place.answer(place.item_id).note or ""
        none = place.result(place.item_id) == "not_applicable"
        form = note_form(place.item_id, held, self.lang, not_applicable=none)

        def done(typed: Typed) -> None:
            text = typed.values["note"].strip()
            if text != held:
                self._submit(place, {"note": text or REMOVE}, typed, of)
            else:
                self.shell.forget(typed.draft)
            if of is not None and text:
                self._after_reason(place)

        self._ask(place, "note", form, done)

    def _after_reason(self, place: Place) -> None:
        """Go on where nothing more is due; stay at a finding, whose remediation comes next."""
        if place.result(place.item_id) == "not_applicable":
            self.next_unanswered(place)
        else:
            self._reasoned, self._held_back = place.item_id, ""

    def action_evidence(self) -> None:
        """Attach a piece of evidence."""
        place = self.place
        if place is None or not place.item_id:
            return
        missing = place.state(place.item_id).missing_evidence
        form = evidence_form(place.item, self.lang, missing)

        def done(typed: Typed) -> None:
            values = {name: value.strip() for name, value in typed.values.items()}
            field = next(one for one in form.fields if one.name == "proof")
            title = values["title"] or dict(field.options)[values["proof"]]
            job = Attachment(
                place.change({}), values["proof"], title, values["file"], values["paper"]
            )
            self.shell.settle(job.change, typed.draft, typed.values)
            self.send(job)
            self.run_worker(self._tell_misnamed(values["file"]), group="misnamed")

        self._ask(place, "evidence", form, done)

    async def _tell_misnamed(self, typed: str) -> None:
        path = path_from(typed)
        if await asyncio.to_thread(register_view.misnamed, path):
            self.say(misnamed_text(path.name, self.lang))

    def action_remediation(self) -> None:
        """Plan the remediation."""
        place = self.place
        if place is None or not place.item_id:
            return
        session, answer = self.shell.session, place.answer(place.item_id)

        def done(typed: Typed) -> None:
            fields = remediation_fields(typed.values, answer, session.person, session.today)
            self._submit(place, fields, typed)

        form = remediation_form(place.item, answer, session.person, self.lang)
        self._ask(place, "remediation", form, done)
