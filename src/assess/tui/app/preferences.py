"""What a user chooses for later sessions: settings, language, and who acts."""

from __future__ import annotations

import asyncio

from textual.app import App

from assess.display.text.forms import FormValues
from assess.display.text.names import role_names_text
from assess.display.text.styled import LinePart
from assess.i18n import Lang, translator
from assess.model.config import Person
from assess.tui.app.settings import (
    InterfaceSettings,
    SettingsFile,
    settings_form,
    settings_from_form,
    settings_with_acting_person,
)
from assess.tui.app.workspace_reading import WorkspaceReading
from assess.tui.core.row_search import make_row_search
from assess.tui.core.session import InterfaceSession
from assess.tui.core.shell import Dialogs, ListRow, Navigation, Preferences, list_row_in_columns
from assess.tui.core.themes import apply_theme
from assess.workspace import Workspace
from assess.workspace.sharing import actor


class AppPreferences(Preferences):
    """The preferences in `settings`: asked for, applied to `app` and `session`, and stored.

    `can_be_fine` tells whether the terminal draws finer marks and borders.
    """

    def __init__(
        self,
        app: App[None],
        session: InterfaceSession,
        settings: SettingsFile,
        dialogs: Dialogs,
        navigation: Navigation,
        reading: WorkspaceReading,
        *,
        can_be_fine: bool,
    ) -> None:
        self.settings = settings
        self._app = app
        self._session = session
        self._dialogs = dialogs
        self._navigation = navigation
        self._reading = reading
        self._can_be_fine = can_be_fine

    @property
    def draws_fine_marks(self) -> bool:
        """Whether the finer marks and borders are drawn."""
        return self._can_be_fine and not self.settings.values.ascii_marks

    @property
    def outline_hidden(self) -> bool:
        """Whether the list of sections beside an item is hidden."""
        return self.settings.values.outline_hidden

    def store_outline_hidden(self, *, hidden: bool) -> None:
        """Remember whether the list of sections is hidden."""
        self._store_settings(self.settings.values._replace(outline_hidden=hidden))

    def apply_theme(self) -> None:
        """Apply theme and marks of the settings."""
        apply_theme(self._app, self.settings.values.theme_name, fine=self.draws_fine_marks)
        for screen in self._app.screen_stack if self._app.is_running else ():
            for view in screen.query("LinesView"):
                view.refresh(layout=True)

    def ask_settings(self) -> None:
        """Ask for language, theme, contrast and marks."""
        form = settings_form(self.settings.values, self._session.lang)
        self._dialogs.ask_form(form, None, self._apply_settings)

    def _apply_settings(self, typed: FormValues | None) -> None:
        if typed is None:
            return
        self._store_settings(settings_from_form(self.settings.values, typed))
        self.apply_theme()
        lang = self.settings.values.lang
        if lang is not None and lang != self._session.lang:
            self._switch_language_and_reopen(lang)

    def _switch_language_and_reopen(self, lang: Lang) -> None:
        self._session.set_language_and_forget_sheets(lang)
        self._navigation.reopen_first_screen()

    def _store_settings(self, values: InterfaceSettings) -> None:
        self.settings.set_values_in_memory(values)
        self._app.run_worker(asyncio.to_thread(self.settings.write_file), group="settings")

    async def ask_acting_person(self) -> None:
        """Ask which person acts, and store it for this user; git's user comes first."""
        people_read = await self._reading.read_workspace_or_show_problems(_read_people_and_git_user)
        if people_read is None:
            return
        people, likely = people_read
        lang = self._session.lang
        _ = translator(lang)
        order = sorted(people, key=lambda key: key != likely)
        rows = [_person_row(key, people[key], key == likely, lang) for key in order]
        rows.append(ListRow("", _("nobody of these")))

        def take_row(value: str | None) -> None:
            if value is not None:
                self._session.set_acting_person(value or None, people)
                root = self._session.workspace.root.resolve()
                self._store_settings(
                    settings_with_acting_person(self.settings.values, root, value or None)
                )
                self._navigation.reread_screens()

        self._dialogs.pick_row(_("Who sits here?"), make_row_search(rows), take_row)


def _read_people_and_git_user(workspace: Workspace) -> tuple[dict[str, Person], str | None]:
    """Return the people of a workspace, and the person that git's settings name."""
    people = workspace.read_config().people
    return people, actor.find_person_by_git_email(workspace.root, people)


def _person_row(key: str, person: Person, is_git_user: bool, lang: Lang) -> ListRow:
    _ = translator(lang)
    columns = [LinePart(person.name), LinePart(role_names_text(person.roles, lang), "dim")]
    columns += [LinePart(_("(as git has it)"), "dim")] if is_git_user else []
    return list_row_in_columns(key, *columns)
