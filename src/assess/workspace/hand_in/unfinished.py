"""What is unfinished in the inputs of a hand-in, counted, and as remarks by sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from assess import locations
from assess.engine.draft_reasons import (
    list_items_lacking_demanded_proof,
    list_returned_items,
    list_stale_items,
    list_unanswered_items,
    list_unreviewed_items,
)
from assess.engine.scoring.left_out import MANY_INAPPLICABLE, count_left_out_except_grade
from assess.model.answer import Sheet
from assess.model.hand_in import INPUTS_FOLDER, Manifest
from assess.model.results import Assessment
from assess.workspace.hand_in.inputs import ComputedRound
from assess.workspace.hand_in.outcome import HandInCounts, HandInNote, make_note

_SHOWN_ITEMS: Final = 8


def _list_items_awaiting_reviewer(sheet: Sheet, assessment: Assessment) -> list[str]:
    return [] if sheet.people.reviewer is None else list_unreviewed_items(assessment)


_LISTS: Final[dict[str, Callable[[Sheet, Assessment], list[str]]]] = {
    "unanswered": lambda _sheet, assessment: list_unanswered_items(assessment),
    "stale": lambda _sheet, assessment: list_stale_items(assessment),
    "returned": lambda _sheet, assessment: list_returned_items(assessment),
    "unreviewed": _list_items_awaiting_reviewer,
    "unproved": lambda _sheet, assessment: list_items_lacking_demanded_proof(assessment),
}
"""By code of the remark: the items of a sheet that it is about."""


def count_unfinished_items(computed: ComputedRound, warnings: int) -> HandInCounts:
    """Return the counts over all sheets."""
    counts = {
        code: sum(len(list_items(*pair)) for pair in computed.sheets.values())
        for code, list_items in _LISTS.items()
    }
    return HandInCounts(**counts, warnings=warnings)


def list_unfinished_remarks(manifest: Manifest, computed: ComputedRound) -> Iterator[HandInNote]:
    """Yield that the round is open or not committed, and by sheet what is unfinished."""
    if manifest.state == "open":
        yield make_note("not-closed", round=manifest.round)
    if manifest.commit is None:
        yield make_note("not-committed")
    for name, pair in computed.sheets.items():
        path = f"{INPUTS_FOLDER}/{locations.sheet_path(manifest.round, name)}"
        yield from _list_inapplicable_remarks(path, pair[1])
        for code, list_items in _LISTS.items():
            items = list_items(*pair)
            if items:
                more = "…" if len(items) > _SHOWN_ITEMS else ""
                place = ", ".join(items[:_SHOWN_ITEMS]) + more
                yield make_note(code, path, place, count=len(items))


def _list_inapplicable_remarks(path: str, assessment: Assessment) -> Iterator[HandInNote]:
    """Yield that much of a sheet is not applicable by its answers or by the facts of the unit.

    The score leaves both out. What the protection grade leaves out is not counted.
    """
    counts = assessment.counts
    if counts.not_applicable > MANY_INAPPLICABLE * counts.applicable:
        yield make_note(
            "many-inapplicable", path, count=counts.not_applicable, sum=counts.applicable
        )
    left_out = count_left_out_except_grade(assessment)
    if left_out.gone > MANY_INAPPLICABLE * left_out.total:
        yield make_note("many-left-out", path, count=left_out.gone, sum=left_out.total)
