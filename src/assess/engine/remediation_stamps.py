"""Days and persons that go with a state of remediation, and the first due day of one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from assess.model.answer import Remediation


def remediation_fields_set_by_state(
    state: str, person: str | None, today: date
) -> Mapping[str, str | None]:
    """Return the fields of a remediation that its state sets, as files have them; None: removed.

    A state before done removes who did and who verified it.
    """
    not_verified: dict[str, str | None] = {"verified_on": None, "verified_by": None}
    reopened: dict[str, str | None] = {"done_on": None, **not_verified}
    stamps: dict[str, dict[str, str | None]] = {
        "planned": reopened,
        "in_progress": reopened,
        "done": {"done_on": today.isoformat(), **not_verified},
        "verified": {"verified_on": today.isoformat(), "verified_by": person},
        "risk_accepted": {"accepted_by": person},
    }
    return stamps.get(state, {})


def find_first_due_day(plan: Remediation, due: date) -> date | None:
    """Return the first due day of a remediation whose due day is set; None where none is kept.

    What a unit promised at first would be lost when the day moves to a later one. A day that moves
    back to the first one or before is no extension any more.
    """
    first = plan.first_due or plan.due
    return first if first is not None and due > first else None
