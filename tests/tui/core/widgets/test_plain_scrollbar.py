"""The scrollbar: its ends say without colour where there is more."""

from __future__ import annotations

import pytest

from assess.tui.core.widgets.plain_scrollbar import PlainScrollBar


@pytest.mark.parametrize(
    ("position", "cells"), [(0, "   v"), (3, "^  v"), (16, "^   ")], ids=["top", "middle", "end"]
)
def test_each_end_beyond_which_there_is_more_has_a_sign(position: int, cells: str) -> None:
    """Twenty lines in a view of four: below, on both sides, above; none where all fit."""
    bar = PlainScrollBar.render_bar(size=4, virtual_size=20, window_size=4, position=position)
    assert "".join(cell.text for cell in bar.segments) == cells
    whole = PlainScrollBar.render_bar(size=4, virtual_size=4, window_size=4, position=0)
    assert "".join(cell.text for cell in whole.segments) == "    "
