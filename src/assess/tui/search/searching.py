"""Search in the whole round, off the event loop; and opening an item by its id."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping

from assess.display.text.forms import FieldErrors, FormField, FormValues, InputForm
from assess.engine.kinds.reading import fold_width_and_case
from assess.errors import FilesError
from assess.i18n import translator
from assess.tui.core.shell import AppShell, ListRow
from assess.tui.search.find import build_search_index, find_items, parse_row_value
from assess.workspace import SheetName


async def open_item_search(
    shell: AppShell, current_sheet: SheetName, go: Callable[[SheetName, str], None]
) -> None:
    """Show the search; `go` gets the sheet and the item of the chosen row."""
    session = shell.session
    await shell.saver.wait_until_written()
    try:
        entries = await asyncio.to_thread(
            lambda: build_search_index(session.read_all_sheets(), session.lang)
        )
    except FilesError as error:
        shell.navigation.show_problems(error)
        return

    def find_rows(words: str) -> list[ListRow]:
        return find_items(entries, words, current_sheet, session.lang)

    def take_row(value: str | None) -> None:
        if value:
            go(*parse_row_value(value))

    _ = translator(session.lang)
    title = _("Search: words, or first letters of pinyin")
    shell.dialogs.pick_row(title, find_rows, take_row, tall=True)


def ask_item_id(
    shell: AppShell,
    items_by_id: Mapping[str, tuple[SheetName, str]],
    go: Callable[[SheetName, str], None],
) -> None:
    """Ask for an item's id or its end; `items_by_id` has the sheet and the item of each id."""
    _ = translator(shell.session.lang)

    def check_values(values: FormValues) -> FieldErrors:
        return (
            {}
            if _find_id_ending_with(items_by_id, values["id"])
            else {"id": _("no item here has this id; to search by words press Esc, then /")}
        )

    def take_values(values: FormValues | None) -> None:
        if values is not None:
            go(*items_by_id[_find_id_ending_with(items_by_id, values["id"])])

    field = FormField("id", _("Item"), hint=_("the id, or its end"))
    form = InputForm(_("Go to an item"), (field,), check_values, save_label=_("go there"))
    shell.dialogs.ask_form(form, None, take_values)


def _find_id_ending_with(items_by_id: Mapping[str, object], typed_id: str) -> str:
    """Return the id equal to `typed_id`, or else the first that ends with it; '' for none.

    Case, width, hyphens and blanks do not count; a bare number is that of an item: `3` is `03`.
    """
    tidy = _letters_and_digits(typed_id)
    ends = [
        item_id for item_id in items_by_id if tidy and _letters_and_digits(item_id).endswith(tidy)
    ]
    if tidy.isdecimal():
        numbered = (item_id for item_id in items_by_id if _last_number(item_id) == int(tidy))
        return next(numbered, next(iter(ends), ""))
    exact = (item_id for item_id in ends if _letters_and_digits(item_id) == tidy)
    return next(exact, next(iter(ends), ""))


def _letters_and_digits(text: str) -> str:
    return "".join(char for char in fold_width_and_case(text) if char.isalnum())


def _last_number(item_id: str) -> int | None:
    last = item_id.rpartition("-")[2]
    return int(last) if last.isdecimal() else None
