"""The state of each unit in a campaign, worked out from what came in and from the day.

Acts count in the order in which they were written, so that two officers who took in different
files come to one result after a merge.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final, Literal, NamedTuple, get_args

from assess.i18n import N_
from assess.model.office import Campaign, OfficeFile, Unit, list_campaign_units
from assess.model.receipt import Receipt

UnitState = Literal["missing", "in", "late", "returned", "replaced", "held", "reviewed", "exempt"]
"""未报, 已报, 迟报, 退回, 重报, 待核, 已审, 免报."""

UNIT_STATES: Final[tuple[UnitState, ...]] = get_args(UnitState)

STATE_NAMES: Final[Mapping[UnitState, str]] = {
    "missing": N_("not handed in"),
    "in": N_("handed in"),
    "late": N_("handed in late"),
    "returned": N_("sent back"),
    "replaced": N_("handed in again"),
    "held": N_("to be looked at"),
    "reviewed": N_("reviewed and accepted"),
    "exempt": N_("need not hand in"),
}

NumberedReceipt = tuple[str, Receipt]


class UnitProgress(NamedTuple):
    """How far a unit is in a campaign."""

    state: UnitState
    current: str | None = None
    """The receipt that counts; None where nothing was taken."""
    replaced: str | None = None
    """The receipt that it took the place of."""
    waiting: tuple[str, ...] = ()
    """Receipts that are held until each is confirmed or refused, also after a later one counts."""
    rejected: str | None = None
    """The receipt of a held file that the office refused last, where nothing counted after it: it
    can still be confirmed."""
    refused: str | None = None
    """The newest file that was refused, where nothing was taken after it."""
    returned: str | None = None
    """The act by which it was sent back."""
    reviewed: bool = False
    """Whether what counts was accepted."""
    first_received: date | None = None
    """The day on which the first file that was taken came in."""
    days_late: int = 0
    """Days from the due day to that day, or to today where nothing has come in."""


_NOTHING_IN: Final = UnitProgress("missing")


def compute_unit_progress(
    office: OfficeFile,
    campaign: Campaign,
    receipts: Mapping[str, Receipt],
    today: date,
) -> dict[str, UnitProgress]:
    """Return the progress of each unit that has to hand in, in the order of office.yaml."""
    by_unit = group_receipts_by_unit(receipts)
    return {
        key: decide_unit_progress(unit, campaign.due, by_unit.get(key, ()), today)
        for key, unit in list_campaign_units(office, campaign).items()
    }


def group_receipts_by_unit(receipts: Mapping[str, Receipt]) -> dict[str, list[NumberedReceipt]]:
    """Return the receipts of each unit; those of a file that names no unit are left out."""
    by_unit: dict[str, list[NumberedReceipt]] = {}
    for number, receipt in receipts.items():
        if receipt.unit is not None:
            by_unit.setdefault(receipt.unit, []).append((number, receipt))
    return by_unit


def decide_unit_progress(
    unit: Unit, due: date, receipts: Iterable[NumberedReceipt], today: date
) -> UnitProgress:
    """Return the progress of a unit from its receipts."""
    acts = sorted(receipts, key=lambda row: (row[1].at, row[0]))
    by_number = dict(acts)
    progress = _NOTHING_IN
    for number, receipt in acts:
        progress = _apply_act(progress, number, receipt, by_number)
    came_in = progress.first_received or today
    progress = progress._replace(days_late=max(0, (came_in - due).days))
    return progress._replace(state=_decide_state(unit, progress))


def _apply_act(
    progress: UnitProgress, number: str, receipt: Receipt, by_number: Mapping[str, Receipt]
) -> UnitProgress:
    """Return the progress after an act of the office."""
    about = receipt.about or ""
    if receipt.state == "taken":
        return _count_receipt(progress, number, receipt)
    if receipt.state == "refused":
        if about in progress.waiting:
            progress = progress._replace(rejected=about)
        waiting = tuple(held_number for held_number in progress.waiting if held_number != about)
        return progress._replace(refused=number, waiting=waiting)
    if receipt.state == "held":
        return progress._replace(waiting=(*progress.waiting, number))
    if receipt.state == "confirmed" and about in progress.waiting:
        place = progress.waiting.index(about)
        progress = progress._replace(waiting=progress.waiting[place + 1 :])
        return _count_receipt(progress, about, by_number[about])
    if receipt.state == "confirmed" and about and about == progress.rejected:
        return _count_receipt(progress, about, by_number[about])
    return _apply_act_about_current(progress, number, receipt)


def _apply_act_about_current(progress: UnitProgress, number: str, receipt: Receipt) -> UnitProgress:
    """Return the progress after a return or an acceptance; one of another file changes nothing."""
    if receipt.about is None or receipt.about != progress.current:
        return progress
    if receipt.state == "returned":
        return progress._replace(returned=number, reviewed=False)
    if receipt.state == "reviewed":
        return progress._replace(returned=None, reviewed=True)
    return progress


def _count_receipt(progress: UnitProgress, number: str, receipt: Receipt) -> UnitProgress:
    """Return the progress with a receipt in the place of the one that counted before."""
    return progress._replace(
        current=number,
        replaced=progress.current,
        rejected=None,
        refused=None,
        returned=None,
        reviewed=False,
        first_received=progress.first_received or receipt.received,
    )


def _decide_state(unit: Unit, progress: UnitProgress) -> UnitState:
    """Return the state by what counts; a unit that need not hand in may do so all the same."""
    if progress.waiting and (progress.current is None or progress.returned):
        return "held"
    if progress.current is None:
        return "exempt" if unit.exempt else "missing"
    if progress.returned:
        return "returned"
    if progress.reviewed:
        return "reviewed"
    if progress.replaced:
        return "replaced"
    return "late" if progress.days_late else "in"
