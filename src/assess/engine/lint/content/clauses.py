"""Clauses as items cite them: `23`, `23(3)`, `8.1.3.2 a)`, and ranges such as `23(2)-(4)`."""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Mapping

NONE = "—"
"""The clause of a citation that cites a whole basis."""

_RANGE = re.compile(
    r"(?P<stem>.{0,40}?)(?P<first>\d{1,4}|\(\d{1,4}\)|(?<= )[a-z]\))"
    r"[-–](?P<last>\d{1,4}|\(\d{1,4}\)|[a-z]\))"
)
"""Of bounded lengths: a strange checklist may cite `1-99999999999`."""

_ARTICLE = re.compile(r"(?P<article>\d{1,4})(?:\(\d{1,4}\))?")
_POINT = re.compile(r"(?P<point>\d+(?:\.\d+)*)(?: (?P<letter>[a-z])\))?")


def expand_clause_range(clause: str) -> tuple[str, ...]:
    """Return the single clauses that a citation names; a range is every one from first to last.

    `10-12` is 10, 11 and 12; `23(2)-(4)` the items 2 to 4 of article 23. What is no range, or one
    that runs backwards, stays as it is; `—` names none.
    """
    if clause == NONE:
        return ()
    match = _RANGE.fullmatch(clause)
    if match is None:
        return (clause,)
    stem, first, last = match["stem"], match["first"], match["last"]
    if first.strip("()").isdigit() is not last.strip("()").isdigit() or ("(" in first) is not (
        "(" in last
    ):
        return (clause,)
    row = _expand_range(first.strip("()"), last.strip("()"))
    shape = re.sub(r"[0-9a-z]+", "{}", first)
    return tuple(f"{stem}{shape.format(step)}" for step in row) or (clause,)


def expand_clause_ranges(clauses: Iterable[str]) -> tuple[str, ...]:
    """Return the single clauses of several citations, in their order."""
    return tuple(leaf for clause in clauses for leaf in expand_clause_range(clause))


def parse_article_number(leaf: str) -> int | None:
    """Return the article of `23` or `23(3)`, None where it is neither."""
    match = _ARTICLE.fullmatch(leaf)
    return int(match["article"]) if match else None


def does_clause_exist(leaf: str, points: Mapping[str, int]) -> bool:
    """Return whether a clause is one of `points`, one of its lettered items, or a part above."""
    match = _POINT.fullmatch(leaf)
    if match is None:
        return False
    point, letter = match["point"], match["letter"]
    if letter is not None:
        return letter in string.ascii_lowercase[: points.get(point, 0)]
    return point in points or any(known.startswith(f"{point}.") for known in points)


def list_requirements_under(prefix: str, points: Mapping[str, int]) -> tuple[str, ...]:
    """Return every single requirement under a number: letters where a clause has them."""
    return tuple(
        leaf
        for point, count in points.items()
        if point.startswith(f"{prefix}.")
        for leaf in ([f"{point} {letter})" for letter in string.ascii_lowercase[:count]] or [point])
    )


def _expand_range(first: str, last: str) -> list[str]:
    if first.isdigit():
        return [str(number) for number in range(int(first), int(last) + 1)]
    return [chr(code) for code in range(ord(first), ord(last) + 1)]
