"""Lint of sub-questions: the items that a condition reads exist, come first, and can open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final

from assess.engine.kinds.kind import return_no_fact_definition
from assess.engine.kinds.registry import KINDS, answer_kind
from assess.engine.rulebook import LintRule, ProblemCollector
from assess.engine.scoring.conditions import list_comparisons, list_parent_item_ids
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

    def find_ancestors(self, condition: Condition | None, most: int) -> list[Item] | None:
        """Return the items whose answers decide over a condition, parents of parents too.

        None where the condition and those of the items make more than `most` comparisons: what is
        behind is not looked at, so that a long chain of items is not walked again for each of them.
        """
        left = most - sum(1 for _ in list_comparisons(condition))
        ancestors, waiting = set[str](), list(list_parent_item_ids(condition)) if left >= 0 else []
        while waiting and left >= 0:
            name = waiting.pop()
            if name in self.items and name not in ancestors:
                ancestors.add(name)
                left -= self._comparison_counts[name]
                waiting.extend(self._parents[name])
        if left < 0:
            return None
        return [self.items[name] for name in sorted(ancestors, key=self._places.__getitem__)]

    def comes_before(self, first: str, second: str) -> bool:
        """Return whether an item stands before another."""
        return self._places[first] < self._places[second]

    def is_in_cycle(self, item_id: str, parent: str) -> bool:
        """Return whether an item and its parent open each other, through others or not."""
        return self._cycle_numbers[item_id] == self._cycle_numbers[parent]

    def find_unreported_cycle(self, item_id: str, parent: str) -> tuple[str, ...]:
        """Return an item, what it opens and so on, back to it; none the second time.

        Cycles that have an item in common are returned once: each has as many items as it likes.
        """
        number = self._cycle_numbers[item_id]
        if number in self._reported_cycles:
            return ()
        self._reported_cycles.add(number)
        came_from, waiting = {parent: item_id}, [parent]
        while waiting and item_id not in came_from:
            current = waiting.pop()
            for following in self._parents[current]:
                if following not in came_from:
                    came_from[following] = current
                    waiting.append(following)
        return tuple(_list_cycle_in_opening_order(came_from, item_id))

    @cached_property
    def _reported_cycles(self) -> set[int]:
        return set()

    @cached_property
    def _parents(self) -> dict[str, tuple[str, ...]]:
        return {
            item_id: tuple(
                name for name in list_parent_item_ids(item.applies_when) if name in self.items
            )
            for item_id, item in self.items.items()
        }

    @cached_property
    def _comparison_counts(self) -> dict[str, int]:
        return {
            item_id: sum(1 for _ in list_comparisons(item.applies_when))
            for item_id, item in self.items.items()
        }

    @cached_property
    def _cycle_numbers(self) -> dict[str, int]:
        """A number for each item, the same for items that open each other (Kosaraju)."""
        children: dict[str, list[str]] = {item_id: [] for item_id in self.items}
        for item_id, parents in self._parents.items():
            for parent in parents:
                children[parent].append(item_id)
        numbers: dict[str, int] = {}
        for start in reversed(_list_in_finishing_order(self._parents)):
            waiting = [start]
            while waiting:
                name = waiting.pop()
                if name not in numbers:
                    numbers[name] = self._places[start]
                    waiting.extend(children[name])
        return numbers


def _list_in_finishing_order(parents: Mapping[str, Sequence[str]]) -> list[str]:
    """Return all items, each behind what a walk from it through the parents reaches first."""
    finished: list[str] = []
    seen = set[str]()
    for start in parents:
        path = [(start, iter(parents[start]))] if start not in seen else []
        seen.add(start)
        while path:
            name, remaining = path[-1]
            following = next((parent for parent in remaining if parent not in seen), None)
            if following is None:
                finished.append(name)
                path.pop()
            else:
                seen.add(following)
                path.append((following, iter(parents[following])))
    return finished


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
        if not order.is_in_cycle(item.id, parent):
            out.add_broken_rule("parent-order", path, given=parent)
        elif cycle := order.find_unreported_cycle(item.id, parent):
            out.add_broken_rule("parent-cycle", path, chain=" → ".join(cycle))
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
