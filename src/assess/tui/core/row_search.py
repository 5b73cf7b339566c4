"""Rows of a list: those that contain the typed words, and places to choose from."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assess.display.text.word_match import has_all_words_or_pinyin
from assess.tui.core.shell import AppShell, ListRow


def make_row_search(rows: Sequence[ListRow]) -> Callable[[str], list[ListRow]]:
    """Return a function from typed words to the rows that have them, also by pinyin initials."""

    def find_rows(words: str) -> list[ListRow]:
        return [row for row in rows if has_all_words_or_pinyin(row.words, words)]

    return find_rows


def open_or_pick_place(
    shell: AppShell, title: str, places: Sequence[tuple[str, Callable[[], None]]]
) -> None:
    """Open a place; the user picks one of several by their texts."""
    if len(places) == 1:
        places[0][1]()
        return
    rows = [ListRow(str(index), text) for index, (text, _open) in enumerate(places)]

    def take_row(value: str | None) -> None:
        if value is not None:
            places[int(value)][1]()

    shell.dialogs.pick_row(title, make_row_search(rows), take_row)
