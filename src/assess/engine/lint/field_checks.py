"""Lint of field checks: items are known, and have what a check reads of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from assess.engine.field_checks.operands import find_operand, find_operand_item_id
from assess.engine.kinds.operand import OperandType
from assess.engine.kinds.registry import answer_kind
from assess.engine.rulebook import LintRule, ProblemCollector
from assess.i18n import N_
from assess.model.base import pick_text
from assess.model.checklist import Checklist
from assess.model.field_check import (
    AtMost,
    ColumnSumEquals,
    DatesInOrder,
    FieldCheckForm,
    RowCountEquals,
    SumEquals,
)
from assess.model.item import Item, find_kind_of_item
from assess.problem import TreePath

FIELD_CHECK_RULES: Final[Mapping[str, LintRule]] = {
    "field-check-item": LintRule(
        N_("the check names the item “{given}”, which the checklist does not have")
    ),
    "field-check-number": LintRule(
        N_("“{given}” is no number: the item is of kind {kind}"),
        N_("name a number by its id, or RATIO.part, RATIO.whole, TABLE.rows"),
    ),
    "field-check-table": LintRule(
        N_("“{given}” is no table: the item is of kind {kind}"), N_("name a table by its id")
    ),
    "field-check-date": LintRule(
        N_("“{given}” is no date: the item is of kind {kind}"),
        N_("name dates by their ids, or columns of type date of one table as TABLE.COLUMN"),
    ),
    "field-check-mixed": LintRule(
        N_("“{given}” is not of the table whose dates come before"),
        N_("name dates of items alone, or columns of one table"),
    ),
    "field-check-column": LintRule(
        N_("“{given}” is no column of numbers"),
        N_("columns of type integer and number here: {known}"),
    ),
    "field-check-twice": LintRule(
        N_("the check names “{given}” twice"), N_("leave out one of the two")
    ),
    "field-check-text": LintRule(
        N_("the check does not say what must be so"), N_("say it in `text`")
    ),
}
"""All rules about field checks in a checklist."""

_RULES_BY_TYPE: Final[Mapping[OperandType, str]] = {
    "number": "field-check-number",
    "rows": "field-check-table",
    "column": "field-check-column",
    "date": "field-check-date",
}
"""The rule that an operand of another type breaks."""


_ACCEPTED: Final[Mapping[OperandType, tuple[OperandType, ...]]] = {
    "number": ("number",),
    "rows": ("rows",),
    "column": ("column",),
    "date": ("date", "date column"),
}
"""What an operand of a check may be: a date, or the dates of a column."""


class _NamedOperand(NamedTuple):
    """An operand of a check: its name, its place, and what it must be."""

    name: str
    place: TreePath
    type: OperandType = "number"


def lint_field_checks(out: ProblemCollector, checklist: Checklist) -> None:
    """Note what can't be right in the field checks of a checklist."""
    items = checklist.items() if checklist.checks else {}
    for index, check in enumerate(checklist.checks):
        path: TreePath = ("checks", index)
        if not any(pick_text(check.text, lang).strip() for lang in ("zh", "en")):
            out.add_broken_rule("field-check-text", (*path, "text"))
        names = set[str]()
        if isinstance(check.form, DatesInOrder):
            _lint_tables_of_dates(out, items, check.form.dates, path)
        for operand in _list_operands_with_places(check.form):
            where = (*path, *operand.place)
            if operand.name in names:
                out.add_broken_rule("field-check-twice", where, given=operand.name)
            names.add(operand.name)
            _lint_operand(out, items, operand, where)


def _list_operands_with_places(form: FieldCheckForm) -> Iterator[_NamedOperand]:
    """Yield the operands of a check with their places."""
    match form:
        case SumEquals(addends, total):
            for index, name in enumerate(addends):
                yield _NamedOperand(name, ("sum", index))
            yield _NamedOperand(total, ("equals",))
        case AtMost(value, limit):
            yield _NamedOperand(value, ("value",))
            yield _NamedOperand(limit, ("at_most",))
        case RowCountEquals(table, total):
            yield _NamedOperand(table, ("rows",), "rows")
            yield _NamedOperand(total, ("equals",))
        case ColumnSumEquals(column, total):
            yield _NamedOperand(column, ("column",), "column")
            yield _NamedOperand(total, ("sum_equals",))
        case _:
            for index, name in enumerate(form.dates):
                yield _NamedOperand(name, ("dates", index), "date")


def _lint_operand(
    out: ProblemCollector, items: Mapping[str, Item], operand: _NamedOperand, path: TreePath
) -> None:
    """Note an operand that means no item, or one that has no such value."""
    item_id = find_operand_item_id(operand.name, items.__contains__)
    if item_id is None:
        near = out.find_similar_names(operand.name, items)
        out.add_broken_rule("field-check-item", path, near=near, given=operand.name)
        return
    item = items[item_id]
    if any(find_operand(operand.name, item, known) for known in _ACCEPTED[operand.type]):
        return
    words: dict[str, Any] = {"given": operand.name, "kind": find_kind_of_item(item)}
    if operand.type == "column":
        words["known"] = ", ".join(_list_summable_operand_names(item)) or "–"
    out.add_broken_rule(_RULES_BY_TYPE[operand.type], path, **words)


def _lint_tables_of_dates(
    out: ProblemCollector, items: Mapping[str, Item], names: tuple[str, ...], path: TreePath
) -> None:
    """Note the first name of a date that is not of the table, or of no table, as the first is."""
    tables = [_find_table_of_dates(items, name) for name in names]
    for index, table in enumerate(tables):
        if table != tables[0]:
            out.add_broken_rule("field-check-mixed", (*path, "dates", index), given=names[index])
            return


def _find_table_of_dates(items: Mapping[str, Item], name: str) -> str | None:
    """Return the table of which a name is a column of dates; None where it is none."""
    item_id = find_operand_item_id(name, items.__contains__)
    if item_id is None or find_operand(name, items[item_id], "date column") is None:
        return None
    return item_id


def _list_summable_operand_names(item: Item) -> list[str]:
    """Return the columns of a table that can be added up, as a check names them."""
    operands = answer_kind(item).list_operands(item)
    return [f"{item.id}.{operand.part}" for operand in operands if operand.type == "column"]
