"""The order of the remarks of a receipt, and how many are stored: what decides is never cut."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from assess.model.hand_in import INPUTS_FOLDER
from assess.model.receipt import Receipt, ReceiptRemark

MOST_REMARKS: Final = 50
"""Remarks of a file that are kept."""

COMPUTED_HERE: Final = ("report-alone", "data-other-program")
"""The remarks on a file that has no data, or whose data another version made: the figures that are
computed here count."""


def order_and_cut_remarks(
    doubts: Iterable[ReceiptRemark], remarks: Iterable[ReceiptRemark]
) -> tuple[ReceiptRemark, ...]:
    """Return the remarks that a receipt stores.

    Doubts come first, and remarks on the file as a whole before those on its sheets and checklists,
    of which a unit can cause as many as it likes.
    """
    return cut_remarks([*doubts, *sorted(remarks, key=_rank_remark)])


def _rank_remark(remark: ReceiptRemark) -> int:
    if remark.code in COMPUTED_HERE:
        return 0
    if remark.code.startswith("checklist-"):
        return 3
    return 2 if (remark.member or "").startswith(f"{INPUTS_FOLDER}/") else 1


def cut_remarks(remarks: Iterable[ReceiptRemark]) -> tuple[ReceiptRemark, ...]:
    """Return as many remarks as a receipt stores; the last one says how many more there are."""
    rows = tuple(remarks)
    if len(rows) <= MOST_REMARKS:
        return rows
    more = len(rows) - MOST_REMARKS + 1
    last = ReceiptRemark(code="more-remarks", words={"count": str(more)})
    return (*rows[: MOST_REMARKS - 1], last)


def is_computed_here(receipt: Receipt, version: str) -> bool:
    """Return whether the figures of a file are computed from its inputs, and its data not believed.

    Data are believed only of this version of the program, which compared them when it took the file
    in, and of a receipt whose remarks can't have been cut.
    """
    return (
        receipt.contents is None
        or receipt.contents.program != version
        or len(receipt.reasons) >= MOST_REMARKS
        or any(remark.code in COMPUTED_HERE for remark in receipt.reasons)
    )
