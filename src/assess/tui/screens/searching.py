"""Searching in everything of the round; what is searched is made off the event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from assess.errors import FilesError
from assess.i18n import translator
from assess.tui.find import find, index, place_of
from assess.tui.shell import ListRow, Shell
from assess.workspace import SheetName


async def search_everything(
    shell: Shell, here: SheetName, go: Callable[[SheetName, str], None]
) -> None:
    """Show the search; `go` gets sheet and item of what is taken."""
    session = shell.session
    await shell.saver.finish()
    try:
        entries = await asyncio.to_thread(lambda: index(session.everything(), session.lang))
    except FilesError as error:
        shell.show_problems(error)
        return

    def found(words: str) -> list[ListRow]:
        return find(entries, words, here, session.lang)

    def taken(value: str | None) -> None:
        if value:
            go(*place_of(value))

    _ = translator(session.lang)
    shell.pick(_("Search: words, or first letters of pinyin"), found, taken)
