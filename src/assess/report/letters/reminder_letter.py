"""The letter by which an office reminds a unit that has not handed in (催报函)."""

from __future__ import annotations

from datetime import date

from assess.i18n import Lang, translator
from assess.report.content.view.words import format_long_date
from assess.report.letters.letter import OfficeLetter
from assess.workspace.office.reminding import Reminder


def make_reminder_letter(
    reminder: Reminder, campaign_title: str, office_name: str, today: date, lang: Lang
) -> OfficeLetter:
    """Return the letter, dated today."""
    _ = translator(lang)
    opening = [_write_state(reminder, campaign_title, today, lang)]
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
    if reminder.due is None:
        text = _(
            "What you handed in for “{campaign}” was sent back. On {today} nothing has come in "
            "again."
        )
    elif reminder.is_returned:
        text = _(
            "What you handed in for “{campaign}” was sent back, and was to come in again by {due}. "
            "On {today} nothing has come in again{late}."
        )
    else:
        text = _(
            "For “{campaign}” each unit hands in by {due}. On {today} nothing of yours that counts "
            "has come in{late}."
        )
    days = reminder.days_late
    late = _(", which is {days} days late").format(days=days) if days else ""
    return text.format(
        campaign=title,
        due=format_long_date(reminder.due, lang),
        today=format_long_date(today, lang),
        late=late,
    )


def _write_demand(reminder: Reminder, lang: Lang) -> str:
    _ = translator(lang)
    if reminder.days_late:
        return _(
            "Please hand in at once: close the round, run “assess submit”, and send the file. If "
            "there are difficulties, please tell us."
        )
    return _(
        "Please hand in in time: close the round, run “assess submit”, and send the file. If you "
        "have sent it already, please tell us when and how."
    )
