"""The notice by which an office sends back what a unit handed in (退回通知)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from assess.engine.punctuation import format_bracketed_remark
from assess.i18n import Lang, translator
from assess.model.return_file import ReturnedAnswer, ReturnFile
from assess.report.content.view.words import format_long_date
from assess.report.letters.letter import LetterTable, OfficeLetter
from assess.workspace.office.issued_titles import IssuedTitles


class NoticeNames(NamedTuple):
    """The names that a notice gives to forms, items and systems."""

    titles: IssuedTitles
    systems: Mapping[str, str]
    """The names of the unit's systems by id."""
    file_name: str
    """The name of the return file, which goes with the notice."""


def make_return_notice(content: ReturnFile, names: NoticeNames, lang: Lang) -> OfficeLetter:
    """Return the notice."""
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
        (f"{number}", _name_item(row, names), _name_sheet(row, names, lang), row.words)
        for number, row in enumerate(content.items, 1)
    )
    file_name = names.file_name
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


def _name_item(row: ReturnedAnswer, names: NoticeNames) -> str:
    title = names.titles.items.get((row.sheet.partition("@")[0], row.item), "")
    return f"{row.item} {title}".strip()


def _name_sheet(row: ReturnedAnswer, names: NoticeNames, lang: Lang) -> str:
    """Return the title of the form, with the system; ids where there is no title."""
    checklist, _at, system = row.sheet.partition("@")
    title = names.titles.checklists.get(checklist, checklist)
    name = names.systems.get(system, system)
    return f"{title}{format_bracketed_remark(name, lang)}" if name else title


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
