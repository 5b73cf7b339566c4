"""The text of a receipt (回执), which the office sends back to a unit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final, NamedTuple

from assess.engine.punctuation import (
    colon_sign,
    enumeration_comma_sign,
    format_bracketed_remark,
)
from assess.harmless import escape_as_single_line
from assess.i18n import N_, Lang, plural_translator, translator
from assess.model.office import UNSIGNED, Campaign, Unit
from assess.model.receipt import Receipt, ReceiptState, ReceivedContents
from assess.workspace.office.remark_words import write_remark

RECEIPT_STATES: Final[Mapping[ReceiptState, str]] = {
    "taken": N_("taken in"),
    "held": N_("held until it is looked at; what came in before still counts"),
    "refused": N_("refused; nothing of it was taken over"),
    "confirmed": N_("held before, counts from now on"),
    "returned": N_("sent back"),
    "reviewed": N_("reviewed and accepted"),
}
"""What an act of the office means to the unit."""


class ReceiptSlip(NamedTuple):
    """What a receipt says; its texts may come from strangers."""

    unit_name: str | None
    campaign: str
    rows: tuple[tuple[str, str], ...]
    """Number, time, what was in the file, digest and state, each with its name."""
    notes: tuple[str, ...]
    office: str
    day: date


def make_receipt_slip(
    number: str,
    receipts: Mapping[str, Receipt],
    unit: Unit | None,
    campaign: Campaign,
    office_name: str,
    lang: Lang,
) -> ReceiptSlip:
    """Return what the receipt of a number says."""
    _ = translator(lang)
    receipt = receipts[number]
    came_in = receipts.get(receipt.about or "", receipt)
    rows: list[tuple[str, str]] = [
        (_("Receipt number"), number),
        (_("Campaign"), campaign.title),
        (_("Handed in by"), unit.name if unit else _("not known")),
        (_("Received on"), f"{came_in.received}"),
        (_("State"), _(RECEIPT_STATES[receipt.state])),
        *_list_file_rows(came_in, lang),
        *((_("Remark"), write_remark(remark, lang)) for remark in receipt.reasons),
    ]
    if receipt.reason:
        rows.append((_("Reason"), receipt.reason))
    if receipt.replaces:
        rows.append((_("Replaces"), receipt.replaces))
    notes = (
        _("The day of receipt is that of this office; what the file says of itself is not proved."),
        _("A scan of a stamped page proves nobody's identity."),
    )
    name = unit.name if unit else None
    return ReceiptSlip(name, campaign.title, tuple(rows), notes, office_name, receipt.at.date())


def format_slip_text(slip: ReceiptSlip, lang: Lang) -> str:
    """Return a receipt as a text, which is sent back to the unit."""
    _ = translator(lang)
    lines = [_("Receipt"), "", *(_slip_line(name, value, lang) for name, value in slip.rows), ""]
    lines += [*slip.notes, "", escape_as_single_line(slip.office), f"{slip.day}"]
    return "\n".join(lines) + "\n"


def _slip_line(name: str, value: str, lang: Lang) -> str:
    """Return a line; what stands behind the colon comes from strangers, and stays on its line."""
    return f"{name}{colon_sign(lang)}{escape_as_single_line(value)}"


def _list_file_rows(receipt: Receipt, lang: Lang) -> Iterator[tuple[str, str]]:
    _ = translator(lang)
    if receipt.file is not None:
        size = _("{count} bytes").format(count=receipt.file.size)
        yield _("File"), receipt.file.name + format_bracketed_remark(size, lang)
        yield _("SHA-256 digest"), receipt.file.digest
    if receipt.signer is not None:
        yield _("Signed"), signer_text(receipt.signer, lang)
    if receipt.contents is not None:
        yield from _list_content_rows(receipt.contents, lang)


def signer_text(signer: str, lang: Lang) -> str:
    """Return who signed, or that nobody's identity is proved."""
    _ = translator(lang)
    if signer == UNSIGNED:
        return _("none; the identity is not proved")
    return _("signed by the certificate {digest}").format(digest=signer)


def _list_content_rows(contents: ReceivedContents, lang: Lang) -> Iterator[tuple[str, str]]:
    _ = translator(lang)
    _n = plural_translator(lang)
    comma = enumeration_comma_sign(lang)
    yield _("Round"), contents.round
    yield _("Closed as"), contents.tag or _("not closed")
    yield _("Sheets"), comma.join(contents.sheets)
    yield (
        _("Checklists"),
        comma.join(f"{row.id} {row.version}" for row in contents.checklists),
    )
    yield _("Items without an answer"), f"{contents.unanswered}"
    present = {
        _("report"): contents.report,
        _("scan of the stamped page"): contents.signed_scan,
        _n("{count} file of evidence", "{count} files of evidence", contents.evidence).format(
            count=contents.evidence
        ): contents.evidence > 0,
    }
    yield (
        _("Enclosed"),
        comma.join(name for name, is_in in present.items() if is_in) or _("nothing"),
    )
    if contents.sanitised:
        yield _("Sanitised"), _("notes and persons were left out")
