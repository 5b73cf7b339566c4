"""Items of a checklist: what all kinds share, and the nine kinds."""

from collections.abc import Iterable
from typing import Annotated, ClassVar, Final, Literal, assert_never, get_args

import msgspec

from assess.model.base import FactName, Id, ItemId, Node, Number, Text
from assess.model.condition import Condition
from assess.model.item_parts import (
    Column,
    DateSpec,
    NumberSpec,
    Option,
    Other,
    RatioSpec,
    Rows,
    Rung,
    TextSpec,
)
from assess.model.title import shorten_to_title

Method = Literal["interview", "examine", "test"]
RiskLevel = Literal["high", "medium", "low"]
RISK_LEVELS: tuple[RiskLevel, ...] = get_args(RiskLevel)


class Proof(Node, frozen=True, kw_only=True):
    """A piece of evidence that an item asks for."""

    id: Id
    """The id that the evidence of an answer names."""
    text: Text
    """The file, record or screenshot, by its name."""
    required: bool = False
    """Whether an answer without it is incomplete."""
    demand: Literal["final"] | None = None
    """`final`: without it a report stays a draft; it is required, too."""

    @property
    def is_required(self) -> bool:
        """Whether an answer lacks something without it."""
        return self.required or self.demand is not None


PROOFS_OF_EVERY_ITEM: Final = ("remediation", "other")
"""What evidence may prove at any item, besides the proofs that the item asks for."""


class Remedy(Node, frozen=True, kw_only=True):
    """How to mend: the first step for today, and the lasting one."""

    now: Text | None = None
    """The first step, which can be done today."""
    lasting: Text | None = None
    """What keeps it from happening again."""


class Mitigation(Node, frozen=True, kw_only=True):
    """What lowers a high risk, and to which level."""

    id: Id
    """The id that an answer names."""
    lowers_to: Literal["medium", "low"]
    """The risk that remains."""
    text: Text
    """What must be in place."""


NEVER: Final = "never"
"""What `verdict.not_applicable` says where an item always applies."""


class Verdict(Node, frozen=True, kw_only=True):
    """What counts as which status, for every case that the check steps can give.

    An item with `met` or `unmet` and without `partial` knows only these two grades.
    """

    met: Text | None = None
    """What is seen where the requirement is met."""
    partial: Text | None = None
    """What is seen where it is partly met."""
    unmet: Text | None = None
    """What is seen where it is not met."""
    not_applicable: Text | None = None
    """When the item may be called not applicable, or the bare word `never`."""

    @property
    def has_met_or_unmet_text(self) -> bool:
        """Whether it says what counts as met or unmet."""
        return self.met is not None or self.unmet is not None


class HighRisk(Node, frozen=True, kw_only=True):
    """The high-risk case that an item's failure is, after the 2025 trial guide."""

    case: str
    """The number of the case in the guide."""
    when: Literal["unmet", "partial_or_unmet"] = "unmet"
    """The results that are the case: not met, or partly met as well."""
    applies_when: Condition | None = None
    """Where the case applies, by facts; left out: wherever the item does."""
    mitigations: tuple[Mitigation, ...] = ()
    """What lowers the risk."""


class Ref(Node, frozen=True, kw_only=True):
    """A clause of a law, rule or standard; `verified` where its text was seen."""

    basis: Id
    """The id in `basis` of the head."""
    clause: str
    """The clause, as `23(3)` or `7.1.3.2 a)`; `—` where there is none."""
    verified: bool = False
    """Whether the author has read the clause in the source."""


class Silence(Node, frozen=True, kw_only=True):
    """A rule of content that is not applied, with the reason."""

    rule: str
    """The code of the rule, as docs/lint-rules.md lists them."""
    reason: str
    """Why the rule is not applied."""


class Parameter(Node, frozen=True, kw_only=True):
    """A value that the organization sets: a fact of the profile, shown in the requirement."""

    fact: FactName
    """The name of the fact in `profile`: a text, a number or a date."""
    label: Text
    """What stands in the requirement while the fact is not given."""


def _make_default_weight() -> Number:
    return Number(1)


