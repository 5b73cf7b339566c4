"""Lint of what recurs in a checklist: texts, ids in lists, degrees, limits, steps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final, Protocol

from assess.engine.number_text import decimal_text
from assess.engine.rulebook import LintRule, ProblemCollector
from assess.i18n import N_
from assess.model.item_parts import Step
from assess.problem import TreePath

PART_RULES: Final[Mapping[str, LintRule]] = {
    "duplicate-id": LintRule(
        N_("the id “{given}” is used before in this list"), N_("give it another id")
    ),
    "id-reserved": LintRule(
        N_("nothing may have the id “{given}”: merges write that word"), N_("give it another id")
    ),
    "degree-range": LintRule(N_("{given} is not between 0 and 1")),
    "step-empty": LintRule(N_("a step needs a threshold"), N_("at_least, above, at_most or below")),
    "steps-order": LintRule(
        N_("this step can never be reached: one before it takes all that fits"),
        N_("the first step that fits counts; order at_least downwards, at_most upwards"),
    ),
    "limits-order": LintRule(N_("the least allowed, {given}, is above the most, {limit}")),
}


class HasId(Protocol):
    """An entry of a list that has an id."""

    @property
    def id(self) -> str:
        """The id."""


def lint_reserved_and_repeated_ids(
    out: ProblemCollector, entries: Iterable[HasId], path: TreePath
) -> None:
    """Note each reserved id of a list, and each repeated one at the later entry."""
    seen: set[str] = set()
    for index, entry in enumerate(entries):
        where = (*path, index, "id")
        lint_reserved_id(out, entry.id, where)
        if entry.id in seen:
            out.add_broken_rule("duplicate-id", where, given=entry.id)
        seen.add(entry.id)


def lint_reserved_id(out: ProblemCollector, entry_id: str, path: TreePath) -> None:
    """Note the id `conflict`: where it is a key, it would be read as a conflict of a merge."""
    if entry_id == "conflict":
        out.add_broken_rule("id-reserved", path, given=entry_id)


def lint_degree_range(out: ProblemCollector, degree: Decimal | None, path: TreePath) -> None:
    """Note a degree, or another share, outside 0 to 1."""
    if degree is not None and not 0 <= degree <= 1:
        out.add_broken_rule("degree-range", path, given=decimal_text(degree))


def lint_limits_order(
    out: ProblemCollector, least: Decimal | int | None, most: Decimal | int | None, path: TreePath
) -> None:
    """Note limits of which the lower is above the upper, at the upper one."""
    if least is not None and most is not None and least > most:
        out.add_broken_rule("limits-order", (*path, "max"), given=least, limit=most)


def lint_step_bounds_and_degrees(
    out: ProblemCollector, steps: Sequence[Step], path: TreePath
) -> None:
    """Note steps without threshold, degrees out of range, and steps that are never reached.

    A step with one lower bound hides every later one that is as high or higher; one with one
    upper bound every later one as low or lower. Steps with two bounds are taken as they are.
    """
    lowest: tuple[Decimal, bool] | None = None
    highest: tuple[Decimal, bool] | None = None
    for index, step in enumerate(steps):
        where = (*path, index)
        lint_degree_range(out, step.degree, (*where, "degree"))
        lower, upper = _comparable_lower_bound(step), _comparable_upper_bound(step)
        if lower is None and upper is None:
            out.add_broken_rule("step-empty", where)
        elif (lower is not None and lowest is not None and lower >= lowest) or (
            upper is not None and highest is not None and upper <= highest
        ):
            out.add_broken_rule("steps-order", where)
        elif upper is None:
            lowest = lower
        elif lower is None:
            highest = upper


def _comparable_lower_bound(step: Step) -> tuple[Decimal, bool] | None:
    """Return the lower bound in a form that can be compared: above 7 is higher than at least 7."""
    return max(_present_bounds((step.at_least, False), (step.above, True)), default=None)


def _comparable_upper_bound(step: Step) -> tuple[Decimal, bool] | None:
    """Return the upper bound in a form that can be compared: at most 7 is higher than below 7."""
    return min(_present_bounds((step.at_most, True), (step.below, False)), default=None)


def _present_bounds(*bounds: tuple[Decimal | None, bool]) -> Iterator[tuple[Decimal, bool]]:
    return ((value, flag) for value, flag in bounds if value is not None)
