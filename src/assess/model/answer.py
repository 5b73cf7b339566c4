"""An answer sheet: the answers to one checklist for one scope in one round."""

from datetime import date, datetime
from typing import Annotated, Any, Final, Literal, get_args

import msgspec

from assess.harmless import is_visible_character
from assess.model.base import Digest, Id, ItemId, Node
from assess.model.item import RiskLevel

Status = Literal["met", "partial", "unmet", "not_applicable"]
STATUSES: tuple[Status, ...] = get_args(Status)

RemediationState = Literal["planned", "in_progress", "done", "verified", "risk_accepted"]
REMEDIATION_STATES: tuple[RemediationState, ...] = get_args(RemediationState)
OPEN_STATES: tuple[RemediationState, ...] = ("planned", "in_progress")
"""States of remediation that is neither done nor accepted as a risk; it can be overdue."""


class CitedMitigation(Node, frozen=True, kw_only=True):
    """The mitigation an answer claims, by its id in the item."""

    id: Id
    """The id of the mitigation in the item."""
    note: str | None = None
    """How it is in place here."""


class RiskOverride(Node, frozen=True, kw_only=True):
    """A risk that departs from the computed one, with the reason."""

    level: RiskLevel
    """The risk that is put in place of the computed one."""
    reason: str
    """Why."""


LONGEST_NEED: Final = 200
Need = Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_NEED)]
"""Whether something is needed: `yes`, `no`, or how much, in words."""


class Remediation(Node, frozen=True, kw_only=True):
    """What is done about a finding, by whom, until when."""

    action: str | None = None
    """What is done."""
    unit: str | None = None
    """The unit that does it."""
    owner: str | None = None
    """The person who does it, by name."""
    due: date | None = None
    """The day by which it is done."""
    first_due: date | None = None
    """The due day before the program moved it to a later one; left out where it was not moved."""
    state: RemediationState = "planned"
    """How far it is."""
    done_on: date | None = None
    """The day on which it was done."""
    verified_by: str | None = None
    """Who looked whether it is done."""
    verified_on: date | None = None
    """The day of that look."""
    accepted_by: str | None = None
    """Who accepts the risk, where it is accepted."""
    reason: str | None = None
    """Why the risk is accepted."""
    budget: Need | None = None
    """Whether money is needed."""
    people: Need | None = None
    """Whether people are needed."""
    no_due_reason: str | None = None
    """Why there is no due date."""


class Review(Node, frozen=True, kw_only=True):
    """The last review of an answer; `of` is the digest of what was reviewed."""

    state: Literal["accepted", "returned"]
    """Whether the answer was accepted, or returned to be done again."""
    comment: str | None = None
    """What the reviewer says."""
    due: date | None = None
    """The day by which a returned answer is done again."""
    by: Id | None = None
    """The reviewer, by the id of a person."""
    at: datetime | None = None
    """When it was reviewed."""
    of: str | None = None
    """The digest of the answer as it was reviewed."""


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
    """The digest of the note that was taken; left out: there was none."""
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
    """The result, for `conformity`; `not_applicable` for every kind."""
    value: Any = None
    """The value, in the form of the item's kind."""
    note: str | None = None
    """What was seen, and why this is the result."""
    evidence: dict[Id, str | tuple[str, ...]] = {}
    """Rows of the evidence register, each with the proof or proofs that it is."""
    mitigation: CitedMitigation | None = None
    """The mitigation that lowers a high risk."""
    risk: RiskOverride | None = None
    """The risk by hand."""
    remediation: Remediation | None = None
    """What is done about the finding."""
    review: Review | None = None
    """The last review."""
    recheck: date | None = None
    """The day on which it is to be looked at again."""
    taken_from: TakenFrom | None = None
    """Where the answer was taken over from."""
    fingerprint: str | None = None
    """The fingerprint of the item as it was answered."""
    by: Id | None = None
    """Who answered, by the id of a person."""
    at: datetime | None = None
    """When it was answered."""

    @property
    def is_given(self) -> bool:
        """Whether the answer says anything about the requirement."""
        return self.status is not None or self.value is not None

    @property
    def has_note(self) -> bool:
        """Whether its note says anything; blanks and signs that show nothing do not."""
        return any(map(is_visible_character, self.note or ""))

    @property
    def is_inapplicable_without_reason(self) -> bool:
        """Whether it says that the item does not apply, and not why: it is open until it does."""
        return self.status == "not_applicable" and not self.has_note


class ParkedFrom(Node, frozen=True, kw_only=True):
    """Where a parked answer comes from, and why its item no longer takes it."""

    version: str
    """The version of the checklist that had the item."""
    reason: Literal["removed", "merged", "split", "invalid"]
    """Why the answer no longer fits."""


class Parked(Node, frozen=True, kw_only=True, rename={"from_": "from"}):
    """An answer that an upgrade could not place; kept, never counted."""

    from_: ParkedFrom
    """Where it comes from."""
    answer: Answer
    """The answer as it was."""


class ChecklistRef(Node, frozen=True, kw_only=True):
    """The version a sheet answers; the digest is of the pinned file's bytes."""

    id: Id
    """The checklist's id."""
    version: str
    """The checklist's version."""
    digest: Digest | None = None
    """The SHA-256 of the pinned file's bytes."""


class Scope(Node, frozen=True, kw_only=True):
    """Who or what is assessed: the organization or one system, by id.

    Raises:
        ValueError: at construction, where neither or both are given.
    """

    organization: Id | None = None
    """The organization's id."""
    system: Id | None = None
    """The system's id."""

    def __post_init__(self) -> None:
        """Refuse neither and both."""
        if (self.organization is None) == (self.system is None):
            message = "scope-form"
            raise ValueError(message)


class SheetPeople(Node, frozen=True, kw_only=True):
    """Who fills in, reviews and signs a sheet, by id in assess.yaml."""

    filler: Id | None = None
    """Who fills in."""
    reviewer: Id | None = None
    """Who reviews."""
    leader: Id | None = None
    """Who signs."""


class Sheet(Node, frozen=True, kw_only=True):
    """One answer-sheet file."""

    format: str
    """The format and its number."""
    checklist: ChecklistRef
    """What the sheet answers."""
    scope: Scope
    """Who or what is assessed."""
    round: Id
    """The id of the round."""
    people: SheetPeople = SheetPeople()
    """Who works on the sheet."""
    assigned: dict[str, Id] = {}
    """Who fills in what: people by the id of an item or section."""
    answers: dict[ItemId, Answer] = {}
    """The answers by the id of the item."""
    parked: dict[ItemId, Parked] = {}
    """Answers that an upgrade could not place, by the id of the item."""
