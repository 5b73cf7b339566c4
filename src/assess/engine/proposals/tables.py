"""The types of `data/proposals.yaml`: which facts and which answers tell what about which items."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any, Literal

import msgspec

from assess.model.answer import SourceValue
from assess.model.base import ItemId, Node
from assess.model.condition import Condition


class AbsentMatter(Node, frozen=True, kw_only=True):
    """Items whose matter does not exist where a condition over one fact holds."""

    when: Condition
    items: tuple[ItemId, ...]


class SystemColumn(Node, frozen=True, kw_only=True):
    """A column of a table of systems: the field it is filled from, and its options by value."""

    field: Literal["name", "level", "exposure", "hosting"]
    options: dict[str, str] = msgspec.field(default_factory=dict)


class KnownValue(Node, frozen=True, kw_only=True, rename={"from_": "from"}):
    """An item whose value, or a part of it, stands somewhere else.

    From `systems`: the rows of a table, by `columns`. From a fact: its number. From a table: how
    many of its rows have the cells `where`.
    """

    item: ItemId
    from_: SourceValue
    where: dict[str, Any] = msgspec.field(default_factory=dict)
    columns: dict[str, SystemColumn] = msgspec.field(default_factory=dict)


class ColumnTitles(Node, frozen=True, kw_only=True):
    """What the columns of tables are called that have a row for each system, or each person.

    By field of assess.yaml. Such a table begins with the name.
    """

    systems: dict[Literal["name", "level", "exposure", "hosting"], tuple[str, ...]] = msgspec.field(
        default_factory=dict
    )
    people: dict[Literal["name", "email"], tuple[str, ...]] = msgspec.field(default_factory=dict)


class ProposalTables(Node, frozen=True, kw_only=True):
    """All of `data/proposals.yaml`."""

    absent: tuple[AbsentMatter, ...] = ()
    known: tuple[KnownValue, ...] = ()
    titles: ColumnTitles = ColumnTitles()


class IndexedTables:
    """The tables by item."""

    def __init__(self, tables: ProposalTables) -> None:
        self._tables = tables

    @cached_property
    def absence_conditions_by_item(self) -> Mapping[str, tuple[Condition, ...]]:
        """The conditions under which the matter of an item does not exist."""
        conditions: dict[str, tuple[Condition, ...]] = {}
        for row in self._tables.absent:
            for item_id in row.items:
                conditions[item_id] = (*conditions.get(item_id, ()), row.when)
        return conditions

    @cached_property
    def known_value_by_item(self) -> Mapping[str, KnownValue]:
        """Where the value of an item stands."""
        return {row.item: row for row in self._tables.known}

    @property
    def titles(self) -> ColumnTitles:
        """What columns of systems and people are called."""
        return self._tables.titles
