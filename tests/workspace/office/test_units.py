"""Units are taken in from a list: all of it, or nothing where a row has a fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from assess.errors import UnknownIdError, UsageError
from assess.workspace.office.make_office import make_and_commit_office
from assess.workspace.office.office import Office
from assess.workspace.office.units import UnitImport, UnitRow, exempt_unit, import_units


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """An office without units."""
    return make_and_commit_office(tmp_path / "office", name="网信办", language="zh", lang="en")[0]


def take(office: Office, *rows: dict[str, str]) -> UnitImport:
    """Take in rows; the first one stands in row 2 of the file."""
    return import_units(office, [UnitRow(number, row) for number, row in enumerate(rows, 2)])


def test_units_are_added_changed_and_left_as_they_are(office: Office) -> None:
    """A cell that is empty changes nothing; what is not in the list stays."""
    first = take(office, {"id": "a", "name": "甲", "trade": "卫生"}, {"id": "b", "name": "乙"})
    assert (first.added, first.changed, first.unchanged) == (["a", "b"], [], [])
    second = take(office, {"id": "a", "name": "甲局"}, {"name": "乙"}, {"id": "c", "name": "丙"})
    assert (second.added, second.changed, second.unchanged) == (["c"], ["a"], ["b"])
    units = office.read_office_file().units
    assert (units["a"].name, units["a"].trade) == ("甲局", "卫生")


def test_a_unit_without_an_id_gets_one_from_its_name(office: Office) -> None:
    """Two names with the same letters get two ids; an id that a later row has stays free."""
    rows = (
        {"name": "青溪镇"},
        {"name": "清溪镇"},
        {"id": "qxz-3", "name": "x"},
        {"name": "秦溪镇"},
    )
    assert take(office, *rows).added == ["qxz", "qxz-2", "qxz-3", "qxz-4"]
    assert (
        take(office, {"name": "！"}, {"name": "？"}).faults[0].message.startswith("the unit unit")
    )


def test_a_parent_is_named_by_id_or_name(office: Office) -> None:
    """Also where it stands further down."""
    take(office, {"id": "a", "name": "甲", "parent": "乙"}, {"id": "b", "name": "乙"})
    take(office, {"id": "c", "name": "丙", "parent": "a"})
    units = office.read_office_file().units
    assert (units["a"].parent, units["c"].parent) == ("b", "a")


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ([{"id": "A B", "name": "x"}], (2, "id", "A B is no id")),
        ([{"id": "conflict", "name": "x"}], (2, "id", "no id may be")),
        ([{"id": "con", "name": "x"}], (2, "id", "“con” can't be an id")),
        ([{"id": "a", "name": "x"}, {"id": "a", "name": "y"}], (3, "id", "the unit a stands in")),
        ([{"id": "a", "name": "x"}, {"name": "x"}], (3, "name", "the unit a stands in row 2")),
        ([{"id": "a", "name": "x" * 201}], (2, "name", "longer than 200 characters")),
        ([{"id": "a", "name": "x", "parent": "zz"}], (2, "parent", "no unit has this id or name")),
        ([{"id": "a", "name": "x", "parent": "a"}], (2, "parent", "the units above a lead back")),
    ],
)
def test_one_fault_and_nothing_is_written(
    office: Office, rows: list[dict[str, str]], fault: tuple[int, str, str]
) -> None:
    """Each fault has its row and its column."""
    before = (office.root / "office.yaml").read_bytes()
    outcome = take(office, {"id": "good", "name": "好"}, *rows)
    row, field, message = outcome.faults[0]
    assert (row - 1, field) == fault[:2]
    assert message.replace("row 3", "row 2").startswith(fault[2])
    assert (office.root / "office.yaml").read_bytes() == before


def test_checklists_of_a_unit_are_a_column(office: Office) -> None:
    """Ids with any sign between them; an empty cell leaves them; a bad id is a fault."""
    take(office, {"id": "a", "name": "甲", "expects": "egov；self-built-systems、egov"})
    expects = office.read_office_file().units["a"].expects
    assert [row.checklist for row in expects] == ["egov", "self-built-systems"]
    assert take(office, {"id": "a", "name": "甲"}).unchanged == ["a"]
    assert take(office, {"id": "a", "name": "甲", "expects": "egov"}).changed == ["a"]
    assert len(office.read_office_file().units["a"].expects) == 1
    faults = take(office, {"id": "a", "name": "甲", "expects": "自查表"}).faults
    assert [(fault.row, fault.field) for fault in faults] == [(2, "expects")]


def test_comments_of_the_office_stay(office: Office) -> None:
    """Only the lines of changed fields are written."""
    take(office, {"id": "a", "name": "甲"})
    path = office.root / "office.yaml"
    path.write_text(path.read_text("utf-8").replace("  a:\n", "  a:  # 牵头\n"), "utf-8")
    take(office, {"id": "a", "name": "甲局"}, {"id": "b", "name": "乙"})
    assert "  a:  # 牵头\n    name: 甲局\n" in path.read_text("utf-8")


def test_a_unit_is_exempted_with_a_reason(office: Office) -> None:
    """An unknown unit is answered with the nearest ones, a reason of blanks is none."""
    take(office, {"id": "town", "name": "镇"})
    exempt_unit(office, "town", " 撤并\x07 ")
    exempt = office.read_office_file().units["town"].exempt
    assert exempt is not None
    assert exempt.reason == "撤并\\u0007"
    with pytest.raises(UnknownIdError) as unknown:
        exempt_unit(office, "towm", "x")
    assert unknown.value.nearest == ["town"]
    for reason in ("  ", "长" * 2001):
        with pytest.raises(UsageError, match="a reason has"):
            exempt_unit(office, "town", reason)


def test_an_office_has_only_so_many_units(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """A list that goes beyond is refused whole."""
    monkeypatch.setattr("assess.workspace.office.units.MOST_UNITS", 2)
    with pytest.raises(UsageError, match="at most 2 units"):
        take(office, *({"id": key, "name": key} for key in "abc"))
    assert office.read_office_file().units == {}
