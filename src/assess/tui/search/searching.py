"""Searching in everything of the round, off the event loop; and going to an item by its id."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping

from assess.display.text.forms import Errors, Field, Form, Values
from assess.errors import FilesError
from assess.i18n import translator
from assess.tui.core.shell import ListRow, Shell
from assess.tui.search.find import find, index, place_of
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


def ask_where(
    shell: Shell,
    known: Mapping[str, tuple[SheetName, str]],
    go: Callable[[SheetName, str], None],
) -> None:
    """Ask for an item by its id or the end of it; `known` has sheet and item of each id."""
    _ = translator(shell.session.lang)

    def check(values: Values) -> Errors:
        return {} if _matching(known, values["id"]) else {"id": _("no such item here")}

    def asked(values: Values | None) -> None:
        if values is not None:
            go(*known[_matching(known, values["id"])])

    field = Field("id", _("Item"), hint=_("the id, or its end"))
    shell.ask(Form(_("Go to an item"), (field,), check), None, asked)


def _matching(known: Mapping[str, object], words: str) -> str:
    """Return the id that is `words`, else the first that ends so; '' for none."""
    tidy = words.strip().lower()
    ends = [item_id for item_id in known if tidy and item_id.lower().endswith(tidy)]
    return next((one for one in ends if one.lower() == tidy), next(iter(ends), ""))
