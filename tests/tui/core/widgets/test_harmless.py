from __future__ import annotations

import pytest
from rich.cells import cell_len

from assess.display.text.cells import width_of
from assess.tui.core.widgets.harmless import replace_terminal_controls

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
FLAG = "\U0001f3f3\ufe0f\u200d\U0001f308"


@pytest.mark.parametrize("text", ["a\u202eb", f"家{FAMILY}。", f"旗{FLAG}", "x\u200d", "\u200dx"])
def test_a_drawn_text_is_as_wide_as_it_was_laid_out(text: str) -> None:
    """Of joined pictures the first is drawn: the others would push what stands at the right."""
    shown = replace_terminal_controls(text)
    assert "\u200d" not in shown
    assert "\u202e" not in shown
    assert cell_len(shown) == cell_len(text) == width_of(text)
