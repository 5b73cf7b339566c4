"""What screens may ask of the app: each knows this, none knows the app or another screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Literal, NamedTuple, Protocol

from assess.display.text.forms import Form, Values
from assess.display.walk.filters import FilterName
from assess.display.walk.sides import Pair
from assess.errors import FilesError
from assess.i18n import Lang
from assess.model.answer import Answer
from assess.model.item import Table
from assess.tui.commands.registry import Scope
from assess.tui.core.answer_change import Change
from assess.tui.core.drafts import DraftKey, Drafts
from assess.tui.core.save_queue import Saver
from assess.tui.core.session import Session
from assess.workspace import SheetName

Rows = list[dict[str, Any]]
"""Rows of a table as files hold them."""


Side = Literal["mine", "theirs", "both"]
"""Which of two versions is kept."""


class ListRow(NamedTuple):
    """A row of a list to take one of: what taking it gives, and its words."""

    value: str
    words: str


class Shell(Protocol):
    """The app, as screens see it."""

    session: Session
    saver: Saver
    drafts: Drafts
    saved_at: datetime | None

    def settle(self, change: Change, draft: DraftKey, values: Values) -> None:
        """Remove a draft's file once the change that it became is on disk."""

    def forget(self, draft: DraftKey) -> None:
        """Bring the file of a draft to what memory holds, off the event loop."""

    def ask(
        self, form: Form, draft: DraftKey | None, done: Callable[[Values | None], None]
    ) -> None:
        """Show a form; `done` gets what was typed, None where it was put down."""

    def ask_rows(
        self, table: Table, answer: Answer, draft: DraftKey, done: Callable[[Rows | None], None]
    ) -> None:
        """Show the rows of a table; `done` gets them, None where they were put down."""

    def pick(
        self,
        title: str,
        found: Callable[[str], Sequence[ListRow]],
        taken: Callable[[str | None], None],
    ) -> None:
        """Show a list searched by words; `taken` gets the value of a row, None for none."""

    def confirm(self, title: str, text: str, done: Callable[[], None]) -> None:
        """Show what would be done and its effects; `done` is called where it is wanted."""

    def read_text(self, title: str, text: str) -> None:
        """Show a text to be read."""

    def pick_file(self, taken: Callable[[str], None]) -> None:
        """Show the files of the home folder and the workspace; `taken` gets the path of one."""

    async def pick_evidence(self, taken: Callable[[str], None]) -> None:
        """Show the registered pieces, and the way to files; `taken` gets an id or a path."""

    def show_evidence(self, form: str = "") -> None:
        """Show the evidence register; over it the form that a draft was typed into."""

    def show_board(self) -> None:
        """Show the remediation board."""

    def show_finish(self, form: str = "") -> None:
        """Show what is missing, and make the report; over it the form of a draft."""

    def show_profile(self, form: str = "") -> None:
        """Show organization, systems, people, checklists, facts; over it the form of a draft."""

    def ask_settings(self) -> None:
        """Ask for language, theme, contrast and marks."""

    def speak(self, lang: Lang) -> None:
        """Go on in another language, now and the next time."""

    async def ask_who(self) -> None:
        """Ask who sits here."""

    def outdated(self) -> None:
        """Let all screens read again what sheets stand on: it was changed."""

    def show_sheet(
        self,
        name: SheetName,
        item_id: str | None = None,
        wanted: FilterName = "all",
        form: str = "",
    ) -> None:
        """Show a sheet at an item, left out: at its first one to be done; or only some items.

        `form` is opened there, as drafts name it.
        """

    def show_review(self, name: SheetName) -> None:
        """Show what of a sheet waits for the reviewer."""

    def show_history(self, name: SheetName, item_id: str) -> None:
        """Show the versions of an answer."""

    def show_conflicts(self) -> None:
        """Show what a merge left undecided."""

    def choose_side(
        self,
        title: str,
        heads: tuple[str, str],
        pairs: Sequence[Pair],
        done: Callable[[Side | None], None],
        *,
        both: bool = False,
    ) -> None:
        """Show two versions beside each other; `done` gets the one to keep, None for later."""

    def show_overview(self) -> None:
        """Show the overview."""

    def show_help(self, scope: Scope) -> None:
        """Show the keys of a screen."""

    def show_problems(self, error: FilesError) -> None:
        """Show what is wrong with the files instead of what could not be read."""

    def start_over(self) -> None:
        """Open the first screen anew, reading all files."""

    async def leave(self) -> None:
        """Save everything and end."""
