"""What the office makes of a file that was read: taken, held or refused, and for which unit.

Nothing here touches the disk. `AcceptedHandIn` says that the parts of a file agree with each other;
who sent it, for which round, and by which checklists is compared here with what the office knows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from assess.engine.kinds.reading import fold_width_case_drop_spaces
from assess.engine.unit_states import NumberedReceipt, UnitProgress, decide_unit_progress
from assess.harmless import escape_control_characters
from assess.i18n import LANGS
from assess.model.base import pick_text
from assess.model.hand_in import Manifest, UnitRecord
from assess.model.office import UNSIGNED, Campaign, OfficeFile, Unit, list_campaign_units
from assess.model.receipt import (
    LONGEST_CLAIM,
    Receipt,
    ReceiptRemark,
    ReceiptState,
    ReceivedChecklist,
    ReceivedContents,
)
from assess.workspace.hand_in.outcome import AcceptedHandIn, HandIn, HandInNote, RefusedHandIn
from assess.workspace.office.remark_order import cut_remarks, order_and_cut_remarks


class Judgement(NamedTuple):
    """What becomes of a file."""

    state: ReceiptState
    unit: str | None
    reasons: tuple[ReceiptRemark, ...]
    contents: ReceivedContents | None = None
    signer: str | None = None
    replaces: str | None = None
    """The receipt that counted before, where the file takes its place."""


class CampaignView(NamedTuple):
    """What files are held against: the office, the campaign and the day."""

    office: OfficeFile
    campaign_id: str
    campaign: Campaign
    today: date
    asked: Collection[str]
    """The units that have to hand in."""
    ids_by_name: Mapping[str, Sequence[str]]
    """The units by name, whatever its blanks, width and case."""


class UnitRecords(NamedTuple):
    """What is on record of a unit: its receipts, and who signs."""

    receipts: Sequence[NumberedReceipt] = ()
    signer: str | None = None


class _UnitMatch(NamedTuple):
    """The unit that a file names, and what is odd about its naming."""

    unit_id: str | None
    remarks: tuple[ReceiptRemark, ...] = ()
    is_doubtful: bool = False


def make_campaign_view(office: OfficeFile, campaign_id: str, today: date) -> CampaignView:
    """Return what files are held against."""
    campaign = office.campaigns[campaign_id]
    ids_by_name: dict[str, list[str]] = {}
    for key, unit in office.units.items():
        ids_by_name.setdefault(fold_width_case_drop_spaces(unit.name), []).append(key)
    asked = list_campaign_units(office, campaign).keys()
    return CampaignView(office, campaign_id, campaign, today, asked, ids_by_name)


def judge_hand_in(
    hand_in: HandIn, view: CampaignView, records: Mapping[str, UnitRecords]
) -> Judgement:
    """Return what becomes of a file; `records` has those of each unit so far."""
    if isinstance(hand_in, RefusedHandIn):
        claimed = hand_in.manifest
        unit = _match_unit(claimed.unit, view).unit_id if claimed else None
        reasons = _convert_notes((hand_in.reason, *hand_in.others))
        return Judgement("refused", unit, cut_remarks(reasons))
    contents = _describe_contents(hand_in, view.campaign)
    match = _match_unit(hand_in.manifest.unit, view)
    if match.unit_id is None:
        return Judgement("refused", None, match.remarks, contents)
    if match.unit_id not in view.asked:
        remark = _make_remark("unit-not-asked", unit=match.unit_id)
        return Judgement("refused", match.unit_id, (remark,), contents)
    return _judge_for_unit(hand_in, view, match, contents, records[match.unit_id])


def _judge_for_unit(
    hand_in: AcceptedHandIn,
    view: CampaignView,
    match: _UnitMatch,
    contents: ReceivedContents,
    records: UnitRecords,
) -> Judgement:
    """Return what becomes of a file of a unit that is asked: it is held where there is a doubt."""
    unit = view.office.units[match.unit_id or ""]
    progress = decide_unit_progress(unit, view.campaign.due, records.receipts, view.today)
    signer = find_signer(hand_in)
    doubts = [
        *(match.remarks if match.is_doubtful else ()),
        *_list_id_doubts(hand_in.manifest, match, progress, dict(records.receipts)),
        *_list_round_doubts(hand_in.manifest, view.campaign_id),
        *_list_signer_doubts(records.signer, signer),
        *_list_age_doubts(contents, progress, dict(records.receipts)),
        *([_make_remark("reviewed-before")] if progress.reviewed else ()),
    ]
    remarks = [
        *(() if match.is_doubtful else match.remarks),
        *list_remarks(hand_in, contents, unit, view.campaign),
    ]
    if records.signer == UNSIGNED and signer != UNSIGNED:
        remarks.append(_make_remark("first-signature"))
    return Judgement(
        "held" if doubts else "taken",
        match.unit_id,
        order_and_cut_remarks(doubts, remarks),
        contents,
        signer,
        None if doubts else progress.current,
    )


def _match_unit(record: UnitRecord, view: CampaignView) -> _UnitMatch:
    """Return the unit that a file names by its id, else by its name."""
    units = view.office.units
    names = {fold_width_case_drop_spaces(pick_text(record.name, lang)) for lang in LANGS}
    keys_by_name = [view.ids_by_name.get(name, ()) for name in sorted(names)]
    by_name = [key for keys in keys_by_name for key in keys]
    others = [keys[0] for keys in keys_by_name if keys and record.id not in keys]
    words = {"id": record.id, "name": pick_text(record.name, view.office.language)}
    if record.id in units:
        if others:
            words |= {"other": others[0], "name": units[others[0]].name}
            return _UnitMatch(record.id, (_make_remark("unit-of-two", **words),), True)
        if not by_name:
            words["known"] = units[record.id].name
            return _UnitMatch(record.id, (_make_remark("unit-name", **words),))
        return _UnitMatch(record.id)
    if len(by_name) == 1:
        words["unit"] = by_name[0]
        return _UnitMatch(by_name[0], (_make_remark("unit-by-name", **words),))
    return _UnitMatch(None, (_make_remark("unit-unknown", **words),))


def list_naming_remarks(receipt: Receipt) -> tuple[ReceiptRemark, ...]:
    """Return the remarks of a receipt by which its file names another unit, or names it oddly."""
    codes = ("unit-of-two", "unit-name", "unit-by-name", "unit-other-id")
    return tuple(remark for remark in receipt.reasons if remark.code in codes)


def _list_id_doubts(
    manifest: Manifest, match: _UnitMatch, progress: UnitProgress, receipts: Mapping[str, Receipt]
) -> Iterator[ReceiptRemark]:
    """Yield that a file has another id than the one that counts: anybody can write a name."""
    if progress.current is None:
        return
    claims = (
        remark.words["id"]
        for remark in receipts[progress.current].reasons
        if remark.code == "unit-by-name" and "id" in remark.words
    )
    known = str(next(claims, match.unit_id))
    if manifest.unit.id != known:
        yield _make_remark("unit-other-id", id=manifest.unit.id, known=known)


def _list_round_doubts(manifest: Manifest, campaign_id: str) -> Iterator[ReceiptRemark]:
    if manifest.round != campaign_id:
        yield _make_remark("other-round", round=manifest.round, campaign=campaign_id)


def _list_signer_doubts(known: str | None, signer: str) -> Iterator[ReceiptRemark]:
    """Yield that another signs than the one on record, or that nobody does any more."""
    if known not in (None, UNSIGNED, signer):
        yield _make_remark("now-unsigned" if signer == UNSIGNED else "other-signer")


def _list_age_doubts(
    contents: ReceivedContents, progress: UnitProgress, receipts: Mapping[str, Receipt]
) -> Iterator[ReceiptRemark]:
    """Yield that a file is older than the one that counts, by what both say of themselves."""
    number = progress.current or ""
    known = receipts[number].contents if number else None
    if known is not None and _age_key(contents) < _age_key(known):
        yield _make_remark("older", number=number, date=str(known.dated))


def _age_key(contents: ReceivedContents) -> tuple[date, int]:
    return contents.dated, contents.closing or 0


def list_remarks(
    hand_in: AcceptedHandIn, contents: ReceivedContents, unit: Unit, campaign: Campaign
) -> Iterator[ReceiptRemark]:
    """Yield what an officer should know of a file that is taken or held."""
    if unit.exempt is not None:
        yield _make_remark("unit-exempt")
    if not all(signature.holds for signature in hand_in.signatures):
        yield _make_remark("signature-broken")
    for code, day in (
        ("date-before-campaign", contents.dated),
        ("answers-before-campaign", hand_in.newest_answer),
    ):
        if day is not None and day < campaign.issued:
            yield _make_remark(code, date=str(day), issued=str(campaign.issued))
    yield from _list_checklist_remarks(contents, unit, campaign)
    yield from _convert_notes(hand_in.remarks)


def _list_checklist_remarks(
    contents: ReceivedContents, unit: Unit, campaign: Campaign
) -> Iterator[ReceiptRemark]:
    """Yield which checklists are not as they were issued, or lack."""
    issued = {row.id: row for row in campaign.checklists}
    for row in contents.checklists:
        wanted = issued.get(row.id)
        if row.issued:
            continue
        if wanted is None:
            yield _make_remark("checklist-other", id=row.id)
        elif wanted.version == row.version:
            yield _make_remark("checklist-edited", id=row.id, version=row.version)
        else:
            words = {"id": row.id, "version": row.version, "issued": wanted.version}
            yield _make_remark("checklist-version", **words)
    handed_in = {row.id for row in contents.checklists}
    expected = [row.checklist for row in unit.expects] or list(issued)
    for checklist in dict.fromkeys(expected):
        if checklist not in handed_in:
            yield _make_remark("checklist-lacking", id=checklist)


def find_signer(hand_in: AcceptedHandIn) -> str:
    """Return the digest of the certificate of the first signature that holds, or `unsigned`."""
    for signature in hand_in.signatures:
        if signature.holds and signature.fingerprint:
            return f"sha256:{signature.fingerprint}"
    return UNSIGNED


def _describe_contents(hand_in: AcceptedHandIn, campaign: Campaign) -> ReceivedContents:
    """Return what is in a file, as a receipt has it."""
    manifest = hand_in.manifest
    issued = {(row.id, row.digest) for row in campaign.checklists}
    return ReceivedContents(
        round=manifest.round,
        tag=manifest.tag,
        closing=manifest.closing,
        commit=manifest.commit,
        dated=manifest.date,
        program=manifest.program,
        sanitised=manifest.sanitised,
        sheets=manifest.sheets,
        checklists=tuple(
            ReceivedChecklist(
                id=row.id,
                version=_shorten_claim(row.version),
                digest=row.digest,
                issued=(row.id, row.digest) in issued,
            )
            for row in hand_in.checklists
        ),
        unanswered=hand_in.counts.unanswered,
        report=hand_in.report is not None,
        signed_scan=hand_in.signed_scan is not None,
        evidence=len(hand_in.evidence),
    )


def _convert_notes(notes: Iterable[HandInNote]) -> Iterator[ReceiptRemark]:
    """Yield notes of the reading as remarks of a receipt; their texts are harmless already."""
    for note in notes:
        yield ReceiptRemark(
            code=note.code,
            member=note.member or None,
            place=note.place or None,
            words=dict(note.words),
        )


def _make_remark(code: str, **words: str) -> ReceiptRemark:
    return ReceiptRemark(
        code=code, words={key: _shorten_claim(word) for key, word in words.items()}
    )


def _shorten_claim(text: str) -> str:
    """Return a text of a stranger as a receipt stores it: without controls, of bounded length."""
    return escape_control_characters(text)[:LONGEST_CLAIM]
