"""Changes by other programs: changed files, the same answer written twice, conflicts."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from textual.filter import LineFilter

from assess.display.walk.sides import Pair, change_pairs
from assess.engine.punctuation import comma_sign
from assess.errors import AssessError, ChangedOnDiskError
from assess.harmless import one_line
from assess.i18n import translator
from assess.model.answer import Answer
from assess.tui.app.file_watch import EVERY, FileWatch, NoticedChanges
from assess.tui.app.navigation import Navigation
from assess.tui.app.settings import SettingsFile
from assess.tui.core.answer_change import AnswerChange
from assess.tui.core.save_queue import Saver
from assess.tui.core.session import Session
from assess.tui.core.shell import Side
from assess.tui.core.widgets.frame import AppModal, AppScreen
from assess.tui.core.widgets.harmless import Harmless
from assess.workspace import SheetName


class ExternalChanges(Navigation, inherit_bindings=False):
    """The part of the app that handles what other people and programs write."""

    session: Session
    saver: Saver

    def __init__(self, settings: SettingsFile, *, fine: bool) -> None:
        super().__init__(settings, fine=fine)
        self._watch: FileWatch | None = None
        self._harmless = Harmless()
        self._looking = False

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Remove everything that a terminal would obey."""
        return [*super().get_line_filters(), self._harmless]

    def start_watching(self) -> None:
        """Check the files every second from now on."""
        self._watch = FileWatch(self.session)
        self.set_interval(EVERY, self.look_once)

    async def look_once(self) -> bool:
        """Check once whether files were changed, and show the changes.

        Return False if another check is still running.
        """
        if self._watch is None or self._looking:
            return False
        self._looking = True
        try:
            noticed = await asyncio.to_thread(self._watch.find_changes)
        finally:
            self._looking = False
        if noticed is not None and self.is_running:
            self._show_noticed(noticed)
        return True

    def _show_noticed(self, noticed: NoticedChanges) -> None:
        for name, opened in noticed.opened.items():
            for screen in self.screen_stack:
                if isinstance(screen, AppScreen):
                    screen.show_saved(name, opened)
        if noticed.by_others:
            self.show_message(self._noticed_text(noticed))

    def show_message(self, words: str) -> None:
        """Show a message on the visible screen and on the dialogs over it."""
        for screen in reversed(self.screen_stack):
            if isinstance(screen, AppScreen | AppModal):
                screen.show_message(words)
            if isinstance(screen, AppScreen):
                return

    def _noticed_text(self, noticed: NoticedChanges) -> str:
        _ = translator(self.session.lang)
        if noticed.error is not None:
            text = _("! a file was changed and can't be read now: {error} (F5 shows where)")
            return text.format(error=one_line(str(noticed.error)))
        items = [item for changed in noticed.changed.values() for item in changed]
        if not items:
            return _("! changed by another program: settings, checklist or evidence")
        listed = comma_sign(self.session.lang).join(items[:3]) + (" .." if len(items) > 3 else "")  # noqa: PLR2004  # what fits the line
        return _("! changed by another program: {items}").format(items=listed)

    # Two versions of the same answer

    def choose_side(
        self,
        title: str,
        heads: tuple[str, str],
        pairs: Sequence[Pair],
        take_side: Callable[[Side | None], None],
        *,
        both: bool = False,
    ) -> None:
        """Show two versions side by side; `take_side` gets the chosen one, or None for later."""
        from assess.tui.sides.screen import SidesScreen  # noqa: PLC0415  # imported when shown

        self.push_screen(SidesScreen(title, heads, pairs, both=both), take_side)

    async def ask_version(self, change: AnswerChange, error: ChangedOnDiskError) -> bool:
        """Show a change beside what another program wrote; False if that can't be read."""
        try:
            opened = await asyncio.to_thread(self.session.reread_sheet, change.sheet)
        except AssessError:
            return False
        lang = self.session.lang
        _ = translator(lang)
        answer = opened.open_sheet.sheet.answers.get(change.item_id, Answer())
        item = opened.open_sheet.checklist.items()[change.item_id]

        def take_side(side: Side | None) -> None:
            if side == "mine":
                self.saver.retry()
            elif side == "theirs":
                self.saver.drop_failed()

        self.choose_side(
            error.message,
            (_("Mine, not written yet"), _("On disk now")),
            change_pairs(change.fields, answer, item, lang),
            take_side,
        )
        return True

    # Screens are imported when they are shown, so that the first one appears at once.

    def show_review(self, name: SheetName) -> None:
        """Show the answers of a sheet that wait for the reviewer."""
        from assess.tui.walk.review import ReviewScreen  # noqa: PLC0415  # see above

        self.push_screen(ReviewScreen(name))

    def show_history(self, name: SheetName, item_id: str) -> None:
        """Show the versions of an answer."""
        from assess.tui.sides.history import HistoryScreen  # noqa: PLC0415  # see above

        self.push_screen(HistoryScreen(name, item_id))

    def show_conflicts(self) -> None:
        """Show the conflicts left by a merge."""
        from assess.tui.sides.conflicts import ConflictsScreen  # noqa: PLC0415  # see above

        self.push_screen(ConflictsScreen())
