"""Moving through a sheet: to the next open item, to items beside, to sections, to an id."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from assess.display.walk.filters import FILLED_IN_FORMS, LEFT_AFTER_ANSWERS, NAMES, FilterName
from assess.engine.walk import Walk
from assess.i18n import translator
from assess.tui.core.gap_tour import GapTour
from assess.tui.core.handlers import CommandHandlers
from assess.tui.search.searching import ask_item_id
from assess.tui.walk.context import WalkContext
from assess.tui.walk.item_forms import ItemForms
from assess.tui.walk.mode import reviewed_checklist_text
from assess.tui.walk.position import WalkState
from assess.tui.walk.sub_questions import sub_question_message
from assess.workspace import SheetName


class MoveCommands:
    """Moves the walk, and saves unsaved ticks before it moves."""

    def __init__(self, context: WalkContext, forms: ItemForms, *, leads_to_gaps: bool) -> None:
        """`leads_to_gaps`: once all is answered, `n` goes to what is left."""
        self._context = context
        self._leads_to_gaps = leads_to_gaps
        self._forms = forms

    def handlers(self) -> CommandHandlers:
        """Return what the commands do."""
        return {
            "next_unanswered": self.save_and_go_to_next_unanswered,
            "back": lambda: self.save_ticks_and_move(lambda walk_state: walk_state.walk.go_back()),
            "skip": lambda: self.save_ticks_and_move(_walk_at_next_shown_item),
            "next_item": lambda: self._move_by_items(1),
            "previous_item": lambda: self._move_by_items(-1),
            "next_section": lambda: self._move_by_sections(1),
            "previous_section": lambda: self._move_by_sections(-1),
            "go_to_applicable_item": self._ask_item_id_and_move,
        }

    def save_ticks_and_move(self, move: Callable[[WalkState], Walk | None]) -> None:
        """Save the ticks, then move as `move` says."""
        if (walk_state := self._context.state) is None:
            return
        self.save_unsaved_ticks()
        moved = move(walk_state)
        if moved is not None:
            walk_state.walk = moved
        self._context.draw_all()

    def save_unsaved_ticks(self) -> None:
        """Save the unsaved ticks."""
        self._context.reasoned_item = ""
        if self._context.state is not None:
            for change in self._context.state.pop_unsaved_tick_changes():
                self._forms.queue_save_job(change)

    def save_and_go_to_next_unanswered(self) -> None:
        """Save the ticks, and move to the next unanswered item, or to what is left else."""
        if (walk_state := self._context.state) is None:
            return
        self.save_unsaved_ticks()
        if self._warn_once_at_open_item(walk_state):
            return
        is_done = walk_state.filter == "all" and not walk_state.items_still_open()
        # What is left is looked for in all items: only once everything is answered.
        if is_done and (left := self._count_work_left_by_filter(walk_state)):
            walk_state.set_filter_and_move_into_it(left[0][0])
            self._context.draw_all()
        else:
            self.go_to_next_unanswered(walk_state)
            self._context.led_to_item = ""

    def _warn_once_at_open_item(self, walk_state: WalkState) -> bool:
        """Return whether an answer led to the current item and nothing was done there yet.

        It is said once, so that the key that follows most answers does not pass an open item.
        """
        context, _ = self._context, translator(self._context.lang)
        led_to, context.led_to_item = context.led_to_item, ""
        if led_to != walk_state.item_id:
            return False
        if walk_state.filter in FILLED_IN_FORMS and _is_current_item_in_filter(walk_state):
            text = _("this one is still to be filled in; n skips it")
        elif walk_state.item_id and walk_state.is_open(led_to):
            text = _("this item is unanswered; n skips it")
        else:
            return False
        context.show_message(text)
        return True

    def go_to_next_if_gap_is_filled(self, walk_state: WalkState) -> None:
        """Move to the next item of a filter whose form filled in the current one."""
        if walk_state.filter in FILLED_IN_FORMS and not _is_current_item_in_filter(walk_state):
            self.go_to_next_unanswered(walk_state)

    def go_to_next_if_checks_are_met(self, walk_state: WalkState) -> None:
        """Move to the next open item; stay where the answer breaks a field check: it is shown."""
        if walk_state.checks.list_broken_check_texts(walk_state.item_id):
            self._context.reasoned_item = ""
            self._context.draw_all()
        else:
            self.go_to_next_unanswered(walk_state)

    def go_to_next_unanswered(self, walk_state: WalkState) -> None:
        """Move to the next open item, or of the filter; without one say what is left."""
        context, tour = self._context, self._context.tour_if_its_filter_is_set(walk_state)
        context.reasoned_item = ""
        wanted = walk_state.items_to_visit()
        moved = walk_state.walk.go_to_next_unanswered(
            wanted - {walk_state.item_id} if tour else wanted
        )
        if moved is not None:
            walk_state.walk = moved
            context.led_to_item = walk_state.item_id
            context.draw_all()
        elif tour is not None:
            self._continue_tour(walk_state, tour)
        else:
            self._show_that_no_item_follows(walk_state)

    def _continue_tour(self, walk_state: WalkState, tour: GapTour) -> None:
        """Go to the next sheet of a tour; after the last one back to where it began."""
        context, _ = self._context, translator(self._context.lang)
        following = tour.next_stop()
        if following is not None:
            context.close_screen()
            context.shell.navigation.show_items_with_gap(following)
        elif _is_current_item_in_filter(walk_state):
            context.show_message(_("this is the last of these; Esc goes back"))
            context.draw_all()
        else:
            done = _("nothing is left: {filter}").format(filter=_(NAMES[tour.filter]))
            context.go_back_with_message(done)

    def _show_that_no_item_follows(self, walk_state: WalkState) -> None:
        """Say that the filter has no more items, or that everything is answered and what is left.

        What the last answer closed is said before it. A filter that was emptied by its form gives
        way to all items.
        """
        context, sub_questions = self._context, walk_state.sub_questions
        if walk_state.filter in FILLED_IN_FORMS and not _is_current_item_in_filter(walk_state):
            walk_state.set_filter_and_move_into_it("all")
        text, change = (
            self._no_item_follows_text(walk_state),
            sub_questions.last_change_by(walk_state.item_id),
        )
        if change is not None:
            sub_questions.forget_last_change()
            text = f"{sub_question_message(change, context.lang)}   {text}"
        context.show_message(text)
        context.draw_all()

    def _no_item_follows_text(self, walk_state: WalkState) -> str:
        _ = translator(self._context.lang)
        if walk_state.filter != "all" and _is_current_item_in_filter(walk_state):
            return _("no other item is of these")
        if walk_state.filter == "review" and not self._leads_to_gaps:
            return reviewed_checklist_text(self._context.lang)
        if walk_state.filter != "all":
            others = _("no more of these; f shows others")
            return others if self._leads_to_gaps else _("everything is reviewed")
        if left := self._count_work_left_by_filter(walk_state):
            wanted, count = left[0]
            text = _("Everything is answered. Left: {filter} {count}.  n goes there   p finish")
            return text.format(filter=_(NAMES[wanted]), count=count)
        return _("everything is answered")

    def _count_work_left_by_filter(self, walk_state: WalkState) -> list[tuple[FilterName, int]]:
        """Return what is left in an answered sheet: filters with the number of their items."""
        wanted = LEFT_AFTER_ANSWERS if self._leads_to_gaps else ()
        counts = [(name, len(walk_state.find_items_in_filter(name))) for name in wanted]
        return [(name, count) for name, count in counts if count]

    def _move_by_items(self, step: int) -> None:
        walk_state = self._context.state
        if (
            walk_state is not None
            and (target := walk_state.shown_item_at_distance(step)) is not None
        ):
            self.save_ticks_and_move(
                lambda walk_state: walk_state.walk.go_to_applicable_item(target)
            )

    def _move_by_sections(self, step: int) -> None:
        walk_state = self._context.state
        if walk_state is None or (current := walk_state.walk.current_section) is None:
            return
        walk, shown = walk_state.walk, walk_state.shown_items()
        sections: Iterable[str] = walk.sections
        if shown is not None:
            pairs = zip(walk.order, walk.sections, strict=True)
            sections = (section for item_id, section in pairs if item_id in shown)
        names = list(dict.fromkeys(sections))
        wanted = names[(names.index(current) + step) % len(names)]
        self.save_ticks_and_move(
            lambda walk_state: walk_state.walk.go_to_section(
                wanted, shown.__contains__ if shown else walk_state.is_open
            )
        )

    def _ask_item_id_and_move(self) -> None:
        """Ask for an item's id and move to it."""
        if (walk_state := self._context.state) is None:
            return
        known = {item_id: (walk_state.name, item_id) for item_id in walk_state.walk.order}

        def go_to_item(_sheet: SheetName, item_id: str) -> None:
            self.save_ticks_and_move(
                lambda walk_state: walk_state.walk.go_to_applicable_item(item_id)
            )

        ask_item_id(self._context.shell, known, go_to_item)


def _walk_at_next_shown_item(walk_state: WalkState) -> Walk | None:
    """Return the walk at the next item of the filter; after the last at the first."""
    shown = walk_state.shown_items()
    return (
        walk_state.walk.go_to_next_item()
        if shown is None
        else walk_state.walk.go_to_next_unanswered(shown)
    )


def _is_current_item_in_filter(walk_state: WalkState) -> bool:
    """Return whether the filter shows the current item for its own sake."""
    item_id = walk_state.item_id
    return bool(item_id) and walk_state.passes_filter(walk_state.filter, item_id)
