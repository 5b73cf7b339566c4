"""An answer sheet: the answers to one checklist for one scope in one round."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal, get_args

import msgspec

from assess.harmless import shows_something
from assess.model.base import Digest, Id, ItemId, Node
from assess.model.item import RiskLevel

Status = Literal["met", "partial", "unmet", "not_applicable"]
STATUSES: tuple[Status, ...] = get_args(Status)

RemediationState = Literal["planned", "in_progress", "done", "verified", "risk_accepted"]
REMEDIATION_STATES: tuple[RemediationState, ...] = get_args(RemediationState)


class CitedMitigation(Node, frozen=True, kw_only=True):
    """The mitigation an answer claims, by its id in the item."""

    id: Id
    note: str | None = None


class RiskOverride(Node, frozen=True, kw_only=True):
    """A risk that departs from the computed one, with the reason."""

    level: RiskLevel
    reason: str


Need = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
"""Whether something is needed: `yes`, `no`, or how much, in words."""


class Remediation(Node, frozen=True, kw_only=True):
    """What is done about a finding, by whom, until when."""

    action: str | None = None
    unit: str | None = None
    owner: str | None = None
    due: date | None = None
    state: RemediationState = "planned"
    done_on: date | None = None
    verified_by: str | None = None
    verified_on: date | None = None
    accepted_by: str | None = None
    reason: str | None = None
    budget: Need | None = None
    """Whether money is needed."""
    people: Need | None = None
    """Whether people are needed."""
    no_due_reason: str | None = None
    """Why there is no due date."""


class Review(Node, frozen=True, kw_only=True):
    """The last review of an answer; `of` is the digest of what was reviewed."""

    state: Literal["accepted", "returned"]
    comment: str | None = None
    due: date | None = None
    by: Id | None = None
    at: datetime | None = None
    of: str | None = None


SourceFact = Annotated[
    str, msgspec.Meta(pattern=r"^((organization|system)\.)?[a-z][a-z0-9_]*$(?!\n)", max_length=120)
]
"""A fact of the profile, as conditions name it."""

SourceValue = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^(systems|organization\.[a-z][a-z0-9_]*|[a-z0-9][a-z0-9-]*/[A-Za-z0-9][A-Za-z0-9.-]*)$(?!\n)",
        max_length=201,
    ),
]
"""Where a value stood: `systems`, a fact of the organization, or CHECKLIST/ITEM."""


class TakenFrom(Node, frozen=True, kw_only=True):
    """Where an answer was taken over from; exactly one of `round`, `fact` and `value`.

    `note` and `evidence` are what was taken with it: what differs from them is new.

    Raises:
        ValueError: at construction, where none or several of the three are given.
    """

    round: Id | None = None
    """The earlier round whose answer it is."""
    fact: SourceFact | None = None
    """The fact that says that the matter does not exist here."""
    value: SourceValue | None = None
    """Where the value is known from."""
    note_only: bool = False
    """Whether note and evidence alone were taken, and the result is this round's own."""
    of: str
    """The digest of the source as it was."""
    note: str | None = None
    """The digest of the note that was taken; None: there was none."""
    evidence: tuple[Id, ...] = ()
    """The evidence that was taken."""

    def __post_init__(self) -> None:
        """Refuse none and several."""
        if sum(source is not None for source in (self.round, self.fact, self.value)) != 1:
            message = "taken-from-form"
            raise ValueError(message)


class Answer(Node, frozen=True, kw_only=True):
    """What was answered to one item; without status and value it is unanswered.

    `value` is as the item's kind has it: a rung or option id, {part, whole}, a number, an ISO date,
    a text, {other: words}, a list of ticks, a list of rows. `check_value` checks it.
    """

    status: Status | None = None
    value: Any = None
    note: str | None = None
    evidence: dict[Id, str | tuple[str, ...]] = {}
    mitigation: CitedMitigation | None = None
    risk: RiskOverride | None = None
    remediation: Remediation | None = None
    review: Review | None = None
    recheck: date | None = None
    taken_from: TakenFrom | None = None
    fingerprint: str | None = None
    by: Id | None = None
    at: datetime | None = None

    @property
    def is_given(self) -> bool:
        """Whether the answer says anything about the requirement."""
        return self.status is not None or self.value is not None

    @property
    def has_note(self) -> bool:
        """Whether its note says anything; blanks and signs that show nothing do not."""
        return any(map(shows_something, self.note or ""))

    @property
    def lacks_reason(self) -> bool:
        """Whether it says that the item does not apply, and not why: it is open until it does."""
        return self.status == "not_applicable" and not self.has_note


class ParkedFrom(Node, frozen=True, kw_only=True):
    """Where a parked answer comes from, and why its item no longer takes it."""

    version: str
    reason: Literal["removed", "merged", "split", "invalid"]


class Parked(Node, frozen=True, kw_only=True, rename={"from_": "from"}):
    """An answer that an upgrade could not place; kept, never counted."""

    from_: ParkedFrom
    answer: Answer


class ChecklistRef(Node, frozen=True, kw_only=True):
    """The version a sheet answers; the digest is of the pinned file's bytes."""

    id: Id
    version: str
    digest: Digest | None = None


class Scope(Node, frozen=True, kw_only=True):
    """Who or what is assessed: the organization or one system, by id.

    Raises:
        ValueError: at construction, where neither or both are given.
    """

    organization: Id | None = None
    system: Id | None = None

    def __post_init__(self) -> None:
        """Refuse neither and both."""
        if (self.organization is None) == (self.system is None):
            message = "scope-form"
            raise ValueError(message)


class SheetPeople(Node, frozen=True, kw_only=True):
    """Who fills in, reviews and signs a sheet, by id in assess.yaml."""

    filler: Id | None = None
    reviewer: Id | None = None
    leader: Id | None = None


class Sheet(Node, frozen=True, kw_only=True):
    """One answer-sheet file."""

    format: str
    checklist: ChecklistRef
    scope: Scope
    round: Id
    people: SheetPeople = SheetPeople()
    assigned: dict[str, Id] = {}
    answers: dict[ItemId, Answer] = {}
    parked: dict[ItemId, Parked] = {}
