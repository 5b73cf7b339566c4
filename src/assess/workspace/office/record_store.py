"""The store of records: what was read before, so that a second reading reads only what is new.

It can be made again at any time, and no state of its file stops a reading.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final

from assess import __version__, locations
from assess.engine.rollup.stored_entries import STORED_ENTRY_FORMAT
from assess.errors import LockedError, WriteError
from assess.i18n import N_, translator
from assess.store.lock import workspace_lock
from assess.store.sealed_rows import (
    RowReader,
    RowSeal,
    RowsFault,
    SealedRow,
    UnusableRowsError,
    open_rows_to_read,
    set_rows_aside,
    write_sealed_rows,
)
from assess.store.user_secret import read_or_make_user_secret
from assess.workspace.office.office import OWNER_ONLY, Office

_MOST_WAITING: Final = 500
"""Rows that wait to be written; what was written stays where the reading is stopped."""

_NOTICES: Final[Mapping[RowsFault, str]] = {
    "damaged": N_("{path} is damaged; it was set aside as {old}, and is made again"),
    "foreign": N_("{path} is no store of this version; it was set aside as {old}, and made again"),
}

_PROGRAM: Final = f"{__version__}/{STORED_ENTRY_FORMAT}"
"""Rows of another version of the program do not count."""


class RecordStore:
    """Rows that are found in the file of the store, and rows that wait to be written into it.

    It may be used from several threads.
    """

    def __init__(
        self,
        office: Office,
        seal: RowSeal | None,
        reader: RowReader | None,
        report_notice: Callable[[str], None],
    ) -> None:
        self._office = office
        self._path = record_store_path(office)
        self._seal = seal
        self._reader = reader
        self._report_notice = report_notice
        self._waiting: list[SealedRow] = []
        self._turn = threading.RLock()
        self._is_damaged = False
        """Whether a row could not be read because of the file; it is set aside before the next."""

    def find_row(self, kind: str, name: str) -> SealedRow | None:
        """Return a row, None where there is none."""
        with self._turn:
            if self._reader is None:
                return None
            try:
                return self._reader.find_row(kind, name)
            except UnusableRowsError as error:
                self._reader = None
                self._is_damaged = error.fault == "damaged"
                return None

    def add_row(self, row: SealedRow) -> None:
        """Have a row written."""
        with self._turn:
            self._waiting.append(row)
            if len(self._waiting) >= _MOST_WAITING:
                self.write_waiting_rows()

    def write_waiting_rows(self) -> None:
        """Write the rows that wait; where that fails, a notice says so, and no more is tried."""
        with self._turn:
            self._write_waiting_rows()

    def _write_waiting_rows(self) -> None:
        rows, self._waiting = self._waiting, []
        if self._reader is not None:
            self._reader.release_file()
        if not rows or self._seal is None:
            return
        try:
            with workspace_lock(self._office.root, "", self._office.lang):
                self._write_into_usable_file(self._seal, rows)
        except (LockedError, WriteError, OSError, UnusableRowsError) as error:
            self._seal = None
            _ = translator(self._office.lang)
            notice = _("{path} can't be written; the next reading takes as long as this one: {why}")
            why = _("the file is in use, or the disk refuses it")
            if isinstance(error, LockedError | WriteError):
                why = error.message
            self._report_notice(notice.format(path=self._path, why=why))

    def _write_into_usable_file(self, seal: RowSeal, rows: list[SealedRow]) -> None:
        """Write rows; a file that can't be used is set aside first.

        Raises:
            UnusableRowsError, OSError: the file, or its folder, can't be written.
        """
        self._path.parent.mkdir(mode=OWNER_ONLY, exist_ok=True)
        if self._is_damaged:
            self._set_aside("damaged")
        try:
            write_sealed_rows(self._path, seal, rows)
        except UnusableRowsError as error:
            if error.fault == "unavailable":
                raise
            self._set_aside(error.fault)
            write_sealed_rows(self._path, seal, rows)

    def _set_aside(self, fault: RowsFault) -> None:
        """Set the file aside, and say so.

        Raises:
            OSError: it can't be renamed.
        """
        self._is_damaged, self._reader = False, None
        old = set_rows_aside(self._path)
        notice = translator(self._office.lang)(_NOTICES[fault])
        self._report_notice(notice.format(path=self._path, old=old.name))


def record_store_path(office: Office) -> Path:
    """Return the path of the file of the store."""
    return office.root / locations.RECORD_STORE


@contextlib.contextmanager
def open_record_store(
    office: Office, report_notice: Callable[[str], None]
) -> Iterator[RecordStore]:
    """Open the store of an office; at the end, also after Ctrl+C, rows that wait are written."""
    seal = make_row_seal()
    if seal is None:
        _ = translator(office.lang)
        text = _("{path} can't be read or written, so nothing is stored for the next reading")
        report_notice(text.format(path=locations.store_secret_path()))
    with contextlib.ExitStack() as stack:
        reader = None
        if seal is not None:
            with contextlib.suppress(UnusableRowsError):  # whoever writes meets the same
                opened = open_rows_to_read(record_store_path(office), seal)
                reader = stack.enter_context(opened)
        store = RecordStore(office, seal, reader, report_notice)
        try:
            yield store
        finally:
            store.write_waiting_rows()


def write_rows_if_possible(office: Office, rows: list[SealedRow]) -> None:
    """Write rows; where that fails, the next reading does without them, and says why."""
    seal = make_row_seal()
    errors = (LockedError, WriteError, OSError, UnusableRowsError)
    with contextlib.suppress(*errors), workspace_lock(office.root, "", office.lang):
        path = record_store_path(office)
        path.parent.mkdir(mode=OWNER_ONLY, exist_ok=True)
        if seal is not None:
            write_sealed_rows(path, seal, rows)


def make_row_seal() -> RowSeal | None:
    """Return what seals the rows of this user, None where the secret can't be had."""
    secret = read_or_make_user_secret(locations.store_secret_path())
    return RowSeal(secret, _PROGRAM) if secret is not None else None
