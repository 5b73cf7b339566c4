"""The letter by which an office reminds a unit that has not handed in (催报函)."""

from __future__ import annotations

from datetime import date
from typing import Final

from assess.engine.punctuation import enumeration_comma_sign
from assess.i18n import Lang, translator
from assess.report.content.view.words import format_long_date
from assess.report.letters.letter import OfficeLetter
from assess.workspace.office.reminding import PendingReturn, Reminder

_MOST_ITEMS: Final = 20
"""Items that a letter names; the notice of the return has them all."""


def make_reminder_letter(
    reminder: Reminder, campaign_title: str, office_name: str, today: date, lang: Lang
) -> OfficeLetter:
    """Return the letter, dated today."""
    _ = translator(lang)
    opening = [_write_state(reminder, campaign_title, today, lang)]
    if reminder.returned is not None:
        opening.append(_write_items(reminder.returned, lang))
    if reminder.refused is not None:
        text = _(
            "A file that came from you was refused (receipt {number}); the receipt says why. "
            "Please mend that and hand in again."
        )
        opening.append(text.format(number=reminder.refused))
    return OfficeLetter(
        title=_("Reminder to hand in for “{campaign}”").format(campaign=campaign_title),
        addressee=reminder.unit_name,
        opening=tuple(opening),
        sender=office_name,
        day=today,
        closing=(_write_demand(reminder, lang),),
    )


def _write_state(reminder: Reminder, title: str, today: date, lang: Lang) -> str:
    _ = translator(lang)
    returned = reminder.returned
    if returned is None:
        text = _(
            "For “{campaign}” each unit hands in by {due}. On {today} nothing of yours that counts "
            "has come in{late}."
        )
    elif reminder.due is None:
        text = _(
            "What you handed in for “{campaign}” was sent back on {day} (number {number}). On "
            "{today} nothing has come in again."
        )
    else:
        text = _(
            "What you handed in for “{campaign}” was sent back on {day} (number {number}), and was "
            "to come in again by {due}. On {today} nothing has come in again{late}."
        )
    days = reminder.days_late
    late = _(", which is {days} days late").format(days=days) if days else ""
    return text.format(
        campaign=title,
        due=format_long_date(reminder.due, lang),
        today=format_long_date(today, lang),
        late=late,
        day=format_long_date(returned.day if returned is not None else None, lang),
        number=returned.number if returned is not None else "",
    )


def _write_items(returned: PendingReturn, lang: Lang) -> str:
    """Return the items that are to be put right; of many the first ones and their number."""
    _ = translator(lang)
    names = enumeration_comma_sign(lang).join(returned.items[:_MOST_ITEMS])
    text = _("Items to be put right: {items}.")
    if len(returned.items) > _MOST_ITEMS:
        text = _("Items to be put right, {count} in all: {items} and others; see the notice.")
    return text.format(items=names, count=len(returned.items))


def _write_demand(reminder: Reminder, lang: Lang) -> str:
    _ = translator(lang)
    if reminder.days_late:
        return _(
            "Please hand in at once: close the round, run “assess submit”, and send the file. If "
            "there are difficulties, please tell us."
        )
    if reminder.returned is not None:
        return _(
            "Please put these items right and hand in again as soon as you can: close the round, "
            "run “assess submit”, and send the file. If you have sent it already, please tell us "
            "when and how."
        )
    return _(
        "Please hand in in time: close the round, run “assess submit”, and send the file. If you "
        "have sent it already, please tell us when and how."
    )
