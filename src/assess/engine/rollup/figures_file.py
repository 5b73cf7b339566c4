"""The figures of a campaign that stay in git, from the records of its units."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

import msgspec

from assess.engine.fingerprint import item_fingerprint
from assess.engine.number_text import decimal_text
from assess.engine.rollup.records import ItemOutcome, RollUpRecords, SheetEntry, UnitEntry
from assess.i18n import LANGS
from assess.model.rollup_figures import (
    ROLLUP_FIGURES_FORMAT,
    ChecklistFigures,
    ItemFingerprints,
    RollUpFigures,
    SheetFigures,
    UnitFigures,
)

OUTCOME_LETTERS: Final[Mapping[ItemOutcome, str]] = {
    "met": "m",
    "partial": "p",
    "unmet": "u",
    "not_applicable": "n",
    "answered": "a",
    None: "-",
    "left_out": "x",
}
"""The letter of an outcome in figures.json."""

LETTER_OUTCOMES: Final = {letter: outcome for outcome, letter in OUTCOME_LETTERS.items()}


def make_figures(records: RollUpRecords) -> RollUpFigures:
    """Return the figures of all units, without any text of theirs."""
    return RollUpFigures(
        format=ROLLUP_FIGURES_FORMAT,
        campaign=records.campaign_id,
        reckoned=records.today,
        checklists=list_checklist_figures(records),
        units={entry.id: _make_unit_figures(entry) for entry in records.units},
    )


def list_units_without_files(records: RollUpRecords) -> list[str]:
    """Return the ids of the units whose file was taken in and is not in the inbox any more."""
    return [entry.id for entry in records.units if entry.fault in ("file-missing", "file-changed")]


def restore_sheets_of_units(
    figures: RollUpFigures, before: RollUpFigures, unit_ids: Iterable[str]
) -> RollUpFigures:
    """Return the figures, in which these units have the sheets that were written `before`.

    A unit whose receipt or file is another one since then stays without sheets.
    """
    units = dict(figures.units)
    for key in unit_ids:
        row, earlier = units[key], before.units.get(key)
        if earlier and (earlier.receipt, earlier.file) == (row.receipt, row.file):
            units[key] = msgspec.structs.replace(row, sheets=earlier.sheets)
    return msgspec.structs.replace(figures, units=units)


def list_checklist_figures(records: RollUpRecords) -> tuple[ChecklistFigures, ...]:
    """Return the issued checklists with the fingerprints of their items."""
    return tuple(
        ChecklistFigures(
            id=row.id,
            version=row.version,
            digest=row.digest,
            items=tuple(
                ItemFingerprints(
                    id=item.id, fingerprints=tuple(item_fingerprint(item, lang) for lang in LANGS)
                )
                for item in records.checklists[row.id].items().values()
            ),
        )
        for row in records.campaign.checklists
        if row.id in records.checklists
    )


def _make_unit_figures(entry: UnitEntry) -> UnitFigures:
    file = entry.receipt.file if entry.receipt is not None else None
    return UnitFigures(
        receipt=entry.number,
        file=file.digest if file is not None else None,
        category=entry.unit.category,
        sheets=tuple(map(_make_sheet_figures, entry.sheets)),
    )


def _make_sheet_figures(sheet: SheetEntry) -> SheetFigures:
    letters = "".join(OUTCOME_LETTERS[outcome] for outcome in sheet.outcomes)
    return SheetFigures(
        sheet=sheet.name,
        checklist=sheet.checklist.digest,
        counts=sheet.counts,
        score=decimal_text(sheet.score.value) if sheet.score is not None else None,
        complete=sheet.score is not None and sheet.score.complete,
        outcomes=letters if sheet.is_issued else None,
    )
