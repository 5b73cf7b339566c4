"""Forms as plain values: their fields, what was typed, and what is wrong with it."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Literal, NamedTuple

from assess.display.text.input_method import convert_full_width_text
from assess.engine.kinds.reading import parse_exact_number
from assess.model.base import Number

FieldKind = Literal["line", "text", "pick", "file", "piece"]


FormValues = Mapping[str, str]
"""The typed texts, by field."""


class FormField(NamedTuple):
    """One field of a form: a line, a text of several lines, or a choice of options.

    A `file` is a line that F3 fills from a list of files. A `piece` lists the register too.
    """

    name: str
    label: str
    kind: FieldKind = "line"
    value: str = ""
    hint: str = ""
    options: tuple[tuple[str, str], ...] = ()
    """The value and the text of each option."""
    proposed: Callable[[FormValues], str] | None = None
    """Proposes a value from the other fields until the user types one."""


FieldErrors = dict[str, str]
"""The errors by field; '' is the whole form."""


class InputForm(NamedTuple):
    """A form: title, fields, and the check of its values."""

    title: str
    fields: tuple[FormField, ...]
    check: Callable[[FormValues], FieldErrors]
    insertable: str = ""
    """A text that F7 puts in where the cursor is; '' for none."""


def find_no_errors(_values: FormValues) -> FieldErrors:
    """Return no errors."""
    return {}


def parse_path(typed: str) -> Path:
    """Return a typed path with `~` as the home folder; never read a file or raise."""
    return Path(os.path.expanduser(typed.strip()))  # noqa: PTH111  # Path.expanduser raises for an unknown user


def normalize_typed_date(text: str) -> str:
    """Return the ISO form of a date in a usual notation; any other text unchanged.

    2026-3-8, 2026.3.8, 2026/3/8, 2026年3月8日 and 20260308 are understood, full-width too.
    """
    tidy = convert_full_width_text(text)
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


def is_iso_date(text: str) -> bool:
    """Return whether `text` is an ISO date."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def parse_number_or_keep_text(text: str) -> int | Number | str:
    """Return the number that `text` stands for; any other text unchanged."""
    tidy = convert_full_width_text(text)
    digits = tidy.lstrip("+-")
    whole, point, rest = digits.partition(".")
    if whole.isdecimal() and (rest.isdecimal() if point else True) and len(tidy) - len(digits) <= 1:
        return parse_exact_number(tidy)
    return text.strip()
