"""Lines as values."""

from __future__ import annotations

from assess.display.text.styled import join_lines_without_styles, total_count_line


def test_how_many_there_are_is_said_in_words() -> None:
    """Below the first of many a bare figure would say nothing."""
    assert join_lines_without_styles([total_count_line(61, "zh")]) == " .. 共 61 项"
    assert join_lines_without_styles([total_count_line(61, "en")]) == " .. 61 in all"
