"""What the kinds of items are made of: rungs, steps, options, columns, and limits of values."""

from datetime import date
from typing import Annotated, Literal

import msgspec

from assess.model.base import Id, Node, Number, Text

Degree = Annotated[Number, "0 to 1"]
Pattern = Literal["phone", "email", "url", "ipv4", "uscc", "postcode"]
"""Named patterns for texts; the program's own, never a regular expression from a file."""


class Step(Node, frozen=True, kw_only=True):
    """A threshold and the degree it gives; the first that fits counts, where none does it is 0."""

    degree: Degree
    """The degree, 0 to 1: 1 is met, 0 is not met, between them partly met."""
    at_least: Number | None = None
    """The step takes this value and those above it."""
    above: Number | None = None
    """The step takes values above this one."""
    at_most: Number | None = None
    """The step takes this value and those below it."""
    below: Number | None = None
    """The step takes values below this one."""


class Rung(Node, frozen=True, kw_only=True):
    """A rung of a ladder, best first, with its own degree."""

    id: Id
    """The value of an answer on this rung."""
    degree: Degree
    """The degree, 0 to 1: 1 is met, 0 is not met, between them partly met."""
    text: Text
    """The fact that puts an answer on this rung."""


class RatioSpec(Node, frozen=True, kw_only=True):
    """Part and whole, and the steps; without steps the degree is part ÷ whole."""

    part: Text
    """What is counted for the part, a whole number; to be understood by itself."""
    whole: Text
    """What is counted for the whole, a whole number; to be understood by itself."""
    steps: tuple[Step, ...] = ()
    """Degrees by part ÷ whole (0 to 1); left out: the degree is part ÷ whole."""


class NumberSpec(Node, frozen=True, kw_only=True):
    """Unit, limits and steps of a number; without steps it does not score."""

    unit: Text
    """The unit, as `days`."""
    min: Number | None = None
    """The least number allowed."""
    max: Number | None = None
    """The highest number allowed."""
    decimals: Annotated[int, msgspec.Meta(ge=0, le=9)] = 0
    """Decimal places allowed."""
    steps: tuple[Step, ...] = ()
    """Degrees by the number; left out: the item does not score."""


class DateSpec(Node, frozen=True, kw_only=True):
    """The earliest date allowed, and whether one in the future is."""

    earliest: date | None = None
    """The earliest date allowed."""
    future: bool = True
    """Whether a date after today is allowed."""


class TextSpec(Node, frozen=True, kw_only=True):
    """How long a text may be (characters), and its named pattern."""

    max_length: Annotated[int, msgspec.Meta(ge=1)] | None = None
    """The most characters allowed; left out: no limit."""
    pattern: Pattern | None = None
    """The form that is demanded: telephone number, e-mail or web address, IPv4 address, unified
    social credit code (18 characters), postcode (6 digits).
    """


class Option(Node, frozen=True, kw_only=True):
    """A tick of `choice` or `choices`; an exclusive one goes with no other."""

    id: Id
    """The value of an answer that ticks it."""
    text: Text
    """What is shown."""
    degree: Degree | None = None
    """The degree of the tick, 0 to 1; all options have one, or none and the item does not score."""
    exclusive: bool = False
    """Whether no other option goes with it, for `choices`."""


class Other(Node, frozen=True, kw_only=True):
    """Own words are allowed beside the options, and the degree they give."""

    degree: Degree | None = None
    """The degree of own words, 0 to 1; needed where the options have degrees."""


class Rows(Node, frozen=True, kw_only=True):
    """How many rows a table may hold."""

    min: Annotated[int, msgspec.Meta(ge=0)] = 0
    """The fewest rows allowed."""
    max: Annotated[int, msgspec.Meta(ge=1, le=1000)] = 200
    """The most rows allowed."""


class ColumnOption(Node, frozen=True, kw_only=True):
    """A choice in a column of a table."""

    id: Id
    """The value of a cell."""
    text: Text
    """What is shown."""


ColumnId = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9][a-z0-9_-]*$(?!\n)", max_length=100)]
"""The id of a column: a key in the rows of answers, so also underscores."""


class Column(Node, frozen=True, kw_only=True):
    """A typed column of a table."""

    id: ColumnId
    """The key of the cell in answers and files of rows; checks name it as TABLE.COLUMN."""
    title: Text
    """The head of the column."""
    type: Literal["text", "integer", "number", "boolean", "date", "choice"]
    """What the cells hold."""
    required: bool = False
    """Whether a row must have the cell."""
    min: Number | None = None
    """The least number allowed, for `integer` and `number`."""
    max: Number | None = None
    """The highest number allowed, for `integer` and `number`."""
    unit: Text | None = None
    """The unit of the numbers."""
    options: tuple[ColumnOption, ...] = ()
    """The values to choose from, for `choice` only."""
    personal: bool | None = None
    """Whether its cells hold data of persons; left out: as its item says, or nothing is said."""
    unique: bool | None = None
    """Whether no two rows may have the same cell in it; empty cells are not compared."""
    total: bool | None = None
    """Whether the sum of its numbers stands below the rows."""
