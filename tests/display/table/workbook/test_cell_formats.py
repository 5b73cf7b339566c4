"""Numbers of cells as their formats show them, and texts that are no numbers."""

from __future__ import annotations

import pytest

from assess.display.table.workbook.cell_formats import format_cell_number


@pytest.mark.parametrize(
    ("number", "cell_format", "shown"),
    [
        ("1.5", "[h]:mm", "36:00:00"),
        ("0.5", "[hh]:mm:ss", "12:00:00"),
        ("100000", "[h]", "2400000:00:00"),
        ("1.5", "[mm]:ss", "36:00:00"),
        ("1.5", "h:mm", "12:00:00"),
        ("1.5", '"[h]"h:mm', "12:00:00"),
        ("-1.5", "[h]:mm", "-1.5"),
    ],
)
def test_a_duration_keeps_its_days(number: str, cell_format: str, shown: str) -> None:
    """Hours beyond 24 are counted on where the format counts on, as the spreadsheet shows them."""
    assert format_cell_number(number, cell_format, from_1904=False) == shown


@pytest.mark.parametrize("number", ["٣", "1_000", "1_0.5", "٣.5", "²"])
def test_a_number_has_the_digits_of_xml(number: str) -> None:
    """What Python would take for one besides is none that a spreadsheet writes."""
    with pytest.raises(ValueError, match=number):
        format_cell_number(number, "general", from_1904=False)


@pytest.mark.parametrize(
    ("number", "shown"), [("1E+3", "1000"), (" 7 ", "7"), ("-.5", "-0.5"), ("2.", "2"), ("+4", "4")]
)
def test_other_ways_to_write_a_number(number: str, shown: str) -> None:
    """Those of `xsd:double`."""
    assert format_cell_number(number, "general", from_1904=False) == shown
