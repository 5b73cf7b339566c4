"""The titles of items in the checklists that an office issued."""

from __future__ import annotations

from assess.errors import FilesError
from assess.i18n import Lang
from assess.model.base import pick_text
from assess.model.office import Campaign, IssuedChecklist
from assess.model.return_file import ReturnFile
from assess.workspace.core.library import decode_valid_checklist
from assess.workspace.office.campaigns import find_issued_checklist, issued_checklist_path
from assess.workspace.office.office import Office


def read_titles_of_returned_items(
    office: Office, campaign: Campaign, content: ReturnFile, lang: Lang
) -> dict[tuple[str, str], str]:
    """Return the titles of the items that are sent back, by sheet and item.

    An item of a checklist that the office did not issue, or whose file is gone, has none.
    """
    wanted = {row.sheet.partition("@")[0] for row in content.items}
    titles = {
        (row.id, item): title
        for row in campaign.checklists
        if row.id in wanted
        for item, title in _read_titles(office, row, lang).items()
    }
    named = {
        (row.sheet, row.item): (row.sheet.partition("@")[0], row.item) for row in content.items
    }
    return {place: titles[key] for place, key in named.items() if key in titles}


def _read_titles(office: Office, row: IssuedChecklist, lang: Lang) -> dict[str, str]:
    data = find_issued_checklist(office, row)
    if data is None:
        return {}
    text = data.decode("utf-8", "replace")
    try:
        checklist = decode_valid_checklist(text, issued_checklist_path(row), lang)
    except FilesError:
        return {}
    return {key: pick_text(item.title, lang) for key, item in checklist.items().items()}
