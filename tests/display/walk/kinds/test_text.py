"""Texts in the walk: what is short is typed on one line."""

from __future__ import annotations

import pytest

from assess.display.walk.kinds.registry import walk_kind
from assess.model.answer import Answer
from assess.model.item_parts import TextSpec
from factories import text_item


@pytest.mark.parametrize(
    ("rules", "text", "kind"),
    [
        (TextSpec(max_length=60), None, "line"),
        (TextSpec(max_length=61), None, "text"),
        (TextSpec(), None, "text"),
        (TextSpec(pattern="url"), None, "line"),
        (TextSpec(max_length=60), "first\nsecond", "text"),
    ],
)
def test_a_short_text_is_a_line(rules: TextSpec, text: str | None, kind: str) -> None:
    """Enter saves a name; lines that were typed before stay lines."""
    item = text_item("T", text=rules)
    (field,) = walk_kind(item).fields(item, Answer(value=text), "en")
    assert field.kind == kind
