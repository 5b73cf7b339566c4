"""rollups/CAMPAIGN/figures.json: the figures of a campaign without words, which stay in git.

The comparison with the next campaign needs nothing else; the files that came in may be removed.
"""

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
    """Its id."""
    fingerprints: tuple[Fingerprint, ...]
    """By language; items with an equal one ask the same."""


class ChecklistFigures(FiguresPart, frozen=True, kw_only=True):
    """A checklist that was issued."""

    id: Id
    """Its id."""
    version: str
    """Its version."""
    digest: Digest
    """The bytes that were issued."""
    items: tuple[ItemFingerprints, ...]
    """Its items, in their order."""


class SheetFigures(FiguresPart, frozen=True, kw_only=True):
    """A sheet of a unit: its counts and its score."""

    sheet: SheetRef
    """Its name: the checklist, and the system after an @."""
    checklist: Digest
    """The digest of its checklist."""
    counts: CountsRecord
    """How many items have each result, as in the data of the round."""
    score: str | None
    """The score as it is printed; null where there is none."""
    complete: bool
    """Whether it has a score and no open items."""
    outcomes: str | None = None
    """A letter for each item of an issued checklist: m met, p partly, u not met, n not applicable,
    a answered, - not answered, x left out; left out for a checklist that was changed.
    """


class UnitFigures(FiguresPart, frozen=True, kw_only=True):
    """A unit: which file counted, and its sheets."""

    receipt: str | None
    """The number of the receipt that counts; null where nothing came in."""
    file: Digest | None
    """The file that came in."""
    category: str | None = None
    """The category of the unit then, as office.yaml named it; left out where it had none."""
    sheets: tuple[SheetFigures, ...] = ()
    """Its sheets; left out where its file could not be read."""


class RollUpFigures(FiguresPart, frozen=True, kw_only=True):
    """The whole file."""

    format: str
    """`assess/rollup-figures/1`."""
    campaign: Id
    """The id of the campaign."""
    reckoned: date
    """The day for which it was made."""
    checklists: tuple[ChecklistFigures, ...]
    """The checklists that were issued."""
    units: Annotated[dict[Id, UnitFigures], msgspec.Meta(max_length=MOST_UNITS)]
    """The units by id, in the order of office.yaml."""
