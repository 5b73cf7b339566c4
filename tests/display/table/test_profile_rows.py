from __future__ import annotations

from msgspec.structs import replace

from assess.display.table.profile_rows import (
    list_rows_with_new_first_cell,
    make_table_rows_from_profile,
)
from assess.engine.proposals.tables import IndexedTables
from assess.model.config import Grade, Person, System
from assess.model.item import Table
from assess.model.item_parts import ColumnOption
from assess.workspace import read_library_checklists
from assess.workspace.core.program_tables import load_proposal_tables
from display.table.tables import SYSTEMS, column, text
from factories import config

CONFIG = config(
    systems={
        "portal": System(
            name=text("门户", "Portal"),
            grade=Grade(level=3, s=3, a=3),
            exposure="internet",
            hosting="egov_cloud",
        ),
        "archive": System(name="档案"),
    },
    people={"li": Person(name="李健", emails=("li@qingxi.example",)), "wu": Person(name="吴")},
)
TABLES: IndexedTables = load_proposal_tables()


def of_columns(*columns: object) -> Table:
    """Return a table with these columns."""
    return replace(SYSTEMS, columns=columns)


def test_a_foreign_table_of_systems_has_a_row_for_each() -> None:
    """Options by their words; what the column does not take is empty."""
    rows = make_table_rows_from_profile(SYSTEMS, CONFIG, TABLES, "zh")
    assert rows == [{"name": "门户", "level": "three"}, {"name": "档案"}]
    network = column(
        "net",
        "所在网络",
        "Network",
        "choice",
        options=(ColumnOption(id="a", text=text("互联网", "Internet")),),
    )
    place = column("place", "部署位置", "Hosted in", "text")
    level = column("level", "定级", "Grade", "integer")
    wide = of_columns(SYSTEMS.columns[0], network, place, level)
    first = make_table_rows_from_profile(wide, CONFIG, TABLES, "en")[0]
    assert first == {"name": "Portal", "net": "a", "place": "government cloud", "level": 3}


def test_a_table_of_persons_has_a_row_for_each() -> None:
    """Where it begins with the name."""
    name = column("who", "姓名", "Full name", "text", required=True)
    mail = column("mail", "邮箱", "E-mail", "text")
    rows = make_table_rows_from_profile(of_columns(name, mail), CONFIG, TABLES, "zh")
    assert rows == [{"who": "李健", "mail": "li@qingxi.example"}, {"who": "吴"}]


def test_other_tables_have_none() -> None:
    """An event at a system, or a key and its keeper, is no row for each system or person."""
    day = column("day", "发现日期", "Discovered", "date")
    assert (
        make_table_rows_from_profile(of_columns(day, SYSTEMS.columns[0]), CONFIG, TABLES, "zh")
        == []
    )
    offered = {
        item.id
        for checklist in read_library_checklists("zh")
        for item in checklist.items().values()
        if isinstance(item, Table) and make_table_rows_from_profile(item, CONFIG, TABLES, "zh")
    }
    assert offered == {"ANN-SYS-01"}


def test_what_is_in_the_table_is_not_offered_again() -> None:
    """By the first cell, whatever else the row says."""
    offered = make_table_rows_from_profile(SYSTEMS, CONFIG, TABLES, "zh")
    present = [{"name": " 门户 ", "level": "two"}, {"level": "two"}]
    assert list_rows_with_new_first_cell(offered, present, SYSTEMS) == [{"name": "档案"}]
