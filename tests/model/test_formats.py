"""Tests of the table of format numbers: complete, and read rightly."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar, Final

import pytest

from assess.model import formats
from assess.model.formats import (
    ADDITIONS,
    FileKind,
    Format,
    FormatAddition,
    list_format_additions_of_kinds,
    parse_format,
)
from assess.model.item import Ladder, Ratio
from assess.store.yaml.reading.decode import TYPES
from model.format_fields import all_fields, matches

NUMBER_1: Final = Path(__file__).parents[1] / "data" / "formats"
"""The fields of number 1, as version 1259ee0 had them. These files never change."""


def _written(kind: FileKind) -> set[str]:
    return set((NUMBER_1 / f"{kind}-1.txt").read_text("utf-8").splitlines())


def _line(path: tuple[str, ...], value: Any) -> str:
    return "/".join(path) + (f" = {value}" if value is not None else "")


def _declared(kind: FileKind, path: tuple[str, ...], value: Any) -> bool:
    """Whether a row has the field or value, or a field that it stands in."""
    return any(
        (matches(row.path, path) and (not row.values or value in row.values))
        or (not row.values and any(matches(row.path, path[:end]) for end in range(len(path))))
        for row in ADDITIONS[kind]
    )


@pytest.mark.parametrize("kind", TYPES)
def test_what_came_after_number_1_is_in_the_table(kind: FileKind) -> None:
    """A field or value that number 1 lacks needs a row in ADDITIONS; none may ever disappear."""
    fields = all_fields(TYPES[kind])
    lacking = {
        _line(path, value)
        for path, value in fields
        if _line(path, value) not in _written(kind) and not _declared(kind, path, value)
    }
    assert lacking == set(), "add rows to assess.model.formats.ADDITIONS"
    gone = _written(kind) - {_line(path, value) for path, value in fields}
    assert gone == set(), "old files hold these still"


@pytest.mark.parametrize("kind", TYPES)
def test_rows_of_the_table_are_fields_of_the_types(kind: FileKind) -> None:
    """Each row means a field that exists, and numbers follow one another from 2 on."""
    fields = all_fields(TYPES[kind])
    for one in ADDITIONS[kind]:
        row = (*one.path, one.lacks) if one.lacks else one.path
        values = {value for path, value in fields if matches(row, path)}
        assert values, one
        assert set(one.values) <= values, one
    numbers = {one.number for one in ADDITIONS[kind]}
    assert numbers == set(range(2, 2 + len(numbers)))


class Scale(Ladder, frozen=True, kw_only=True, tag="scale"):
    """A kind of a later program: a field of its own, and one that is older."""

    FORMAT_NUMBER: ClassVar[int] = 2
    top: int = 5


def test_a_later_kind_brings_its_name_and_its_new_fields() -> None:
    """The value of `kind` and fields that no earlier kind has need the kind's number."""
    item = ("sections", "*", "items", "*")
    assert [*list_format_additions_of_kinds((Scale, Ladder, Ratio))] == [
        FormatAddition(2, (*item, "kind"), ("scale",)),
        FormatAddition(2, (*item, "top")),
    ]


def test_format_lines() -> None:
    """Only whole numbers without a zero before them are numbers of one of the four formats."""
    assert parse_format("assess/answers/1") == Format("sheet", 1)
    assert parse_format("assess/config/12") == Format("config", 12)
    assert str(Format("register", 3)) == "assess/evidence/3"
    for number in ("1.1", "01", "0", "", "1\n"):
        assert parse_format(f"assess/answers/{number}") is None
    for value in ("assess/other/1", "", 1, None):
        assert parse_format(value) is None


@pytest.fixture
def grown(monkeypatch: pytest.MonkeyPatch) -> None:
    """Formats of a later program, by fields that exist: see the rows."""
    rows = (
        FormatAddition(2, ("answers", "*", "recheck")),
        FormatAddition(3, ("answers", "*", "status"), ("partial",)),
        FormatAddition(4, ("**", "due")),
        FormatAddition(5, ("answers", "*", "evidence", "*", "*")),
    )
    monkeypatch.setitem(formats.ADDITIONS, "sheet", rows)


@pytest.mark.usefixtures("grown")
@pytest.mark.parametrize(
    ("answer", "number"),
    [
        ({"status": "met"}, 1),
        ({"recheck": "2026-05-12"}, 2),
        ({"status": "partial"}, 3),
        ({"remediation": {"due": "2026-05-12"}}, 4),
        ({"evidence": {"ev-1": "p. 3"}}, 1),
        ({"evidence": {"ev-1": ["p. 3"]}}, 5),
    ],
)
def test_a_tree_needs_the_highest_number_of_what_it_uses(answer: Any, number: int) -> None:
    """A field counts where it stands, a value only where it is that value."""
    tree = {"answers": {"AB-1": {"status": "met"}, "AB-2": answer}}
    assert formats.lowest_sufficient_format_number("sheet", tree) == number
    assert formats.lowest_sufficient_format_number("config", tree) == 1


@pytest.mark.usefixtures("grown")
def test_uses_are_told_with_their_places() -> None:
    """Only what came after the number that the file says is told."""
    tree = {"answers": {"AB-1": {"recheck": "2026-05-12", "status": "partial"}}}
    (use,) = formats.find_uses_of_newer_formats("sheet", tree, 2)
    assert use == (("answers", "AB-1", "status"), 3, "")
    assert formats.newest_format_number("sheet") == 5
    assert formats.list_readable_formats("sheet")[-1] == "assess/answers/5"
    assert not Format("sheet", 5).is_newer_than_program
    assert Format("sheet", 6).is_newer_than_program
    assert Format("config", 3).is_newer_than_program
