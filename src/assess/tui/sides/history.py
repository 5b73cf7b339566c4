"""The history of one answer: who changed it and when, old and new side by side."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from assess.display.text.styled import Drawn, Line, plain_text, rule_line, styled_line
from assess.display.text.wrap import fit_width
from assess.display.walk.sides import READING, pair_lines, version_line, version_pairs
from assess.errors import UsageError
from assess.model.base import pick
from assess.model.item import Item
from assess.tui.commands.registry import Scope, make_bindings
from assess.tui.core.rows_screen import RowsScreen
from assess.workspace import SheetName
from assess.workspace.history.answer_history import AnswerVersion, list_answer_versions

_MOST = 50
"""Maximum number of changes in the list, the newest first."""


class HistoryScreen(RowsScreen):
    """The changes of an answer; below, the chosen one before and after."""

    SCOPE: ClassVar[Scope] = "history"
    SHARE: ClassVar[float] = 0.6
    BINDINGS: ClassVar[list[BindingType]] = [*make_bindings("history")]

    def __init__(self, name: SheetName, item_id: str) -> None:
        super().__init__()
        self._sheet = name
        self._item_id = item_id
        self._versions: list[AnswerVersion] = []
        self._about: Item | None = None
        self._why = ""

    def load_data(self) -> None:
        """Read the commits that changed the answer."""
        session = self.shell.session
        self._about = (
            session.read_sheet(self._sheet).open_sheet.checklist.items().get(self._item_id)
        )
        try:
            self._versions = list_answer_versions(
                session.workspace,
                session.round_id,
                self._sheet,
                self._item_id,
                session.now(),
                _MOST,
            )
        except UsageError as error:
            self._why = str(error)

    def head_texts(self) -> tuple[str, str]:
        """Return the item of the history, and the number of changes."""
        title = pick(self._about.title, self.lang) if self._about else ""
        head = self._("History of {item}").format(item=f"{self._item_id} {title}")
        return head, self._("{count} changes").format(count=len(self._versions))

    def count_rows(self) -> int:
        """Return the number of changes."""
        return len(self._versions)

    def row_lines(self, width: int) -> Drawn:
        """Return a line for each change."""
        if not self._versions:
            return Drawn(
                [styled_line(" " + (self._why or self._("nothing was answered here yet")))]
            )
        people = self.shell.session.people
        lines: list[Line] = []
        for index, version in enumerate(self._versions):
            chosen = index == self.cursor
            text = ("> " if chosen else "  ") + version_line(version, people, self.lang)
            lines.append(styled_line(fit_width(text, width), "cursor" if chosen else "plain"))
        return Drawn(lines, self.cursor)

    def detail_lines(self, width: int) -> Drawn:
        """Return the chosen change before and after."""
        if not self._versions:
            return Drawn(())
        return Drawn([rule_line(width), *self._change_lines(width)])

    def _change_lines(self, width: int) -> list[Line]:
        version = self._versions[self.cursor]
        pairs = version_pairs(version.fields, self._about, self.shell.session.people, self.lang)
        return pair_lines((self._("Before"), self._("After")), pairs, width)

    def action_read(self) -> None:
        """Show the chosen change in full."""
        if self._versions:
            people = self.shell.session.people
            title = version_line(self._versions[self.cursor], people, self.lang)
            self.shell.read_text(title, plain_text(self._change_lines(READING)))
