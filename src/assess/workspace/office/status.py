"""The state of a campaign: that of each unit, and how many are in which state."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from assess.engine.unit_states import (
    UNIT_STATES,
    UnitProgress,
    UnitState,
    compute_unit_progress,
)
from assess.model.office import Campaign, OfficeFile, Unit
from assess.model.receipt import Receipt
from assess.workspace.office.office import Office


class CampaignStatus(NamedTuple):
    """What is known of a campaign on a day."""

    campaign_id: str
    campaign: Campaign
    today: date
    units: Mapping[str, Unit]
    progress: Mapping[str, UnitProgress]
    """By unit, in the order of office.yaml."""
    receipts: Mapping[str, Receipt]

    def count_states(self, category: str | None = None) -> dict[UnitState, int]:
        """Return how many units are in each state; those of a category where one is given."""
        counts = Counter(
            progress.state
            for key, progress in self.progress.items()
            if category is None or self.units[key].category == category
        )
        return {state: counts[state] for state in UNIT_STATES}

    def list_categories(self) -> list[str]:
        """Return the categories of the units that are asked, in the order of office.yaml."""
        units = (self.units[key] for key in self.progress)
        return list(dict.fromkeys(unit.category for unit in units if unit.category))

    def list_unmatched_receipts(self) -> dict[str, Receipt]:
        """Return the receipts of files that were read and belong to no unit that is asked."""
        return {
            number: receipt
            for number, receipt in self.receipts.items()
            if receipt.unit not in self.progress and receipt.contents is not None
        }

    def list_unreadable_receipts(self) -> dict[str, Receipt]:
        """Return the receipts of files that could not be read, and name no unit that is asked."""
        return {
            number: receipt
            for number, receipt in self.receipts.items()
            if receipt.unit not in self.progress and receipt.contents is None
        }


def read_campaign_status(office: Office, campaign_id: str | None, today: date) -> CampaignStatus:
    """Return the state of a campaign; without an id of the one that was announced last.

    Raises:
        UnknownIdError: office.yaml has no such campaign.
        UsageError: it has none at all.
        FilesError: office.yaml or the receipts can't be read; holds the problems.
    """
    chosen, _campaign = office.choose_campaign(campaign_id)
    receipts = office.open_receipts(chosen).value.receipts
    return compute_campaign_status(office.read_office_file(), chosen, receipts, today)


def compute_campaign_status(
    value: OfficeFile, campaign_id: str, receipts: Mapping[str, Receipt], today: date
) -> CampaignStatus:
    """Return the state of a campaign from its receipts; `value` is office.yaml."""
    campaign = value.campaigns[campaign_id]
    progress = compute_unit_progress(value, campaign, receipts, today)
    return CampaignStatus(campaign_id, campaign, today, value.units, progress, receipts)
