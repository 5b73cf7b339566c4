"""Commands that leave the walk: back, to the overview, out of the program."""

from __future__ import annotations

from assess.display.text.bars import KeyChip
from assess.harmless import escape_as_single_line
from assess.i18n import translator
from assess.model.base import pick_text
from assess.tui.commands.registry import footer_chips
from assess.tui.core.handlers import CommandHandlers
from assess.tui.core.widgets.frame import AppScreen, was_opened_from_screen
from assess.tui.walk.footer import adapt_chips_to_item
from assess.tui.walk.moves import MoveCommands
from assess.tui.walk.position import WalkState


class LeaveCommands:
    """Leaves the walk; unsaved ticks are saved before."""

    def __init__(self, screen: AppScreen, moves: MoveCommands) -> None:
        self._screen = screen
        self._moves = moves

    def handlers(self) -> CommandHandlers:
        """Return what the commands do."""
        return {
            "step_back": self._go_back_if_opened_from_screen,
            "overview": self._show_overview,
            "leave": self._go_back_or_leave_app,
        }

    def _go_back_if_opened_from_screen(self) -> None:
        """Go back to the screen below, mostly the overview, where there is one."""
        if was_opened_from_screen(self._screen):
            self._moves.save_unsaved_ticks()
            self._screen.app.pop_screen()
        else:
            _ = translator(self._screen.lang)
            self._screen.show_message(_("q or F10 quits, Home or F12 opens the overview"))

    def _show_overview(self) -> None:
        self._screen.shell.navigation.show_overview()

    async def _go_back_or_leave_app(self) -> None:
        """Go back to the overview if it is the screen below, else quit."""
        self._moves.save_unsaved_ticks()
        if was_opened_from_screen(self._screen):
            self._screen.app.pop_screen()
        else:
            await self._screen.shell.leave_app_once_saved()


def chips_at_item(walk: AppScreen, walk_state: WalkState | None) -> list[KeyChip]:
    """Return the keys of the walk as they are at the current item."""
    return adapt_chips_to_item(footer_chips(walk.SCOPE, walk.lang), walk_state, walk.lang)


def message_if_draft_changed_sheet(walk: AppScreen, walk_state: WalkState | None) -> str:
    """Return that a draft led from one sheet to another, and how one goes back; '' elsewhere."""
    below = walk.app.screen_stack[-2]
    if walk_state is None or not isinstance(below, type(walk)):
        return ""
    _ = translator(walk.lang)
    title = escape_as_single_line(pick_text(walk_state.opened.assessment.title, walk.lang))
    return _("this draft is of another checklist, {title}: q goes back").format(title=title)
