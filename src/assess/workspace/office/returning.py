"""Sending back what a unit handed in: the row, and the return file that the unit takes in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Literal, NamedTuple

import msgspec

from assess import locations
from assess.china_time import find_day_in_china
from assess.engine.return_file_json import encode_return_file
from assess.engine.unit_states import decide_unit_progress, group_receipts_by_unit
from assess.errors import UnknownIdError, UsageError
from assess.harmless import escape_as_single_line
from assess.i18n import Lang, translator
from assess.model.base import Text, pick_text
from assess.model.office import LONGEST_NAME, Unit
from assess.model.receipt import MOST_RETURNED_ITEMS, Receipt, ReceiptsFile, ReturnedItem
from assess.model.results import Applies, WorkState
from assess.model.return_file import RETURN_FORMAT, ReturnedAnswer, ReturnedHandIn, ReturnFile
from assess.store.open_file import OpenFile
from assess.workspace.hand_in.outcome import AcceptedHandIn
from assess.workspace.office.letter_files import write_letter_to_folder
from assess.workspace.office.office import Office
from assess.workspace.office.receipt_rows import (
    choose_time_after_receipts,
    find_free_number,
    refuse_full_receipts,
    write_receipt,
)
from assess.workspace.office.stored_hand_in import read_stored_bytes, require_accepted
from assess.workspace.office.taking import CheckHandIn


class OfficeAct(NamedTuple):
    """What the office does with what counts of a unit; `due` and `items` only to send it back."""

    unit_id: str
    campaign_id: str
    by: str | None
    now: datetime
    reason: str | None = None
    items: Sequence[str] = ()
    """Each as CHECKLIST/ITEM, or CHECKLIST/ITEM@SYSTEM."""
    words: Mapping[str, str] = {}
    """What is to be put right at an item, by its name; where it has none, `reason` says it."""
    due: date | None = None


class CountedHandIn(NamedTuple):
    """The hand-in of a unit that counts or is held, and the receipts of its campaign."""

    unit: Unit
    number: str
    receipt: Receipt
    file: OpenFile[ReceiptsFile]
    is_reviewed: bool


class PlannedReturn(NamedTuple):
    """A return that can be written."""

    number: str
    receipt: Receipt
    file: OpenFile[ReceiptsFile]
    unit_id: str
    campaign_id: str
    content: ReturnFile
    system_names: Mapping[str, str]
    """The names of the unit's systems, as it handed them in, by id."""

    def find_path(self, suffix: str) -> str:
        """Return the path of a file of the return, by its suffix."""
        return locations.return_path(self.campaign_id, self.unit_id, self.number, suffix)


class _ItemPart(msgspec.Struct):
    id: str
    work: WorkState = "unanswered"
    applies: Applies = "yes"


class _SectionPart(msgspec.Struct):
    items: tuple[_ItemPart, ...]


class _SheetPart(msgspec.Struct):
    name: str
    sections: tuple[_SectionPart, ...]


class _SystemPart(msgspec.Struct):
    id: str
    name: Text


class _DataPart(msgspec.Struct):
    """What of the data of a round is looked at here."""

    sheets: tuple[_SheetPart, ...]
    systems: tuple[_SystemPart, ...] = ()


def find_counted_hand_in(office: Office, act: OfficeAct) -> CountedHandIn:
    """Return the hand-in of a unit that counts.

    Raises:
        UnknownIdError: office.yaml has no such unit.
        UsageError: nothing of the unit was taken, or a later file waits to be looked at.
        FilesError: the receipts can't be read.
    """
    unit = office.find_unit(act.unit_id)
    campaign = office.read_office_file().campaigns[act.campaign_id]
    file = office.open_receipts(act.campaign_id)
    receipts = file.value.receipts
    rows = group_receipts_by_unit(receipts).get(act.unit_id, ())
    progress = decide_unit_progress(unit, campaign.due, rows, find_day_in_china(act.now))
    _ = translator(office.lang)
    if progress.waiting:
        message = _("a file of {unit} is held: {numbers}")
        words = {"unit": act.unit_id, "numbers": " ".join(progress.waiting)}
        hint = (
            f"assess rollup take --confirm {act.unit_id} --reason …; "
            f"assess rollup reject {act.unit_id} --reason …"
        )
        raise UsageError(message.format(**words), hint)
    if progress.current is None:
        message = _("nothing that {unit} handed in counts").format(unit=act.unit_id)
        raise UsageError(message, f"assess rollup status {act.campaign_id}")
    counted = receipts[progress.current]
    refuse_full_receipts(receipts, office.lang)
    return CountedHandIn(unit, progress.current, counted, file, progress.reviewed)


