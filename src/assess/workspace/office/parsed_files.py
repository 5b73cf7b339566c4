"""YAML files of the office whose content is in the store, by the digest of their bytes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import Any, Final, TypeVar

from assess import locations
from assess.engine.exact_json import EXACT_ENCODER, make_exact_decoder
from assess.file_bytes import read_start_of_regular_file
from assess.model.base import Number
from assess.model.checklist import Checklist
from assess.model.office import OfficeFile
from assess.model.receipt import ReceiptsFile
from assess.store.file_limits import limits_of_path
from assess.store.open_file import OpenFile
from assess.store.pinned_digest import digest_with_prefix
from assess.store.sealed_rows import SealedRow
from assess.workspace.office.office import Office
from assess.workspace.office.record_store import RecordStore, write_rows_if_possible

Content = TypeVar("Content")

_KIND: Final = "file"

_decode_office: Final = make_exact_decoder(OfficeFile, Number)
_decode_receipts: Final = make_exact_decoder(ReceiptsFile, Number)
_decode_checklist: Final = make_exact_decoder(Checklist, Number)


def read_stored_office_file(office: Office, store: RecordStore) -> OfficeFile:
    """Return the content of office.yaml.

    Raises:
        FilesError: it can't be read; holds the problems.
    """
    return _read_file(office, store, locations.OFFICE, _decode_office, office.open_office_file)


def read_stored_receipts(office: Office, store: RecordStore, campaign_id: str) -> ReceiptsFile:
    """Return the receipts of a campaign.

    Raises:
        FilesError: the file can't be read; holds the problems.
    """
    name = locations.receipts_path(campaign_id)

    def open_file() -> OpenFile[ReceiptsFile]:
        return office.open_receipts(campaign_id)

    return _read_file(office, store, name, _decode_receipts, open_file)


def _read_file(
    office: Office,
    store: RecordStore,
    name: str,
    decode: Callable[[bytes], Content],
    open_file: Callable[[], OpenFile[Content]],
) -> Content:
    try:
        limit = limits_of_path(name).size
        data = read_start_of_regular_file(office.root / name, limit + 1, os.O_NOFOLLOW)
    except OSError:
        return open_file().value
    content = _find_content(store, name, data, decode)
    if content is not None:
        return content
    file = open_file()
    store.add_row(_make_row(name, file.text.encode(), file.value))
    return file.value


def read_stored_checklist(
    store: RecordStore, path: str, data: bytes, decode: Callable[[], Checklist]
) -> Checklist:
    """Return the checklist whose bytes are `data`; `decode` is asked where it is not stored."""
    content = _find_content(store, path, data, _decode_checklist)
    if content is None:
        content = decode()
        store.add_row(_make_row(path, data, content))
    return content


def _find_content(
    store: RecordStore, name: str, data: bytes, decode: Callable[[bytes], Content]
) -> Content | None:
    """Return the content of a file, None where that of these bytes is not stored."""
    row = store.find_row(_KIND, name)
    if row is None or row.state != digest_with_prefix(data):
        return None
    try:
        return decode(row.content)
    except ValueError:
        return None


def store_saved_files(office: Office, files: Iterable[OpenFile[Any]]) -> None:
    """Store the content of files that were just saved, so that they need not be read again."""
    rows = [_make_row(file.name, file.text.encode(), file.value) for file in files]
    write_rows_if_possible(office, rows)


def _make_row(name: str, data: bytes, content: object) -> SealedRow:
    return SealedRow(_KIND, name, digest_with_prefix(data), EXACT_ENCODER.encode(content))
