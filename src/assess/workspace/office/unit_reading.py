"""What a unit handed in, from the store where it was read before, else from the file itself."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import Final

from assess import __version__
from assess.engine.rollup.records import RecordFault, UnitEntry
from assess.engine.rollup.stored_entries import (
    decode_stored_checklist,
    decode_unit_entry,
    encode_unit_entry,
)
from assess.engine.rollup.unit_entries import SharedChecklists, add_round_data
from assess.engine.round_data_json import decode_round_data
from assess.file_bytes import read_start_of_regular_file
from assess.model.checklist import Checklist
from assess.model.hand_in import DATA
from assess.model.receipt import Receipt, ReceivedFile
from assess.model.round_data import ChecklistRecord
from assess.store.pinned_digest import digest_with_prefix
from assess.store.sealed_rows import SealedRow
from assess.workspace.hand_in.archive import MOST_OF_A_HAND_IN, unpack_hand_in
from assess.workspace.hand_in.outcome import AcceptedHandIn, HandIn, HandInRefusedError
from assess.workspace.office.inbox import describe_state_of_inbox_file, inbox_path
from assess.workspace.office.office import Office
from assess.workspace.office.record_store import RecordStore
from assess.workspace.office.remark_order import is_computed_here

CheckHandIn = Callable[[bytes], HandIn]
"""Reads a hand-in in the limited child, and returns what the program computes from its inputs."""

_HAND_IN: Final = "hand-in"
_CHECKLIST: Final = "checklist"


class UnitReader:
    """Reads what units handed in; `issued` are the checklists of the campaign by digest."""

    def __init__(
        self,
        office: Office,
        issued: Mapping[str, Checklist],
        check: CheckHandIn,
        store: RecordStore,
    ) -> None:
        self._office = office
        self._issued = issued
        self._check = check
        self._store = store
        self._shared: SharedChecklists = {}
        self._stored_checklists: dict[str, ChecklistRecord] = {}
        self._written_checklists: set[str] = set()
        self._issued_digest = hashlib.sha256("\n".join(sorted(issued)).encode()).hexdigest()

    def add_hand_in(self, entry: UnitEntry, receipt: Receipt) -> UnitEntry:
        """Return the entry of a unit with what it handed in; where that can't be read, why."""
        if receipt.file is None:
            return entry._replace(fault="file-missing")
        name = self._name_row(receipt, receipt.file)
        state = describe_state_of_inbox_file(self._office, receipt.file.digest)
        row = self._store.find_row(_HAND_IN, name)
        stored = self._restore_entry(entry, row) if row is not None else None
        if row is not None and stored is not None and state is not None and row.state == state:
            return stored
        data = _read_inbox_file(self._office, receipt.file)
        if isinstance(data, str):
            return entry._replace(fault=data)
        if row is not None and stored is not None:
            self._store.add_row(row._replace(state=state or ""))
            return stored
        return self._read_and_store(
            entry, receipt, data, SealedRow(_HAND_IN, name, state or "", b"")
        )

    def _name_row(self, receipt: Receipt, file: ReceivedFile) -> str:
        """Return the name of what is made of a file: all that it depends on beside the program."""
        source = "computed" if is_computed_here(receipt, __version__) else "stated"
        return f"{file.digest} {self._issued_digest} {source}"

    def _restore_entry(self, entry: UnitEntry, row: SealedRow) -> UnitEntry | None:
        """Return the entry with what a row says, None where the row lacks something."""
        try:
            return decode_unit_entry(entry, row.content, self._find_checklist)
        except (ValueError, LookupError):
            return None

    def _find_checklist(self, digest: str) -> ChecklistRecord:
        """Return a checklist of the store.

        Raises:
            LookupError: it is not there.
            ValueError: it is of another form.
        """
        if digest not in self._stored_checklists:
            row = self._store.find_row(_CHECKLIST, digest)
            if row is None:
                raise LookupError(digest)
            self._stored_checklists[digest] = decode_stored_checklist(row.content)
        return self._stored_checklists[digest]

    def _read_and_store(
        self, entry: UnitEntry, receipt: Receipt, data: bytes, row: SealedRow
    ) -> UnitEntry:
        """Return the entry with what a hand-in holds, and have that stored."""
        try:
            record = decode_round_data(_find_data(data, receipt, self._check))
            added = add_round_data(entry, record, self._issued, self._shared)
        except (ValueError, HandInRefusedError):
            return entry._replace(fault="file-unreadable")
        encoded = encode_unit_entry(added)
        for digest, content in encoded.checklists.items():
            if digest not in self._written_checklists:
                self._store.add_row(SealedRow(_CHECKLIST, digest, "", content))
                self._written_checklists.add(digest)
        self._store.add_row(row._replace(content=encoded.content))
        return added


def _read_inbox_file(office: Office, file: ReceivedFile) -> bytes | RecordFault:
    """Return the bytes that a receipt names, or why they can't be had."""
    path = office.root / inbox_path(file.digest)
    try:
        data = read_start_of_regular_file(path, MOST_OF_A_HAND_IN + 1, 0)
    except (FileNotFoundError, NotADirectoryError):
        return "file-missing"
    except OSError:
        return "file-unreadable"
    return data if digest_with_prefix(data) == file.digest else "file-changed"


def _find_data(data: bytes, receipt: Receipt, check: CheckHandIn) -> bytes:
    """Return the data of a hand-in that was checked when it was taken in.

    Raises:
        ValueError, HandInRefusedError: it has none.
    """
    if is_computed_here(receipt, __version__):
        outcome = check(data)
        if isinstance(outcome, AcceptedHandIn):
            return outcome.data
        raise ValueError(outcome.reason.code)
    return unpack_hand_in(data).get(DATA, b"")
