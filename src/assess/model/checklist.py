"""A checklist: the versioned set of sections and items."""

from __future__ import annotations

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
    issued: date | None = None
    in_force: date | None = None


def is_non_binding_basis(basis: str) -> bool:
    """Return whether a basis, by its id, binds nobody here: a rule of another place, or practice.

    Checklists name such `local-…` and `practice` (docs/writing-checklists.md).
    """
    return basis == "practice" or basis.startswith("local-")


class FactOption(Node, frozen=True, kw_only=True):
    """A possible value of a fact of type choice."""

    id: Id
    text: Text


class FactDef(Node, frozen=True, kw_only=True):
    """A fact about the organization or system, asked once, that conditions read."""

    type: Literal["boolean", "integer", "number", "text", "date", "choice"]
    question: Text
    min: Number | None = None
    max: Number | None = None
    options: tuple[FactOption, ...] = ()


class Cap(Node, frozen=True, kw_only=True):
    """The highest score while a high risk stands unlowered."""

    caps_at: Number


class Band(Node, frozen=True, kw_only=True):
    """A verdict by score: the first band that fits; `at_least` is ≥, `above` is >."""

    id: Id
    title: Text
    at_least: Number | None = None
    above: Number | None = None
    without: Literal["high_risk", "medium_risk"] | None = None


class Scoring(Node, frozen=True, kw_only=True):
    """How a checklist scores; see engine.scoring.score for the formulas and their sources."""

    method: Literal["rate", "deduction", "percent"]
    partial: Number | None = None
    attention: Number | None = None
    not_applicable: Literal["excluded", "met"] = "excluded"
    high_risk: Cap | None = None
    bands: tuple[Band, ...] = ()


class Section(Node, frozen=True, kw_only=True):
    """A section: items that belong together."""

    id: Id
    title: Text
    items: tuple[Item, ...]
    domain: Literal["technical", "management"] | None = None
    group: Text | None = None
    """The heading above this section and those after it with the same one."""


def list_group_headings(sections: Iterable[Section], lang: Lang) -> list[str]:
    """Return for each section the heading above it: its group, where that begins with it."""
    names = [pick_text(section.group, lang) for section in sections]
    return [
        name if name != before else "" for name, before in zip(names, ["", *names], strict=False)
    ]


class Checklist(Node, frozen=True, kw_only=True):
    """One checklist file."""

    format: str
    id: Id
    version: Annotated[str, msgspec.Meta(min_length=1)]
    title: Text
    scope: ScopeKind
    basis: dict[Id, Basis]
    scoring: Scoring
    sections: tuple[Section, ...]
    summary: Text | None = None
    profile: dict[FactName, FactDef] = {}
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
