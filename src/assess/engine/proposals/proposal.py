"""The type of a proposal, and what all sources make proposals from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Literal, NamedTuple

from msgspec.structs import replace

from assess.engine.fingerprint import canonical_json_without_empty_fields, short_sha256_hex
from assess.engine.proposals.tables import IndexedTables
from assess.i18n import Lang
from assess.model.answer import Answer, Remediation, Status, TakenFrom
from assess.model.base import Text
from assess.model.checklist import Checklist, FactDef
from assess.model.config import Person, System
from assess.model.evidence import EvidenceRow
from assess.model.item import Item
from assess.model.results import Value

ProposalSource = Literal["fact", "last_round", "known_value"]

RemarkKind = Literal["reworded", "returned", "each_round", "unfit", "expired", "unregistered"]
"""What is to be known of a proposal: the clause was reworded; the answer was returned; the result
is found anew each round; the item does not take the old value; evidence that is not carried."""


class ProposalRemark(NamedTuple):
    """A remark, and the titles of the evidence that it names."""

    kind: RemarkKind
    titles: tuple[Text, ...] = ()


class Proposal(Value, frozen=True, kw_only=True):
    """An answer that an item can take over; what is absent is not proposed."""

    source: ProposalSource
    where: Text
    """The round, the profile, or the item that it comes from."""
    status: Status | None = None
    value: Any = None
    incomplete: bool = False
    """Whether `value` is a part of what the item asks for: its form asks for the rest."""
    note: str | None = None
    evidence: Mapping[str, str | tuple[str, ...]] = {}
    """Rows of the register that are in force, with the proofs that they serve."""
    remediation: Remediation | None = None
    """What is open."""
    taken_from: TakenFrom
    by: str | None = None
    """The id of who gave the answer that it comes from."""
    at: datetime | None = None
    remarks: tuple[ProposalRemark, ...] = ()
    shown: Answer | None = None
    """The answer as its source has it, where the proposal does not carry its result."""

    @property
    def proposes_complete_result(self) -> bool:
        """Whether it proposes a whole answer, and not note and evidence or a part alone."""
        return not self.incomplete and (self.status is not None or self.value is not None)

    @property
    def needs_note_rereading(self) -> bool:
        """Whether its note is to be read again before it stands."""
        warned = {"reworded", "expired", "unregistered"} & {remark.kind for remark in self.remarks}
        return self.source == "fact" or bool(warned)


class EarlierSheet(Value, frozen=True, kw_only=True):
    """The same sheet in the round before, its answers by item."""

    round: str
    title: Text
    checklist: Checklist
    items: Mapping[str, Item]
    answers: Mapping[str, Answer]
    people: Mapping[str, Person]


class KnownPlace(NamedTuple):
    """A question of the round that asks for a value."""

    sheet: str
    checklist: str
    item: Item


QuestionKey = tuple[str, ...]
"""What two questions share that ask for the same value: kind and wording."""


class ProposalContext(Value, frozen=True, kw_only=True):
    """What the proposals of a sheet are made from; indexes are made once."""

    sheet: str
    lang: Lang
    today: date
    register: Mapping[str, EvidenceRow]
    earlier: EarlierSheet | None
    facts: Mapping[str, Any]
    questions: Mapping[str, FactDef]
    """The questions of facts, by the names that `facts` has."""
    systems: Mapping[str, System]
    tables: IndexedTables
    places: Mapping[QuestionKey, tuple[KnownPlace, ...]]
    """The questions of all sheets about the same unit or system."""
    answers: Mapping[str, Mapping[str, Answer]]
    """The answers of these sheets, by sheet and item."""

    def with_answers_of_sheet(self, answers: Mapping[str, Answer]) -> ProposalContext:
        """Return the context after answers to its own sheet were written."""
        return replace(self, answers={**self.answers, self.sheet: answers})


def digest_of_value(value: Any) -> str:
    """Return the digest of a plain value: `v-` and 12 digits."""
    return f"v-{short_sha256_hex(canonical_json_without_empty_fields(value))}"
