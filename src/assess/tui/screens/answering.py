"""What the keys of the walk write: results, notes, evidence, remediation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from assess.engine.walk import Walk
from assess.model.item import Choices, Table
from assess.tui.choices import with_other
from assess.tui.drafts import DraftKey
from assess.tui.forms import (
    Field,
    Form,
    Values,
    evidence_form,
    fine,
    remediation_fields,
    remediation_form,
    value_form,
    value_from,
)
from assess.tui.place import Place
from assess.tui.rows import rows_text
from assess.tui.session import Attachment, Change
from assess.tui.shell import ListRow, Rows, Side
from assess.tui.sides import overtaken, typed_pairs
from assess.tui.widgets.frame import AppScreen
from assess.workspace import REMOVE


class Typed(NamedTuple):
    """What came out of a form, with the draft that it was kept in until then."""

    values: Values
    draft: DraftKey


class Answering(AppScreen):
    """The writing half of the walk screen; `place` is None until the sheet is read."""

    def __init__(self) -> None:
        super().__init__()
        self.place: Place | None = None

    def draw_all(self) -> None:
        """Show everything anew."""
        raise NotImplementedError

    def drafts_of(self, place: Place) -> tuple[str, ...]:
        """Return the forms of the current item that hold a draft."""
        shell = self.shell
        return shell.drafts.forms(shell.session.round_id, place.name, place.item_id)

    # Moving on

    def _move(self, move: Callable[[Place], Walk | None]) -> None:
        """Keep the ticks, then go where `move` says."""
        if (place := self.place) is None:
            return
        self.leave_item()
        moved = move(place)
        if moved is not None:
            place.walk = moved
        self.draw_all()

    def leave_item(self) -> None:
        """Send ticks that are not yet kept on their way."""
        if self.place is not None:
            for change in self.place.kept_ticks():
                self.shell.saver.submit(change)

    def hold(self) -> None:
        """Send what is not yet kept on its way: the program is about to end."""
        self.leave_item()

    def next_unanswered(self, place: Place) -> None:
        """Go to the next item that is to be done, or say that there is none."""
        moved = place.walk.next_unanswered(place.waiting())
        if moved is None and place.filter != "all":
            self.say(self._("no more of these; f shows others"))
        elif moved is None:
            self.say(self._("everything is answered"))
        else:
            place.walk = moved
        self.draw_all()

    # Results

    def action_choose(self, key: str) -> None:
        """Take the choice of a digit."""
        place = self.place
        if place is None or not place.item_id:
            return
        choice = place.choosable(key)
        if choice is None:
            self.say(self._("there is no choice {key} here").format(key=key))
        elif choice.effect == "tick":
            place.tick(choice.tick)
            self.draw_all()
        elif choice.effect == "answer":
            self._answer(place, choice.fields)
        else:
            self._ask_value(place)

    def action_not_applicable(self) -> None:
        """Answer that the item does not apply; the reason is asked."""
        if self.place is not None and self.place.item_id:
            self.place.ticks.pop(self.place.item_id, None)
            self._answer(self.place, {"status": "not_applicable"})

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
        if place.after(change) == "note":
            self.draw_all()
            self._ask_note(place, then_next=place.result(place.item_id) == "not_applicable")
        else:
            self.next_unanswered(place)

    def _submit(self, place: Place, fields: Mapping[str, Any], typed: Typed | None) -> Change:
        change = place.change(fields)
        if typed is not None:
            self.shell.settle(change, typed.draft, typed.values)
        self.shell.saver.submit(change)
        return change

    # Forms

    def _ask(self, place: Place, name: str, form: Form, done: Callable[[Typed], None]) -> None:
        """Show a form with a draft; call `done` with what was typed."""
        session, item_id = self.shell.session, place.item_id
        draft = DraftKey(session.round_id, str(place.name), item_id, name)
        before = place.on_disk(item_id)

        def closed(values: Values | None) -> None:
            if values is not None and place.item_id == item_id:
                typed = Typed(values, draft)
                if overtaken(name, before, place.on_disk(item_id), values):
                    self._meet(place, name, form, typed, done)
                else:
                    done(typed)
            self.draw_all()

        self.shell.ask(form, draft, closed)

    def _meet(
        self, place: Place, name: str, form: Form, typed: Typed, done: Callable[[Typed], None]
    ) -> None:
        """Let one choose between what was typed and what another program wrote meanwhile."""
        shell, now = self.shell, place.on_disk(place.item_id)
        shell.drafts.keep(typed.draft, typed.values)  # until it is decided

        def decided(side: Side | None) -> None:
            if side == "mine":
                shell.drafts.drop(typed.draft)
                done(typed)
            elif side == "theirs":
                shell.drafts.drop(typed.draft)
                shell.forget(typed.draft)
            elif side == "both":
                joined = {"note": f"{now.note}\n{typed.values['note']}"}
                shell.drafts.keep(typed.draft, joined)
                self._ask(place, name, form, done)
            self.draw_all()

        title = self._("{item} was changed by another program while you were writing")
        heads = (self._("Mine, not written yet"), self._("On disk now"))
        pairs = typed_pairs(form, name, typed.values, now, place.item, self.lang)
        shell.choose_side(
            title.format(item=place.item_id), heads, pairs, decided, both=name == "note"
        )

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
            self._ask_note(self.place, then_next=False)

    def _ask_note(self, place: Place, *, then_next: bool) -> None:
        held = place.answer(place.item_id).note or ""
        title = self._("Note on {item}").format(item=place.item_id)
        label = self._("what was found, why, which objects")
        form = Form(title, (Field("note", label, "text", held),), fine)

        def done(typed: Typed) -> None:
            text = typed.values["note"].strip()
            if text != held:
                self._submit(place, {"note": text or REMOVE}, typed)
            else:
                self.shell.forget(typed.draft)
            if then_next and text:
                self.next_unanswered(place)

        self._ask(place, "note", form, done)

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
            self.shell.saver.submit(job)

        self._ask(place, "evidence", form, done)

    def action_remediation(self) -> None:
        """Plan the remediation."""
        place = self.place
        if place is None or not place.item_id:
            return
        session, answer = self.shell.session, place.answer(place.item_id)

        def done(typed: Typed) -> None:
            fields = remediation_fields(typed.values, answer, session.person, session.today)
            self._submit(place, fields, typed)

        self._ask(place, "remediation", remediation_form(place.item, answer, self.lang), done)
