"""The app as screens see it: no screen imports the app or another screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal, NamedTuple, Protocol

from assess.display.text.forms import FormValues, InputForm
from assess.display.text.styled import LinePart, StyledLine
from assess.display.walk.filters import FilterName
from assess.display.walk.sides import TextPair
from assess.errors import FilesError
from assess.model.answer import Answer
from assess.model.item import Table
from assess.tui.commands.registry import Scope
from assess.tui.core.draft_writer import DraftWriter
from assess.tui.core.drafts import DraftKey, Drafts
from assess.tui.core.gap_tour import GapTour
from assess.tui.core.save_queue import AnswerSaver
from assess.tui.core.session import InterfaceSession
from assess.workspace import SheetName

Rows = list[dict[str, Any]]
"""Rows of a table as files hold them."""


ChosenSide = Literal["mine", "theirs", "both"]
"""Which of two versions is kept."""


class ListRow(NamedTuple):
    """A row of a list: its value and its words."""

    value: str
    words: str
    refusal: str = ""
    """Why the row can't be ticked; '' if it can."""
    columns: StyledLine = ()
    """The words in columns; none: the words as they are."""
    key: str = ""
    """The digit that takes the row at once. A list with digits shows the words whole."""


def list_row_in_columns(value: str, *columns: LinePart) -> ListRow:
    """Return a row whose words stand in columns."""
    return ListRow(value, "  ".join(column.text for column in columns), columns=columns)


class Dialogs(Protocol):
    """Opens dialogs over the screen."""

    def ask_form(
        self, form: InputForm, draft: DraftKey | None, on_close: Callable[[FormValues | None], None]
    ) -> None:
        """Show a form; `on_close` gets the values, or None if the form was closed."""

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

    def tick_rows(
        self,
        title: str,
        find_rows: Callable[[str], Sequence[ListRow]],
        take_values: Callable[[Sequence[str]], None],
    ) -> None:
        """Show a list that words search and whose rows are ticked.

        `take_values` gets the values of the ticked rows, at least one, in the order of the ticks.
        """

    def ask_confirmation(
        self,
        title: str,
        text: str,
        on_confirm: Callable[[], None],
        on_refuse: Callable[[], None] = lambda: None,
    ) -> None:
        """Show a planned change and its effects; call `on_confirm` if the user agrees."""

    def show_text(self, title: str, text: str) -> None:
        """Show a text."""

    def pick_file(self, take_path: Callable[[str], None]) -> None:
        """List the files that may be chosen; `take_path` gets the chosen path."""

    async def pick_evidence(self, take_id: Callable[[str], None]) -> None:
        """List the registered pieces, and files; `take_id` gets an id or a path."""

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


class Navigation(Protocol):
    """Opens full screens."""

    def show_overview(self) -> None:
        """Show the overview."""

    def show_sheet(
        self,
        name: SheetName,
        item_id: str | None = None,
        wanted: FilterName = "all",
        form: str = "",
        *,
        opened_by_next_key: bool = False,
    ) -> None:
        """Show a sheet at an item, or at its first open item, or only the items of a filter.

        `form` is a form of the item to open, by its name in drafts. `opened_by_next_key`: `n` led
        there, so the next `n` does not pass the item unsaid.
        """

    def show_items_with_gap(self, tour: GapTour) -> None:
        """Show the items with a gap in the sheet of a tour."""

    def show_review(self, name: SheetName) -> None:
        """Show the answers of a sheet that wait for the reviewer."""

    def show_proposals(self, name: SheetName, item_id: str | None = None) -> None:
        """Show the items of a sheet that have a proposal, one after another."""

    def show_history(self, name: SheetName, item_id: str) -> None:
        """Show the versions of an answer."""

    def show_conflicts(self) -> None:
        """Show the conflicts left by a merge."""

    def show_evidence(self, form: str = "") -> None:
        """Show the evidence register; over it the form of a draft, if named."""

    def show_board(self, finding_id: str = "") -> None:
        """Show the remediation board, at a finding of others if it is named."""

    def show_finish(self, form: str = "") -> None:
        """Show what is missing, and make the report; over it the form of a draft, if named."""

    def show_profile(self, form: str = "") -> None:
        """Show organization, systems, people and facts; over it the form of a draft, if named."""

    def show_help(self, scope: Scope) -> None:
        """Show the keys of a screen."""

    def show_problems(self, error: FilesError) -> None:
        """Show the problems of the files that could not be read."""

    def reopen_first_screen(self) -> None:
        """Open the first screen again and read all files."""

    def reread_screens(self) -> None:
        """Read the sheets again on all screens."""


class Preferences(Protocol):
    """What a user chooses for later sessions: settings, language, who acts, what is hidden."""

    @property
    def outline_hidden(self) -> bool:
        """Whether the list of sections beside an item is hidden."""

    def store_outline_hidden(self, *, hidden: bool) -> None:
        """Remember whether the list of sections is hidden."""

    def ask_settings(self) -> None:
        """Ask for language, theme, contrast and marks."""

    async def ask_acting_person(self) -> None:
        """Ask which person acts."""


class AppShell(Protocol):
    """The app, as screens see it."""

    session: InterfaceSession
    saver: AnswerSaver
    drafts: Drafts
    draft_writer: DraftWriter

    @property
    def dialogs(self) -> Dialogs:
        """Opens dialogs."""

    @property
    def navigation(self) -> Navigation:
        """Opens full screens."""

    @property
    def preferences(self) -> Preferences:
        """What the user chooses for later sessions."""

    async def wait_until_keys_done(self) -> None:
        """Wait until no key is being processed: keys come before work in the background."""

    async def leave_app_once_saved(self) -> None:
        """Save everything and end."""
