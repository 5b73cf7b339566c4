"""Lint of sub-questions: the items that a condition reads exist, come first, and can open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from assess.engine.kinds.kind import return_no_fact_definition
from assess.engine.kinds.registry import KINDS, answer_kind
from assess.engine.rulebook import LintRule, ProblemCollector
from assess.engine.scoring.conditions import list_parent_item_ids
from assess.i18n import N_
from assess.model.checklist import Checklist, FactDef
from assess.model.condition import Condition
from assess.model.item import Item, find_kind_of_item
from assess.problem import TreePath

PARENT_RULES: Final[Mapping[str, LintRule]] = {
    "parent-unknown": LintRule(
        N_("the condition reads the answer to “{given}”, which is no item of this checklist"),
        N_("name an item that stands before this one"),
    ),
    "parent-order": LintRule(
        N_("the condition reads the answer to “{given}”, which comes after this item"),
        N_("move “{given}” before it: a question comes before what its answer opens"),
    ),
    "parent-cycle": LintRule(
        N_("these items open each other, so none is ever asked: {chain}"),
        N_("remove one of their conditions"),
    ),
    "parent-kind": LintRule(
        N_("an answer to “{given}” opens nothing: its kind is {kind}"),
        N_("read an item of one of these kinds: {known}"),
    ),
}


class ItemOrder:
    """The items of a checklist and their order, for the rules that read other items."""

    def __init__(self, checklist: Checklist) -> None:
        self.items: Mapping[str, Item] = checklist.items()
        self._places = {item_id: place for place, item_id in enumerate(self.items)}

    def list_ancestors(self, condition: Condition | None) -> list[Item]:
        """Return the items whose answers decide over a condition, parents of parents too."""
        ancestors, waiting = set[str](), list(list_parent_item_ids(condition))
        while waiting:
            name = waiting.pop()
            if name in self.items and name not in ancestors:
                ancestors.add(name)
                waiting.extend(list_parent_item_ids(self.items[name].applies_when))
        return [self.items[name] for name in sorted(ancestors, key=self._places.__getitem__)]

    def comes_before(self, first: str, second: str) -> bool:
        """Return whether an item stands before another."""
        return self._places[first] < self._places[second]

    def find_cycle(self, item_id: str, parent: str) -> tuple[str, ...]:
        """Return an item, what it opens and so on, back to it; none without a cycle."""
        came_from, waiting = {parent: item_id}, [parent]
        while waiting:
            current = waiting.pop()
            if current == item_id:
                return tuple(_list_cycle_in_opening_order(came_from, item_id))
            for following in self._list_parents(current):
                if following not in came_from:
                    came_from[following] = current
                    waiting.append(following)
        return ()

    def _list_parents(self, item_id: str) -> Iterator[str]:
        item = self.items[item_id]
        return (name for name in list_parent_item_ids(item.applies_when) if name in self.items)


def _list_cycle_in_opening_order(came_from: Mapping[str, str], item_id: str) -> Iterator[str]:
    """Yield the items of a cycle, each before what it opens; first and last are the same."""
    yield item_id
    current = came_from[item_id]
    while current != item_id:
        yield current
        current = came_from[current]
    yield item_id


def lint_parent_and_return_definition(
    out: ProblemCollector, order: ItemOrder, item: Item, parent: str, path: TreePath
) -> FactDef | None:
    """Note a parent that can't open an item; return what conditions may ask of the others."""
    if parent not in order.items:
        near = out.find_similar_names(parent, order.items)
        out.add_broken_rule("parent-unknown", path, near=near, given=parent)
        return None
    if not order.comes_before(parent, item.id):
        cycle = order.find_cycle(item.id, parent)
        if cycle:
            out.add_broken_rule("parent-cycle", path, chain=" → ".join(cycle))
        else:
            out.add_broken_rule("parent-order", path, given=parent)
        return None
    asked = order.items[parent]
    definition = answer_kind(asked).comparable_as(asked)
    if definition is None:
        known = ", ".join(
            name
            for name, kind in KINDS.items()
            if kind.comparable_as is not return_no_fact_definition
        )
        kind = find_kind_of_item(asked)
        out.add_broken_rule("parent-kind", path, given=parent, kind=kind, known=known)
    return definition
