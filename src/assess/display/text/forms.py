"""Forms as plain values: their fields, what was typed, and what is wrong with it."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Literal, NamedTuple

from assess.display.text.named_periods import end_of_named_period
from assess.engine.kinds.typed_text import tidy_typed_date

FieldKind = Literal["line", "text", "pick", "ticks", "file", "piece", "due", "day"]


FormValues = Mapping[str, str]
"""The typed texts, by field."""


_DIGITS_OF_DAYS = 4
"""More days than that many digits say are no due date."""


class FormField(NamedTuple):
    """One field of a form: a line, a text of several lines, a choice of options, or ticks.

    The value of ticks is the ids of the ticked options, with spaces between.

    Dates that are written short are completed: a `due` to the next such day, a `day` to the last.
    A `file` is a line that F3 fills from a list of files. A `piece` lists the register too: it
    shows the text of an option, whose value stands behind.
    """

    name: str
    label: str
    kind: FieldKind = "line"
    value: str = ""
    hint: str = ""
    options: tuple[tuple[str, str], ...] = ()
    """The value and the text of each option."""
    read_first: bool = False
    """Whether the text is to be read first: the cursor begins at its start, not at its end."""
    proposed: Callable[[FormValues], str] | None = None
    """Proposes a value from the other fields until the user types one."""
    known: tuple[str, ...] = ()
    """Names to which a typed beginning is completed."""


FieldErrors = dict[str, str]
"""The errors by field; '' is the whole form."""


class InputForm(NamedTuple):
    """A form: title, fields, and the check of its values."""

    title: str
    fields: tuple[FormField, ...]
    check: Callable[[FormValues], FieldErrors]
    offered: Mapping[str, str] = MappingProxyType({})
    """Texts that F7 puts into their fields: into a focused text at the cursor, else into empty
    fields."""
    offer_label: str = ""
    """What F7 puts in, for the line of the keys."""
    phrases: tuple[str, ...] = ()
    """Texts from which F6 puts one in where the cursor is."""
    start_at: str = ""
    """The name of the field that is in focus first; '' for the first field."""
    save_label: str = ""
    """What Ctrl+S does, for the line of the keys; '' where it saves."""
    typed_before: str = ""
    """What was typed before the form opened: it replaces the text of its first field."""
    no_tabs: str = ""
    """What is said of a paste with tabs, which is not taken then; '' where it is."""
    offered_fields: tuple[str, ...] = ()
    """The fields that F7 is to fill in: it says which of them are still empty after it."""

    @property
    def has_dates(self) -> bool:
        """Whether a field takes a date that may be written short."""
        return any(field.kind in ("due", "day") for field in self.fields)


def complete_short_dates(form: InputForm, values: FormValues, today: date) -> dict[str, str]:
    """Return the values with the dates that were written short in full."""
    whole = dict(values)
    for field in form.fields:
        if field.kind in ("due", "day"):
            past = field.kind == "day"
            whole[field.name] = complete_short_date(values[field.name], today, is_past=past)
    return whole


def find_no_errors(_values: FormValues) -> FieldErrors:
    """Return no errors."""
    return {}


def expand_typed_path(typed: str) -> Path:
    """Return a typed path with `~` as the home folder; never read a file or raise."""
    return Path(os.path.expanduser(typed.strip()))  # noqa: PTH111  # Path.expanduser raises for an unknown user


def complete_short_date(text: str, today: date, *, is_past: bool) -> str:
    """Return the ISO form of a date without its year; any other text unchanged.

    `12-31`, `12.31`, `12/31` and `12月31日` are the next such day from today on; with `is_past` the
    last one up to today. `+30` is so many days from today. 月底, 3月底 and 年底 are the last day of
    the month or the year.
    """
    if (end := end_of_named_period(text, today, is_past=is_past)) is not None:
        return end.isoformat()
    tidy = tidy_typed_date(text)
    if tidy.startswith("+") and tidy[1:].isdecimal() and len(tidy) <= _DIGITS_OF_DAYS + 1:
        return (today + timedelta(days=int(tidy[1:]))).isoformat()
    for sign in "./月":
        tidy = tidy.replace(sign, "-")
    month, _dash, day = tidy.rstrip("日").partition("-")
    days = [_date_or_none(today.year + step, month, day) for step in (-1, 0, 1)]
    known = [each for each in days if each is not None]
    fitting = [each for each in known if (each <= today if is_past else each >= today)]
    if not fitting:
        return text
    return (fitting[-1] if is_past else fitting[0]).isoformat()


def _date_or_none(year: int, month: str, day: str) -> date | None:
    try:
        return date(year, int(month), int(day))
    except ValueError:
        return None


def is_iso_date(text: str) -> bool:
    """Return whether `text` is an ISO date."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
