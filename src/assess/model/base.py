"""What the types of the five files are made of: the base class, ids, numbers and texts."""

from decimal import Decimal
from typing import Annotated

import msgspec

from assess.i18n import Lang

# `$` alone takes a line break at the end, and JSON Schemas, which hold these too, know no `\Z`.
Id = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9][a-z0-9-]*$(?!\n)", max_length=100)]
"""An id that people choose: systems, people, rounds, sections, rungs, options, evidence rows."""

SheetRef = Annotated[
    str,
    msgspec.Meta(pattern=r"^[a-z0-9][a-z0-9-]*(@[a-z0-9][a-z0-9-]*)?$(?!\n)", max_length=201),
]
"""A sheet of a round: `checklist`, or `checklist@system`. Files are named so."""

ItemId = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9.-]*$(?!\n)", max_length=100)]
"""The id of an item: also capitals and dots."""

FactName = Annotated[str, msgspec.Meta(pattern=r"^[a-z][a-z0-9_]*$(?!\n)", max_length=100)]
"""The name of a profile fact."""

Digest = Annotated[str, msgspec.Meta(pattern=r"^sha256:[0-9a-f]{64}$(?!\n)")]
"""A SHA-256 over a file's bytes, with the name of the algorithm before it."""


def is_valid_id(text: str) -> bool:
    """Return whether a text has the form of an `Id`."""
    try:
        msgspec.convert(text, Id)
    except msgspec.ValidationError:
        return False
    return True


class Node(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A mapping in one of the five files. An absent field is None or empty, never null."""


class Number(Decimal):
    """An exact decimal as it stands in a file; a quoted number is text, not a number."""


class Bilingual(Node, frozen=True, kw_only=True):
    """A text in both languages, or a plain string in one."""

    zh: str | None = None
    """The Chinese text."""
    en: str | None = None
    """The English text."""


Text = str | Bilingual
"""A text in both languages, or in the language of whoever wrote it."""


def pick_text(text: Text | None, lang: Lang) -> str:
    """Return the text in `lang`, in the other language where that one is missing, else ''."""
    if text is None or isinstance(text, str):
        return text or ""
    first, second = (text.zh, text.en) if lang == "zh" else (text.en, text.zh)
    return first or second or ""
