"""How sheets are named."""

from __future__ import annotations

import re
from typing import NamedTuple

from assess.errors import UsageError
from assess.i18n import Lang, translator

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,99}")


def check_id(wanted: str, lang: Lang, cure: str = "") -> None:
    """Refuse what can't be an id; `conflict` is what merges write.

    Raises:
        UsageError: it is none; `cure` is the command with one.
    """
    _ = translator(lang)
    if not _ID.fullmatch(wanted):
        message = _("{id} is no id: lower-case letters, digits and hyphens").format(id=wanted)
        raise UsageError(message, cure)
    if wanted == "conflict":
        raise UsageError(_("no id may be “conflict”: merges write that word"), cure)


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
