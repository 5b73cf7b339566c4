"""Field checks (`checks`, 勾稽关系): what several answers of one sheet must be to each other.

A check is one of five forms, over the names of operands. Nothing is evaluated as code.
"""

from typing import Annotated, NamedTuple

import msgspec

from assess.model.base import Node, Text

_MOST_OPERANDS = 100

OperandName = Annotated[
    str, msgspec.Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9.-]*$(?!\n)", max_length=106)
]
"""A number of an answer: NUMBER, RATIO.part, RATIO.whole or TABLE.rows, by the id of the item."""

ColumnName = Annotated[
    str,
    msgspec.Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9.-]*\.[a-z0-9][a-z0-9_-]*$(?!\n)", max_length=201),
]
"""A column of a table: TABLE.COLUMN."""


DateName = Annotated[
    str, msgspec.Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$(?!\n)", max_length=201)
]
"""The id of a date, or a column of dates of a table: TABLE.COLUMN."""


class SumEquals(NamedTuple):
    """The sum of the addends equals the total."""

    addends: tuple[str, ...]
    total: str


class AtMost(NamedTuple):
    """The value is not above the limit."""

    value: str
    limit: str


class RowCountEquals(NamedTuple):
    """The number of rows of a table equals the total."""

    table: str
    total: str


class ColumnSumEquals(NamedTuple):
    """The sum of a column of a table equals the total."""

    column: str
    total: str


class DatesInOrder(NamedTuple):
    """No date is later than the next one, of items or in each row of a table."""

    dates: tuple[str, ...]


FieldCheckForm = SumEquals | AtMost | RowCountEquals | ColumnSumEquals | DatesInOrder

_FORM_FIELDS = (
    *("sum", "value", "rows", "column", "dates"),
    *("equals", "at_most", "sum_equals", "in_order"),
)


class FieldCheck(Node, frozen=True, kw_only=True):
    """What several answers must be to each other; `text` says it in words.

    Exactly one of these forms: `sum` (numbers that are added up) with `equals`; `value` (a number)
    with `at_most`; `rows` (a table, whose rows are counted) with `equals`; `column` (TABLE.COLUMN,
    added up) with `sum_equals`; `dates` (the earliest first) with `in_order: true`. A number is the
    id of a number, RATIO.part, RATIO.whole or TABLE.rows. A date is the id of a date; columns of
    one table (TABLE.COLUMN) are compared in each of its rows.

    Raises:
        ValueError: at construction, where the mapping is none of the forms.
    """

    text: Text
    """What must be so, in words: shown where the answers do not fit together."""
    sum: (
        Annotated[tuple[OperandName, ...], msgspec.Meta(min_length=1, max_length=_MOST_OPERANDS)]
        | None
    ) = None
    """The numbers to add up; goes with `equals`."""
    value: OperandName | None = None
    """A number; goes with `at_most`."""
    rows: OperandName | None = None
    """A table, whose rows are counted; goes with `equals`."""
    column: ColumnName | None = None
    """A column with numbers, which are added up; goes with `sum_equals`."""
    dates: (
        Annotated[tuple[DateName, ...], msgspec.Meta(min_length=2, max_length=_MOST_OPERANDS)]
        | None
    ) = None
    """The dates, the earliest first, or columns of one table; goes with `in_order: true`."""
    equals: OperandName | None = None
    """What the sum, or the number of rows, equals."""
    at_most: OperandName | None = None
    """What the value is not above."""
    sum_equals: OperandName | None = None
    """What the sum of the column equals."""
    in_order: bool | None = None
    """Always true."""

    def __post_init__(self) -> None:
        """Refuse a mapping that is not exactly one of the forms."""
        if self._match_fields_to_check_form() is None:
            message = "field-check-form"
            raise ValueError(message)

    @property
    def form(self) -> FieldCheckForm:
        """The form of the check, with its operands."""
        form = self._match_fields_to_check_form()
        assert form is not None  # noqa: S101  # refused at construction
        return form

    def _match_fields_to_check_form(self) -> FieldCheckForm | None:
        fields = {name: getattr(self, name) for name in _FORM_FIELDS}
        match {name: value for name, value in fields.items() if value is not None}:
            case {"sum": addends, "equals": total, **others} if not others:
                return SumEquals(addends, total)
            case {"value": value, "at_most": limit, **others} if not others:
                return AtMost(value, limit)
            case {"rows": table, "equals": total, **others} if not others:
                return RowCountEquals(table, total)
            case {"column": column, "sum_equals": total, **others} if not others:
                return ColumnSumEquals(column, total)
            case {"dates": dates, "in_order": True, **others} if not others:
                return DatesInOrder(dates)
        return None
