"""Adding rows to the evidence register."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from assess.model.evidence import DIGITS, EvidenceFile, EvidenceRow, Register
from assess.store.open_file import OpenFile
from assess.store.yaml.field_edit import FieldEdit

_LONG = 16
"""Hex digits in the id of a row whose short form is already used."""


class EvidenceDetails(NamedTuple):
    """Title and dates of evidence, who registers it, and when."""

    title: str
    by: str | None
    now: datetime
    effective: date
    expires: date | None


def add_file_to_register_unless_known(
    register: OpenFile[Register],
    file: EvidenceFile,
    details: EvidenceDetails,
    *,
    another_row: bool = False,
) -> tuple[str, EvidenceRow]:
    """Register a file under evidence/; for a known hash the existing row is returned.

    The id is made from the hash: two clones give the same file the same id, and different files
    different ids. `another_row`: a known hash gets one more row, whose id is random.
    """
    rows = register.value.evidence
    known = [row_id for row_id, row in rows.items() if row.file and row.file.sha256 == file.sha256]
    if known and not another_row:
        return known[0], rows[known[0]]
    row_id = _random_row_id() if known else f"ev-{file.sha256[:DIGITS]}"
    if row_id in rows:
        row_id = f"ev-{file.sha256[:_LONG]}"
    what = {"path": file.path, "sha256": file.sha256, "size": file.size}
    return row_id, _save_register_row(register, row_id, {"file": what}, details)


def add_paper_to_register(
    register: OpenFile[Register], place: str, details: EvidenceDetails
) -> tuple[str, EvidenceRow]:
    """Register a paper record by its location; its id is random."""
    row_id = _random_row_id()
    return row_id, _save_register_row(register, row_id, {"paper": place}, details)


def _random_row_id() -> str:
    return f"ev-{os.urandom(DIGITS // 2).hex()}"


def _save_register_row(
    register: OpenFile[Register],
    row_id: str,
    file_or_paper_field: Mapping[str, Any],
    details: EvidenceDetails,
) -> EvidenceRow:
    whole = {
        # A title is often the name of a file, whose bytes may not be text.
        "title": details.title.encode("utf-8", "replace").decode("utf-8"),
        **file_or_paper_field,
        "effective": details.effective.isoformat(),
        "expires": details.expires.isoformat() if details.expires else None,
        "by": details.by,
        "at": details.now.isoformat(),
    }
    row = {name: value for name, value in whole.items() if value is not None}
    return register.save([FieldEdit(("evidence", row_id), row)]).value.evidence[row_id]
