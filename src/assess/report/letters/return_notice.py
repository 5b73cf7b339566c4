"""The notice by which an office sends back what a unit handed in (退回通知)."""

from __future__ import annotations

from collections.abc import Mapping

from assess.i18n import Lang, translator
from assess.model.return_file import ReturnFile
from assess.report.content.view.words import format_long_date
from assess.report.letters.letter import LetterTable, OfficeLetter

ItemTitles = Mapping[tuple[str, str], str]
"""The titles of items, by sheet and item; those of checklists that the office issued."""


def make_return_notice(
    content: ReturnFile, titles: ItemTitles, file_name: str, lang: Lang
) -> OfficeLetter:
    """Return the notice; `file_name` is that of the return file, which goes with it."""
    _ = translator(lang)
    opening = _(
        "What you handed in for “{campaign}” came in on {day} (receipt {receipt}) and was looked "
        "through. It is sent back; answers to be put right: {count}."
    ).format(
        campaign=content.campaign,
        day=format_long_date(content.hand_in.received, lang),
        receipt=content.hand_in.receipt,
        count=len(content.items),
    )
    heads = (_("No."), _("Item"), _("Checklist"), _("What to change"))
    rows = tuple(
        (f"{number}", _name_item(row.sheet, row.item, titles), row.sheet, row.words)
        for number, row in enumerate(content.items, 1)
    )
    return OfficeLetter(
        title=_("Notice that “{campaign}” is sent back").format(campaign=content.campaign),
        addressee=content.unit_name,
        opening=(opening,),
        sender=content.office,
        day=content.returned,
        table=LetterTable(heads, rows),
        closing=(_write_demand(content, lang), _write_procedure(content, file_name, lang)),
        annexes=(file_name,),
    )


def _name_item(sheet: str, item: str, titles: ItemTitles) -> str:
    title = titles.get((sheet, item), "")
    return f"{item} {title}".strip()


def _write_demand(content: ReturnFile, lang: Lang) -> str:
    _ = translator(lang)
    if content.due is None:
        return _("Please put these answers right and hand in again as soon as you can.")
    text = _("Please put these answers right and hand in again by {day}.")
    return text.format(day=format_long_date(content.due, lang))


def _write_procedure(content: ReturnFile, file_name: str, lang: Lang) -> str:
    _ = translator(lang)
    return _(
        "How: in the workspace of your unit run “assess import {file}”. Round {round} is opened "
        "again, and these items are marked as returned. Correct them, close the round once more "
        "(“assess round close {round}”), run “assess submit”, and send the new file."
    ).format(file=file_name, round=content.round)
