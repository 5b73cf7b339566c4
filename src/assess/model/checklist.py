"""A checklist: the versioned set of sections and items."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Literal

import msgspec

from assess.i18n import Lang
from assess.model.base import FactName, Id, Node, Number, Text, pick_text
from assess.model.field_check import FieldCheck
from assess.model.item import Item, Silence

ScopeKind = Literal["organization", "system"]


class Basis(Node, frozen=True, kw_only=True):
    """A law, rule or standard that items cite."""

    title: Text
    """The full title, with its number."""
    issued: date | None = None
    """The day of issue."""
    in_force: date | None = None
    """The day from which it is in force."""


def is_non_binding_basis(basis: str) -> bool:
    """Return whether a basis, by its id, binds nobody here: a rule of another place, or practice.

    Checklists name such `local-…` and `practice` (docs/writing-checklists.md).
    """
    return basis == "practice" or basis.startswith("local-")


class FactOption(Node, frozen=True, kw_only=True):
    """A possible value of a fact of type choice."""

    id: Id
    """The value that conditions compare with."""
    text: Text
    """What is shown to choose from."""


class FactDef(Node, frozen=True, kw_only=True):
    """A fact about the organization or system, asked once, that conditions read."""

    type: Literal["boolean", "integer", "number", "text", "date", "choice"]
    """What the value is."""
    question: Text
    """What is asked."""
    min: Number | None = None
    """The least value allowed, for `integer` and `number`."""
    max: Number | None = None
    """The highest value allowed, for `integer` and `number`."""
    options: tuple[FactOption, ...] = ()
    """The values to choose from, for `choice` only."""


class Cap(Node, frozen=True, kw_only=True):
    """The highest score while a high risk stands unlowered."""

    caps_at: Number
    """The highest score, 0 to 100."""


class Band(Node, frozen=True, kw_only=True):
    """A verdict by score: the first band that fits; `at_least` is ≥, `above` is >."""

    id: Id
    """The band's id."""
    title: Text
    """The verdict in words, as reports print it."""
    at_least: Number | None = None
    """The band takes scores of this one (0 to 100) and above."""
    above: Number | None = None
    """The band takes scores above this one (0 to 100)."""
    without: Literal["high_risk", "medium_risk"] | None = None
    """The band is refused while such a risk stands: a high one, or a high or medium one."""


class Scoring(Node, frozen=True, kw_only=True):
    """How a checklist scores (docs/decisions/0002-scoring.md)."""

    method: Literal["rate", "deduction", "percent"]
    """`rate`: share of items that are met; `percent`: share of the weight that is earned;
    `deduction`: 100 less points for what is not met, by technical and management side.
    """
    partial: Number | None = None
    """The degree of “partly met”, 0 to 1; left out: 0.5, and 0 under `rate`."""
    attention: Number | None = None
    """The share of the technical side in the score, 0 to 1, under `deduction`; left out: 0.5."""
    not_applicable: Literal["excluded", "met"] = "excluded"
    """Whether items that do not apply are in no sum, or count as met."""
    high_risk: Cap | None = None
    """The limit of the score while a high risk stands."""
    bands: tuple[Band, ...] = ()
    """The verdicts, from the highest score down; the first that fits counts."""


class Section(Node, frozen=True, kw_only=True):
    """A section: items that belong together."""

    id: Id
    """The section's id."""
    title: Text
    """What the section is called."""
    items: tuple[Item, ...]
    """The items, in the order in which they are filled in."""
    domain: Literal["technical", "management"] | None = None
    """The side that its items count on; `deduction` needs it."""
    group: Text | None = None
    """The heading above this section and those after it with the same one."""


def list_headings_of_new_groups(sections: Iterable[Section], lang: Lang) -> list[str]:
    """Return for each section the heading above it: its group, where that begins with it."""
    names = [pick_text(section.group, lang) for section in sections]
    return [
        name if name != before else "" for name, before in zip(names, ["", *names], strict=False)
    ]


class Checklist(Node, frozen=True, kw_only=True):
    """One checklist file."""

    format: str
    """The format, with a number that has every field used here."""
    id: Id
    """The checklist's id, the same in all versions; commands and answer sheets name it."""
    version: Annotated[str, msgspec.Meta(min_length=1)]
    """The version, as `2026.1`; an answer sheet names the one that it answers."""
    title: Text
    """What the checklist is called."""
    scope: ScopeKind
    """What a sheet is about: the organization, or one information system."""
    basis: dict[Id, Basis]
    """The laws, rules and standards that items cite, by an id."""
    scoring: Scoring
    """How results become a score."""
    sections: tuple[Section, ...]
    """The sections, in the order in which they are filled in."""
    summary: Text | None = None
    """Who uses the checklist, and when, in one sentence."""
    profile: dict[FactName, FactDef] = {}
    """Facts that are asked once, by name; conditions and requirements read them."""
    languages: tuple[Lang, ...] = ()
    """The languages that the checklist is written in; empty: both."""
    verbatim: bool = False
    """Whether the wording is quoted from a framework: rules of style are not applied to it."""
    silence: tuple[Silence, ...] = ()
    """Rules of content that are not applied to this checklist."""
    checks: tuple[FieldCheck, ...] = ()
    """What several answers must be to each other; answers that break one are a warning."""

    def items(self) -> dict[str, Item]:
        """Return the items by id, in the order of the checklist."""
        return {item.id: item for section in self.sections for item in section.items}
