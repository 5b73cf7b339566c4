"""Conditions (`applies_when`): structured, over facts and answers; nothing runs as code."""

from typing import Any

from assess.model.base import ItemId, Node


class Condition(Node, frozen=True, kw_only=True, rename={"is_": "is", "in_": "in", "not_": "not"}):
    """A comparison of a fact or of an answer, or all / any / not over conditions; one of these.

    `fact` and `item` go with exactly one operator. Thresholds compare as exact decimals.

    Raises:
        ValueError: at construction, where the mapping is none of these forms.
    """

    fact: str | None = None
    """The fact that is compared; a fact of the other scope as `organization.NAME` or
    `system.NAME`.
    """
    item: ItemId | None = None
    """An item of the same checklist, whose answer is compared; it opens a sub-question."""
    is_: Any = None
    """The value is this one: true, a number, a date, an option; of an answer its result or
    option.
    """
    in_: tuple[Any, ...] | None = None
    """The value is one of these."""
    at_least: Any = None
    """The number or date is this one or above it."""
    at_most: Any = None
    """The number or date is this one or below it."""
    above: Any = None
    """The number or date is above this one."""
    below: Any = None
    """The number or date is below this one."""
    all: tuple["Condition", ...] | None = None
    """Every one of these conditions is met."""
    any: tuple["Condition", ...] | None = None
    """At least one of these conditions is met."""
    not_: "Condition | None" = None
    """This condition is not met."""

    def __post_init__(self) -> None:
        """Refuse a mapping that is not exactly one of the forms."""
        operators = sum(value is not None for value in self.list_operands())
        groups = sum(value is not None for value in (self.all, self.any, self.not_))
        subjects = sum(subject is not None for subject in (self.fact, self.item))
        if (subjects, operators, groups) not in {(1, 1, 0), (0, 0, 1)}:
            message = "condition-form"
            raise ValueError(message)

    def list_operands(self) -> tuple[Any, ...]:
        """Return the operands of the six comparisons, None where one is not used."""
        return (self.is_, self.in_, self.at_least, self.at_most, self.above, self.below)
