"""The first due day of a remediation, written when its due day moves to a later one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from assess.engine.remediation_stamps import find_first_due_day
from assess.model.answer import Remediation
from assess.store.yaml.field_edit import REMOVE

_DUE: Final = "remediation.due"
_FIRST_DUE: Final = "remediation.first_due"


def add_first_due_day(plan: Remediation | None, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return fields to write, with the first due day where they move the due day of a plan."""
    due = _read_day(fields.get(_DUE))
    if plan is None or due is None or _FIRST_DUE in fields:
        return dict(fields)
    first = find_first_due_day(plan, due)
    if first == plan.first_due:
        return dict(fields)
    return {**fields, _FIRST_DUE: first.isoformat() if first is not None else REMOVE}


def _read_day(value: Any) -> date | None:
    """Return a day as a field has it; None for what is none."""
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
