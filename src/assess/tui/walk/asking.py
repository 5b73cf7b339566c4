"""How the walk asks and writes: forms with drafts, what goes to disk, what is said of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from assess.display.text.forms import Form, Values
from assess.display.text.reasons import why_unwritten
from assess.display.walk.sides import overtaken, typed_pairs
from assess.engine.kinds.wording import name
from assess.engine.walk import Walk
from assess.tui.core.answer_change import Change
from assess.tui.core.drafts import DraftKey
from assess.tui.core.save_queue import Job, change_of
from assess.tui.core.shell import Side
from assess.tui.core.widgets.frame import AppScreen
from assess.tui.walk.position import Place


class Typed(NamedTuple):
    """What came out of a form, with the draft that it was kept in until then."""

    values: Values
    draft: DraftKey


class Asking(AppScreen):
    """What the walk screen asks and sends on its way; `place` is None until the sheet is read."""

    def __init__(self) -> None:
        super().__init__()
        self.place: Place | None = None
        self._written = ""
        """The item that was written last."""
        self._reasoned = ""
        """The item whose reason was written just now, where it is still the current one."""

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
        self._reasoned = ""
        if self.place is not None:
            for change in self.place.kept_ticks():
                self.send(change)

    def hold(self) -> None:
        """Send what is not yet kept on its way: the program is about to end."""
        self.leave_item()

    def told(self) -> str:
        """Return which item was written last, how far that is, and the keys that lead on from it.

        Nothing, where one has gone on to elsewhere since.
        """
        place, item_id = self.place, self._written
        if place is None or item_id not in place.walk.order:
            return ""
        here = place.item_id == item_id
        if not here and place.walk.history[-1:] != (item_id,):
            return ""
        if item_id in self.shell.saver.touched(place.name):
            error = self.shell.saver.error
            if error is None:
                return self._("saving {item}").format(item=item_id)
            words = self._("not saved {item}: {why}")
            return words.format(item=item_id, why=why_unwritten(error, self.lang))
        said = self.told_of(place, item_id)
        if not here:
            return said + "    " + self.way_back
        return said + ("    " + self._("m remediation  n next") if self._reasoned else "")

    @property
    def way_back(self) -> str:
        """The keys that add to what was answered last: those alone are for the item after it."""
        return self._("b back  b e evidence  b a note")

    def told_of(self, place: Place, item_id: str) -> str:
        """Return what was written of an item."""
        result = place.result(item_id)
        if result is None:
            return self._("saved {item}").format(item=item_id)
        words = name(result, self.lang)
        said = self._("saved {item}: {result}")
        if place.state(item_id).review_outdated:
            said = self._("saved {item}: {result}, to be reviewed again  u undo")
        return said.format(item=item_id, result=words)

    def next_unanswered(self, place: Place) -> None:
        """Go to the next item that is to be done, or say that there is none."""
        self._reasoned = ""
        moved = place.walk.next_unanswered(place.waiting())
        if moved is None and place.filter != "all":
            self.say(self._("no more of these; f shows others"))
        elif moved is None:
            self.say(self._("everything is answered"))
        else:
            place.walk = moved
        self.draw_all()

    def _submit(
        self,
        place: Place,
        fields: Mapping[str, Any],
        typed: Typed | None,
        goes_on: Change | None = None,
    ) -> Change:
        change = place.change(fields)._replace(goes_on=goes_on)
        if typed is not None:
            self.shell.settle(change, typed.draft, typed.values)
        self.send(change)
        return change

    def send(self, job: Job) -> None:
        """Send something on its way to disk."""
        self._written = change_of(job).item_id
        self.shell.saver.submit(job)

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
            if values is None and name == "note" and place.lacks_reason(item_id):
                said = self._("{item} counts as open until it is said why it does not apply: a")
                self.say(said.format(item=item_id))

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
