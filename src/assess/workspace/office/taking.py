"""Taking in what units hand in: each file gets a receipt, and no file ends the run."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import BrokenExecutor, Executor
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple

from assess import locations
from assess.china_time import find_day_in_china
from assess.engine.unit_states import decide_unit_progress, group_receipts_by_unit
from assess.errors import UsageError
from assess.i18n import translator
from assess.model.receipt import Receipt, ReceiptState, ReceivedFile
from assess.store.open_file import OpenFile
from assess.store.yaml.field_edit import FieldEdit
from assess.workspace.hand_in.outcome import HandIn, PassedFolder
from assess.workspace.office.inbox import (
    IncomingFile,
    PassedOver,
    keep_in_inbox,
    read_incoming_file,
)
from assess.workspace.office.judging import (
    Judgement,
    UnitRecords,
    judge_hand_in,
    list_naming_remarks,
    make_campaign_view,
)
from assess.workspace.office.letter_files import write_letter_to_folder
from assess.workspace.office.office import Office
from assess.workspace.office.parsed_files import store_saved_files
from assess.workspace.office.receipt_rows import (
    choose_time_after_receipts,
    find_free_number,
    refuse_full_receipts,
)
from assess.workspace.office.same_process import SameProcessExecutor
from assess.workspace.office.slips import ReceiptSlip, format_slip_text, make_receipt_slip
from assess.workspace.office.started_files import StartedFile, are_enough_started

CheckHandIn = Callable[[bytes], HandIn]
"""Reads a stranger's file in the limited child; no file makes it raise an error. It can be sent to
another process."""

FileOutcome = ReceiptState | PassedOver | Literal["same-file"]
"""What became of a file: the state of its receipt, or why it got none."""

_FEWEST_TO_SAVE: Final = 50
_PART_TO_SAVE: Final = 4
"""Receipts are saved when so many wait, and a quarter of those that are there: each save reads the
whole file again."""


class TakingOptions(NamedTuple):
    """Who takes in, when, and whether anything is written."""

    by: str | None
    now: datetime
    received: date | None = None
    """The day on which a paper came in, where it was not today."""
    reason: str | None = None
    dry_run: bool = False


class TakenFile(NamedTuple):
    """What became of a file, with its receipt where it has one."""

    name: str
    outcome: FileOutcome
    number: str | None = None
    receipt: Receipt | None = None
    detail: str = ""
    """Why it got no receipt, in words, where the outcome does not say it."""


ReadSource = Callable[[Path], IncomingFile | PassedOver | PassedFolder]
"""Reads what stands at a path: a file, or the hand-in that is made of a folder."""


class HandInTaker:
    """Takes in files for a campaign. `save` writes what waits; whoever takes must call it last."""

    def __init__(
        self, office: Office, campaign_id: str, check: CheckHandIn, options: TakingOptions
    ) -> None:
        self._office = office
        self._campaign_id = campaign_id
        self._check = check
        self._options = options
        value = office.read_office_file()
        self.language = value.language
        self.written_parts: tuple[str, ...] = (locations.RECEIPTS,)
        """The parts of the office's folder that git has and that were written."""
        self._name = value.name
        day = find_day_in_china(options.now)
        self._view = make_campaign_view(value, campaign_id, day)
        self._receipts = dict(office.open_receipts(campaign_id).value.receipts)
        rows = group_receipts_by_unit(self._receipts)
        self._records = {
            key: UnitRecords(rows.get(key, ()), unit.signer) for key, unit in value.units.items()
        }
        self._numbers_by_digest: dict[str, list[str]] = {}
        for number, receipt in self._receipts.items():
            self._remember_digest(number, receipt)
        self._waiting: dict[str, Receipt] = {}
        self._signers: dict[str, str] = {}

    def take_files(
        self,
        paths: Iterable[Path],
        executor: Executor,
        most_started: int = 1,
        read: ReadSource = read_incoming_file,
    ) -> Iterator[TakenFile]:
        """Yield what became of each file, in order; `save` writes the receipts that wait.

        Files are checked by the executor, at most `most_started` at a time. What becomes of a file
        depends on those before it, and is decided here in their order.

        Raises:
            UsageError: the campaign has as many receipts as a file may hold.
            WriteError: the inbox or a receipt can't be written.
        """
        started: deque[StartedFile] = deque()
        for path in paths:
            while started and (started[0].is_done or are_enough_started(started, most_started)):
                yield self._finish_file(started.popleft())
            started.append(self._start_file(path, read(path), executor))
        while started:
            yield self._finish_file(started.popleft())

    def take_file(self, path: Path) -> TakenFile:
        """Take in a file in this process, as `take_files`."""
        return next(self.take_files([path], SameProcessExecutor()))

    def _start_file(
        self, path: Path, file: IncomingFile | PassedOver | PassedFolder, executor: Executor
    ) -> StartedFile:
        if not isinstance(file, IncomingFile):
            return StartedFile(path, file)
        if not self._options.dry_run:  # another officer may have taken it in elsewhere
            keep_in_inbox(self._office, file)
        if self._find_counted_receipt(file.digest) is not None:
            return StartedFile(path, file)
        try:
            checked = executor.submit(self._check, file.data)
        except BrokenExecutor:
            checked = SameProcessExecutor().submit(self._check, file.data)
        return StartedFile(path, file, checked)

    def _finish_file(self, started: StartedFile) -> TakenFile:
        file = started.file
        if isinstance(file, PassedFolder):
            return TakenFile(started.path.name, file.fault, detail=file.detail)
        if not isinstance(file, IncomingFile):
            return TakenFile(started.path.name, file)
        counted = self._find_counted_receipt(file.digest)
        if counted is not None:
            return TakenFile(file.name, "same-file", counted, self._receipts[counted])
        try:
            hand_in = started.checked.result() if started.checked else self._check(file.data)
        except BrokenExecutor:  # what checked files has ended: they are checked here
            hand_in = self._check(file.data)
        judgement = judge_hand_in(hand_in, self._view, self._records)
        again = self._find_equal_refusal(file.digest, judgement)
        if again is not None:
            return TakenFile(file.name, "refused", again, self._receipts[again])
        receipt = self._make_receipt(file, judgement)
        number = self._add_receipt(file.digest, receipt)
        if receipt.state == "taken" and receipt.unit and receipt.signer:
            self._record_signer(receipt.unit, receipt.signer)
        self._save_if_many_wait()
        return TakenFile(file.name, receipt.state, number, receipt)

    def confirm_unit(self, unit_id: str) -> TakenFile:
        """Let the newest file count that is held for a unit, and return its receipt.

        Where none is held, it is the one that `rollup reject` refused last, unless another file
        was taken in since: a mistaken refusal is undone.

        Raises:
            UnknownIdError: office.yaml has no such unit.
            UsageError: nothing is held for it.
        """
        unit = self._office.find_unit(unit_id)
        rows = self._records[unit_id].receipts
        campaign = self._view.campaign
        progress = decide_unit_progress(unit, campaign.due, rows, self._view.today)
        number = progress.waiting[-1] if progress.waiting else progress.rejected
        if number is None:
            _ = translator(self._office.lang)
            message = _("nothing of {unit} is held").format(unit=unit_id)
            raise UsageError(message, "assess rollup status")
        stored = self._receipts[number]
        receipt = Receipt(
            state="confirmed",
            unit=unit_id,
            received=find_day_in_china(self._options.now),
            by=self._options.by,
            at=self._choose_time_after_receipts_of(unit_id),
            reasons=list_naming_remarks(stored),
            reason=self._options.reason,
            about=number,
            replaces=progress.current,
            signer=stored.signer,
        )
        digest = stored.file.digest if stored.file else number
        made = self._add_receipt(digest, receipt)
        if stored.signer is not None:
            self._record_signer(unit_id, stored.signer)
        name = stored.file.name if stored.file else number
        return TakenFile(name, "confirmed", made, receipt)

    def save(self) -> None:
        """Write the receipts that wait, the signers, and the texts to send back.

        Raises:
            ChangedOnDiskError, LockedError, WriteError: a file can't be written; what was written
                before stays.
        """
        if not self._waiting or self._options.dry_run:
            return
        rows = [FieldEdit(("receipts", key), row) for key, row in self._waiting.items()]
        saved: list[OpenFile[Any]] = [self._office.open_receipts(self._campaign_id).save(rows)]
        signers = [
            FieldEdit(("units", unit, "signer"), signer) for unit, signer in self._signers.items()
        ]
        if signers:
            saved.append(self._office.open_office_file().save(signers))
            self.written_parts = (locations.RECEIPTS, locations.OFFICE)
        store_saved_files(self._office, saved)
        for number in self._waiting:
            self._write_slip_text(number)
        self._waiting, self._signers = {}, {}

    def make_slip(self, number: str) -> ReceiptSlip:
        """Return what a receipt says, which is sent back to the unit."""
        unit = self._view.office.units.get(self._receipts[number].unit or "")
        return make_receipt_slip(
            number, self._receipts, unit, self._view.campaign, self._name, self.language
        )

    def write_slip(self, number: str) -> str:
        """Return the text of a receipt."""
        return format_slip_text(self.make_slip(number), self.language)

    def _write_slip_text(self, number: str) -> None:
        data = self.write_slip(number).encode()
        path = locations.slip_path(self._campaign_id, number)
        write_letter_to_folder(self._office, lambda _suffix: path, {"txt": data})

    def write_slip_letter(self, number: str, files: Mapping[str, bytes]) -> list[str]:
        """Write a receipt as a letter, its files by suffix, and return their paths.

        Raises:
            WriteError: a file can't be written.
        """
        return write_letter_to_folder(
            self._office, partial(locations.receipt_letter_path, self._campaign_id, number), files
        )

    def _save_if_many_wait(self) -> None:
        if len(self._waiting) >= max(_FEWEST_TO_SAVE, len(self._receipts) // _PART_TO_SAVE):
            self.save()

    def _find_counted_receipt(self, digest: str) -> str | None:
        """Return the receipt of a file that was taken or held already."""
        return next(
            (
                number
                for number in self._numbers_by_digest.get(digest, ())
                if self._receipts[number].state in ("taken", "held")
            ),
            None,
        )

    def _find_equal_refusal(self, digest: str, judgement: Judgement) -> str | None:
        """Return the receipt by which the same file was refused for the same reasons."""
        if judgement.state != "refused":
            return None
        return next(
            (
                number
                for number in self._numbers_by_digest.get(digest, ())
                if self._receipts[number].reasons == judgement.reasons
            ),
            None,
        )

    def _make_receipt(self, file: IncomingFile, judgement: Judgement) -> Receipt:
        return Receipt(
            state=judgement.state,
            unit=judgement.unit,
            received=self._options.received or find_day_in_china(self._options.now),
            by=self._options.by,
            at=self._choose_time_after_receipts_of(judgement.unit),
            file=ReceivedFile(name=file.name, digest=file.digest, size=len(file.data)),
            contents=judgement.contents,
            reasons=judgement.reasons,
            reason=self._options.reason if self._options.received else None,
            replaces=judgement.replaces,
            signer=judgement.signer,
        )

    def _add_receipt(self, digest: str, receipt: Receipt) -> str:
        """Add a receipt under a number of its own, and return the number."""
        refuse_full_receipts(self._receipts, self._office.lang)
        number = find_free_number(self._receipts, digest, receipt.received)
        self._receipts[number] = self._waiting[number] = receipt
        self._remember_digest(number, receipt)
        records = self._records.get(receipt.unit or "")
        if receipt.unit is not None and records is not None:
            rows = [*records.receipts, (number, receipt)]
            self._records[receipt.unit] = records._replace(receipts=rows)
        return number

    def _choose_time_after_receipts_of(self, unit_id: str | None) -> datetime:
        """Return a time after those of all receipts of a unit."""
        records = self._records.get(unit_id or "")
        rows = records.receipts if records else ()
        return choose_time_after_receipts((row for _number, row in rows), self._options.now)

    def _remember_digest(self, number: str, receipt: Receipt) -> None:
        if receipt.file is not None:
            self._numbers_by_digest.setdefault(receipt.file.digest, []).append(number)

    def _record_signer(self, unit_id: str, signer: str) -> None:
        records = self._records[unit_id]
        if records.signer != signer:
            self._records[unit_id] = records._replace(signer=signer)
            self._signers[unit_id] = signer
