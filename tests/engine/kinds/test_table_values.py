"""Values of tables that are no rows, as a file edited by hand may have them."""

from __future__ import annotations

from datetime import date

from assess.engine.kinds.kind import return_no_comparable_value
from assess.engine.kinds.registry import answer_kind
from assess.engine.kinds.table import column_totals
from assess.engine.kinds.values import check_value_naming_cells
from assess.model.answer import Answer
from factories import table


def test_what_is_no_list_of_rows_has_no_sums() -> None:
    """Neither the sums below the columns nor the operands of checks can be read."""
    item = table()
    assert column_totals(item, 5) == {}
    operands = list(answer_kind(item).list_operands(item))
    assert [operand.read(5) for operand in operands] == [None for _operand in operands]
    assert [operand.read(["text"]) for operand in operands if operand.type == "column"] == [
        None,
        None,
    ]


def test_a_fault_of_the_whole_value_names_no_row() -> None:
    """The message begins with what is wrong."""
    (fault,) = check_value_naming_cells(table(), 5, date(2026, 5, 1), "en")
    assert not fault.message.startswith("row")


def test_kinds_that_conditions_do_not_read_have_no_comparable_value() -> None:
    """A table opens no sub-question."""
    assert return_no_comparable_value(table(), Answer(value=[])) is None
