"""Adding rows to the evidence register."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from assess.model.evidence import DIGITS, EvidenceFile, EvidenceRow, Register
from assess.store.open_file import OpenFile
from assess.store.yaml.writing.edit import Edit

_LONG = 16
"""Hex digits in the id of a row where the short form is taken."""


class Entry(NamedTuple):
    """What is said of a piece of evidence, by whom and when."""

    title: str
    by: str | None
    now: datetime
    effective: date
    expires: date | None


def add_file(
    register: OpenFile[Register], file: EvidenceFile, entry: Entry
) -> tuple[str, EvidenceRow]:
    """Register a file that is under evidence/; the row that is there already where it is known.

    The id comes from the hash: two clones give one file the same id, and two files never one.
    """
    rows = register.value.evidence
    for row_id, row in rows.items():
        if row.file is not None and row.file.sha256 == file.sha256:
            return row_id, row
    row_id = f"ev-{file.sha256[:DIGITS]}"
    if row_id in rows:
        row_id = f"ev-{file.sha256[:_LONG]}"
    what = {"path": file.path, "sha256": file.sha256, "size": file.size}
    return row_id, _add(register, row_id, {"file": what}, entry)


def add_paper(register: OpenFile[Register], place: str, entry: Entry) -> tuple[str, EvidenceRow]:
    """Register a paper record by where it is kept; its id is random."""
    row_id = f"ev-{os.urandom(DIGITS // 2).hex()}"
    return row_id, _add(register, row_id, {"paper": place}, entry)


def _add(
    register: OpenFile[Register], row_id: str, what: Mapping[str, Any], entry: Entry
) -> EvidenceRow:
    whole = {
        # A title is often a file's name, whose bytes may be no text.
        "title": entry.title.encode("utf-8", "replace").decode("utf-8"),
        **what,
        "effective": entry.effective.isoformat(),
        "expires": entry.expires.isoformat() if entry.expires else None,
        "by": entry.by,
        "at": entry.now.isoformat(),
    }
    row = {name: value for name, value in whole.items() if value is not None}
    return register.save([Edit(("evidence", row_id), row)]).value.evidence[row_id]
