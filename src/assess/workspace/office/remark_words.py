"""The sentences of remarks in receipts: those of the office, and those of reading a hand-in."""

from __future__ import annotations

from typing import Final

from assess.harmless import escape_as_single_line
from assess.i18n import N_, Lang, translator
from assess.model.base import pick_text
from assess.model.receipt import ReceiptRemark
from assess.workspace.hand_in.words import SENTENCES

OFFICE_SENTENCES: Final[dict[str, str]] = {
    "unit-unknown": N_("no unit of office.yaml has the id “{id}” or the name “{name}”"),
    "unit-not-asked": N_("{unit} does not have to hand in for this campaign"),
    "unit-of-two": N_("the id is that of {id}, the name “{name}” that of {other}"),
    "unit-name": N_("the file calls the unit “{name}”, office.yaml “{known}”"),
    "unit-by-name": N_("told by its name “{name}”: the file has the id “{id}” and not {unit}"),
    "unit-other-id": N_("the file has the id “{id}”; what was taken before came with “{known}”"),
    "unit-exempt": N_("this unit need not hand in"),
    "other-round": N_("the round is {round}, the campaign {campaign}"),
    "other-signer": N_("signed by another certificate than the one on record"),
    "now-unsigned": N_("not signed, and a signer is on record"),
    "first-signature": N_("signed for the first time; nothing before it was"),
    "signature-broken": N_("a signature of the report does not hold"),
    "older": N_("older than receipt {number}, which says it is of {date}"),
    "date-before-campaign": N_(
        "overdue measures are reckoned for {date}, before the campaign was announced ({issued})"
    ),
    "answers-before-campaign": N_(
        "the newest answer is of {date}, before the campaign was announced ({issued})"
    ),
    "reviewed-before": N_("what came in before was reviewed and accepted"),
    "checklist-edited": N_("the checklist {id} {version} is not as it was issued: it was edited"),
    "checklist-version": N_("the checklist {id} has version {version}; {issued} was issued"),
    "checklist-other": N_("the checklist {id} was not issued for this campaign"),
    "checklist-lacking": N_("answers to the checklist {id} are lacking"),
    "more-remarks": N_("… and {count} more remarks"),
}
"""The sentences by code."""


def write_remark(remark: ReceiptRemark, lang: Lang) -> str:
    """Return a remark as one line; a code that this program does not know stands for itself."""
    sentence = {**SENTENCES, **OFFICE_SENTENCES}.get(remark.code)
    words = {name: pick_text(word, lang) for name, word in remark.words.items()}
    try:
        text = translator(lang)(sentence).format(**words) if sentence else remark.code
    except (KeyError, IndexError, ValueError):  # a row that was edited by hand
        text = remark.code
    where = ":".join(filter(None, (remark.member, remark.place)))
    return escape_as_single_line(f"{where}: {text}" if where else text)
