"""Settling a conflict: what to write where a person has chosen one of the two sides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from assess.engine.merge.conflict_rows import CONFLICT
from assess.engine.merge.plan import RESULT_FIELDS, TAKEN_FROM
from assess.engine.merge.row_fields import RowField
from assess.model.conflict import ABSENT, Conflict

_STAMPED = (*RESULT_FIELDS[2:], "by", "at")
"""The other fields of a row for `status` or `value`."""


def can_settle_without_editor(conflict: Conflict, *, theirs: bool) -> bool:
    """Return whether a conflict can be settled by a key press or a command.

    Entries of lists (`rungs[ID]`), their order (`items[]`) and fields inside of lists are settled
    in an editor, but not rows and cells of a table. The present order can be kept: then only the
    row is removed.
    """
    in_list = not all(isinstance(key, str) for key in conflict.path)
    field = conflict.row.field
    return not in_list and (not theirs or "[" not in field or is_field_of_table(field))


def is_field_of_table(field: str) -> bool:
    """Return whether a conflict is about a row or a cell of a table."""
    return RowField.parse_field_name(field) is not None


def our_value_of_conflict_field(entry: Any, field: str) -> Any:
    """Return our value of a conflict from the mapping that it stands in; None without one."""
    if not isinstance(entry, Mapping):
        return None
    table_field = RowField.parse_field_name(field)
    return table_field.find_row_or_cell(entry.get("value")) if table_field else entry.get(field)


def conflict_field_without_row(rows: Sequence[Mapping[str, Any]], row_index: int) -> dict[str, Any]:
    """Return `conflict` without the chosen row; ABSENT where it was the last one."""
    return {CONFLICT: [row for at, row in enumerate(rows) if at != row_index] or ABSENT}


def fields_after_settling(
    entry: Any, rows: Sequence[Mapping[str, Any]], row_index: int, *, theirs: bool
) -> dict[str, Any]:
    """Return the fields to write into `entry`, whose `conflict` is `rows`; ABSENT: remove.

    Our value is in the file already, so keeping it only removes the row. Taking theirs for `status`
    or `value` takes their whole verdict with its author and time, and removes ours. It was looked
    at for this decision, so it is not taken over any more.
    """
    row = rows[row_index]
    fields: dict[str, Any] = {}
    if theirs:
        field, value = row["field"], row.get("theirs", ABSENT)
        table_field = RowField.parse_field_name(field)
        if table_field is not None:
            field = "value"
            value = table_field.replace_row_or_cell(entry.get(field), value)
        elif field in RESULT_FIELDS[:2]:
            fields = dict.fromkeys((*RESULT_FIELDS, TAKEN_FROM), ABSENT)
            fields |= {key: row[key] for key in _STAMPED if key in row}
        fields[field] = value
    return fields | conflict_field_without_row(rows, row_index)
