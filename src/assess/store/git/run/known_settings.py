"""The table of git's settings: the effect of each, and what this program does about it.

`data/git-settings.txt` explains its words.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final, NamedTuple

from assess.locations import PROGRAM_DATA

TABLE: Final = PROGRAM_DATA / "git-settings.txt"

_WILD: Final = re.compile(r"<[^>]*>|\*")


class KnownSetting(NamedTuple):
    """A row of the table."""

    name: str
    """The name as git prints it; a part in angle brackets matches any text."""
    kind: str
    answers: tuple[str, ...]
    """What the program does about it."""
    allowed: tuple[str, ...]
    """The values that are not refused."""


@cache
def read_known_settings_table() -> tuple[KnownSetting, ...]:
    """Return the rows of the table."""
    rows: list[KnownSetting] = []
    words: list[str] = []
    for line in TABLE.read_text("utf-8").splitlines():
        if line.startswith("["):
            words = line[1 : line.index("]")].split()
        elif line and not line.startswith("#"):
            name, _equals, values = line.partition(" = ")
            rows.append(KnownSetting(name, words[0], tuple(words[1:]), tuple(values.split())))
    return tuple(rows)


@cache
def find_known_setting(key: str) -> KnownSetting | None:
    """Return the row of a setting; `key` is as git lists it, section and variable in lower case."""
    exact, patterned = _index_settings_by_name()
    if key in exact:
        return exact[key]
    section = key.partition(".")[0]
    rows = patterned.get(section, ())
    return next((row for row in rows if _matches_name_pattern(row.name, key)), None)


def is_listed_or_assumed_answer(key: str, answer: str) -> bool:
    """Return whether the table has this answer for a setting.

    The user is asked about a setting that the table lacks if its section has one that is asked
    about or refused: a newer git may start a program by it.
    """
    row = find_known_setting(key)
    if row is not None:
        return answer in row.answers
    return answer == "asked" and key.partition(".")[0] in _sections_asked_about_or_refused()


@cache
def _index_settings_by_name() -> tuple[dict[str, KnownSetting], dict[str, list[KnownSetting]]]:
    """Return the rows by name, and those whose name is a pattern by section."""
    exact: dict[str, KnownSetting] = {}
    patterned: dict[str, list[KnownSetting]] = {}
    for row in read_known_settings_table():
        name = row.name.lower()
        if _WILD.search(name):
            patterned.setdefault(name.partition(".")[0], []).append(row)
        else:
            exact[name] = row
    return exact, patterned


def _matches_name_pattern(name: str, key: str) -> bool:
    parts = map(re.escape, _WILD.split(name))
    return re.fullmatch(".+".join(parts), key, re.IGNORECASE | re.DOTALL) is not None


@cache
def _sections_asked_about_or_refused() -> frozenset[str]:
    rows = (row for row in read_known_settings_table() if {"asked", "refused"} & set(row.answers))
    return frozenset(row.name.partition(".")[0].lower() for row in rows)
