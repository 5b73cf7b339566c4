"""Forms as plain values: their fields, what was typed, and what is wrong with it."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Literal, NamedTuple

from assess.display.text.input_method import narrow
from assess.engine.kinds.parse import number
from assess.model.base import Number

FieldKind = Literal["line", "text", "pick", "file", "piece"]


Values = Mapping[str, str]
"""What was typed, by field."""


class Field(NamedTuple):
    """One field of a form: a line, a text of several lines, or one of some options.

    A `file` is a line that F3 fills from a list of files; a `piece` from the register too.
    """

    name: str
    label: str
    kind: FieldKind = "line"
    value: str = ""
    hint: str = ""
    options: tuple[tuple[str, str], ...] = ()
    """Value and words of each option."""
    proposed: Callable[[Values], str] | None = None
    """What the line holds, by the other fields, as long as nobody types into it."""


Errors = dict[str, str]
"""What is wrong, by field; '' for the whole form."""


class Form(NamedTuple):
    """A form: its title, fields, and what is wrong with given values."""

    title: str
    fields: tuple[Field, ...]
    check: Callable[[Values], Errors]


def fine(_values: Values) -> Errors:
    """Find nothing wrong."""
    return {}


def path_from(typed: str) -> Path:
    """Return a typed path, `~` as the home folder; looks at no file, never raises."""
    return Path(os.path.expanduser(typed.strip()))  # noqa: PTH111  # Path.expanduser raises for an unknown user


def date_from(text: str) -> str:
    """Return a date as files write it where `text` is one in another usual way, else the text.

    2026-3-8, 2026.3.8, 2026/3/8, 2026年3月8日 and 20260308 are understood, full-width too.
    """
    tidy = narrow(text)
    for sign in "./年月":
        tidy = tidy.replace(sign, "-")
    parts = tidy.rstrip("日").split("-")
    if len(parts) == 1 and len(tidy) == len("20260308") and tidy.isdigit():
        parts = [tidy[:4], tidy[4:6], tidy[6:]]
    try:
        year, month, day = map(int, parts)
        return date(year, month, day).isoformat()
    except ValueError:
        return text.strip()


def is_date(text: str) -> bool:
    """Whether `text` is a date as files write it."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def number_from(text: str) -> int | Number | str:
    """Return the number that `text` is, else the text."""
    tidy = narrow(text)
    digits = tidy.lstrip("+-")
    whole, point, rest = digits.partition(".")
    if whole.isdecimal() and (rest.isdecimal() if point else True) and len(tidy) - len(digits) <= 1:
        return number(tidy)
    return text.strip()
