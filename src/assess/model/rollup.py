"""A roll-up as tables of typed cells. Every form of it (workbook, CSV, JSON) is made from these.

`assess rollup make --format json` writes a `RollUpDocument` as it is (docs/rollup.md).
"""

from datetime import date
from typing import Any, Final, Literal

import msgspec

from assess.i18n import Lang
from assess.model.provenance import InputFile

ROLLUP_FORMAT: Final = "assess/rollup/1"
"""The format; fields and tables may be added under this number."""

ROLLUP_PROVENANCE_FORMAT: Final = "assess/rollup-provenance/1"
"""The format of provenance.json in the circular."""

ColumnKind = Literal["text", "number", "percent", "date"]
"""What the cells of a column hold. A percent is a share from 0 to 1."""


class RollUpPart(msgspec.Struct, frozen=True, kw_only=True):
    """Base of the parts of a roll-up."""


class RollUpColumn(RollUpPart, frozen=True, kw_only=True):
    """A column of a table; `id` is the same in every language."""

    id: str
    """The id of the column; one for a category, a section or a state ends in the id of that."""
    title: str
    """Its head, in the language of the document."""
    kind: ColumnKind
    """What its cells hold."""


class RollUpTable(RollUpPart, frozen=True, kw_only=True):
    """A table of a roll-up."""

    key: str
    """The id of the table, the same in every language; that of a checklist may follow a dot."""
    title: str
    """Its title, in the language of the document."""
    note: str
    """What is to be known in order to read it."""
    columns: tuple[RollUpColumn, ...]
    """Its columns."""
    rows: tuple[tuple[Any, ...], ...]
    """A cell for each column: a text, a number, a share from 0 to 1, a day; null where there is
    nothing to say. What is not answered is null and never 0.
    """


class RollUpDocument(RollUpPart, frozen=True, kw_only=True):
    """A roll-up: who collected what until when, and the tables."""

    format: str
    """`assess/rollup/1`."""
    program: str
    """The version of the program that made it."""
    lang: Lang
    """The language of titles and notes."""
    office: str
    """The name of the office."""
    campaign: str
    """The id of the campaign."""
    title: str
    """The title of the campaign."""
    category: str | None
    """The category whose units alone are in it; null: all units."""
    anonymous: bool = False
    """Whether labels stand in the place of the names of units."""
    reckoned: date
    """The day for which it is reckoned who is late."""
    marking: str
    """The marking that stands on every output."""
    warning: str
    """The sentence that a collection may be of a higher class than its parts."""
    tables: tuple[RollUpTable, ...]
    """The tables, in the order in which they are read."""
    inputs: tuple[InputFile, ...] = ()
    """The files of the office that it was made from, by path with their digests."""
