"""The receipt (回执) of what a unit handed in, as a letter."""

from __future__ import annotations

from assess.i18n import Lang, translator
from assess.report.letters.letter import LetterTable, OfficeLetter
from assess.workspace.office.slips import ReceiptSlip


def make_receipt_letter(slip: ReceiptSlip, lang: Lang) -> OfficeLetter:
    """Return the letter; what the receipt says stands in a table."""
    _ = translator(lang)
    opening = _("Of what came in for “{campaign}” this is recorded:")
    return OfficeLetter(
        title=_("Receipt"),
        addressee=slip.unit_name or _("Unit not confirmed"),
        opening=(opening.format(campaign=slip.campaign),),
        sender=slip.office,
        day=slip.day,
        table=LetterTable((_("Subject"), _("What is recorded")), slip.rows),
        closing=slip.notes,
    )
