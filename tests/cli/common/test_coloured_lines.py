"""Lines on a terminal: wrapped at its width by words and Chinese characters, paths left whole."""

from __future__ import annotations

import pytest

from assess.cli.common.coloured_lines import ColouredLine, ColouredText, wrap_coloured_line
from assess.display.text.cells import width_of


def wrapped(width: int, *parts: str) -> list[str]:
    """Return the pieces of a line as texts."""
    line = ColouredLine(tuple(ColouredText(part, "red") for part in parts))
    return ["".join(part.text for part in piece.parts) for piece in wrap_coloured_line(line, width)]


@pytest.mark.parametrize("width", [30, 40, 60, 80])
def test_no_piece_is_wider_than_the_terminal(width: int) -> None:
    """In Chinese and in English; nothing but spaces is lost."""
    text = "  逾期：egov-network EGN-WLS-02 自建无线网未获批准或没有核清，期限 2026-10-30，" * 2
    text += "and some words of English that go on for a while"
    pieces = wrapped(width, text)
    assert max(map(width_of, pieces)) <= width
    assert "".join("".join(pieces).split()) == "".join(text.split())
    assert all(piece.startswith("    ") for piece in pieces[1:])
    assert "2026-10-30" in "|".join(pieces)


def test_cells_of_a_table_stay_whole() -> None:
    """A cell that does not fit goes to the next line with its colour."""
    assert wrapped(40, "  egov-network", "  电子政务网络安全检查表", "  得分 86.7") == [
        "  egov-network  电子政务网络安全检查表",
        "    得分 86.7",
    ]


def test_a_path_is_not_broken() -> None:
    """It can be copied from the screen, however narrow that is."""
    path = "/srv/" + "long/" * 20 + "report.pdf"
    assert any(path in piece for piece in wrapped(40, f"made here: {path}"))


def test_a_line_that_fits_is_left_as_it_is() -> None:
    """So is any line on a terminal that is too narrow to indent."""
    assert wrapped(80, "  short  ") == ["  short  "]
    assert wrapped(10, "some words of a line") == ["some words of a line"]
