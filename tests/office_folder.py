"""An office's folder for tests: made by its commands, with units and a campaign."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from assess.workspace.office.campaigns import CampaignPlan, add_campaign
from assess.workspace.office.commit_office import commit_office_files
from assess.workspace.office.make_office import make_and_commit_office
from assess.workspace.office.office import Office
from assess.workspace.office.units import UnitRow, import_units

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
