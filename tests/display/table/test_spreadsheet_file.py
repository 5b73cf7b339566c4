from __future__ import annotations

import pytest

from assess.display.table.spreadsheet_file import decode_spreadsheet_file, detect_delimiter


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_files_of_spreadsheets_are_read(encoding: str) -> None:
    """As Excel and WPS save them."""
    assert decode_spreadsheet_file("系统,等级\n门户,三级\n".encode(encoding)) == (
        "系统,等级\n门户,三级\n"
    )


def test_other_files_are_none() -> None:
    """A workbook is no text."""
    assert decode_spreadsheet_file(b"PK\x03\x04\x14\0\0\0") is None
    assert decode_spreadsheet_file(b"\xff\xfe\x00") is None
    assert decode_spreadsheet_file(b"\xff\xff\xff") is None


def test_the_first_line_tells_the_sign_between_cells() -> None:
    """A tab, else a comma."""
    assert detect_delimiter("a\tb,c\n") == "\t"
    assert detect_delimiter("a,b\nc\td\n") == ","
