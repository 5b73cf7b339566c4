"""How sheets are named."""

from __future__ import annotations

from typing import NamedTuple


class SheetName(NamedTuple):
    """Which sheet of a round: a checklist, and for system checklists the system."""

    checklist: str
    system: str | None = None

    def __str__(self) -> str:
        """Return the name as `rounds.R.sheets` and file names have it."""
        return f"{self.checklist}@{self.system}" if self.system else self.checklist

    @classmethod
    def parse(cls, name: str) -> SheetName:
        """Return the sheet that `checklist` or `checklist@system` names."""
        checklist, _, system = name.partition("@")
        return cls(checklist, system or None)
