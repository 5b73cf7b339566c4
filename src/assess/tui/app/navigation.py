"""Opening of full screens.

Screens are imported when they are shown, so that the first one appears at once.
"""

from __future__ import annotations

from textual.app import App

from assess.display.walk.filters import FilterName
from assess.errors import FilesError
from assess.tui.app.screen_stack import ScreenStack, push_full_screen
from assess.tui.commands.registry import Scope
from assess.tui.core.gap_tour import GapTour
from assess.tui.core.shell import Navigation
from assess.tui.core.widgets.frame import AppScreen
from assess.workspace import SheetName


class AppNavigation(Navigation):
    """Opens screens of `app`; `start` is the sheet to begin with, None for the overview."""

    def __init__(self, app: App[None], stack: ScreenStack, start: SheetName | None) -> None:
        self._app = app
        self._stack = stack
        self._start = start

    def _push_full_screen(self, screen: AppScreen) -> None:
        push_full_screen(self._app, screen)

    def reopen_first_screen(self) -> None:
        """Open the first screen again and read all files."""
        self._stack.close_screens()
        if self._start:
            self.show_sheet(self._start)
        else:
            self.show_overview()

    def reread_screens(self) -> None:
        """Read the sheets again on all screens."""
        self._stack.reread_screens()

    def show_overview(self) -> None:
        """Show the overview: the open one where there is one, else in place of all screens."""
        from assess.tui.overview.screen import OverviewScreen  # noqa: PLC0415  # see above

        self._stack.save_unsaved_input()
        if any(isinstance(screen, OverviewScreen) for screen in self._app.screen_stack):
            while not isinstance(self._app.screen, OverviewScreen):
                self._app.pop_screen()
        else:
            self._stack.close_screens()
            self._push_full_screen(OverviewScreen())

    def show_sheet(
        self,
        name: SheetName,
        item_id: str | None = None,
        wanted: FilterName = "all",
        form: str = "",
        *,
        opened_by_next_key: bool = False,
    ) -> None:
        """Show a sheet at an item, or at its first open item, or only the items of a filter."""
        from assess.tui.walk.screen import WalkScreen  # noqa: PLC0415  # see above

        self._push_full_screen(
            WalkScreen(name, item_id, wanted, form, led_by_next=opened_by_next_key)
        )

    def show_items_with_gap(self, tour: GapTour) -> None:
        """Show the items with a gap in the sheet of a tour."""
        from assess.tui.walk.screen import WalkScreen  # noqa: PLC0415  # see above

        self._push_full_screen(WalkScreen(tour.current_sheet, None, tour.filter, tour=tour))

    def show_review(self, name: SheetName) -> None:
        """Show the answers of a sheet that wait for the reviewer."""
        from assess.tui.walk.review import ReviewScreen  # noqa: PLC0415  # see above

        self._push_full_screen(ReviewScreen(name))

    def show_proposals(self, name: SheetName, item_id: str | None = None) -> None:
        """Show the items of a sheet that have a proposal, one after another."""
        from assess.tui.walk.each_proposal import EachProposalScreen  # noqa: PLC0415  # see above

        self._push_full_screen(EachProposalScreen(name, item_id))

    def show_history(self, name: SheetName, item_id: str) -> None:
        """Show the versions of an answer."""
        from assess.tui.sides.history import HistoryScreen  # noqa: PLC0415  # see above

        self._push_full_screen(HistoryScreen(name, item_id))

    def show_conflicts(self) -> None:
        """Show the conflicts left by a merge."""
        from assess.tui.sides.conflicts import ConflictsScreen  # noqa: PLC0415  # see above

        self._push_full_screen(ConflictsScreen())

    def show_evidence(self, form: str = "") -> None:
        """Show the evidence register."""
        from assess.tui.evidence.screen import EvidenceScreen  # noqa: PLC0415  # see above

        self._push_full_screen(EvidenceScreen(form))

    def show_board(self, finding_id: str = "") -> None:
        """Show the remediation board, at a finding of others if it is named."""
        from assess.tui.board.screen import BoardScreen  # noqa: PLC0415  # see above

        self._push_full_screen(BoardScreen(finding_id))

    def show_finish(self, form: str = "") -> None:
        """Show what is missing, and make the report."""
        from assess.tui.finish.screen import FinishScreen  # noqa: PLC0415  # see above

        self._push_full_screen(FinishScreen(form))

    def show_profile(self, form: str = "") -> None:
        """Show organization, systems, people, checklists and facts."""
        from assess.tui.profile.screen import ProfileScreen  # noqa: PLC0415  # see above

        self._push_full_screen(ProfileScreen(form))

    def show_help(self, scope: Scope) -> None:
        """Show the keys of a screen."""
        from assess.tui.dialogs.help import HelpScreen  # noqa: PLC0415  # see above

        self._app.push_screen(HelpScreen(scope))

    def show_problems(self, error: FilesError) -> None:
        """Show the problems of the files that could not be read."""
        from assess.tui.dialogs.problems import ProblemsScreen  # noqa: PLC0415  # see above

        self._stack.close_screens()
        self._push_full_screen(ProblemsScreen(error))
