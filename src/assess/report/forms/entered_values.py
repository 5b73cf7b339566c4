"""What was entered in the fields of one item, into the fields of an answer."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any, NamedTuple

from assess.engine.kinds.reading import exact_number
from assess.engine.kinds.values import parse_value
from assess.i18n import N_
from assess.model.answer import STATUSES
from assess.model.item import (
    Choice,
    Choices,
    Column,
    Conformity,
    DateItem,
    Item,
    Ladder,
    Ratio,
    Table,
)
from assess.report.content import field_names as parts

Entered = Mapping[tuple[str, ...], str]
"""The values of an item's fields, by what each field is for; empty ones are left out."""

_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_NUMBER = re.compile(r"[-+]?\d{1,30}(\.\d{1,30})?")


class EntryError(Exception):
    """What was entered contradicts itself; the message is a text to be translated."""


class Entry(NamedTuple):
    """The fields of an answer that a form gives; without any, nothing was entered."""

    fields: dict[str, Any]

    @property
    def given(self) -> bool:
        """Whether it answers the item, and not only adds a note."""
        return "status" in self.fields or "value" in self.fields


def entry(item: Item, entered: Entered) -> Entry:
    """Return what was entered for an item; `engine.values.check_value` says what is wrong with it.

    Raises:
        EntryError: the entries contradict each other.
    """
    values = {part: cleaned(text) for part, text in entered.items()}
    fields: dict[str, Any] = {}
    note = values.pop((parts.NOTE,), "")
    absent = bool(values.pop((parts.ABSENT,), ""))
    value = _value(item, values)
    if isinstance(item, Conformity):
        if value is not None:
            fields["status"] = value
    elif value == "not_applicable" and isinstance(item, Ladder | Choice):
        fields["status"] = value
    elif absent and value is not None:
        raise EntryError(N_("“not applicable” is ticked, and a value is entered"))
    elif absent:
        fields["status"] = "not_applicable"
    elif value is not None:
        fields["value"] = value
    if note:
        fields["note"] = note
    return Entry(fields)


def cleaned(text: str) -> str:
    """Return a text without control characters, and without white space at the ends of lines."""
    lines = text.replace("\t", " ").split("\n")
    kept = ["".join(char for char in line if unicodedata.category(char) != "Cc") for line in lines]
    return "\n".join(line.rstrip() for line in kept).strip()


def _value(item: Item, values: Entered) -> Any:
    if isinstance(item, Conformity):
        return _status(values.get((parts.STATUS,)))
    if isinstance(item, Ratio):
        return _ratio(item, values)
    if isinstance(item, Choices):
        return _ticks(item, values)
    if isinstance(item, Table):
        return _rows(item, values) or None
    return _single(item, values)


def _status(status: str | None) -> str | None:
    if status is not None and status not in STATUSES:
        raise EntryError(N_("the form holds a status that there is none of"))
    return status


def _single(item: Item, values: Entered) -> Any:
    text = values.get((parts.VALUE,))
    if isinstance(item, Choice):
        return _choice(text, values.get((parts.OTHER,)))
    if not text or isinstance(item, Ladder):
        return text or None
    return _day(text) if isinstance(item, DateItem) else parse_value(item, text)


def _choice(chosen: str | None, words: str | None) -> Any:
    if chosen == parts.OWN_WORDS:
        if not words:
            raise EntryError(N_("“other” is chosen, but no words are given"))
        return {"other": words}
    if words and chosen is None:
        return {"other": words}
    if words:
        raise EntryError(N_("a choice and own words are both given"))
    return chosen


def _ratio(item: Ratio, values: Entered) -> Any:
    part, whole = values.get((parts.PART,)), values.get((parts.WHOLE,))
    if not part and not whole:
        return None
    if not part or not whole:
        raise EntryError(N_("only one of the two numbers is given"))
    return parse_value(item, f"{part}/{whole}")


def _ticks(item: Choices, values: Entered) -> Any:
    ticked: list[Any] = [one.id for one in item.options if (parts.TICK, one.id) in values]
    words = values.get((parts.OTHER,))
    return [*ticked, {"other": words}] if words else ticked or None


def _rows(item: Table, values: Entered) -> list[dict[str, Any]]:
    columns = {column.id: column for column in item.columns}
    rows: dict[int, dict[str, Any]] = {}
    for part, text in values.items():
        known = len(part) == 3 and part[0] == parts.ROW  # noqa: PLR2004  # row, number, column
        if known and part[1].isdecimal() and part[2] in columns:
            rows.setdefault(int(part[1]), {})[part[2]] = _cell(columns[part[2]], text)
    return [
        {column: row[column] for column in columns if column in row}
        for _number, row in sorted(rows.items())
    ]


def _cell(column: Column, text: str) -> Any:
    narrow = unicodedata.normalize("NFKC", text).strip()
    if column.type == "boolean":
        return narrow == parts.YES if narrow in (parts.YES, parts.NO) else text
    if column.type in ("integer", "number"):
        return exact_number(narrow) if _NUMBER.fullmatch(narrow) else text
    return _day(text) if column.type == "date" else text


def _day(text: str) -> str:
    """Return a date in ISO form where it is written in one of the usual ways, else the text."""
    found = _DAY.fullmatch(unicodedata.normalize("NFKC", text).strip())
    return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}" if found else text
