"""Names of sheets, and ids of people and systems."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import chain, count
from typing import NamedTuple

from assess import locations
from assess.errors import UsageError
from assess.i18n import Lang, translator
from assess.model.base import is_valid_id
from assess.workspace.core.pinyin_initials import load_pinyin_letters

_PROPOSED = 40
"""Maximum length of a proposed id."""


def refuse_invalid_id(wanted: str, lang: Lang, command_with_valid_id: str = "") -> None:
    """Refuse a text that is not a valid id; merges write `conflict`, so this is not one either.

    Raises:
        UsageError: the id is not valid; `command_with_valid_id` is a command with a valid one.
    """
    _ = translator(lang)
    if not is_valid_id(wanted):
        message = _("{id} is no id: lower-case letters, digits and hyphens").format(id=wanted)
        raise UsageError(message, command_with_valid_id)
    if wanted == "conflict":
        raise UsageError(
            _("no id may be “conflict”: merges write that word"), command_with_valid_id
        )
    refuse_windows_device_name(wanted, lang, command_with_valid_id)


def refuse_windows_device_name(wanted: str, lang: Lang, command_with_valid_id: str = "") -> None:
    """Refuse an id by which no file or folder may be called on Windows.

    Raises:
        UsageError: Windows takes the id for the name of a device.
    """
    if locations.is_windows_device_name(wanted):
        _ = translator(lang)
        message = _("“{id}” can't be an id: on Windows it is the name of a device")
        raise UsageError(message.format(id=wanted), command_with_valid_id)


def propose_unused_id(name: str, taken: Collection[str]) -> str:
    """Return a free id for a name: its Latin words, and the first letters of Han characters.

    The first call reads the table of these letters. A name without letters gives ''.
    """
    known = load_pinyin_letters()
    signs = (char if char.isascii() else known.get(char, "-")[0] for char in name.lower())
    start = re.sub(r"[^a-z0-9]+", "-", "".join(signs)).strip("-")[:_PROPOSED].rstrip("-")
    numbered = (f"{start}-{number}" for number in count(2))
    if not start:
        return ""
    return next(
        candidate
        for candidate in chain((start,), numbered)
        if candidate not in taken and not locations.is_windows_device_name(candidate)
    )


class SheetName(NamedTuple):
    """The name of a sheet in a round: a checklist, and for system checklists the system."""

    checklist: str
    system: str | None = None

    def __str__(self) -> str:
        """Return the name as it is written in `rounds.R.sheets` and in file names."""
        return f"{self.checklist}@{self.system}" if self.system else self.checklist

    @classmethod
    def parse_name(cls, name: str) -> SheetName:
        """Return the name of a sheet from `checklist` or `checklist@system`."""
        checklist, _, system = name.partition("@")
        return cls(checklist, system or None)
