"""Items of a checklist: what all kinds share, and the nine kinds."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Final, Literal, assert_never, get_args

import msgspec

from assess.model.base import FactName, Id, ItemId, Node, Number, Text
from assess.model.condition import Condition
from assess.model.title import shorten_to_title

Degree = Annotated[Number, "0 to 1"]
Method = Literal["interview", "examine", "test"]
RiskLevel = Literal["high", "medium", "low"]
RISK_LEVELS: tuple[RiskLevel, ...] = get_args(RiskLevel)
Pattern = Literal["phone", "email", "url", "ipv4", "uscc", "postcode"]
"""Named patterns for texts; the program's own, never a regular expression from a file."""


class Proof(Node, frozen=True, kw_only=True):
    """A piece of evidence that an item asks for."""

    id: Id
    text: Text
    required: bool = False
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
    lasting: Text | None = None


class Mitigation(Node, frozen=True, kw_only=True):
    """What lowers a high risk, and to which level."""

    id: Id
    lowers_to: Literal["medium", "low"]
    text: Text


NEVER: Final = "never"
"""What `verdict.not_applicable` says where an item always applies."""


class Verdict(Node, frozen=True, kw_only=True):
    """What counts as which status, for every case that the check steps can give.

    An item with `met` or `unmet` and without `partial` knows only these two grades.
    """

    met: Text | None = None
    partial: Text | None = None
    unmet: Text | None = None
    not_applicable: Text | None = None
    """When the item may be called not applicable, or the bare word `never`."""

    @property
    def has_met_or_unmet_text(self) -> bool:
        """Whether it says what counts as met or unmet."""
        return self.met is not None or self.unmet is not None


class HighRisk(Node, frozen=True, kw_only=True):
    """The high-risk case that an item's failure is, after the 2025 trial guide."""

    case: str
    when: Literal["unmet", "partial_or_unmet"] = "unmet"
    applies_when: Condition | None = None
    mitigations: tuple[Mitigation, ...] = ()


class Ref(Node, frozen=True, kw_only=True):
    """A clause of a law, rule or standard; `verified` where its text was seen."""

    basis: Id
    clause: str
    verified: bool = False


class Silence(Node, frozen=True, kw_only=True):
    """A lint rule that is not applied to this item, with the reason."""

    rule: str
    reason: str


class Step(Node, frozen=True, kw_only=True):
    """A threshold and the degree it gives; the first step that fits counts."""

    degree: Degree
    at_least: Number | None = None
    above: Number | None = None
    at_most: Number | None = None
    below: Number | None = None


class Rung(Node, frozen=True, kw_only=True):
    """A rung of a ladder, best first, with its own degree."""

    id: Id
    degree: Degree
    text: Text


class RatioSpec(Node, frozen=True, kw_only=True):
    """Part and whole, and the steps; without steps the degree is part ÷ whole."""

    part: Text
    whole: Text
    steps: tuple[Step, ...] = ()


class NumberSpec(Node, frozen=True, kw_only=True):
    """Unit, limits and steps of a number; without steps it does not score."""

    unit: Text
    min: Number | None = None
    max: Number | None = None
    decimals: Annotated[int, msgspec.Meta(ge=0, le=9)] = 0
    steps: tuple[Step, ...] = ()


class DateSpec(Node, frozen=True, kw_only=True):
    """The earliest date allowed, and whether one in the future is."""

    earliest: date | None = None
    future: bool = True


class TextSpec(Node, frozen=True, kw_only=True):
    """How long a text may be (characters), and its named pattern."""

    max_length: Annotated[int, msgspec.Meta(ge=1)] | None = None
    pattern: Pattern | None = None


class Option(Node, frozen=True, kw_only=True):
    """A tick of `choice` or `choices`; an exclusive one goes with no other."""

    id: Id
    text: Text
    degree: Degree | None = None
    exclusive: bool = False


class Other(Node, frozen=True, kw_only=True):
    """Own words are allowed beside the options, and the degree they give."""

    degree: Degree | None = None


class Rows(Node, frozen=True, kw_only=True):
    """How many rows a table may hold."""

    min: Annotated[int, msgspec.Meta(ge=0)] = 0
    max: Annotated[int, msgspec.Meta(ge=1, le=1000)] = 200


class ColumnOption(Node, frozen=True, kw_only=True):
    """A choice in a column of a table."""

    id: Id
    text: Text


ColumnId = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9][a-z0-9_-]*$(?!\n)", max_length=100)]
"""The id of a column: a key in the rows of answers, so also underscores."""


