"""The history of one answer: who changed it when, old beside new."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from assess.display.text.styled import Drawn, Line, line, plain, rule
from assess.display.text.wrap import fit
from assess.display.walk.sides import READING, beside, version_line, version_pairs
from assess.errors import UsageError
from assess.model.base import pick
from assess.model.item import Item
from assess.tui.commands.registry import Scope, bindings
from assess.tui.core.rows_screen import RowsScreen
from assess.workspace import SheetName
from assess.workspace.history.answer_history import Version, versions

_MOST = 50
"""So many changes are shown, the newest."""


class HistoryScreen(RowsScreen):
    """Shows the changes of an answer; below, what the chosen one was before and after."""

    SCOPE: ClassVar[Scope] = "history"
    SHARE: ClassVar[float] = 0.6
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("history")]

    def __init__(self, name: SheetName, item_id: str) -> None:
        super().__init__()
        self._sheet = name
        self._item_id = item_id
        self._versions: list[Version] = []
        self._about: Item | None = None
        self._why = ""

    def load(self) -> None:
        """Read the commits that changed the answer."""
        session = self.shell.session
        self._about = session.read(self._sheet).desk.checklist.items().get(self._item_id)
        try:
            self._versions = versions(
                session.workspace,
                session.round_id,
                self._sheet,
                self._item_id,
                session.now(),
                _MOST,
            )
        except UsageError as error:
            self._why = str(error)

    def heading(self) -> tuple[str, str]:
        """Return whose history it is, and how much of it."""
        title = pick(self._about.title, self.lang) if self._about else ""
        said = self._("History of {item}").format(item=f"{self._item_id} {title}")
        return said, self._("{count} changes").format(count=len(self._versions))

    def count(self) -> int:
        """Return how many changes there are."""
        return len(self._versions)

    def rows(self, width: int) -> Drawn:
        """Return a line for each change."""
        if not self._versions:
            return Drawn([line(" " + (self._why or self._("nothing was answered here yet")))])
        people = self.shell.session.people
        lines: list[Line] = []
        for index, one in enumerate(self._versions):
            chosen = index == self.cursor
            text = ("> " if chosen else "  ") + version_line(one, people, self.lang)
            lines.append(line(fit(text, width), "cursor" if chosen else "plain"))
        return Drawn(lines, self.cursor)

    def details(self, width: int) -> Drawn:
        """Return what the chosen change was before and after."""
        if not self._versions:
            return Drawn(())
        return Drawn([rule(width), *self._sides(width)])

    def _sides(self, width: int) -> list[Line]:
        one = self._versions[self.cursor]
        pairs = version_pairs(one.fields, self._about, self.shell.session.people, self.lang)
        return beside((self._("Before"), self._("After")), pairs, width)

    def action_read(self) -> None:
        """Read the chosen change in full."""
        if self._versions:
            people = self.shell.session.people
            title = version_line(self._versions[self.cursor], people, self.lang)
            self.shell.read_text(title, plain(self._sides(READING)))
