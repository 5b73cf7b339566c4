from __future__ import annotations

from typing import Any

import pytest

from assess.display.table.cell_words import expected_cell_text, parse_cell_value
from assess.engine.kinds.table import cell_text_without_unit
from assess.model.base import Number
from display.table.tables import SYSTEMS

COLUMNS = {column.id: column for column in SYSTEMS.columns}


@pytest.mark.parametrize(
    ("column", "words", "value"),
    [
        ("name", " 门户\n网站 ", "门户 网站"),
        ("name", "门户\u2028网站\x85", "门户 网站"),
        ("name", "—", "—"),
        ("level", "three", "three"),
        ("level", " 三 级", "three"),
        ("level", "level 3", "three"),
        ("level", "叁级", "叁级"),
        ("users", "1,234", 1234),
        ("users", "１２ 人", 12),
        ("users", "12 people", 12),
        ("users", "12,34", "12,34"),
        ("users", "9" * 5000, "9" * 5000),
        ("users", f"１{' ' * 2000}人", 1),
        ("users", "/", ""),
        ("mbps", "12.50", Number("12.50")),
        ("filed", "是", True),
        ("filed", "FALSE", False),
        ("filed", "√", True),
        ("filed", "1", "1"),
        ("filed", "", ""),
        ("since", "2026/3/8", "2026-03-08"),
        ("since", "2026年3月8日", "2026-03-08"),
        ("since", "2026-03-08 00:00:00", "2026-03-08"),
        ("since", "26-3-8", "26-3-8"),
        ("since", "3/8/2026", "3/8/2026"),
        ("since", "—", ""),
    ],
)
def test_what_people_write_is_the_value_of_a_cell(column: str, words: str, value: Any) -> None:
    """Words of either language, full-width digits, usual dates; what is none of it stays."""
    assert parse_cell_value(COLUMNS[column], words) == value


def test_what_a_cell_takes_is_said_in_words() -> None:
    """Options by their texts, never by ids; each type in both languages."""
    assert expected_cell_text(COLUMNS["level"], "zh") == "二级、三级"
    assert expected_cell_text(COLUMNS["filed"], "zh") == "是或否"
    texts = {expected_cell_text(column, "en") for column in SYSTEMS.columns}
    assert len(texts) == len(SYSTEMS.columns)


def test_a_value_is_shown_as_it_is_written() -> None:
    """And read back as the same value."""
    row = {"name": "门户", "level": "two", "users": 3, "mbps": Number("1.5"), "filed": False}
    for key, value in row.items():
        assert (
            parse_cell_value(COLUMNS[key], cell_text_without_unit(COLUMNS[key], value, "zh"))
            == value
        )