class Column(Node, frozen=True, kw_only=True):
    """A typed column of a table."""

    id: ColumnId
    title: Text
    type: Literal["text", "integer", "number", "boolean", "date", "choice"]
    required: bool = False
    min: Number | None = None
    max: Number | None = None
    unit: Text | None = None
    options: tuple[ColumnOption, ...] = ()
    personal: bool | None = None
    """Whether its cells hold data of persons; None: as its item says, or it does not say."""
    unique: bool | None = None
    """Whether no two rows may have the same cell in it; empty cells are not compared."""
    total: bool | None = None
    """Whether the sum of its numbers stands below the rows."""


class Parameter(Node, frozen=True, kw_only=True):
    """A value that the organization sets: a fact of the profile, shown in the requirement."""

    fact: FactName
    label: Text
    """What stands in the requirement while the fact is not given."""


def _make_default_weight() -> Number:
    return Number(1)


class ItemBase(Node, frozen=True, kw_only=True, tag_field="kind"):
    """What every kind of item has: one requirement, how to check it, what proves it."""

    FORMAT_NUMBER: ClassVar[int] = 1
    """The number of the checklist format that the kind came with (model/formats.py)."""

    id: ItemId
    label: Annotated[str, msgspec.Meta(min_length=1, max_length=100)] | None = None
    """What the issuer calls the item, as `AC-2(1)`: it is shown before the title."""
    title: Text = ""
    """What the item is called; where it is left out, the start of the requirement."""
    requirement: Text
    guidance: Text | None = None
    """More text of the issuer: in the walk on a key, in reports only with all details."""
    parameters: tuple[Parameter, ...] = ()
    """What the organization sets in the requirement; `{fact}` in it stands for the value."""
    check: tuple[Text, ...] = ()
    verdict: Verdict | None = None
    problem: Text | None = None
    """The fault as a fault: what a finding is called in reports, letters and lists."""
    each_round: bool = False
    """Whether the result of an earlier round can never be taken over."""
    evidence: tuple[Proof, ...] = ()
    remedy: Remedy | None = None
    weight: Number = msgspec.field(default_factory=_make_default_weight)
    veto: bool = False
    high_risk: HighRisk | None = None
    applies_when: Condition | None = None
    refs: tuple[Ref, ...] = ()
    crossrefs: dict[str, tuple[str, ...]] = {}
    methods: tuple[Method, ...] = ()
    letter: Literal["S", "A", "G"] | None = None
    supersedes: tuple[ItemId, ...] = ()
    still_valid: tuple[str, ...] = ()
    silence: tuple[Silence, ...] = ()

    def __post_init__(self) -> None:
        """Take the start of the requirement for a title that is left out."""
        if self.title == "":
            msgspec.structs.force_setattr(self, "title", shorten_to_title(self.requirement))

    @property
    def has_cut_title(self) -> bool:
        """Whether the title is the start of the requirement."""
        return self.title == shorten_to_title(self.requirement)


class Conformity(ItemBase, frozen=True, kw_only=True, tag="conformity"):
    """Answered by a status: met 1, partial a parameter of the checklist, unmet 0."""


class Ladder(ItemBase, frozen=True, kw_only=True, tag="ladder"):
    """Answered by one of 2 to 6 rungs, best first."""

    rungs: Annotated[tuple[Rung, ...], msgspec.Meta(min_length=2, max_length=6)]


class Ratio(ItemBase, frozen=True, kw_only=True, tag="ratio"):
    """Answered by a part and a whole."""

    ratio: RatioSpec


class NumberItem(ItemBase, frozen=True, kw_only=True, tag="number"):
    """Answered by a number with a unit."""

    number: NumberSpec


class ItemWithWords(ItemBase, frozen=True, kw_only=True):
    """What the kinds share whose answers may hold words of the answerer's own."""

    personal: bool | None = None
    """Whether these words hold data of persons; None: the checklist does not say."""


class Choice(ItemWithWords, frozen=True, kw_only=True, tag="choice"):
    """Answered by one tick, or by own words where `other` allows them."""

    options: Annotated[tuple[Option, ...], msgspec.Meta(min_length=1)]
    other: Other | None = None


class Choices(ItemWithWords, frozen=True, kw_only=True, tag="choices"):
    """Answered by ticks whose degrees add up, at most to 1."""

    options: Annotated[tuple[Option, ...], msgspec.Meta(min_length=1)]
    other: Other | None = None


class DateItem(ItemBase, frozen=True, kw_only=True, tag="date"):
    """Answered by a date; never scores."""

    date: DateSpec = DateSpec()


class TextItem(ItemWithWords, frozen=True, kw_only=True, tag="text"):
    """Answered by a text; never scores."""

    text: TextSpec = TextSpec()


class Table(ItemWithWords, frozen=True, kw_only=True, tag="table"):
    """Answered by rows of typed columns; never scores."""

    columns: Annotated[tuple[Column, ...], msgspec.Meta(min_length=1)]
    rows: Rows = Rows()


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