class ItemBase(Node, frozen=True, kw_only=True, tag_field="kind"):
    """What every kind of item has: one requirement, how to check it, what proves it."""

    FORMAT_NUMBER: ClassVar[int] = 1
    """The number of the checklist format that the kind came with (model/formats.py)."""

    id: ItemId
    """The item's id, never changed and never used again for another item."""
    label: Annotated[str, msgspec.Meta(min_length=1, max_length=100)] | None = None
    """What the issuer calls the item, as `AC-2(1)`: it is shown before the title."""
    title: Text = ""
    """What the item is called; where it is left out (format 3 on), the start of the requirement."""
    requirement: Text
    """One requirement in one sentence; in a form, what is to be filled in."""
    guidance: Text | None = None
    """More text of the issuer: in the walk on a key, in reports only with all details."""
    parameters: tuple[Parameter, ...] = ()
    """What the organization sets in the requirement; `{fact}` in it stands for the value."""
    check: tuple[Text, ...] = ()
    """The steps of the check: where to look, and what is to be seen."""
    verdict: Verdict | None = None
    """What counts as which result."""
    problem: Text | None = None
    """The fault as a fault: what a finding is called in reports, letters and lists."""
    each_round: bool = False
    """Whether the result of an earlier round can never be taken over."""
    evidence: tuple[Proof, ...] = ()
    """The pieces of evidence that the item asks for."""
    remedy: Remedy | None = None
    """What to do where the requirement is not met."""
    weight: Number = msgspec.field(default_factory=_make_default_weight)
    """How much the item counts in the score, 0 or more; left out: 1; under `deduction` 1, 2 or
    3.
    """
    veto: bool = False
    """Whether “not met” makes the verdict the last band, whatever the score; for `percent`."""
    high_risk: HighRisk | None = None
    """The high-risk case that a failure is."""
    applies_when: Condition | None = None
    """When the item is asked, by facts or by answers to other items; left out: always."""
    refs: tuple[Ref, ...] = ()
    """The clauses that demand it."""
    crossrefs: dict[str, tuple[str, ...]] = {}
    """What other frameworks call it, by framework, as `iso27001: [A.8.20]`."""
    methods: tuple[Method, ...] = ()
    """How it is assessed."""
    letter: Literal["S", "A", "G"] | None = None
    """The class of a requirement of graded protection: S, A or G of GB/T 22239."""
    supersedes: tuple[ItemId, ...] = ()
    """Ids of items of earlier versions that this one replaces."""
    still_valid: tuple[str, ...] = ()
    """Fingerprints of earlier wordings whose answers still count, as `zh-0123456789ab`."""
    silence: tuple[Silence, ...] = ()
    """Rules of content that are not applied to this item."""

    def __post_init__(self) -> None:
        """Take the start of the requirement for a title that is left out."""
        if self.title == "":
            msgspec.structs.force_setattr(self, "title", shorten_to_title(self.requirement))

    @property
    def is_title_cut_from_requirement(self) -> bool:
        """Whether the title is the start of the requirement."""
        return self.title == shorten_to_title(self.requirement)


class Conformity(ItemBase, frozen=True, kw_only=True, tag="conformity"):
    """Answered by a status: met 1, partial a parameter of the checklist, unmet 0."""


class Ladder(ItemBase, frozen=True, kw_only=True, tag="ladder"):
    """Answered by one of 2 to 6 rungs, best first."""

    rungs: Annotated[tuple[Rung, ...], msgspec.Meta(min_length=2, max_length=6)]
    """The rungs, the best first; every case falls on one of them."""


class Ratio(ItemBase, frozen=True, kw_only=True, tag="ratio"):
    """Answered by a part and a whole."""

    ratio: RatioSpec
    """What is counted, and which degree that gives."""


class NumberItem(ItemBase, frozen=True, kw_only=True, tag="number"):
    """Answered by a number with a unit."""

    number: NumberSpec
    """Unit, limits and steps."""


class ItemWithWords(ItemBase, frozen=True, kw_only=True):
    """What the kinds share whose answers may hold words of the answerer's own."""

    personal: bool | None = None
    """Whether these words hold data of persons; left out: the checklist does not say."""


class Choice(ItemWithWords, frozen=True, kw_only=True, tag="choice"):
    """Answered by one tick, or by own words where `other` allows them."""

    options: Annotated[tuple[Option, ...], msgspec.Meta(min_length=1)]
    """The options, of which one is ticked."""
    other: Other | None = None
    """Own words are allowed in place of an option."""


class Choices(ItemWithWords, frozen=True, kw_only=True, tag="choices"):
    """Answered by ticks whose degrees add up, at most to 1."""

    options: Annotated[tuple[Option, ...], msgspec.Meta(min_length=1)]
    """The options, of which one or more are ticked."""
    other: Other | None = None
    """Own words are allowed beside the options."""


class DateItem(ItemBase, frozen=True, kw_only=True, tag="date"):
    """Answered by a date; never scores."""

    date: DateSpec = DateSpec()
    """Which dates are allowed."""


class TextItem(ItemWithWords, frozen=True, kw_only=True, tag="text"):
    """Answered by a text; never scores."""

    text: TextSpec = TextSpec()
    """Which texts are allowed."""


class Table(ItemWithWords, frozen=True, kw_only=True, tag="table"):
    """Answered by rows of typed columns; never scores."""

    columns: Annotated[tuple[Column, ...], msgspec.Meta(min_length=1)]
    """The columns, at most 20."""
    rows: Rows = Rows()
    """How many rows are allowed."""


Item = Conformity | Ladder | Ratio | NumberItem | Choice | Choices | DateItem | TextItem | Table
Kind = Literal[
    "conformity", "ladder", "ratio", "number", "choice", "choices", "date", "text", "table"
]


def find_kind_of_item(item: Item) -> Kind:  # noqa: PLR0911  # a return a kind
    """Return the kind of an item, as files write it.

    The match makes mypy refuse a class of `Item` without a name in `Kind`.
    """
    match item:
        case Conformity():
            return "conformity"
        case Ladder():
            return "ladder"
        case Ratio():
            return "ratio"
        case NumberItem():
            return "number"
        case Choice():
            return "choice"
        case Choices():
            return "choices"
        case DateItem():
            return "date"
        case TextItem():
            return "text"
        case Table():
            return "table"
        case _:  # pragma: no cover  # mypy proves that nothing comes here
            assert_never(item)


def select_tables(items: Iterable[Item]) -> list[Table]:
    """Return the items that are tables."""
    return [item for item in items if isinstance(item, Table)]
