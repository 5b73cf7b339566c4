"""Choosing a file in the home folder and the workspace; a list searched by typing, like others."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path

from textual.widgets import Input, Static

from assess.display.evidence.lines import size_text
from assess.display.text.forms import path_from
from assess.display.text.safe import one_line
from assess.display.text.styled import Line, StyleName, line
from assess.display.text.wrap import spread, wrap
from assess.i18n import Lang, translator
from assess.tui.core.shell import ListRow
from assess.tui.dialogs.picker import PickerScreen
from assess.workspace.evidence.file_choice import FileEntry

_NAMES = 58
"""Cells of a row for name and size together: a box is at most 80 wide."""


def entry_words(entry: FileEntry, folder: Path, lang: Lang) -> str:
    """Return a folder or file as a row."""
    if entry.path == folder.parent:
        return "../"
    if entry.is_folder:
        beside = entry.path.parent != folder
        return one_line(str(entry.path) if beside else entry.path.name) + "/"
    _ = translator(lang)
    size = size_text(entry.size) + ("  " + _("too large") if entry.too_large else "")
    return spread(one_line(entry.path.name), " " + size, _NAMES)


class FilesScreen(PickerScreen):
    """Gives the path of a file; a folder that is taken is gone into. `look` blocks."""

    def __init__(self, start: Path, look: Callable[[Path], list[FileEntry] | Path | None]) -> None:
        super().__init__(str(start), self._matching)
        self._folder = start
        self._look = look
        self._entries: Sequence[FileEntry] = ()
        self._refused = False
        """Whether what was taken last can't be looked into."""

    async def on_mount(self) -> None:
        """Show the first folder."""
        self.set_focus(self.query_one(Input))
        await self._go(self._folder)

    async def _go(self, path: Path) -> None:
        found = await asyncio.to_thread(self._look, path)
        if isinstance(found, Path):
            self.dismiss(str(found))
        elif found is None:
            self._refused = True
            self._draw()
        else:
            self._folder, self._entries = path, found
            self.query(Static).first().update(one_line(str(path)))
            self.query_one(Input).value = ""
            self._search("")

    def _search(self, words: str) -> None:
        self._refused = False
        super()._search(words)

    def _lines(self, width: int) -> list[Line]:
        """Return the rows; why what was taken is refused, and why there is no way further up."""
        said = ""
        style: StyleName = "warn" if self._refused else "dim"
        if self._refused:
            said = self._("not there, or outside the home folder and the workspace")
        elif self._folder.parent not in (entry.path for entry in self._entries):
            said = self._(
                "Only the home folder and the workspace are listed; "
                "copy a file from elsewhere here first"
            )
        rows = super()._lines(width)
        return rows + [line("  " + piece, style) for piece in wrap(said, width - 2) if said]

    def _matching(self, words: str) -> list[ListRow]:
        """Return the entries that have the words; a path is offered as it was typed."""
        typed = words.strip()
        if typed.startswith(("/", "~/")):
            return [ListRow(str(path_from(typed)), typed)]
        return [
            ListRow(str(entry.path), entry_words(entry, self._folder, self.lang))
            for entry in self._entries
            if typed.lower() in entry.path.name.lower()
        ]

    async def action_take(self) -> None:
        """Go into a folder; give a file."""
        if self._rows:
            await self._go(Path(self._rows[self._cursor].value))
