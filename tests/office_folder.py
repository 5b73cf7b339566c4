"""An office's folder for tests: made by its commands, with units and a campaign; taking in."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import hand_ins
from assess.report.proof.hand_in.check import check_hand_in
from assess.report.proof.hand_in.check_executor import find_most_started
from assess.workspace.hand_in.outcome import HandIn
from assess.workspace.office.campaigns import CampaignPlan, add_campaign
from assess.workspace.office.commit_office import commit_office_files
from assess.workspace.office.make_office import make_and_commit_office
from assess.workspace.office.office import Office
from assess.workspace.office.taking import HandInTaker, TakenFile, TakingOptions
from assess.workspace.office.units import UnitRow, import_units

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)
ISSUED, DUE = date(2026, 3, 1), date(2026, 12, 31)
UNITS = {
    "data-bureau": ("示例市青溪区数据局", "部门"),
    "education": ("示例市青溪区教育局", "部门"),
    "qingxi-town": ("示例市青溪区青溪镇", "乡镇街道"),
}


def make_office(root: Path) -> Office:
    """Make the folder of an office with three units and the campaign 2026."""
    office, _committed = make_and_commit_office(
        root, name="示例市青溪区网信办", language="zh", lang="en"
    )
    rows = [
        UnitRow(number, {"id": key, "name": name, "category": category})
        for number, (key, (name, category)) in enumerate(UNITS.items(), 2)
    ]
    assert import_units(office, rows).faults == []
    plan = CampaignPlan("2026", "2026 年网络安全自查", ISSUED, DUE, ["egov-network"])
    add_campaign(office, plan)
    commit_office_files(office, "x")
    return office


def take_in(
    root: Path,
    folder: Path,
    executor: Executor,
    check_file: Callable[..., HandIn] = check_hand_in,
) -> list[TakenFile]:
    """Take in a folder, and write the receipts."""
    check = partial(check_file, today=hand_ins.TODAY, lang="en")
    taker = HandInTaker(Office(root, "en"), "2026", check, TakingOptions("王敏", NOW))
    most = find_most_started(executor)
    taken = list(taker.take_files(sorted(folder.iterdir()), executor, most))
    taker.save()
    return taken


def list_written_files(root: Path) -> dict[str, bytes]:
    """Return the receipts, the texts that are sent back, the inbox and office.yaml."""
    paths = [*root.glob("receipts/**/*"), *root.glob("inbox/*"), root / "office.yaml"]
    return {str(path.relative_to(root)): path.read_bytes() for path in paths if path.is_file()}
