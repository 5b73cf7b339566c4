"""The field checks of a sheet in the walk: those of each item, found once."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from assess.engine.field_checks.judge import (
    ItemAnswer,
    find_broken_checks,
    index_checks_by_item,
)
from assess.engine.field_checks.words import check_mismatch_and_meaning_text
from assess.i18n import Lang
from assess.model.answer import Answer
from assess.model.field_check import FieldCheck
from assess.model.results import ItemState


class SheetChecks:
    """Judges the checks that name an item, and no others."""

    def __init__(self, answer_of: Callable[[str], Answer], lang: Lang) -> None:
        """`answer_of` gives the answer to an item, with changes that are not written yet."""
        self._answer_of = answer_of
        self._lang = lang
        self._checks: tuple[FieldCheck, ...] = ()
        self._checks_by_item: Mapping[str, tuple[FieldCheck, ...]] = {}
        self._states: Mapping[str, ItemState] = {}

    def set_checks_and_states(
        self, checks: tuple[FieldCheck, ...], states: Mapping[str, ItemState]
    ) -> None:
        """Use the sheet as it is now; another checklist's checks are assigned to items anew."""
        self._states = states
        if checks is not self._checks:
            self._checks = checks
            self._checks_by_item = index_checks_by_item(checks, states)

    def list_broken_check_texts(self, item_id: str) -> tuple[str, ...]:
        """Return the checks that the answer to an item and others break, in words."""
        checks = self._checks_by_item.get(item_id, ())
        broken_checks = find_broken_checks(checks, self._find_item_answer)
        return tuple(
            check_mismatch_and_meaning_text(broken, self._lang) for broken in broken_checks
        )

    def _find_item_answer(self, item_id: str) -> ItemAnswer | None:
        state = self._states.get(item_id)
        if state is None:
            return None
        return ItemAnswer(
            state.item, self._answer_of(item_id), state.applies != "no", state.awaits_parent
        )
