"""The draft of a form: the typed values, stored as long as they are not saved."""

from __future__ import annotations

from collections.abc import Mapping

from assess.tui.core.drafts import DraftKey, Drafts


class FormDraft:
    """The draft `key` of a form among the drafts of the workspace."""

    def __init__(self, drafts: Drafts, key: DraftKey) -> None:
        self.key = key
        self._drafts = drafts

    def stored_values(self) -> Mapping[str, str]:
        """Return the values of the draft; empty without a draft."""
        return self._drafts.get_values(self.key) or {}

    def update_values_in_memory(self, typed: Mapping[str, str], initial: Mapping[str, str]) -> bool:
        """Update the draft in memory; return whether it must be written.

        `initial` are the form's values before anything was typed: they need no draft.
        """
        if typed == initial:
            had_draft = self._drafts.get_values(self.key) is not None
            self._drafts.drop_values_from_memory(self.key)
            return had_draft
        self._drafts.set_values_in_memory(self.key, typed)
        return True

    def write_file(self) -> None:
        """Make the draft's file equal to memory; it blocks."""
        self._drafts.write_or_remove_draft_file(self.key)

    def drop_values_from_memory(self) -> None:
        """Remove the draft from memory: the values are saved."""
        self._drafts.drop_values_from_memory(self.key)
