"""The tables that content is compared with. A package above reads them from data/*.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Literal

import msgspec

from assess.engine.lint.content.clauses import (
    does_clause_exist,
    expand_clause_range,
    expand_clause_ranges,
    list_requirements_under,
    parse_article_number,
)
from assess.engine.lint.content.commands import CheckStepCommand
from assess.model.base import Bilingual, Node

Counts = dict[str, int | tuple[int, ...]]


class ClauseGroup(Node, frozen=True, kw_only=True):
    """Clauses that coverage counts together: those listed, or all under a number."""

    id: str
    title: Bilingual
    listed: tuple[str, ...] = ()
    under: str | None = None


class ClauseTable(Node, frozen=True, kw_only=True):
    """The clauses of one basis: numbered articles, or points with lettered items."""

    numbered: int = 0
    points: dict[str, int] = msgspec.field(default_factory=dict)
    also: tuple[str, ...] = ()
    penal: tuple[str, ...] = ()
    groups: tuple[ClauseGroup, ...] = ()

    def has_all_clauses_of_citation(self, clause: str) -> bool:
        """Return whether every clause that a citation names exists."""
        return all(self._has_single_clause(leaf) for leaf in expand_clause_range(clause))

    def is_penal(self, clause: str) -> bool:
        """Return whether breaching a cited clause has a penalty of its own."""
        known = {parse_article_number(leaf) for leaf in expand_clause_ranges(self.penal)}
        return any(parse_article_number(leaf) in known for leaf in expand_clause_range(clause))

    def list_clauses_of_group(self, group: ClauseGroup) -> tuple[str, ...]:
        """Return the single clauses of a group."""
        if group.under is not None:
            return list_requirements_under(group.under, self.points)
        return expand_clause_ranges(group.listed)

    def _has_single_clause(self, leaf: str) -> bool:
        article = parse_article_number(leaf)
        if self.numbered and article is not None:
            return 1 <= article <= self.numbered
        return leaf in self.also or does_clause_exist(leaf, self.points)


class Case(Node, frozen=True, kw_only=True):
    """A high-risk case: the level it reaches from, and its clauses of GB/T 22239."""

    number: int
    name: Bilingual
    level: Literal[2, 3, 4]
    reach: Literal["continuity", "key-sector"] | None = None
    clauses: tuple[str, ...] = ()


class GlossaryTerm(Node, frozen=True, kw_only=True):
    """A preferred term in a language, and what not to write instead."""

    lang: Literal["zh", "en"]
    use: str
    avoid: tuple[str, ...] = ()


class Obligation(Node, frozen=True, kw_only=True):
    """What departments are asked for beyond clauses, and the items that ask it."""

    text: Bilingual
    items: tuple[str, ...]


class ContentTables(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """All tables together."""

    clauses: dict[str, ClauseTable] = msgspec.field(default_factory=dict)
    crossrefs: dict[str, Counts] = msgspec.field(default_factory=dict)
    cases: dict[str, Case] = msgspec.field(default_factory=dict)
    glossary: tuple[GlossaryTerm, ...] = ()
    obligations: dict[str, Obligation] = msgspec.field(default_factory=dict)
    commands: dict[str, CheckStepCommand] = msgspec.field(default_factory=dict)

    @cached_property
    def control_ids_by_framework(self) -> Mapping[str, frozenset[str]]:
        """The ids of every framework that items may point at."""
        return {
            scheme: frozenset(
                _control_id(scheme, family, number)
                for family, numbers in families.items()
                for number in (range(1, numbers + 1) if isinstance(numbers, int) else numbers)
            )
            for scheme, families in self.crossrefs.items()
        }


def _control_id(scheme: str, family: str, number: int) -> str:
    return f"{family}-{number:02d}" if scheme == "csf" else f"{family}.{number}"
