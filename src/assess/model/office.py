"""office.yaml: the office that units hand in to, its units and its campaigns."""

from datetime import date
from typing import Annotated, Literal

import msgspec

from assess.i18n import Lang
from assess.model.base import Digest, Id, Node

MOST_UNITS = 20_000
"""Units of an office; a province has some thousands."""

MOST_CAMPAIGNS = 200
"""Campaigns of an office; some a year."""

LONGEST_NAME = 200
"""Characters of the name of an office, a unit or a campaign."""

LONGEST_REASON = 2000
"""Characters of a reason that an officer gives."""

UNSIGNED = "unsigned"
"""What stands in place of a signer where what a unit handed in bore no signature."""

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_NAME)]
"""A name, as it is printed."""

Reason = Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_REASON)]
"""Why an officer decided so."""

Signer = Annotated[str, msgspec.Meta(pattern=r"^(unsigned|sha256:[0-9a-f]{64})$(?!\n)")]
"""Who signs for a unit: the SHA-256 of the certificate, or that nobody does."""

UnitScope = Literal["organization", "system"]
"""Whether a checklist is answered for the unit or for each of its systems."""


class ExpectedChecklist(Node, frozen=True, kw_only=True):
    """A checklist that a unit has to answer."""

    checklist: Id
    """The id of the checklist."""
    scope: UnitScope = "organization"
    """Whether it is answered for the unit or for each of its systems."""


class Exemption(Node, frozen=True, kw_only=True):
    """That a unit need not hand in."""

    reason: Reason
    """Why it need not."""


class Unit(Node, frozen=True, kw_only=True):
    """A unit that hands in to the office."""

    name: Name
    """Its name, as it is printed."""
    category: Name | None = None
    """The category in which it is compared, such as 部门 or 乡镇街道."""
    trade: Name | None = None
    """The trade that it works in."""
    parent: Id | None = None
    """The unit above it, by id."""
    contact_role: Name | None = None
    """Whom to ask there, as a post and not as a person."""
    expects: tuple[ExpectedChecklist, ...] = ()
    """The checklists that it has to answer; left out: all those of the campaign."""
    exempt: Exemption | None = None
    """That it need not hand in, and why."""
    signer: Signer | None = None
    """Who signed what it handed in first; left out: nothing has come in yet."""


class IssuedChecklist(Node, frozen=True, kw_only=True):
    """A checklist as the office issued it; the file is in `checklists/`."""

    id: Id
    """The id of the checklist."""
    version: str
    """Its version."""
    digest: Digest
    """The bytes that were issued."""


class Campaign(Node, frozen=True, kw_only=True):
    """One time that units hand in, such as the yearly check of 2026."""

    title: Name
    """What it is called."""
    issued: date
    """The day on which it was announced."""
    due: date
    """The day by which units hand in."""
    checklists: tuple[IssuedChecklist, ...] = ()
    """The checklists that were issued for it."""
    units: Literal["all"] | tuple[Id, ...] = "all"
    """The units that have to hand in, by id."""


Units = Annotated[dict[Id, Unit], msgspec.Meta(max_length=MOST_UNITS)]
"""The units by id."""

Campaigns = Annotated[dict[Id, Campaign], msgspec.Meta(max_length=MOST_CAMPAIGNS)]
"""The campaigns by id."""


class OfficeFile(Node, frozen=True, kw_only=True):
    """One office.yaml."""

    format: str
    """The format and its number."""
    language: Lang
    """The language of what the office writes."""
    name: Name
    """The name of the office, as it is printed."""
    units: Units = {}
    """The units by id."""
    campaigns: Campaigns = {}
    """The campaigns by id."""


def list_campaign_units(office: OfficeFile, campaign: Campaign) -> dict[str, Unit]:
    """Return the units that have to hand in for a campaign, in the order of office.yaml."""
    if campaign.units == "all":
        return dict(office.units)
    wanted = set(campaign.units)
    return {key: unit for key, unit in office.units.items() if key in wanted}
