"""Navigation of the app: screens, dialogs, settings, and the acting person."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from assess.display.text.forms import InputForm, Values
from assess.display.text.names import role_names
from assess.engine.kinds.wording import format_value
from assess.errors import FilesError
from assess.harmless import one_line
from assess.i18n import Lang, translator
from assess.model.answer import Answer
from assess.model.base import pick
from assess.model.config import Person
from assess.model.evidence import EvidenceRow
from assess.model.item import Table
from assess.tui.app.key_queue import OrderedKeys
from assess.tui.app.settings import SettingsFile, set_person, settings_form, settings_from_form
from assess.tui.core.drafts import DraftKey, Drafts
from assess.tui.core.session import Session
from assess.tui.core.shell import ListRow, Rows
from assess.tui.core.themes import THEMES
from assess.workspace import Workspace
from assess.workspace.evidence import file_choice
from assess.workspace.sharing import actor

_BROWSE = "\0browse"
"""The row of a list that opens the list of files."""


T = TypeVar("T")


class Navigation(OrderedKeys, inherit_bindings=False):
    """The part of the app that opens screens and dialogs."""

    session: Session
    drafts: Drafts

    def __init__(self, settings: SettingsFile, *, fine: bool) -> None:
        super().__init__()
        self.settings = settings
        self._can_be_fine = fine
        for theme in THEMES:
            self.register_theme(theme)
        self.apply_theme()

    @property
    def fine(self) -> bool:
        """Whether the finer marks and borders are drawn."""
        return self._can_be_fine and not self.settings.values.ascii_marks

    def apply_theme(self) -> None:
        """Apply theme and marks of the settings."""
        self.theme = self.settings.values.theme_name
        self.set_class(self.fine, "-fine")
        for screen in self.screen_stack if self.is_running else ():
            for view in screen.query("LinesView"):
                view.refresh(layout=True)

    # Screens are imported when they are shown, so that the first one appears at once.

    def show_evidence(self, form: str = "") -> None:
        """Show the evidence register."""
        from assess.tui.evidence.screen import EvidenceScreen  # noqa: PLC0415  # see above

        screen = EvidenceScreen()
        screen.unfinished = form
        self.push_screen(screen)

    def show_board(self) -> None:
        """Show the remediation board."""
        from assess.tui.board.screen import BoardScreen  # noqa: PLC0415  # see above

        self.push_screen(BoardScreen())

    def show_finish(self, form: str = "") -> None:
        """Show what is missing, and make the report."""
        from assess.tui.finish.screen import FinishScreen  # noqa: PLC0415  # see above

        self.push_screen(FinishScreen(form))

    def show_profile(self, form: str = "") -> None:
        """Show organization, systems, people, checklists and facts."""
        from assess.tui.profile.screen import ProfileScreen  # noqa: PLC0415  # see above

        self.push_screen(ProfileScreen(form))

    # Dialogs

    def ask_confirmation(self, title: str, text: str, on_confirm: Callable[[], None]) -> None:
        """Show a planned change and its effects; call `on_confirm` if the user agrees."""
        from assess.tui.dialogs.confirm import ConfirmScreen  # noqa: PLC0415  # see above

        self.push_screen(
            ConfirmScreen(title, text), lambda wanted: on_confirm() if wanted else None
        )

    def read_text(self, title: str, text: str) -> None:
        """Show a text."""
        from assess.tui.dialogs.confirm import ReadingScreen  # noqa: PLC0415  # see above

        self.push_screen(ReadingScreen(title, text))

    def pick_file(self, take_path: Callable[[str], None]) -> None:
        """List the files of home folder and workspace; `take_path` gets the chosen path."""
        from assess.tui.dialogs.file_picker import FilesScreen  # noqa: PLC0415  # see above

        root = self.session.workspace.root
        screen = FilesScreen(
            Path.home(),
            lambda path: file_choice.look_at_path(path, file_choice.browsable_folders(root)),
        )
        self.push_screen(screen, lambda path: take_path(path) if path else None)

    async def pick_evidence(self, take_id: Callable[[str], None]) -> None:
        """List the registered pieces, and files; `take_id` gets an id or a path."""
        lang = self.session.lang
        register = await self._read_workspace(Workspace.read_register)
        if register is None:
            return
        _ = translator(lang)
        rows = [ListRow(_BROWSE, _("a file of this machine ..."))]
        rows += [
            ListRow(row_id, _piece_text(row_id, row, pick(row.title, lang)))
            for row_id, row in register.evidence.items()
        ]

        def take_row(value: str | None) -> None:
            if value == _BROWSE:
                self.pick_file(take_id)
            elif value is not None:
                take_id(value)

        self.pick_row(_("Evidence"), _row_search(rows), take_row)

    def ask_form(
        self, form: InputForm, draft: DraftKey | None, on_close: Callable[[Values | None], None]
    ) -> None:
        """Show a form; `on_close` gets the values, or None if the form was closed."""
        from assess.tui.dialogs.form import FormScreen  # noqa: PLC0415  # see above
        from assess.tui.dialogs.form_draft import FormDraft  # noqa: PLC0415  # see above

        stored = FormDraft(self.drafts, draft) if draft else None
        self.push_screen(FormScreen(form, stored), on_close)

    def ask_rows(
        self, table: Table, answer: Answer, draft: DraftKey, on_close: Callable[[Rows | None], None]
    ) -> None:
        """Show the rows of a table; `on_close` gets them, or None if the form was closed."""
        from assess.tui.dialogs.table import TableScreen  # noqa: PLC0415  # see above

        self.push_screen(TableScreen(table, answer, draft), on_close)

    def pick_row(
        self,
        title: str,
        find_rows: Callable[[str], Sequence[ListRow]],
        take_row: Callable[[str | None], None],
    ) -> None:
        """Show a list that words search; `take_row` gets the chosen row's value, or None."""
        from assess.tui.dialogs.picker import PickerScreen  # noqa: PLC0415  # see above

        self.push_screen(PickerScreen(title, find_rows), take_row)

    async def _read_workspace(self, read: Callable[[Workspace], T]) -> T | None:
        """Return the result of `read`, off the event loop; show bad files and return None."""
        try:
            return await asyncio.to_thread(self.session.run_job, read)
        except FilesError as error:
            self.show_problems(error)
            return None

    # Settings, and who acts

    def ask_settings(self) -> None:
        """Ask for language, theme, contrast and marks."""
        form = settings_form(self.settings.values, self.session.lang)
        self.ask_form(form, None, self._apply_settings)

    def show_problems(self, error: FilesError) -> None:
        """Show the problems of the files that could not be read."""
        raise NotImplementedError

    def start_over(self) -> None:
        """Open the first screen again and read all files."""
        raise NotImplementedError

    def _apply_settings(self, typed: Values | None) -> None:
        if typed is None:
            return
        self._keep_settings(settings_from_form(self.settings.values, typed))
        self.apply_theme()
        lang = self.settings.values.lang
        if lang is not None and lang != self.session.lang:
            self._go_on_in(lang)

    def switch_language(self, lang: Lang) -> None:
        """Switch to another language, now and for later sessions."""
        self._keep_settings(self.settings.values._replace(lang=lang))
        self._go_on_in(lang)

    def _go_on_in(self, lang: Lang) -> None:
        self.session.set_language(lang)
        self.start_over()

    def _keep_settings(self, values: Any) -> None:
        self.settings.set_values(values)
        self.run_worker(asyncio.to_thread(self.settings.write_file), group="settings")

    async def ask_who(self) -> None:
        """Ask which person acts, and store it for this user; git's user comes first."""
        session = self.session
        people_read = await self._read_workspace(_read_people)
        if people_read is None:
            return
        config, likely = people_read
        _ = translator(session.lang)
        order = sorted(config, key=lambda key: key != likely)
        rows = [
            ListRow(key, _person_text(config[key], key == likely, session.lang)) for key in order
        ]
        rows.append(ListRow("", _("nobody of these")))

        def take_row(value: str | None) -> None:
            if value is not None:
                session.set_person(value or None, config)
                root = session.workspace.root.resolve()
                self._keep_settings(set_person(self.settings.values, root, value or None))
                self.reread_screens()

        self.pick_row(_("Who sits here?"), _row_search(rows), take_row)

    def reread_screens(self) -> None:
        """Read the sheets again on all screens."""
        for screen in self.screen_stack:
            if hasattr(screen, "read_again"):
                screen.read_again()


def _row_search(rows: list[ListRow]) -> Callable[[str], list[ListRow]]:
    def find_rows(words: str) -> list[ListRow]:
        wanted = words.strip().lower()
        return [row for row in rows if wanted in row.words.lower()]

    return find_rows


def _piece_text(row_id: str, row: EvidenceRow, title: str) -> str:
    place = row.file.plain_path if row.file else row.paper or ""
    return one_line(f"{title}  {format_value(place)}  {row_id}")


def _read_people(workspace: Workspace) -> tuple[dict[str, Person], str | None]:
    """Return the people of a workspace, and the person that git's settings name."""
    people = workspace.read_config().people
    return people, actor.find_git_person(workspace.root, people)


def _person_text(person: Person, likely: bool, lang: Any) -> str:
    _ = translator(lang)
    text = f"{person.name}  {role_names(person.roles, lang)}"
    return text + ("  " + _("(as git has it)") if likely else "")
