"""The table of git's settings: the effect of each, and what this program does about it.

`data/git-settings.txt` explains its words.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final, NamedTuple

from assess.store.shipped_files import PACKAGE

TABLE: Final = PACKAGE / "data" / "git-settings.txt"

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
    exact, patterns = _index_settings_by_name()
    if key in exact:
        return exact[key]
    return next((row for pattern, row in patterns if pattern.fullmatch(key)), None)


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
def _index_settings_by_name() -> tuple[
    dict[str, KnownSetting], list[tuple[re.Pattern[str], KnownSetting]]
]:
    exact = {
        row.name.lower(): row for row in read_known_settings_table() if not _WILD.search(row.name)
    }
    patterns = [
        (_compile_name_pattern(row.name), row)
        for row in read_known_settings_table()
        if _WILD.search(row.name)
    ]
    return exact, patterns


def _compile_name_pattern(name: str) -> re.Pattern[str]:
    parts = map(re.escape, _WILD.split(name))
    return re.compile(".+".join(parts), re.IGNORECASE | re.DOTALL)


@cache
def _sections_asked_about_or_refused() -> frozenset[str]:
    rows = (row for row in read_known_settings_table() if {"asked", "refused"} & set(row.answers))
    return frozenset(row.name.partition(".")[0].lower() for row in rows)
