"""The part of the walk that shows forms with drafts, saves changes and reports on them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from assess.display.text.forms import InputForm, Values
from assess.display.text.reasons import write_failure_text
from assess.display.walk.sides import typed_pairs, was_changed_meanwhile
from assess.engine.kinds.wording import name
from assess.engine.walk import Walk
from assess.tui.core.answer_change import AnswerChange
from assess.tui.core.drafts import DraftKey
from assess.tui.core.save_queue import Job, get_change
from assess.tui.core.shell import Side
from assess.tui.core.widgets.frame import AppScreen
from assess.tui.walk.position import WalkState


class Typed(NamedTuple):
    """The values of a form, and its draft."""

    values: Values
    draft: DraftKey


class Asking(AppScreen):
    """The part of the walk screen with forms and changes.

    `walk_state` is None until the sheet is read.
    """

    def __init__(self) -> None:
        super().__init__()
        self.walk_state: WalkState | None = None
        self._written = ""
        """The item that was written last."""
        self._reasoned = ""
        """The item whose reason was just written, while it is the current one."""

    def draw_all(self) -> None:
        """Draw the whole screen again."""
        raise NotImplementedError

    def drafts_of(self, walk_state: WalkState) -> tuple[str, ...]:
        """Return the forms of the current item that have a draft."""
        shell = self.shell
        return shell.drafts.list_forms(shell.session.round_id, walk_state.name, walk_state.item_id)

    # Moving

    def _move_to(self, move: Callable[[WalkState], Walk | None]) -> None:
        """Save the ticks, then move as `move` says."""
        if (walk_state := self.walk_state) is None:
            return
        self.leave_item()
        moved = move(walk_state)
        if moved is not None:
            walk_state.walk = moved
        self.draw_all()

    def leave_item(self) -> None:
        """Save the unsaved ticks."""
        self._reasoned = ""
        if self.walk_state is not None:
            for change in self.walk_state.take_tick_changes():
                self.send_job(change)

    def save_pending(self) -> None:
        """Save the unsaved ticks, because the program ends."""
        self.leave_item()

    def footer_notice(self) -> str:
        """Return the last written item, its progress, and the keys that follow.

        It is '' after a move to another part of the sheet.
        """
        walk_state, item_id = self.walk_state, self._written
        if walk_state is None or item_id not in walk_state.walk.order:
            return ""
        is_current = walk_state.item_id == item_id
        if not is_current and walk_state.walk.history[-1:] != (item_id,):
            return ""
        if item_id in self.shell.saver.pending_items(walk_state.name):
            error = self.shell.saver.error
            if error is None:
                return self._("saving {item}").format(item=item_id)
            words = self._("not saved {item}: {why}")
            return words.format(item=item_id, why=write_failure_text(error, self.lang))
        text = self.saved_text(walk_state, item_id)
        if not is_current:
            return text + "    " + self.way_back
        return text + ("    " + self._("m remediation  n next") if self._reasoned else "")

    @property
    def way_back(self) -> str:
        """The keys that lead back to the last answer and add to it."""
        return self._("b back  b e evidence  b a note")

    def saved_text(self, walk_state: WalkState, item_id: str) -> str:
        """Return what was written for an item."""
        result = walk_state.result_of(item_id)
        if result is None:
            return self._("saved {item}").format(item=item_id)
        words = name(result, self.lang)
        text = self._("saved {item}: {result}")
        if walk_state.state_of(item_id).review_outdated:
            text = self._("saved {item}: {result}, to be reviewed again  u undo")
        return text.format(item=item_id, result=words)

    def next_unanswered(self, walk_state: WalkState) -> None:
        """Move to the next open item, or show that there is none."""
        self._reasoned = ""
        moved = walk_state.walk.next_unanswered(walk_state.waiting_items())
        if moved is None and walk_state.filter != "all":
            self.show_message(self._("no more of these; f shows others"))
        elif moved is None:
            self.show_message(self._("everything is answered"))
        else:
            walk_state.walk = moved
        self.draw_all()

    def _submit_fields(
        self,
        walk_state: WalkState,
        fields: Mapping[str, Any],
        typed: Typed | None,
        goes_on: AnswerChange | None = None,
    ) -> AnswerChange:
        change = walk_state.make_change(fields)._replace(goes_on=goes_on)
        if typed is not None:
            self.shell.settle_draft(change, typed.draft, typed.values)
        self.send_job(change)
        return change

    def send_job(self, job: Job) -> None:
        """Save a change or an attachment."""
        self._written = get_change(job).item_id
        self.shell.saver.submit(job)

    # Forms

    def _ask_item_form(
        self,
        walk_state: WalkState,
        name: str,
        form: InputForm,
        apply_typed: Callable[[Typed], None],
    ) -> None:
        """Show a form with a draft; call `apply_typed` with its values."""
        session, item_id = self.shell.session, walk_state.item_id
        draft = DraftKey(session.round_id, str(walk_state.name), item_id, name)
        before = walk_state.stored_answer(item_id)

        def take_values(values: Values | None) -> None:
            if values is not None and walk_state.item_id == item_id:
                typed = Typed(values, draft)
                if was_changed_meanwhile(name, before, walk_state.stored_answer(item_id), values):
                    self._ask_version(walk_state, name, form, typed, apply_typed)
                else:
                    apply_typed(typed)
            self.draw_all()
            if values is None and name == "note" and walk_state.lacks_reason(item_id):
                text = self._("{item} counts as open until it is said why it does not apply: a")
                self.show_message(text.format(item=item_id))

        self.shell.ask_form(form, draft, take_values)

    def _ask_version(
        self,
        walk_state: WalkState,
        name: str,
        form: InputForm,
        typed: Typed,
        apply_typed: Callable[[Typed], None],
    ) -> None:
        """Let the user choose between the typed values and those of another program."""
        shell, now = self.shell, walk_state.stored_answer(walk_state.item_id)
        shell.drafts.set_values(typed.draft, typed.values)  # until the user decides

        def take_side(side: Side | None) -> None:
            if side == "mine":
                shell.drafts.drop_values(typed.draft)
                apply_typed(typed)
            elif side == "theirs":
                shell.drafts.drop_values(typed.draft)
                shell.sync_draft(typed.draft)
            elif side == "both":
                joined = {"note": f"{now.note}\n{typed.values['note']}"}
                shell.drafts.set_values(typed.draft, joined)
                self._ask_item_form(walk_state, name, form, apply_typed)
            self.draw_all()

        title = self._("{item} was changed by another program while you were writing")
        heads = (self._("Mine, not written yet"), self._("On disk now"))
        pairs = typed_pairs(form, name, typed.values, now, walk_state.item, self.lang)
        shell.choose_side(
            title.format(item=walk_state.item_id), heads, pairs, take_side, both=name == "note"
        )
