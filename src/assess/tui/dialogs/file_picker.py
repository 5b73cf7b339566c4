"""A picker for files of the home folder, the workspace and drives, searched by typing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path

from textual.widgets import Input

from assess.display.evidence.lines import file_size_text
from assess.display.text.forms import expand_typed_path
from assess.display.text.styled import DrawnLines, StyleName, styled_line
from assess.display.text.word_match import has_all_words_or_pinyin
from assess.display.text.wrap import place_at_both_ends, wrap_text
from assess.engine.punctuation import format_bracketed_remark
from assess.harmless import escape_as_single_line
from assess.i18n import Lang, translator
from assess.tui.core.shell import ListRow
from assess.tui.core.widgets.dialog_box import DialogBox
from assess.tui.dialogs.picker import PickerScreen
from assess.workspace.evidence.file_choice import FileEntry

_NAMES = 58
"""Cells of a row for name and size: a dialog is at most 80 wide."""


def file_entry_text(entry: FileEntry, folder: Path, lang: Lang) -> str:
    """Return the row of a folder or file."""
    _ = translator(lang)
    if entry.path == folder.parent:
        return "../" + format_bracketed_remark(_("the folder above"), lang)
    if entry.is_folder:
        beside = entry.path.parent != folder
        return escape_as_single_line(str(entry.path) if beside else entry.path.name) + "/"
    size = file_size_text(entry.size) + ("  " + _("too large") if entry.too_large else "")
    return place_at_both_ends(escape_as_single_line(entry.path.name), " " + size, _NAMES)


class FilesScreen(PickerScreen):
    """Returns the path of a file; taking a folder enters it. `look` blocks.

    `home` is the first folder where `start` can't be read any more.
    """

    def __init__(
        self, start: Path, home: Path, look: Callable[[Path], list[FileEntry] | Path | None]
    ) -> None:
        super().__init__(str(start), self._matching_rows, tall=True)
        self._folder = start
        self._home = home
        self._look = look
        self._entries: Sequence[FileEntry] = ()
        self._refused = False
        """Whether the last taken path can't be read."""

    async def on_mount(self) -> None:
        """Show the first folder."""
        self.set_focus(self.query_one(Input))
        await self._open_folder_or_return_file(self._folder)
        if self._refused:
            await self._open_folder_or_return_file(self._home)

    async def _open_folder_or_return_file(self, path: Path) -> None:
        listed = await asyncio.to_thread(self._look, path)
        if isinstance(listed, Path):
            self.dismiss(str(listed))
        elif listed is None:
            self._refused = True
            self._draw_rows()
        else:
            self._folder, self._entries = path, listed
            self.query_one(DialogBox).set_title(str(path))
            self.query_one(Input).value = ""
            self._search_rows("")

    def _put_cursor_below_parent(self) -> None:
        """Put the cursor on the first entry of the folder: Enter goes on, not back."""
        first = self._entries[0].path if self._entries else None
        if first == self._folder.parent and len(self._entries) > 1:
            self._move_by(1)

    def _search_rows(self, words: str) -> None:
        self._refused = False
        super()._search_rows(words)
        if not words:
            self._put_cursor_below_parent()

    def _row_lines(self, width: int) -> DrawnLines:
        """Return the rows, and why a path was refused or why no parent is listed."""
        notice = ""
        style: StyleName = "warn" if self._refused else "dim"
        if self._refused:
            notice = self._("not there, or outside the home folder, the workspace and drives")
        elif self._folder.parent not in (entry.path for entry in self._entries):
            notice = self._(
                "Listed: home folder, workspace, drives; type other paths into the form"
            )
        rows = super()._row_lines(width)
        notices = [styled_line("  " + piece, style) for piece in wrap_text(notice, width - 2)]
        return DrawnLines([*rows.lines, *(notices if notice else ())], rows.cursor)

    def _matching_rows(self, words: str) -> list[ListRow]:
        """Return the entries that contain the words; a typed path is its own entry."""
        typed = words.strip()
        if typed.startswith(("/", "~/")):
            return [ListRow(str(expand_typed_path(typed)), typed)]
        return [
            ListRow(str(entry.path), file_entry_text(entry, self._folder, self.lang))
            for entry in self._entries
            if has_all_words_or_pinyin(entry.path.name, typed)
        ]

    async def _accept_choice(self) -> None:
        """Enter a folder, or return a file."""
        if self._rows:
            await self._open_folder_or_return_file(Path(self._rows[self._cursor].value))
