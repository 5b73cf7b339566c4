"""What differs between filling in a sheet and reviewing it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from assess.display.text.styled import StyledLine
from assess.display.walk.answer_pane import AnswerRoom
from assess.display.walk.filters import FilterName
from assess.display.walk.pane import ShownItem
from assess.i18n import Lang, translator
from assess.tui.walk.context import WalkContext
from assess.tui.walk.position import WalkState


class WalkMode(NamedTuple):
    """The texts of a walk, and what follows a review."""

    answer_lines: Callable[[WalkContext, ShownItem, int, AnswerRoom], list[StyledLine]]
    """The answer and the keys that change it, for a width and a number of lines."""
    saved_text: Callable[[WalkState, str, Lang], str]
    """What was written for an item."""
    way_back: Callable[[Lang], str]
    """The keys that lead back to the last item."""
    leads_to_gaps: bool
    """Whether the walk leads to what is left once everything is answered."""
    after_review: Callable[[WalkContext, WalkState], None] | None = None
    """What follows a review; None: the item stays."""
    after_taking: Callable[[WalkContext, WalkState], None] | None = None
    """What follows a proposal that was taken; None: the next open item."""
    shows_choices: bool = False
    """Whether the choices stand below the question; else they are a part of it."""
    shows_proposal: bool = False
    """Whether the proposal that one key takes stands above the footer."""
    first_filter: FilterName = "all"
    """The filter that is set once the proposals are read."""


def reviewed_checklist_text(lang: Lang) -> str:
    """Return that the checklist is reviewed, and how to go on with another one."""
    _ = translator(lang)
    return _("this checklist is reviewed; q, then r: what waits in another one")
