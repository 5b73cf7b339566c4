"""What the units of the district do, and on which day: from the campaigns of its data."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime, time, timedelta
from typing import Final, NamedTuple

from assess.china_time import CHINA
from assess.workspace.office.demo_district.answers import make_number
from assess.workspace.office.demo_district.data import District
from assess.workspace.office.demo_district.unit_hand_in import UnitAct

_ON_TIME: Final = (-16, -9, -3)
"""Days from the due day to those on which the office takes in what is on time."""
_SHIFT_OF_FIRST: Final = -25
"""By how much the first file of a unit that hands in again is worse."""
_HOUR: Final = time(16, 20)


class Delivery(NamedTuple):
    """A file that comes in at the office: which, and when."""

    act: UnitAct
    received: datetime
    is_damaged: bool = False
    """Whether it is cut off on its way."""


def list_deliveries(
    district: District, unit_ids: Collection[str], campaign_ids: Collection[str]
) -> list[Delivery]:
    """Return what comes in of these units in these campaigns, in the order of time."""
    deliveries = [
        delivery
        for campaign_id in campaign_ids
        for unit_id in unit_ids
        for delivery in _list_deliveries_of_unit(district, campaign_id, unit_id)
    ]
    return sorted(deliveries, key=lambda delivery: (delivery.received, delivery.act.unit_id))


def _list_deliveries_of_unit(
    district: District, campaign_id: str, unit_id: str
) -> Iterator[Delivery]:
    """Yield the files of a unit; its workspace is closed the day before."""
    campaign = district.campaigns[campaign_id]
    if unit_id in campaign.missing or district.units[unit_id].exempt is not None:
        return
    early = _ON_TIME[make_number(unit_id, campaign_id) % len(_ON_TIME)]
    day = campaign.due + timedelta(days=campaign.late.get(unit_id, early))
    again = campaign.twice.get(unit_id)
    received = datetime.combine(day, _HOUR, CHINA)
    act = UnitAct(
        campaign_id,
        unit_id,
        received - timedelta(days=1),
        campaign.as_other.get(unit_id, unit_id),
        _SHIFT_OF_FIRST if again else 0,
        unit_id in campaign.edited,
    )
    yield Delivery(act, received, unit_id in campaign.damaged)
    if again is not None:
        later = timedelta(days=again)
        yield Delivery(act._replace(closed=act.closed + later, shift=0), received + later)
