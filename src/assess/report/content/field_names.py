"""How the fields of a form are called: SHEET:ITEM:PART, readable and free of full stops.

A full stop in the name of a PDF field would make two fields of it.
"""

from __future__ import annotations

from typing import NamedTuple

STATUS, VALUE, OTHER, ABSENT, NOTE = "status", "value", "other", "na", "note"
PART, WHOLE, TICK, ROW = "part", "whole", "tick", "row"

OWN_WORDS = "_other"
"""The value of the choice for other words; no id begins with an underscore."""

YES, NO = "yes", "no"


class FieldName(NamedTuple):
    """What a field is for."""

    sheet: str
    item: str
    part: tuple[str, ...]

    def __str__(self) -> str:
        """Return the name as the form has it."""
        return ":".join((self.sheet, self.item, *self.part)).replace(".", "~")

    @classmethod
    def parse_name(cls, name: str) -> FieldName | None:
        """Return what a field of this name is for, None where it is none of ours."""
        words = name.replace("~", ".").split(":")
        if len(words) < 3 or not all(words):  # noqa: PLR2004  # sheet, item, part
            return None
        return cls(words[0], words[1], tuple(words[2:]))
