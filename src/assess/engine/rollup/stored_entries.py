"""What a roll-up needs of a hand-in, as JSON: it is decoded many times faster than the hand-in.

The checklists stand apart, by the digest of their JSON: thousands of units have the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final, NamedTuple

import msgspec

from assess.engine.exact_json import EXACT_ENCODER, make_exact_decoder
from assess.engine.rollup.figures_file import LETTER_OUTCOMES, OUTCOME_LETTERS
from assess.engine.rollup.records import FindingEntry, SheetEntry, UnitEntry
from assess.model.round_data import ChecklistRecord, CountsRecord, ScoreRecord, SystemRecord

STORED_ENTRY_FORMAT: Final = 2
"""Raised whenever the JSON, or what `add_round_data` makes of a hand-in, changes its meaning."""


class _StoredSheet(msgspec.Struct, frozen=True, array_like=True):
    """A sheet; its checklist as a digest, its outcomes as letters."""

    name: str
    checklist: str
    is_issued: bool
    system: SystemRecord | None
    counts: CountsRecord
    score: ScoreRecord | None
    verdict: str | None
    findings: tuple[FindingEntry, ...]
    overdue: int
    taken_over: int
    sections: tuple[tuple[str, CountsRecord], ...]
    outcomes: str
    values: dict[str, Any]


class _StoredHandIn(msgspec.Struct, frozen=True, array_like=True):
    """What a hand-in adds to the entry of its unit."""

    dated: date
    commit: str | None
    program: str | None
    is_sanitised: bool
    systems: tuple[SystemRecord, ...]
    sheets: tuple[_StoredSheet, ...]
    outside: tuple[FindingEntry, ...]


class EncodedEntry(NamedTuple):
    """The entry of a unit as it is stored, with its checklists by their digest."""

    content: bytes
    checklists: Mapping[str, bytes]


_decode_hand_in: Final = make_exact_decoder(_StoredHandIn)
decode_stored_checklist: Final = make_exact_decoder(ChecklistRecord)
"""Returns a checklist that was stored; raises ValueError where it is none."""


def encode_unit_entry(entry: UnitEntry) -> EncodedEntry:
    """Return what is stored of a unit whose hand-in was read.

    Raises:
        ValueError: nothing of it was read.
    """
    if entry.dated is None:
        raise ValueError(entry.id)
    checklists: dict[str, bytes] = {}
    content = _StoredHandIn(
        dated=entry.dated,
        commit=entry.commit,
        program=entry.program,
        is_sanitised=entry.is_sanitised,
        systems=entry.systems,
        sheets=tuple(_convert_sheet(sheet, checklists) for sheet in entry.sheets),
        outside=entry.outside,
    )
    return EncodedEntry(EXACT_ENCODER.encode(content), checklists)


def _convert_sheet(sheet: SheetEntry, checklists: dict[str, bytes]) -> _StoredSheet:
    """Return a sheet as it is stored, and add its checklist."""
    data = EXACT_ENCODER.encode(sheet.checklist)
    digest = hashlib.sha256(data).hexdigest()
    checklists[digest] = data
    fields = sheet._asdict()
    fields["checklist"] = digest
    fields["outcomes"] = "".join(map(OUTCOME_LETTERS.__getitem__, sheet.outcomes))
    return _StoredSheet(**fields)


def decode_unit_entry(
    entry: UnitEntry, content: bytes, find_checklist: Callable[[str], ChecklistRecord]
) -> UnitEntry:
    """Return the entry of a unit with what is stored of its hand-in.

    Raises:
        ValueError: the content is of another form.
        LookupError: a checklist is not stored; `find_checklist` raises it.
    """
    stored = _decode_hand_in(content)
    return entry._replace(
        dated=stored.dated,
        commit=stored.commit,
        program=stored.program,
        is_sanitised=stored.is_sanitised,
        systems=stored.systems,
        sheets=tuple(_restore_sheet(row, find_checklist(row.checklist)) for row in stored.sheets),
        outside=stored.outside,
    )


def _restore_sheet(row: _StoredSheet, checklist: ChecklistRecord) -> SheetEntry:
    return SheetEntry(
        row.name,
        checklist,
        row.is_issued,
        row.system,
        row.counts,
        row.score,
        row.verdict,
        row.findings,
        row.overdue,
        row.taken_over,
        row.sections,
        tuple(map(LETTER_OUTCOMES.__getitem__, row.outcomes)),
        row.values,
    )
