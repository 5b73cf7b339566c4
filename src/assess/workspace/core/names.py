"""How sheets are named, and people and systems by id."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import chain, count
from typing import NamedTuple

from assess.errors import UsageError
from assess.i18n import Lang, translator
from assess.workspace.core.pinyin_initials import table

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,99}")
_PROPOSED = 40
"""Letters of a proposed id, at most."""


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


def proposed_id(name: str, taken: Collection[str]) -> str:
    """Return a free id for a name: its Latin words, and the first letters of Han characters.

    Reads the table of these at its first call. A name without letters has no id.
    """
    known = table()
    signs = (char if char.isascii() else known.get(char, "-")[0] for char in name.lower())
    start = re.sub(r"[^a-z0-9]+", "-", "".join(signs)).strip("-")[:_PROPOSED].rstrip("-")
    numbered = (f"{start}-{number}" for number in count(2))
    return next(one for one in chain((start,), numbered) if one not in taken) if start else ""


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
