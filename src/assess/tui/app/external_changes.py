"""Changes of files by other programs and people: noticed, and shown on the open screens."""

from __future__ import annotations

import asyncio

from assess.engine.punctuation import enumeration_comma_sign
from assess.harmless import escape_as_single_line
from assess.i18n import translator
from assess.tui.app.file_watch import FileWatch, NoticedChanges
from assess.tui.app.screen_stack import ScreenStack
from assess.tui.core.session import InterfaceSession


class ExternalChanges:
    """Looks for changed files of `session`, and shows them on the screens of `stack`."""

    def __init__(self, session: InterfaceSession, stack: ScreenStack) -> None:
        self._session = session
        self._stack = stack
        self._watch = FileWatch(session)
        self._looking = False

    async def show_file_changes_unless_checking(self) -> bool:
        """Check once whether files were changed, and show the changes.

        Return False if another check is still running.
        """
        if self._looking:
            return False
        self._looking = True
        try:
            noticed = await asyncio.to_thread(self._watch.find_changes)
        finally:
            self._looking = False
        if noticed is not None and self._stack.is_app_running:
            self._show_noticed_changes(noticed)
        return True

    def _show_noticed_changes(self, noticed: NoticedChanges) -> None:
        for name, opened in noticed.opened.items():
            self._stack.show_saved_sheet(name, opened)
        if noticed.by_others:
            self._stack.show_message(self._noticed_text(noticed))

    def _noticed_text(self, noticed: NoticedChanges) -> str:
        _ = translator(self._session.lang)
        if noticed.error is not None:
            text = _("! a file was changed and can't be read now: {error} (F5 shows where)")
            return text.format(error=escape_as_single_line(str(noticed.error)))
        items = [item for changed in noticed.changed.values() for item in changed]
        if not items:
            return _("! changed by another program: settings, checklist or evidence")
        names = self._author_names_if_all_known(noticed)
        listed = enumeration_comma_sign(self._session.lang).join(items[:3]) + (
            " .." if len(items) > 3 else ""  # noqa: PLR2004  # what fits the line
        )
        if names:
            return _("! {names} (elsewhere) changed {items}").format(names=names, items=listed)
        return _("! changed by another program: {items}").format(items=listed)

    def _author_names_if_all_known(self, noticed: NoticedChanges) -> str:
        """Return the names of those who made the changes; '' where one of them is not known."""
        people = self._session.people
        names = [
            escape_as_single_line(people[author].name)
            for author in noticed.authors
            if author in people
        ]
        is_complete = len(names) == len(noticed.authors)
        return enumeration_comma_sign(self._session.lang).join(names) if is_complete else ""
