"""assess.yaml: the organization, its systems and people, the rounds, the report's settings."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

import msgspec

from assess.i18n import Lang
from assess.model.base import Digest, FactName, Id, Node, SheetRef, Text

Level = Annotated[int, msgspec.Meta(ge=1, le=4)]
Exposure = Literal["internet", "egov", "isolated"]
Hosting = Literal["own_room", "egov_cloud", "commercial_cloud", "other"]
Role = Literal["filler", "reviewer", "leader"]
ROLES: tuple[Role, ...] = ("filler", "reviewer", "leader")


class Organization(Node, frozen=True, kw_only=True):
    """Who is assessed."""

    id: Id
    name: Text


class Grade(Node, frozen=True, kw_only=True):
    """The protection grade of a system: its level (which G follows), and the levels of S and A."""

    level: Level
    s: Level
    a: Level


class System(Node, frozen=True, kw_only=True):
    """An information system of the organization."""

    name: Text
    grade: Grade | None = None
    exposure: Exposure | None = None
    hosting: Hosting | None = None
    profile: dict[FactName, Any] = {}


class Person(Node, frozen=True, kw_only=True):
    """Who may act. The names are claims unless commits are signed."""

    name: str
    roles: tuple[Role, ...] = ()
    emails: tuple[str, ...] = ()


class GitSource(Node, frozen=True, kw_only=True):
    """A checklist that comes from another git repository."""

    git: str
    path: str
    tag: str | None = None


class Variant(Node, frozen=True, kw_only=True):
    """A hand-edited pinned file that was accepted as a local variant."""

    digest: Digest
    reason: str
    by: Id | None = None
    at: datetime | None = None


class Pin(Node, frozen=True, kw_only=True):
    """Where a pinned checklist came from; `upgrade` looks there again."""

    source: Literal["library", "local"] | GitSource
    variant: Variant | None = None
    digest: Digest | None = None
    """The checklist's bytes as they were taken in; None where it is written in the workspace."""
    templates: dict[str, Digest] = {}
    """The report templates that came with it, by path below `templates/`."""


class Narrative(Node, frozen=True, kw_only=True):
    """What the officer writes for the report's chapters one and five."""

    work: Text | None = None
    suggestions: Text | None = None


class Round(Node, frozen=True, kw_only=True, rename={"from_": "from"}):
    """One campaign; a closed round is read at its tag."""

    title: Text
    state: Literal["open", "closed"] = "open"
    tag: str | None = None
    signed: Id | None = None
    from_: Id | None = None
    notice: Text | None = None
    due: date | None = None
    narrative: Narrative = Narrative()
    sheets: tuple[SheetRef, ...] = ()


class Head(Node, frozen=True, kw_only=True):
    """The red head of a document and what belongs to it at its end (GB/T 9704-2012, 7.2-7.4)."""

    organ: Text
    number: str | None = None
    signer: Text | None = None
    """Who signs a report to a superior (签发人); it stands in the head."""
    contact: Text | None = None
    """Whom to ask, with a telephone number; it stands below the date (附注)."""
    copies: tuple[Text, ...] = ()
    """Who gets a copy (抄送); it stands on the last page (版记)."""


ReportDetail = Literal["findings", "all"]
"""What the full report prints whole: the problems, or every item."""


class ReportSettings(Node, frozen=True, kw_only=True):
    """Settings of the report."""

    addressee: Text | None = None
    marking: Text | None = None
    template: Id = "full"
    detail: ReportDetail | None = None
    """`findings` where it is not set; not written then: files of before have no such field."""
    heads: dict[Id, Head] = {}
    """Red heads by template; a document without one is set plainly."""


class Config(Node, frozen=True, kw_only=True):
    """One assess.yaml."""

    format: str
    language: Lang
    organization: Organization
    profile: dict[FactName, Any] = {}
    systems: dict[Id, System] = {}
    people: dict[Id, Person] = {}
    checklists: dict[Id, Pin] = {}
    rounds: dict[Id, Round] = {}
    report: ReportSettings = ReportSettings()
