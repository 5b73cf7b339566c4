"""An office with seven units, and the app over its campaign."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from assess.i18n import Lang
from assess.report.proof.hand_in.check import check_hand_in
from assess.tui.app.settings import InterfaceSettings
from assess.tui.rollup.app import RollUpApp, RollUpOpening
from assess.tui.rollup.campaign import CampaignData
from assess.workspace.office.office import Office
from assess.workspace.office.record_store import RecordStore
from assess.workspace.office.rollup_records import CampaignReader
from rollup_units import TODAY
from tui.driver import SIZE, KeyDriver

OfficeDriver = KeyDriver[RollUpApp]


def open_campaign(root: Path, lang: Lang) -> CampaignData:
    """Return the campaign of an office as the command opens it."""
    office, today = Office(root, lang), TODAY.date()
    store = RecordStore(office, None, None, lambda _notice: None)
    return CampaignData(
        lambda: CampaignReader(
            office, None, today, lambda file: check_hand_in(file, today, lang), store
        ),
        lang,
    )


@asynccontextmanager
async def showing(
    root: Path, lang: Lang = "zh", size: tuple[int, int] = SIZE
) -> AsyncIterator[OfficeDriver]:
    """Run the app over the office in a folder until all units are read."""
    data = await asyncio.to_thread(open_campaign, root, lang)
    app = RollUpApp(data, RollUpOpening(InterfaceSettings()))
    async with app.run_test(size=size) as pilot:
        driver = OfficeDriver(pilot, app)
        await driver.settle()
        yield driver