def find_held_hand_in(office: Office, act: OfficeAct) -> CountedHandIn:
    """Return the newest hand-in that is held for a unit.

    Raises:
        UnknownIdError: office.yaml has no such unit.
        UsageError: nothing is held for it.
        FilesError: the receipts can't be read.
    """
    unit = office.find_unit(act.unit_id)
    campaign = office.read_office_file().campaigns[act.campaign_id]
    file = office.open_receipts(act.campaign_id)
    receipts = file.value.receipts
    rows = group_receipts_by_unit(receipts).get(act.unit_id, ())
    progress = decide_unit_progress(unit, campaign.due, rows, find_day_in_china(act.now))
    if not progress.waiting:
        _ = translator(office.lang)
        message = _("nothing of {unit} is held").format(unit=act.unit_id)
        raise UsageError(message, f"assess rollup status {act.campaign_id}")
    refuse_full_receipts(receipts, office.lang)
    number = progress.waiting[-1]
    return CountedHandIn(unit, number, receipts[number], file, progress.reviewed)


def make_act_row(
    state: Literal["returned", "reviewed", "refused"], act: OfficeAct, counted: CountedHandIn
) -> tuple[str, Receipt]:
    """Return the row of an act about what counts or is held, with its number."""
    receipts = counted.file.value.receipts
    of_unit = (row for row in receipts.values() if row.unit == act.unit_id)
    day = find_day_in_china(act.now)
    receipt = Receipt(
        state=state,
        unit=act.unit_id,
        received=day,
        by=act.by,
        at=choose_time_after_receipts(of_unit, act.now),
        reason=act.reason,
        items=tuple(act.items),
        due=act.due,
        about=counted.number,
    )
    digest = counted.receipt.file.digest if counted.receipt.file else counted.number
    return find_free_number(receipts, digest, day), receipt


def plan_return(office: Office, act: OfficeAct, check: CheckHandIn) -> PlannedReturn:
    """Return what sending back would write; nothing is written.

    Raises:
        UnknownIdError: there is no such unit, sheet or item.
        UsageError: nothing of the unit counts; its file is not in the inbox; an item is not
            answered, stands twice, or has another form; the day has passed.
        FilesError: a file of the office can't be read.
    """
    items = tuple(_split_item(item, office.lang) for item in act.items)
    _refuse_bad_list(act, office.lang)
    counted = find_counted_hand_in(office, act)
    if counted.receipt.file is None or counted.receipt.contents is None:
        _ = translator(office.lang)
        raise UsageError(_("receipt {number} names no file").format(number=counted.number))
    data = read_stored_bytes(office, counted.receipt.file.digest)
    hand_in = require_accepted(check(data), office.lang)
    round_data = msgspec.json.decode(hand_in.data, type=_DataPart)
    works = _map_answered_items(round_data)
    for name, (sheet, item) in zip(act.items, items, strict=True):
        _refuse_unanswered_item(name, sheet, item, works, office.lang)
    number, receipt = make_act_row("returned", act, counted)
    answers = tuple(
        ReturnedAnswer(sheet=sheet, item=item, words=act.words.get(name) or act.reason or "")
        for name, (sheet, item) in zip(act.items, items, strict=True)
    )
    language = office.read_office_file().language
    systems = {system.id: pick_text(system.name, language) for system in round_data.systems}
    content = _make_content(office, act, counted, hand_in, number, answers)
    file, unit_id = counted.file, act.unit_id
    return PlannedReturn(number, receipt, file, unit_id, act.campaign_id, content, systems)


