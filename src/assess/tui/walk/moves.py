"""Moving through a sheet: to the next open item, to items beside, to sections, to an id."""

from __future__ import annotations

from collections.abc import Callable

from assess.engine.walk import Walk
from assess.i18n import translator
from assess.tui.core.handlers import CommandHandlers
from assess.tui.search.searching import ask_item_id
from assess.tui.walk.context import WalkContext
from assess.tui.walk.item_forms import ItemForms
from assess.tui.walk.position import WalkState
from assess.workspace import SheetName


class MoveCommands:
    """Moves the walk, and saves unsaved ticks before it moves."""

    def __init__(self, context: WalkContext, forms: ItemForms) -> None:
        self._context = context
        self._forms = forms

    def handlers(self) -> CommandHandlers:
        """Return what the commands do."""
        return {
            "next_unanswered": self.save_and_go_to_next_unanswered,
            "back": lambda: self.move_to(lambda walk_state: walk_state.walk.go_back()),
            "skip": lambda: self.move_to(_skip_item),
            "next_item": lambda: self._move_step(1),
            "previous_item": lambda: self._move_step(-1),
            "next_section": lambda: self._move_section(1),
            "previous_section": lambda: self._move_section(-1),
            "go_to": self._ask_item,
        }

    def move_to(self, move: Callable[[WalkState], Walk | None]) -> None:
        """Save the ticks, then move as `move` says."""
        if (walk_state := self._context.state) is None:
            return
        self.save_ticks_of_item()
        moved = move(walk_state)
        if moved is not None:
            walk_state.walk = moved
        self._context.draw_all()

    def save_ticks_of_item(self) -> None:
        """Save the unsaved ticks."""
        self._context.reasoned_item = ""
        if self._context.state is not None:
            for change in self._context.state.pop_tick_changes():
                self._forms.queue_save_job(change)

    def save_and_go_to_next_unanswered(self) -> None:
        """Save the ticks, and move to the next unanswered item."""
        if self._context.state is not None:
            self.save_ticks_of_item()
            self.go_to_next_unanswered(self._context.state)

    def go_to_next_unanswered(self, walk_state: WalkState) -> None:
        """Move to the next open item, or show that there is none."""
        context, _ = self._context, translator(self._context.lang)
        context.reasoned_item = ""
        moved = walk_state.walk.go_to_next_unanswered(walk_state.items_to_visit())
        if moved is None and walk_state.filter != "all":
            context.show_message(_("no more of these; f shows others"))
        elif moved is None:
            context.show_message(_("everything is answered"))
        else:
            walk_state.walk = moved
        context.draw_all()

    def _move_step(self, step: int) -> None:
        walk_state = self._context.state
        if (
            walk_state is not None
            and (target := walk_state.shown_item_at_distance(step)) is not None
        ):
            self.move_to(lambda walk_state: walk_state.walk.go_to(target))

    def _move_section(self, step: int) -> None:
        walk_state = self._context.state
        if walk_state is None or (current := walk_state.walk.current_section) is None:
            return
        walk, shown = walk_state.walk, walk_state.shown_items()
        pairs = zip(walk.order, walk.sections, strict=True)
        names = list(
            dict.fromkeys(
                section for item_id, section in pairs if shown is None or item_id in shown
            )
        )
        wanted = names[(names.index(current) + step) % len(names)]
        self.move_to(
            lambda walk_state: walk_state.walk.go_to_section(
                wanted, shown or walk_state.items_still_open()
            )
        )

    def _ask_item(self) -> None:
        """Ask for an item's id and move to it."""
        if (walk_state := self._context.state) is None:
            return
        known = {item_id: (walk_state.name, item_id) for item_id in walk_state.walk.order}

        def go_to_item(_sheet: SheetName, item_id: str) -> None:
            self.move_to(lambda walk_state: walk_state.walk.go_to(item_id))

        ask_item_id(self._context.shell, known, go_to_item)


def _skip_item(walk_state: WalkState) -> Walk | None:
    """Return the walk at the next item of the filter; after the last at the first."""
    shown = walk_state.shown_items()
    return (
        walk_state.walk.go_to_next_item()
        if shown is None
        else walk_state.walk.go_to_next_unanswered(shown)
    )
