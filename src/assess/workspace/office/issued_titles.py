"""The titles of checklists that an office issued, and of their items."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from assess.errors import FilesError
from assess.i18n import Lang
from assess.model.base import pick_text
from assess.model.checklist import Checklist
from assess.model.office import Campaign, IssuedChecklist
from assess.model.return_file import ReturnFile
from assess.workspace.core.library import decode_valid_checklist
from assess.workspace.office.campaigns import find_issued_checklist, issued_checklist_path
from assess.workspace.office.office import Office


class IssuedTitles(NamedTuple):
    """Titles of checklists by id, and of their items by checklist and item."""

    checklists: Mapping[str, str]
    items: Mapping[tuple[str, str], str]


def read_titles_of_returned_items(
    office: Office, campaign: Campaign, content: ReturnFile, lang: Lang
) -> IssuedTitles:
    """Return the titles of the checklists that are sent back, and of all their items.

    A checklist that the office did not issue, or whose file is gone, has none.
    """
    wanted = {row.sheet.partition("@")[0] for row in content.items}
    issued = (row for row in campaign.checklists if row.id in wanted)
    checklists = {
        row.id: checklist
        for row in issued
        if (checklist := _read_checklist(office, row, lang)) is not None
    }
    titles = {key: pick_text(checklist.title, lang) for key, checklist in checklists.items()}
    items = {
        (key, item.id): pick_text(item.title, lang)
        for key, checklist in checklists.items()
        for item in checklist.items().values()
    }
    return IssuedTitles(titles, items)


def _read_checklist(office: Office, row: IssuedChecklist, lang: Lang) -> Checklist | None:
    data = find_issued_checklist(office, row)
    if data is None:
        return None
    text = data.decode("utf-8", "replace")
    try:
        return decode_valid_checklist(text, issued_checklist_path(row), lang)
    except FilesError:
        return None
