"""The phrases for the note of the current item; independent of screens."""

from __future__ import annotations

from assess.display.walk.phrases import list_phrases_of_item, list_recent_notes
from assess.tui.walk.position import WalkState


def list_note_phrases(walk_state: WalkState) -> list[str]:
    """Return the last notes of the section, then the phrases of the item; each once."""
    walk, item_id = walk_state.walk, walk_state.item_id
    beside = [
        walk_state.answer_with_unwritten_changes(other)
        for other, section in zip(walk.order, walk.sections, strict=True)
        if section == walk.current_section and other != item_id
    ]
    result = walk_state.result_with_unwritten_changes(item_id)
    phrases = list_phrases_of_item(walk_state.item, result, walk_state.lang)
    return [*dict.fromkeys((*list_recent_notes(beside), *phrases))]
