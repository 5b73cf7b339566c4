"""Rows of a list: those that contain the typed words, and items to choose from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from assess.display.text.word_match import has_words
from assess.tui.core.shell import AppShell, ListRow
from assess.workspace import SheetName


def make_row_search(rows: Sequence[ListRow]) -> Callable[[str], list[ListRow]]:
    """Return a function from typed words to the rows that have them, also by pinyin initials."""

    def find_rows(words: str) -> list[ListRow]:
        return [row for row in rows if has_words(row.words, words)]

    return find_rows


def open_or_pick_item(
    shell: AppShell, title: str, items: Sequence[tuple[SheetName, str]], titles: Mapping[str, str]
) -> None:
    """Open an item; the user picks one of several by their titles."""
    if len(items) == 1:
        shell.navigation.show_sheet(*items[0])
        return
    rows = [
        ListRow(str(index), f"{item_id} {titles.get(item_id, '')}")
        for index, (_sheet, item_id) in enumerate(items)
    ]

    def take_row(value: str | None) -> None:
        if value is not None:
            shell.navigation.show_sheet(*items[int(value)])

    shell.dialogs.pick_row(title, make_row_search(rows), take_row)
