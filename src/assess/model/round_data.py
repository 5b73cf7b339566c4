"""A round as data for a higher body: ids, results, dates and numbers, nothing that is worded.

`assess export --data` writes it as JSON (docs/data.md). What is empty is left out, apart from what
has no default here; what is not answered is null and never 0.
"""

from datetime import date, datetime
from typing import Any, Final, Literal

import msgspec

from assess.model.answer import RemediationState
from assess.model.base import Number, Text
from assess.model.checklist import ScopeKind
from assess.model.config import Exposure, Grade, Hosting
from assess.model.item import Kind, RiskLevel
from assess.model.outside_finding import OutsideSource
from assess.model.results import Applies, Result, WorkState

DATA_FORMAT: Final = "assess/data/1"
"""The format; fields may be added under this number, and a reader passes over unknown ones."""


class DataRecord(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Base of the records."""


class InputRecord(DataRecord, frozen=True, kw_only=True):
    """A file that the data is made from, and the SHA-256 of its bytes."""

    path: str
    sha256: str


class OrganizationRecord(DataRecord, frozen=True, kw_only=True):
    """Who is assessed; `facts` are the answers about it that conditions read, by name."""

    id: str
    name: Text
    facts: dict[str, Any] = {}


class SystemRecord(DataRecord, frozen=True, kw_only=True):
    """An information system of the organization."""

    id: str
    name: Text
    grade: Grade | None = None
    exposure: Exposure | None = None
    hosting: Hosting | None = None
    facts: dict[str, Any] = {}


class RoundRecord(DataRecord, frozen=True, kw_only=True):
    """The round; `tag` is the tag of its newest closing, `follows` the round it was begun from."""

    id: str
    title: Text
    state: Literal["open", "closed"]
    tag: str | None = None
    due: date | None = None
    follows: str | None = None


class ColumnRecord(DataRecord, frozen=True, kw_only=True):
    """A column of a table; `options` are the ids that its cells may be."""

    id: str
    type: Literal["text", "integer", "number", "boolean", "date", "choice"]
    personal: bool | None = None
    """Whether its cells hold data of persons; left out where the checklist has no marks."""
    unique: bool | None = None
    """Whether no two rows may have the same cell in it; left out where the column does not say."""
    total: bool | None = None
    """Whether it is meant to be summed up; left out where the column does not say."""
    options: tuple[str, ...] = ()


class ItemDefinition(DataRecord, frozen=True, kw_only=True):
    """An item of a checklist, as far as figures depend on it.

    `fingerprints` are those of its text, by language: items of two checklists or years with an
    equal one ask the same. `options` are the ids of rungs or options that an answer may be.
    `label` is what the issuer calls it, where that is not its id.
    """

    id: str
    label: str | None = None
    kind: Kind
    weight: Number
    fingerprints: dict[str, str]
    veto: bool = False
    each_round: bool = False
    personal: bool | None = None
    options: tuple[str, ...] = ()
    columns: tuple[ColumnRecord, ...] = ()


class SectionDefinition(DataRecord, frozen=True, kw_only=True):
    """A section of a checklist and its items."""

    id: str
    items: tuple[ItemDefinition, ...]
    domain: Literal["technical", "management"] | None = None


class ChecklistRecord(DataRecord, frozen=True, kw_only=True):
    """A pinned checklist; `digest` is the SHA-256 of its file, `bands` the ids of its verdicts.

    `pinned_as` is the name of its file, which sheets have in their names.
    """

    pinned_as: str
    id: str
    version: str
    digest: str
    scope: ScopeKind
    method: Literal["rate", "deduction", "percent"]
    sections: tuple[SectionDefinition, ...]
    bands: tuple[str, ...] = ()


class CountsRecord(DataRecord, frozen=True, kw_only=True):
    """How many items have each result, as reports print it.

    `applicable` is the sum of met, partial, unmet, answered and unanswered. `left_out` counts the
    items that conditions leave out, which are in no other number. `met_without_evidence` is a part
    of met, `without_reason` one of not_applicable: still open, because the reason lacks.
    """

    applicable: int
    met: int
    partial: int
    unmet: int
    not_applicable: int
    answered: int
    unanswered: int
    left_out: int
    met_without_evidence: int
    without_reason: int


class ScoreRecord(DataRecord, frozen=True, kw_only=True):
    """A score from 0 to 100.

    `value` has one decimal, as it is printed everywhere. `exact` is the fraction behind it, such as
    `250/3`; `raw` the one before the cap. Where `complete` is false, it is that of the answered
    part: items that are not answered are in no sum.
    """

    value: Number
    exact: str
    raw: str
    complete: bool
    capped: bool = False
    vetoed: tuple[str, ...] = ()
    """The veto items that are not met."""


class MeasureRecord(DataRecord, frozen=True, kw_only=True):
    """What is done about a finding; `days_late` counts from the due date to the date of the data.

    It is closed when `state` is `verified`.
    """

    state: RemediationState
    action: str | None = None
    unit: str | None = None
    owner: str | None = None
    due: date | None = None
    first_due: date | None = None
    """The due day before it was moved to a later one; left out where it was not."""
    done_on: date | None = None
    verified_on: date | None = None
    days_late: int = 0
    budget: str | None = None
    """Whether money is needed: `yes`, `no`, or how much in words."""
    people: str | None = None
    no_due_reason: str | None = None


class SourceRecord(DataRecord, frozen=True, kw_only=True):
    """Where an answer was taken over from; exactly one of `round`, `fact` and `value` is there.

    `value` is `systems`, a fact, or CHECKLIST/ITEM.
    """

    round: str | None = None
    fact: str | None = None
    value: str | None = None
    note_only: bool = False
    """Whether the result is this round's own, and only note and evidence were taken over."""
    new_note: bool = False
    """Whether the note is another one than was taken over."""
    new_evidence: bool = False
    """Whether it cites evidence that was not taken over."""


class ItemRecord(DataRecord, frozen=True, kw_only=True):
    """An item of a sheet.

    `result`, `degree` and `value` are null where nothing readable was answered; `degree` is also
    null where the item doesn't score, and has at most six decimals; `value` is also null where it
    is the status alone, and for a text that a sanitised export may not have. `value` is an id of a
    rung or an option, {other: words}, a list of these, {part, whole}, a number, a date, a text, or
    a list of rows: objects by column, without the cells that do not fit their column.
    """

    id: str
    result: Result | None
    degree: Number | None
    value: Any
    work: WorkState = "unanswered"
    applies: Applies = "yes"
    """`no`: left out by its condition; `unknown`: a fact lacks, so it counts as applicable."""
    closed: bool = False
    """Whether it is a sub-question that no answer opens; `applies` is `no` then."""
    note: str | None = None
    risk: RiskLevel | None = None
    """Of a finding; absent where the item is none."""
    high_risk_case: str | None = None
    """The case that was hit, also where a mitigation lowers the risk."""
    lowered_by: str | None = None
    """The id of that mitigation."""
    evidence: dict[str, tuple[str, ...]] = {}
    """The rows of the register that it cites, and the proofs that each serves."""
    missing_evidence: tuple[str, ...] = ()
    measure: MeasureRecord | None = None
    fingerprint: str | None = None
    """That of the text that was answered."""
    stale: bool = False
    """Whether it was answered to another text than the pinned one."""
    at: datetime | None = None
    """When it was answered."""
    recheck: date | None = None
    taken_from: SourceRecord | None = None
    """Absent where it was answered anew."""


class SectionRecord(DataRecord, frozen=True, kw_only=True):
    """A section of a sheet; `score` has one decimal, null where nothing is answered or scores."""

    id: str
    counts: CountsRecord
    score: Number | None
    items: tuple[ItemRecord, ...]


class SheetRecord(DataRecord, frozen=True, kw_only=True):
    """A sheet: a checklist answered for the organization or for a system.

    `checklist` is what its checklist is pinned as. `verdict` is the id of a band; null where the
    checklist has none that fits, and until the sheet is complete. `version` and `digest` are of the
    checklist that the answers were given to.
    """

    name: str
    checklist: str
    system: str | None
    version: str
    counts: CountsRecord
    score: ScoreRecord | None
    verdict: str | None
    findings: int
    high_risks: int
    overdue: int
    sections: tuple[SectionRecord, ...]
    digest: str | None = None
    missing_facts: tuple[str, ...] = ()
    taken_over: int = 0
    """The applicable items whose result was taken over."""


class OutsideRecord(DataRecord, frozen=True, kw_only=True):
    """A finding of others: a circular, an assessment, a penetration test, a scan, an inspection.

    It is in no figure of a sheet. `due` is the day that its document demands, `number` that of the
    document. `days_late` counts from `due`, where there is none from that of the measure.
    """

    id: str
    source: OutsideSource
    text: str
    risk: RiskLevel
    number: str | None = None
    dated: date | None = None
    due: date | None = None
    system: str | None = None
    checklist: str | None = None
    item: str | None = None
    evidence: tuple[str, ...] = ()
    measure: MeasureRecord | None = None
    closed_on: date | None = None
    """When it was closed in this round; absent while it is open."""
    proof: str | None = None
    """What proves that it is mended."""
    days_late: int = 0


class RoundData(DataRecord, frozen=True, kw_only=True):
    """A round: what is asked, and what was answered.

    `date` is the day on which it is reckoned what is overdue: that of the commit in China's time.
    `commit` holds all inputs as they are; null where one of them is not committed. A sanitised
    record has no notes, and pseudonyms in place of persons and of words that may be personal; its
    `inputs` are the checklists alone.
    """

    format: str
    program: str
    """The version of the program that wrote it."""
    sanitised: bool
    date: date
    commit: str | None
    organization: OrganizationRecord
    round: RoundRecord
    systems: tuple[SystemRecord, ...]
    inputs: tuple[InputRecord, ...]
    checklists: tuple[ChecklistRecord, ...]
    outside: tuple[OutsideRecord, ...] = ()
    """The findings of others that stand in the round."""
    sheets: tuple[SheetRecord, ...]
