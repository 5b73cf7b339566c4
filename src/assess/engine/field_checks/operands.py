"""Operands of field checks by name: which item a name means, and which operand of it."""

from __future__ import annotations

from collections.abc import Callable

from assess.engine.kinds.operand import Operand, OperandType
from assess.engine.kinds.registry import answer_kind
from assess.model.item import Item


def find_operand_item_id(name: str, is_item: Callable[[str], bool]) -> str | None:
    """Return the id of the item that a name means; None where there is no such item.

    The item of this id goes before the part of another: ids may have dots.
    """
    if is_item(name):
        return name
    item_id = name.rpartition(".")[0]
    return item_id if is_item(item_id) else None


def find_operand(name: str, item: Item, operand_type: OperandType) -> Operand | None:
    """Return the operand of an item that a name means; None where it has none of this type.

    A name may mean an operand of each type: `T.rows` counts rows, and adds up a column `rows`.
    """
    part = name[len(item.id) + 1 :]
    for operand in answer_kind(item).list_operands(item):
        if (operand.part, operand.type) == (part, operand_type):
            return operand
    return None
