"""assess.yaml: the organization, its systems and people, the rounds, the report's settings."""

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
    """The organization's id."""
    name: Text
    """Its name, as reports print it."""


class Grade(Node, frozen=True, kw_only=True):
    """The protection grade of a system: its level (which G follows), and the levels of S and A."""

    level: Level
    """The grade of the system, 1 to 4."""
    s: Level
    """The level of S, 1 to 4."""
    a: Level
    """The level of A, 1 to 4."""


class System(Node, frozen=True, kw_only=True):
    """An information system of the organization."""

    name: Text
    """The system's name."""
    grade: Grade | None = None
    """Its protection grade."""
    exposure: Exposure | None = None
    """The network from which it can be reached."""
    hosting: Hosting | None = None
    """Where it runs."""
    profile: dict[FactName, Any] = {}
    """Facts about the system, by name."""


class Person(Node, frozen=True, kw_only=True):
    """Who may act. The names are claims unless commits are signed."""

    name: str
    """The person's name."""
    roles: tuple[Role, ...] = ()
    """What the person may do."""
    emails: tuple[str, ...] = ()
    """Addresses that the person commits with."""


class GitSource(Node, frozen=True, kw_only=True):
    """A checklist that comes from another git repository."""

    git: str
    """The address of the repository."""
    path: str
    """The path of the checklist in it."""
    tag: str | None = None
    """The tag that it was taken from."""


class Variant(Node, frozen=True, kw_only=True):
    """A hand-edited pinned file that was accepted as a local variant."""

    digest: Digest
    """The bytes that were accepted."""
    reason: str
    """Why they were."""
    by: Id | None = None
    """Who accepted them, by the id of a person."""
    at: datetime | None = None
    """When they were accepted."""


class Pin(Node, frozen=True, kw_only=True):
    """Where a pinned checklist came from; `upgrade` looks there again."""

    source: Literal["library", "local"] | GitSource
    """Where it came from: the program's library, the workspace itself, or a git repository."""
    variant: Variant | None = None
    """The edited file that was accepted."""
    digest: Digest | None = None
    """The checklist's bytes as they were taken in; left out: it is written in the workspace."""
    templates: dict[str, Digest] = {}
    """The report templates that came with it, by path below `templates/`."""


class Narrative(Node, frozen=True, kw_only=True):
    """What the officer writes for the report's chapters one and five."""

    work: Text | None = None
    """How the assessment was done."""
    suggestions: Text | None = None
    """What the organization proposes."""


class Round(Node, frozen=True, kw_only=True, rename={"from_": "from"}):
    """One campaign; a closed round is read at its tag."""

    title: Text
    """What the round is called."""
    state: Literal["open", "closed"] = "open"
    """Whether it is still filled in."""
    tag: str | None = None
    """The tag at which a closed round is read."""
    signed: Id | None = None
    """The row of the evidence register with the scan of the signed report."""
    from_: Id | None = None
    """The earlier round that this one follows."""
    notice: Text | None = None
    """The title of the notice that demands the round."""
    due: date | None = None
    """The day by which it is handed in."""
    narrative: Narrative = Narrative()
    """Texts of the report's chapters."""
    sheets: tuple[SheetRef, ...] = ()
    """The answer sheets of the round."""


class Head(Node, frozen=True, kw_only=True):
    """The red head of a document and what belongs to it at its end (GB/T 9704-2012, 7.2-7.4)."""

    organ: Text
    """The organ whose name stands in the red head."""
    number: str | None = None
    """The number of the document."""
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
    """To whom the report is sent."""
    marking: Text | None = None
    """The marking on its first page."""
    template: Id = "full"
    """The template of the report."""
    detail: ReportDetail | None = None
    """`findings` where it is not set; not written then: files of before have no such field."""
    heads: dict[Id, Head] = {}
    """Red heads by template; a document without one is set plainly."""


class Config(Node, frozen=True, kw_only=True):
    """One assess.yaml."""

    format: str
    """The format and its number."""
    language: Lang
    """The language of the interface and of reports."""
    organization: Organization
    """Who is assessed."""
    profile: dict[FactName, Any] = {}
    """Facts about the organization, by name."""
    systems: dict[Id, System] = {}
    """The information systems by id."""
    people: dict[Id, Person] = {}
    """The people by id."""
    checklists: dict[Id, Pin] = {}
    """The pinned checklists by id."""
    rounds: dict[Id, Round] = {}
    """The rounds by id."""
    report: ReportSettings = ReportSettings()
    """Settings of the report."""
