"""What is said where nothing can be pasted."""

from __future__ import annotations

from typing import get_args

import pytest

from assess.display.text.cells import width_of
from assess.i18n import Lang
from assess.tui.commands.paste_hint import paste_refused_text
from assess.tui.commands.registry import Scope

ROOM = 56
"""Cells of a message in a dialog, in the narrowest terminal."""
DIALOGS = ("form", "table", "help", "picker", "ticks", "save_error", "confirm", "sides")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("scope", get_args(Scope))
def test_each_screen_says_it_in_one_line(scope: Scope, lang: Lang) -> None:
    """In a dialog it fits the narrowest terminal; elsewhere it may take two lines there."""
    assert 0 < width_of(paste_refused_text(scope, lang)) <= (ROOM if scope in DIALOGS else 76)


def test_the_key_that_leads_to_a_text_is_named() -> None:
    """It is the first key of the command, as the footer shows it."""
    assert paste_refused_text("walk", "zh") == "这里不能粘贴；要写情况请先按 a"
    assert paste_refused_text("review", "zh") == "这里不能粘贴；要写退回意见请先按 2"
    assert paste_refused_text("board", "en").endswith("to write a plan press Enter first")
    assert paste_refused_text("help", "zh") == "这里不能粘贴"
