"""The manifest of a hand-in: the file that a unit gives to its higher body (docs/hand-in.md).

A hand-in is a ZIP of `manifest.json`, the inputs of a report below `inputs/`, `data.json`, and what
was asked for: `report.pdf`, the scan of the stamped page below `signed/`, files below `evidence/`.
"""

from datetime import date
from typing import Annotated, Final, Literal

import msgspec

from assess.model.base import Bilingual, Id, SheetRef

HAND_IN_FORMAT: Final = "assess/hand-in/1"
"""The format; fields may be added under this number, and a reader passes over unknown ones."""

MANIFEST: Final = "manifest.json"
INPUTS_FOLDER: Final = "inputs"
DATA: Final = "data.json"
REPORT: Final = "report.pdf"
SIGNED_FOLDER: Final = "signed"

LeftOut = Literal["notes_and_persons", "evidence", "report", "signed_scan"]
"""What a hand-in could hold and does not: notes and names, files of evidence, the PDF of a report,
the scan of the stamped page."""

_Words = Annotated[str, msgspec.Meta(max_length=500)]
_Commit = Annotated[str, msgspec.Meta(pattern=r"^([0-9a-f]{40}|[0-9a-f]{64})$(?!\n)")]
_Sha256 = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}$(?!\n)")]
_Version = Annotated[str, msgspec.Meta(pattern=r"^[0-9A-Za-z.+!_-]{1,64}$(?!\n)")]
_Size = Annotated[int, msgspec.Meta(ge=0)]


class HandInRecord(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Base of the records."""


class UnitRecord(HandInRecord, frozen=True, kw_only=True):
    """Which unit hands in, as its assess.yaml says: `organization`."""

    id: Id
    name: _Words | Bilingual


class MemberRecord(HandInRecord, frozen=True, kw_only=True):
    """A file of the ZIP, with its size in bytes and its SHA-256; all but the manifest have one."""

    path: _Words
    size: _Size
    sha256: _Sha256


class Manifest(HandInRecord, frozen=True, kw_only=True):
    """What a hand-in says of itself. Nothing of it is proved by being written there.

    `tag`, `closing` and `commit` are those of the unit's own repository, as it claims; `date` is
    the day on which it is reckoned what is overdue, that of the commit in China's time.
    """

    format: _Words
    program: _Version
    """The version of the program that made it."""
    unit: UnitRecord
    round: Id
    state: Literal["open", "closed"]
    tag: _Words | None = None
    closing: Annotated[int, msgspec.Meta(ge=1)] | None = None
    """The number of the closing: 2 where the round was reopened and closed once more."""
    commit: _Commit | None = None
    date: date
    sanitised: bool = False
    """Whether people, addresses, notes and evidence were removed or replaced by pseudonyms."""
    sheets: tuple[SheetRef, ...]
    left_out: tuple[LeftOut, ...] = ()
    members: tuple[MemberRecord, ...]
