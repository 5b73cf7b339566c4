"""What is computed from a checklist and a sheet. Every number anybody sees comes from these values.

None of them is stored. `engine.scoring.assessment.assess_sheet` is the only function that makes
them.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal

import msgspec

from assess.model.answer import Answer, RemediationState
from assess.model.base import Text
from assess.model.checklist import Band, Scoring, Section
from assess.model.field_check import FieldCheck
from assess.model.item import Item, RiskLevel

Result = Literal["met", "partial", "unmet", "not_applicable", "answered"]
"""What was found; `answered` for kinds without a degree. None where nothing was answered."""

WorkState = Literal["unanswered", "answered", "returned", "accepted"]
"""How far the work on an item is, whatever was found.

`not_applicable` counts as unanswered until its reason is there, or a reviewer returned it.
"""

Applies = Literal["yes", "no", "unknown"]
"""`no`: facts leave the item out, or no answer opens it. `unknown`: a fact is not yet given; the
item applies and is marked so."""


class Value(msgspec.Struct, frozen=True, kw_only=True):
    """Base of computed values."""


class Counts(Value, frozen=True, kw_only=True):
    """How many applicable items have each result; `applicable` is their sum with `unanswered`.

    `not_applicable` counts items answered so; items that conditions leave out are in none.
    `met_without_evidence` counts the `met` ones that cite no evidence, `without_reason` the
    `not_applicable` ones that don't say why: these are in no sum, and still open.
    """

    applicable: int = 0
    met: int = 0
    partial: int = 0
    unmet: int = 0
    not_applicable: int = 0
    answered: int = 0
    unanswered: int = 0
    met_without_evidence: int = 0
    without_reason: int = 0

    @property
    def applicable_by_answers(self) -> int:
        """Items that apply by their conditions and by their answers."""
        return self.applicable - self.not_applicable

    @property
    def open(self) -> int:
        """Items that are still to be answered, or to be given the reason that they need."""
        return self.unanswered + self.without_reason

    @property
    def done(self) -> int:
        """Items that have an answer, with the reason where it needs one."""
        return self.applicable - self.open


class ItemState(Value, frozen=True, kw_only=True):
    """Everything computed about one item."""

    item: Item
    section: str
    number: int
    """Place among the items that facts do not leave out, from 1; 0 where they do.

    A closed sub-question has its number too: numbers do not change with answers.
    """
    applies: Applies
    closed: bool = False
    """Whether it is a sub-question that no answer opens; `applies` is `no` then."""
    awaits_parent: bool = False
    """Whether it is closed only because its parent is still to be answered."""
    missing_facts: tuple[str, ...] = ()
    answer: Answer | None = None
    result: Result | None = None
    degree: Fraction | None = None
    work: WorkState = "unanswered"
    stale: bool = False
    """Answered to another wording (待复核)."""
    review_outdated: bool = False
    """The answer was changed after its last review."""
    risk: RiskLevel | None = None
    """Of a finding; None where the item is no finding."""
    high_risk_case: str | None = None
    """The case that applies and was hit, also where a mitigation lowers it."""
    lowered_by: str | None = None
    """Id of the mitigation that lowered the risk."""
    overdue: bool = False
    recheck_due: bool = False
    """The day for looking at it again, which the answer names, has come."""
    missing_evidence: tuple[str, ...] = ()
    """Ids of required proofs that no cited row serves."""
    parameters: Mapping[str, Any] = {}
    """The facts that stand in the requirement, as far as they are given."""

    @property
    def has_uncounted_answer(self) -> bool:
        """Whether it has a result that does not count, because its question is closed."""
        return self.closed and self.answer is not None and self.answer.is_given

    @property
    def is_inapplicable_without_reason(self) -> bool:
        """Whether its answer says that it does not apply, and not why."""
        return self.answer is not None and self.answer.is_inapplicable_without_reason


class SectionState(Value, frozen=True, kw_only=True):
    """A section's items, counts and score (0 to 100, None where nothing scores)."""

    section: Section
    items: tuple[ItemState, ...]
    counts: Counts
    score: Fraction | None


class Score(Value, frozen=True, kw_only=True):
    """A score with all that it was computed from.

    `value` is exact, 0 to 100, after veto and cap; `raw` before them. `earned` of `possible` are
    the sums of the formula (points, or items for `rate`; for `deduction` 100 − lost of 100).
    It is the score of the items that are answered. `complete` is False while applicable items are
    unanswered, or are said not to apply without the reason: these are in no sum.
    """

    method: Literal["rate", "deduction", "percent"]
    value: Fraction
    raw: Fraction
    earned: Fraction
    possible: Fraction
    partial: Decimal
    """What a partial result counts: the parameter in use, given or default."""
    attention: Decimal | None = None
    technical: Fraction | None = None
    management: Fraction | None = None
    scored_items: int = 0
    capped: bool = False
    vetoed: tuple[str, ...] = ()
    band: Band | None = None
    complete: bool = True
    scoring: Scoring


class Finding(Value, frozen=True, kw_only=True):
    """A problem (问题): an answer whose result is partial or unmet."""

    state: ItemState
    risk: RiskLevel
    case: str | None = None
    reason: str | None = None
    """Why the risk departs from the computed one: mitigation or override."""


class LedgerRow(Value, frozen=True, kw_only=True):
    """A row of the remediation ledger (整改台账): a finding and what is done about it."""

    state: ItemState
    risk: RiskLevel
    action: str | None = None
    unit: str | None = None
    owner: str | None = None
    due: date | None = None
    progress: RemediationState | None = None
    """None: nothing planned yet."""
    done_on: date | None = None
    overdue: bool = False
    days_late: int = 0

    @property
    def is_mended(self) -> bool:
        """Whether the problem is remedied, be that verified (销号) or not yet."""
        return self.progress in ("done", "verified")


class Assessment(Value, frozen=True, kw_only=True):
    """One sheet, assessed."""

    checklist_id: str
    checklist_version: str
    title: Text
    scope_id: str
    scope_is_system: bool
    scope_name: Text
    round: str
    sections: tuple[SectionState, ...]
    counts: Counts
    score: Score | None
    """None where no answer scores."""
    is_scored: bool
    """Whether any of the items that apply by their conditions scores once it is answered."""
    findings: tuple[Finding, ...]
    """High risk first, then in the order of the checklist."""
    ledger: tuple[LedgerRow, ...]
    """Overdue first, then by due date, then as the findings."""
    missing_facts: tuple[str, ...] = ()
    field_checks: tuple[FieldCheck, ...] = ()
    """The field checks of the checklist; `engine.field_checks` judges them."""

    @property
    def items(self) -> tuple[ItemState, ...]:
        """All items in the order of the checklist."""
        return tuple(state for section in self.sections for state in section.items)


def format_score(value: Fraction | None, places: int = 1) -> str:
    """Return a score as everybody sees it: rounded half up, '–' where there is none."""
    if value is None:
        return "–"
    scale = 10**places
    units = (value * scale * 2 + 1) // 2
    whole, rest = divmod(units, scale)
    return f"{whole}.{rest:0{places}d}" if places else str(whole)