def _make_content(
    office: Office,
    act: OfficeAct,
    counted: CountedHandIn,
    hand_in: AcceptedHandIn,
    number: str,
    answers: tuple[ReturnedAnswer, ...],
) -> ReturnFile:
    value, manifest = office.read_office_file(), hand_in.manifest
    return ReturnFile(
        format=RETURN_FORMAT,
        number=number,
        office=_write_printable_name(value.name),
        campaign=_write_printable_name(value.campaigns[act.campaign_id].title),
        unit=manifest.unit.id,
        unit_name=_write_printable_name(counted.unit.name),
        round=manifest.round,
        hand_in=ReturnedHandIn(
            digest=f"sha256:{hand_in.digest}",
            received=counted.receipt.received,
            receipt=counted.number,
            tag=manifest.tag,
            closing=manifest.closing,
            commit=manifest.commit,
        ),
        returned=find_day_in_china(act.now),
        due=act.due,
        reason=act.reason or "",
        items=answers,
    )


def _write_printable_name(name: str) -> str:
    """Return a name as a reader of the file accepts it: in one line, without unseen signs."""
    return escape_as_single_line(name)[:LONGEST_NAME]


def _split_item(name: str, lang: Lang) -> tuple[str, str]:
    """Return the sheet and the item that `--item` names.

    Raises:
        UsageError: it has another form.
    """
    try:
        msgspec.convert(name, ReturnedItem)
    except msgspec.ValidationError as error:
        _ = translator(lang)
        message = _("“{item}” is no item of a sheet").format(item=name)
        hint = "--item CHECKLIST/ITEM, --item CHECKLIST/ITEM@SYSTEM=TEXT"
        raise UsageError(message, hint) from error
    checklist, _slash, rest = name.partition("/")
    item, at, system = rest.partition("@")
    return f"{checklist}{at}{system}", item


def _refuse_bad_list(act: OfficeAct, lang: Lang) -> None:
    _ = translator(lang)
    if act.due is not None and act.due < find_day_in_china(act.now):
        raise UsageError(_("{day} has passed").format(day=act.due), "--by DATE")
    if not act.items or len(act.items) > MOST_RETURNED_ITEMS:
        message = _("1 to {count} items are sent back at once")
        raise UsageError(message.format(count=MOST_RETURNED_ITEMS), "--item CHECKLIST/ITEM")
    twice = [item for item in act.items if act.items.count(item) > 1]
    if twice:
        raise UsageError(_("{item} was given twice").format(item=twice[0]), "--item")


def _map_answered_items(round_data: _DataPart) -> dict[str, dict[str, bool]]:
    """Return for each item of each sheet whether it is answered."""
    return {
        sheet.name: {
            item.id: item.work != "unanswered" and item.applies != "no"
            for section in sheet.sections
            for item in section.items
        }
        for sheet in round_data.sheets
    }


def _refuse_unanswered_item(
    name: str, sheet: str, item: str, answered: Mapping[str, Mapping[str, bool]], lang: Lang
) -> None:
    """Refuse an item that is not in the hand-in, or has no answer there.

    Raises:
        UnknownIdError: there is no such sheet, or no such item in it.
        UsageError: the item has no answer.
    """
    _ = translator(lang)
    if sheet not in answered:
        message = _("{item}: no sheet {sheet} was handed in").format(item=name, sheet=sheet)
        raise UnknownIdError(message, sheet, answered)
    if item not in answered[sheet]:
        message = _("no item {item} in {checklist}").format(item=item, checklist=sheet)
        raise UnknownIdError(message, item, answered[sheet])
    if not answered[sheet][item]:
        message = _("{item}: the unit did not answer it, so no answer can be sent back")
        hint = _("what lacks an answer stands in the receipt; name an item that was answered")
        raise UsageError(message.format(item=name), hint)


def write_return(office: Office, planned: PlannedReturn, letters: Mapping[str, bytes]) -> None:
    """Write the return file, the letters by suffix, and at last the row.

    Raises:
        ChangedOnDiskError, LockedError, WriteError: a file can't be written.
    """
    files = {"json": encode_return_file(planned.content), **letters}
    write_letter_to_folder(office, planned.find_path, files)
    write_receipt(planned.file, planned.number, planned.receipt)
