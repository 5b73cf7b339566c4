"""What was used last in this session, to be offered again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from assess.display.text.forms import FormValues
from assess.display.walk.plan_offers import unit_owner_due_from_form


@dataclass
class LastUsed:
    """The evidence, the parts of a remediation, and the folder that were used last."""

    evidence: str = ""
    """The id of the row that was attached last; '' before the first."""
    plan: Mapping[str, str] = field(default_factory=dict)
    """Unit, owner and due date of the last remediation, as typed."""
    folder: Path | None = None
    """The folder of the file that was chosen last."""

    def remember_plan(self, values: FormValues) -> None:
        """Remember the parts of a filled-in form; those that are empty stay as they were."""
        self.plan = {**self.plan, **unit_owner_due_from_form(values)}
