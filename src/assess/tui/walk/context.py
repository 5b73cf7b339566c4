"""What the parts of the walk share: the position, the app, and what the screen does for them."""

from __future__ import annotations

from collections.abc import Callable

from assess.tui.core.gap_tour import GapTour
from assess.tui.core.screen_context import ScreenContext
from assess.tui.core.widgets.frame import AppScreen
from assess.tui.walk.position import WalkState


class WalkContext(ScreenContext):
    """The state of the walk, and the services of its screen."""

    def __init__(self, screen: AppScreen, draw_all: Callable[[], None]) -> None:
        super().__init__(screen)
        self.draw_all = draw_all
        """Draws the whole screen again."""
        self.state: WalkState | None = None
        """None until the sheet is read."""
        self.written_item = ""
        """The item that was written last."""
        self.reasoned_item = ""
        """The item whose reason was just written, while it is the current one."""
        self.led_to_item = ""
        """The item to which the walk went by itself; '' once `n` was pressed there."""
        self.keys_wait = False
        """Whether keys wait until a form is opened, or what was typed is written."""
        self.tour: GapTour | None = None
        """The way through all sheets with the items of the filter; None without one."""

    def state_if_any_item_applies(self) -> WalkState | None:
        """Return the state; None until the sheet is read, and where no item applies."""
        return self.state if self.state is not None and self.state.item_id else None

    def tour_if_its_filter_is_set(self, walk_state: WalkState) -> GapTour | None:
        """Return the tour, while its filter is set."""
        tour = self.tour
        return tour if tour is not None and tour.filter == walk_state.filter else None

    def go_back_with_message(self, message: str) -> None:
        """Go back to the screen below and show a message there."""
        app = self._screen.app
        app.pop_screen()
        if isinstance(app.screen, AppScreen):
            app.screen.show_message(message)

    @property
    def is_message_shown(self) -> bool:
        """Whether a message is shown."""
        return bool(self._screen.message)
