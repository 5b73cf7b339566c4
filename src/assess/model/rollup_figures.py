"""rollups/CAMPAIGN/figures.json: the figures of a campaign without words, which stay in git.

The comparison with the next campaign needs nothing else; the files that came in may be removed.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final

import msgspec

from assess.model.base import Digest, Id, ItemId, SheetRef
from assess.model.office import MOST_UNITS
from assess.model.round_data import CountsRecord

ROLLUP_FIGURES_FORMAT: Final = "assess/rollup-figures/1"
"""The format; fields may be added under this number."""

Fingerprint = Annotated[str, msgspec.Meta(pattern=r"^[a-z]{2}-[0-9a-f]{12}$(?!\n)")]
"""The digest of the wording of an item in a language."""


class FiguresPart(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Base of the parts of the file."""


class ItemFingerprints(FiguresPart, frozen=True, kw_only=True):
    """An item of a checklist, by what it asks."""

    id: ItemId
    fingerprints: tuple[Fingerprint, ...]
    """By language; items with an equal one ask the same."""


class ChecklistFigures(FiguresPart, frozen=True, kw_only=True):
    """A checklist that was issued."""

    id: Id
    version: str
    digest: Digest
    items: tuple[ItemFingerprints, ...]


class SheetFigures(FiguresPart, frozen=True, kw_only=True):
    """A sheet of a unit: its counts and its score."""

    sheet: SheetRef
    checklist: Digest
    """The digest of its checklist."""
    counts: CountsRecord
    score: str | None
    """The score as it is printed; null where there is none."""
    complete: bool
    outcomes: str | None = None
    """A letter for each item of an issued checklist: m met, p partly, u not met, n not applicable,
    a answered, - not answered, x left out; left out for a checklist that was changed.
    """


class UnitFigures(FiguresPart, frozen=True, kw_only=True):
    """A unit: which file counted, and its sheets."""

    receipt: str | None
    file: Digest | None
    sheets: tuple[SheetFigures, ...] = ()


class RollUpFigures(FiguresPart, frozen=True, kw_only=True):
    """The whole file."""

    format: str
    campaign: Id
    reckoned: date
    """The day for which it was made."""
    checklists: tuple[ChecklistFigures, ...]
    units: Annotated[dict[Id, UnitFigures], msgspec.Meta(max_length=MOST_UNITS)]
