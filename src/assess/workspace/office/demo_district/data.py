"""The data of the district: `data/demo/district` of the program, decoded."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, Final

import msgspec

from assess import locations
from assess.store.shipped_files import PACKAGE
from assess.store.yaml.reading.tree import read_tree

_FOLDER: Final = PACKAGE / "data" / "demo" / "district"
CHECKLIST_IDS: Final = ("qingxi-yearly", "qingxi-systems")


class Officer(msgspec.Struct, frozen=True):
    """Who takes in the files at the office."""

    name: str
    email: str


class UnitPlan(msgspec.Struct, frozen=True):
    """A made-up unit."""

    name: str
    category: str
    staff: int
    terminals: int
    money: int
    quality: tuple[int, ...]
    """How much of it is in order, by campaign, in hundredths."""
    weak: tuple[str, ...] = ()
    """Items that are not in order, whatever the quality."""
    contracts: tuple[str, ...] = ()
    systems: tuple[str, ...] = ()
    exempt: str | None = None
    """Why it need not hand in."""


class DistrictCampaign(msgspec.Struct, frozen=True):
    """A campaign, and the units that do not simply hand in on time."""

    title: str
    issued: date
    due: date
    missing: tuple[str, ...] = ()
    late: dict[str, int] = {}
    """Days after the due day, by unit."""
    twice: dict[str, int] = {}
    """Days after which a unit hands in again."""
    edited: tuple[str, ...] = ()
    """Units that made an item of the checklist easier."""
    damaged: tuple[str, ...] = ()
    """Units whose file is cut off on its way."""
    as_other: dict[str, str] = {}
    """The id of another unit that a file bears, by unit."""
    leaves_out: dict[str, tuple[str, ...]] = {}
    """Items that a unit does not answer."""
    signers: dict[str, str] = {}
    """Certificates that the office puts on record before this campaign."""


class ChecklistEdit(msgspec.Struct, frozen=True, rename={"old": "from", "new": "to"}):
    """The text that makes an item of a checklist easier, and the one that it replaces."""

    checklist: str
    old: str
    new: str


class NameLists(msgspec.Struct, frozen=True):
    """What names of persons and sections are made from."""

    surnames: tuple[str, ...]
    given: tuple[str, ...]
    sections: tuple[str, ...]


class SystemPlan(msgspec.Struct, frozen=True):
    """An information system of a unit."""

    name: str
    level: int
    exposure: str
    hosting: str


class AnswerLevel(msgspec.Struct, frozen=True):
    """An answer that is in order, half so, or not."""

    notes: tuple[str, ...]
    status: str | None = None
    value: str | int | None = None
    share: int | None = None
    """Hundredths of the whole."""


class DistrictAnswer(msgspec.Struct, frozen=True):
    """How an item is answered."""

    ease: int = 0
    """What is added to the quality of the unit."""
    good: AnswerLevel | None = None
    middle: AnswerLevel | None = None
    bad: AnswerLevel | None = None
    none: AnswerLevel | None = None
    """The answer of a unit that lacks what the item is about."""
    action: str | None = None
    """What is done about a finding."""
    fact: str | None = None
    """The fact of the unit that is the value."""
    whole: str | None = None
    """The fact of the unit of which the value is a share."""
    table: str | None = None
    """The list of the unit whose rows are the value."""
    needs: str | None = None
    """The list of the unit that must not be empty."""
    level: int = 1
    """The least level of a system to which it applies."""


class District(msgspec.Struct, frozen=True):
    """All data of the district."""

    office: str
    officer: Officer
    campaigns: dict[str, DistrictCampaign]
    edits: ChecklistEdit
    units: dict[str, UnitPlan]
    people: NameLists
    systems: dict[str, SystemPlan]
    contracts: dict[str, dict[str, Any]]
    answers: dict[str, DistrictAnswer]


def read_district() -> District:
    """Return the data of the district."""
    text = (_FOLDER / "district.yaml").read_text("utf-8")
    return msgspec.convert(read_tree(text, "", "zh").value, District)


def find_checklist_path(checklist_id: str) -> Path:
    """Return the file of a checklist that the office issues."""
    return _FOLDER / locations.checklist_path(checklist_id)
