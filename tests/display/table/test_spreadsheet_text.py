from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.display.table.spreadsheet_text import (
    LONGEST_CELL,
    MOST_CHARACTERS,
    TABLE_LIMITS,
    BrokenMarkError,
    LongCellError,
    TooLargeError,
    letters_of_column,
    split_pasted_spreadsheet_text,
    split_spreadsheet_file_text,
)


def cells(text: str) -> list[tuple[int, tuple[str, ...]]]:
    """Return the rows of a text with tabs."""
    return [(row.number, row.cells) for row in split_pasted_spreadsheet_text(text, "\t")]


def test_lines_with_tabs_are_rows() -> None:
    """Blank rows are left out, and the others keep their numbers."""
    assert cells("a\tb\n\t\nc\t\n") == [(1, ("a", "b")), (3, ("c", ""))]


def test_a_quoted_cell_may_have_line_breaks_tabs_and_quotation_marks() -> None:
    """As spreadsheets copy them; the row below has the next number."""
    text = 'a\t"x\ny\t""z"""\nb\tc\n'
    assert cells(text) == [(1, ("a", 'x\ny\t"z"')), (2, ("b", "c"))]
    assert cells('5" disk\tb\n') == [(1, ('5" disk', "b"))]


def test_a_mark_that_is_never_closed_swallows_nothing() -> None:
    """Each line is a row, and the mark is a character."""
    assert cells('a\t"x\nb\tc\n') == [(1, ("a", '"x')), (2, ("b", "c"))]


@pytest.mark.parametrize(
    "text",
    [
        "a\n" * (TABLE_LIMITS.rows + 2),
        "a\t" * TABLE_LIMITS.columns + "a",
        ("a\t" * 90 + "a\n") * (TABLE_LIMITS.cells // 90),
        "\t" * 100_000,
        "\n" * 100_000,
        "a" * (MOST_CHARACTERS + 1),
    ],
)
def test_what_is_too_large_is_refused(text: str) -> None:
    """Whatever is pasted, the work is bounded."""
    with pytest.raises(TooLargeError):
        split_pasted_spreadsheet_text(text + "\n", "\t")


@pytest.mark.parametrize("count", [LONGEST_CELL + 1, 200_000])
def test_a_cell_that_is_too_long_is_named_by_row_and_column(count: int) -> None:
    """Also one that the csv module would call a wrong quotation mark, as its own limit is."""
    for text in (f"a,b\nc,{'x' * count}\n", f'a,b\nc,"{"x" * count}"\n'):
        with pytest.raises(LongCellError) as caught:
            split_spreadsheet_file_text(text, ",", TABLE_LIMITS)
        assert (caught.value.row, caught.value.column) == (2, "B")
    with pytest.raises(LongCellError):
        split_pasted_spreadsheet_text(f"a\t{'x' * count}\n", "\t")


def test_columns_have_the_letters_that_spreadsheets_show() -> None:
    """Behind Z come two letters."""
    places = (0, 25, 26, 701, 702)
    assert [letters_of_column(place) for place in places] == ["A", "Z", "AA", "ZZ", "AAA"]


@given(st.lists(st.lists(st.text('ab"\n\t,', max_size=4), min_size=1, max_size=4), max_size=4))
def test_no_text_makes_it_fail(rows: list[list[str]]) -> None:
    """Rows or a refusal, with both signs."""
    text = "\n".join("\t".join(row) for row in rows)
    for row in [
        *split_pasted_spreadsheet_text(text, "\t"),
        *split_pasted_spreadsheet_text(text, ","),
    ]:
        assert any(cell.strip() for cell in row.cells)


def test_a_mark_in_the_wrong_place_is_named_in_a_file() -> None:
    """Read as a character there, it would change how other rows are read."""
    with pytest.raises(BrokenMarkError) as caught:
        split_spreadsheet_file_text('a,b\n"say "hi"",1\n"x, y",2\n', ",", TABLE_LIMITS)
    assert caught.value.line == 2
    rows = split_spreadsheet_file_text('a,b\n"x, y",2\n', ",", TABLE_LIMITS)
    assert [row.cells for row in rows] == [("a", "b"), ("x, y", "2")]
