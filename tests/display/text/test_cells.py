"""Cells of texts: the program's own layout counts as Textual does."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len, get_character_cell_size

from assess.display.text.cells import width_of, width_of_char


@pytest.mark.parametrize("step", [31, pytest.param(1, marks=pytest.mark.exhaustive)])
def test_each_character_is_as_wide_as_textual_lays_it_out(step: int) -> None:
    """Code points, alone and in their emoji form; see scripts/make_cell_widths.py."""
    chars = [chr(code) for code in (*range(0x3400), *range(0x3400, sys.maxunicode + 1, step))]
    assert [char for char in chars if width_of_char(char) != get_character_cell_size(char)] == []
    emoji = (f"{char}\ufe0f" for char in chars)
    assert [text for text in emoji if width_of(text) != cell_len(text)] == []


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("", 0),
        ("网络 ab", 7),
        ("，。（）", 8),
        ("“”…—", 4),
        ("e\u0301", 1),
        ("a\x1bb", 2),
        ("👨\u200d👩\u200d👧", 2),
        ("❤\ufe0f\ufe0f", 2),
        ("\ufe0f\u200d", 0),
        ("网" * 600, 1200),
    ],
)
def test_han_punctuation_marks_and_emoji(text: str, width: int) -> None:
    """Han and full-width signs take two cells, combining marks none, a joined picture two."""
    assert (width_of(text), cell_len(text)) == (width, width)


@given(st.text(st.one_of(st.characters(), st.sampled_from("\u200d\ufe0f#1☀👍🏽🇨网…é\u0301"))))
def test_any_text_is_as_wide_as_textual_lays_it_out(text: str) -> None:
    """Joiners and emoji forms in any order."""
    assert width_of(text) == cell_len(text)
