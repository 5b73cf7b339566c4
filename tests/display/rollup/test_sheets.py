from __future__ import annotations

from assess.display.rollup.sheets import (
    SHEETS,
    find_digit_of_table,
    find_first_table,
    list_sheet_chips,
)
from assess.display.rollup.table_building import make_table
from assess.display.text.bars import key_lines
from assess.display.text.styled import line_width

TABLES = [make_table(key, key, "", (), ()) for key in ("hand_ins", "units", "list.a.b", "rules")]


def test_a_digit_is_the_first_table_of_its_sheet() -> None:
    """A sheet has several tables; a key goes up to its dot; how it was reckoned has no digit."""
    assert find_first_table(TABLES, 1) == 0
    assert find_first_table(TABLES, 9) == 2
    assert find_first_table(TABLES, 5) is None
    assert [find_digit_of_table(table) for table in TABLES] == [1, 1, 9, None]


def test_the_digits_fit_on_one_line_in_chinese() -> None:
    """At 80 columns they take a single line below the units."""
    chips = list_sheet_chips("zh")
    assert [chip.key for chip in chips] == list("123456789")
    (line,) = key_lines(chips, 80)
    assert line_width(line) <= 80
    assert len({key for sheet in SHEETS for key in sheet.keys}) == sum(
        len(sheet.keys) for sheet in SHEETS
    )
