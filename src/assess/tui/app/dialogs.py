"""Opening of dialogs over the screen.

Dialogs are imported when they are shown, so that the first screen appears at once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from textual.app import App

from assess.display.evidence.piece_names import unique_evidence_names_by_id
from assess.display.text.forms import FormValues, InputForm
from assess.display.walk.sides import TextPair
from assess.i18n import translator
from assess.model.answer import Answer
from assess.model.item import Table
from assess.tui.app.workspace_reading import WorkspaceReading
from assess.tui.core.drafts import DraftKey, Drafts
from assess.tui.core.row_search import make_row_search
from assess.tui.core.session import InterfaceSession
from assess.tui.core.shell import ChosenSide, Dialogs, ListRow, Rows
from assess.workspace import Workspace
from assess.workspace.evidence import file_choice

_BROWSE = "\0browse"
"""The row of a list that opens the list of files."""


class AppDialogs(Dialogs):
    """Opens dialogs of `app`."""

    def __init__(
        self, app: App[None], session: InterfaceSession, drafts: Drafts, reading: WorkspaceReading
    ) -> None:
        self._app = app
        self._session = session
        self._drafts = drafts
        self._reading = reading

    def ask_form(
        self, form: InputForm, draft: DraftKey | None, on_close: Callable[[FormValues | None], None]
    ) -> None:
        """Show a form; `on_close` gets the values, or None if the form was closed."""
        from assess.tui.dialogs.form import FormScreen  # noqa: PLC0415  # see above
        from assess.tui.dialogs.form_draft import FormDraft  # noqa: PLC0415  # see above

        stored = FormDraft(self._drafts, draft) if draft else None
        self._app.push_screen(FormScreen(form, stored), on_close)

    def ask_table_rows(
        self,
        table: Table,
        answer: Answer,
        draft: DraftKey,
        on_close: Callable[[Rows | None], None],
        profile_rows: Sequence[Mapping[str, Any]] = (),
    ) -> None:
        """Show the rows of a table; `on_close` gets them, or None if the form was closed.

        `profile_rows` are the rows that the profile knows; a key adds them.
        """
        from assess.tui.dialogs.table import TableScreen  # noqa: PLC0415  # see above

        self._app.push_screen(TableScreen(table, answer, draft, profile_rows), on_close)

    def pick_row(
        self,
        title: str,
        find_rows: Callable[[str], Sequence[ListRow]],
        take_row: Callable[[str | None], None],
        notes: Sequence[str] = (),
        *,
        tall: bool = False,
    ) -> None:
        """Show a list that words search; `take_row` gets the chosen row's value, or None.

        `notes` stand below the rows. `tall`: typing may list more rows than at first.
        """
        from assess.tui.dialogs.picker import PickerScreen  # noqa: PLC0415  # see above

        self._app.push_screen(PickerScreen(title, find_rows, notes, tall=tall), take_row)

    def tick_rows(
        self,
        title: str,
        find_rows: Callable[[str], Sequence[ListRow]],
        take_values: Callable[[Sequence[str]], None],
    ) -> None:
        """Show a list that words search and whose rows are ticked.

        `take_values` gets the values of the ticked rows, at least one, in the order of the ticks.
        """
        from assess.tui.dialogs.tick_list import TickListScreen  # noqa: PLC0415  # see above

        self._app.push_screen(
            TickListScreen(title, find_rows),
            lambda ticked: take_values(ticked.splitlines()) if ticked else None,
        )

    def ask_confirmation(
        self,
        title: str,
        text: str,
        on_confirm: Callable[[], None],
        on_refuse: Callable[[], None] = lambda: None,
    ) -> None:
        """Show a planned change and its effects; call `on_confirm` if the user agrees."""
        from assess.tui.dialogs.confirm import ConfirmScreen  # noqa: PLC0415  # see above

        self._app.push_screen(
            ConfirmScreen(title, text), lambda wanted: on_confirm() if wanted else on_refuse()
        )

    def show_text(self, title: str, text: str) -> None:
        """Show a text."""
        from assess.tui.dialogs.confirm import ReadingScreen  # noqa: PLC0415  # see above

        self._app.push_screen(ReadingScreen(title, text))

    def choose_side(
        self,
        title: str,
        heads: tuple[str, str],
        pairs: Sequence[TextPair],
        take_side: Callable[[ChosenSide | None], None],
        *,
        both: bool = False,
    ) -> None:
        """Show two versions side by side; `take_side` gets the chosen one, or None for later."""
        from assess.tui.sides.screen import SidesScreen  # noqa: PLC0415  # see above

        self._app.push_screen(SidesScreen(title, heads, pairs, both=both), take_side)

    def pick_file(self, take_path: Callable[[str], None]) -> None:
        """List the files that may be chosen; `take_path` gets the chosen path."""
        from assess.tui.dialogs.file_picker import FilesScreen  # noqa: PLC0415  # see above

        root, last_used = self._session.workspace.root, self._session.last_used
        last = last_used.folder
        screen = FilesScreen(
            last or Path.home(),
            Path.home(),
            lambda path: file_choice.list_folder_or_return_file(
                path, file_choice.list_browsable_folders(root, last)
            ),
        )

        def take_file(path: str | None) -> None:
            if path:
                last_used.folder = Path(path).parent
                take_path(path)

        self._app.push_screen(screen, take_file)

    async def pick_evidence(self, take_id: Callable[[str], None]) -> None:
        """List the registered pieces, and files; `take_id` gets an id or a path."""
        lang = self._session.lang
        register = await self._reading.read_workspace_or_show_problems(
            Workspace.read_register_or_empty
        )
        if register is None:
            return
        if not register.evidence:
            self.pick_file(take_id)
            return
        _ = translator(lang)
        rows = [ListRow(_BROWSE, _("a file of this machine ..."))]
        newest_first = reversed(unique_evidence_names_by_id(register.evidence, lang).items())
        rows += [ListRow(row_id, name) for row_id, name in newest_first]

        def take_row(value: str | None) -> None:
            if value == _BROWSE:
                self.pick_file(take_id)
            elif value is not None:
                take_id(value)

        self.pick_row(_("Evidence"), make_row_search(rows), take_row)
