"""What the app does round the answering: its other screens, settings, who acts, small dialogs."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from assess.display.text.forms import Form, Values
from assess.display.text.names import role_names
from assess.display.text.safe import one_line
from assess.engine.kinds.wording import plain
from assess.errors import FilesError
from assess.i18n import Lang, translator
from assess.model.answer import Answer
from assess.model.base import pick
from assess.model.config import Person
from assess.model.evidence import EvidenceRow
from assess.model.item import Table
from assess.tui.app.key_queue import OrderedKeys
from assess.tui.app.settings import SettingsFile, settings_form, settings_from, with_person
from assess.tui.core.drafts import DraftKey
from assess.tui.core.session import Session
from assess.tui.core.shell import ListRow, Rows
from assess.tui.core.themes import THEMES
from assess.workspace import Workspace
from assess.workspace.evidence import file_choice
from assess.workspace.sharing import actor

_BROWSE = "\0browse"
"""The row of a list that leads on to files."""


T = TypeVar("T")


class Office(OrderedKeys, inherit_bindings=False):
    """The part of the app that opens the screens round the answering."""

    session: Session

    def __init__(self, settings: SettingsFile, *, fine: bool) -> None:
        super().__init__()
        self.settings = settings
        self._can_be_fine = fine
        for theme in THEMES:
            self.register_theme(theme)
        self.dress()

    @property
    def fine(self) -> bool:
        """Whether the finer marks and borders are drawn."""
        return self._can_be_fine and not self.settings.values.ascii_marks

    def dress(self) -> None:
        """Take theme and marks from the settings."""
        self.theme = self.settings.values.theme_name
        self.set_class(self.fine, "-fine")
        for screen in self.screen_stack if self.is_running else ():
            for view in screen.query("LinesView"):
                view.refresh(layout=True)

    # Screens are imported when they are shown: the first one is to be there at once.

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

        screen = FinishScreen()
        screen.unfinished = form
        self.push_screen(screen)

    def show_profile(self, form: str = "") -> None:
        """Show organization, systems, people, checklists and facts."""
        from assess.tui.profile.screen import ProfileScreen  # noqa: PLC0415  # see above

        screen = ProfileScreen()
        screen.unfinished = form
        self.push_screen(screen)

    # Dialogs

    def confirm(self, title: str, text: str, done: Callable[[], None]) -> None:
        """Show what would be done and its effects; `done` is called where it is wanted."""
        from assess.tui.dialogs.confirm import ConfirmScreen  # noqa: PLC0415  # see above

        self.push_screen(ConfirmScreen(title, text), lambda wanted: done() if wanted else None)

    def read_text(self, title: str, text: str) -> None:
        """Show a text to be read."""
        from assess.tui.dialogs.confirm import ReadingScreen  # noqa: PLC0415  # see above

        self.push_screen(ReadingScreen(title, text))

    def pick_file(self, taken: Callable[[str], None]) -> None:
        """Show the files of the home folder and the workspace; `taken` gets the path of one."""
        from assess.tui.dialogs.file_picker import FilesScreen  # noqa: PLC0415  # see above

        root = self.session.workspace.root
        screen = FilesScreen(
            Path.home(), lambda path: file_choice.look(path, file_choice.roots(root))
        )
        self.push_screen(screen, lambda path: taken(path) if path else None)

    async def pick_evidence(self, taken: Callable[[str], None]) -> None:
        """Show the registered pieces, and the way to files; `taken` gets an id or a path."""
        lang = self.session.lang
        register = await self._got(Workspace.register)
        if register is None:
            return
        _ = translator(lang)
        rows = [ListRow(_BROWSE, _("a file of this machine ..."))]
        rows += [
            ListRow(row_id, _piece(row_id, row, pick(row.title, lang)))
            for row_id, row in register.evidence.items()
        ]

        def chosen(value: str | None) -> None:
            if value == _BROWSE:
                self.pick_file(taken)
            elif value is not None:
                taken(value)

        self.pick(_("Evidence"), _searched(rows), chosen)

    def ask(
        self, form: Form, draft: DraftKey | None, done: Callable[[Values | None], None]
    ) -> None:
        """Show a form; `done` gets what was typed, None where it was put down."""
        from assess.tui.dialogs.form import FormScreen  # noqa: PLC0415  # see above

        self.push_screen(FormScreen(form, draft), done)

    def ask_rows(
        self, table: Table, answer: Answer, draft: DraftKey, done: Callable[[Rows | None], None]
    ) -> None:
        """Show the rows of a table; `done` gets them, None where they were put down."""
        from assess.tui.dialogs.table import TableScreen  # noqa: PLC0415  # see above

        self.push_screen(TableScreen(table, answer, draft), done)

    def pick(
        self,
        title: str,
        found: Callable[[str], Sequence[ListRow]],
        taken: Callable[[str | None], None],
    ) -> None:
        """Show a list searched by words; `taken` gets the value of a row, None for none."""
        from assess.tui.dialogs.picker import PickerScreen  # noqa: PLC0415  # see above

        self.push_screen(PickerScreen(title, found), taken)

    async def _got(self, read: Callable[[Workspace], T]) -> T | None:
        """Return what `read` gives, off the event loop; None where bad files are shown instead."""
        try:
            return await asyncio.to_thread(self.session.do, read)
        except FilesError as error:
            self.show_problems(error)
            return None

    # Settings, and who acts

    def ask_settings(self) -> None:
        """Ask for language, theme, contrast and marks."""
        form = settings_form(self.settings.values, self.session.lang)
        self.ask(form, None, self._set)

    def show_problems(self, error: FilesError) -> None:
        """Show what is wrong with the files instead of what could not be read."""
        raise NotImplementedError

    def start_over(self) -> None:
        """Open the first screen anew, reading all files."""
        raise NotImplementedError

    def _set(self, typed: Values | None) -> None:
        if typed is None:
            return
        self._keep_settings(settings_from(self.settings.values, typed))
        self.dress()
        lang = self.settings.values.lang
        if lang is not None and lang != self.session.lang:
            self._go_on_in(lang)

    def speak(self, lang: Lang) -> None:
        """Go on in another language, now and the next time."""
        self._keep_settings(self.settings.values._replace(lang=lang))
        self._go_on_in(lang)

    def _go_on_in(self, lang: Lang) -> None:
        self.session.speak(lang)
        self.start_over()

    def _keep_settings(self, values: Any) -> None:
        self.settings.change(values)
        self.run_worker(asyncio.to_thread(self.settings.write), group="settings")

    async def ask_who(self) -> None:
        """Ask who sits here, whom git thinks it is first; remembered for this user."""
        session = self.session
        found = await self._got(_people)
        if found is None:
            return
        config, likely = found
        _ = translator(session.lang)
        order = sorted(config, key=lambda key: key != likely)
        rows = [ListRow(key, _person(config[key], key == likely, session.lang)) for key in order]
        rows.append(ListRow("", _("nobody of these")))

        def chosen(value: str | None) -> None:
            if value is not None:
                session.sit(value or None, config)
                root = session.workspace.root.resolve()
                self._keep_settings(with_person(self.settings.values, root, value or None))
                self.outdated()

        self.pick(_("Who sits here?"), _searched(rows), chosen)

    def outdated(self) -> None:
        """Let all screens read again what sheets stand on: it was changed."""
        for screen in self.screen_stack:
            if hasattr(screen, "outdated"):
                screen.outdated()


def _searched(rows: list[ListRow]) -> Callable[[str], list[ListRow]]:
    def found(words: str) -> list[ListRow]:
        wanted = words.strip().lower()
        return [row for row in rows if wanted in row.words.lower()]

    return found


def _piece(row_id: str, row: EvidenceRow, title: str) -> str:
    place = row.file.plain_path if row.file else row.paper or ""
    return one_line(f"{title}  {plain(place)}  {row_id}")


def _people(here: Workspace) -> tuple[dict[str, Person], str | None]:
    """Return the people of a workspace, and whom git's own settings mean."""
    people = here.config().people
    return people, actor.likely_person(here.root, people)


def _person(person: Person, likely: bool, lang: Any) -> str:
    _ = translator(lang)
    said = f"{person.name}  {role_names(person.roles, lang)}"
    return said + ("  " + _("(as git has it)") if likely else "")
