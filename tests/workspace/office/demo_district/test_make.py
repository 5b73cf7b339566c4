"""The district of the demo: an office, and what its units handed in."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path
from statistics import mean
from typing import Any

import pytest

from assess.engine.unit_states import UnitProgress
from assess.errors import UsageError
from assess.i18n import Lang
from assess.model.receipt import Receipt
from assess.workspace.office.checking import lint_office_files
from assess.workspace.office.demo_district.data import read_district
from assess.workspace.office.demo_district.make import (
    FILES_FOLDER,
    is_district_complete,
    make_demo_district,
)
from assess.workspace.office.office import Office
from assess.workspace.office.status import CampaignStatus, read_campaign_status
from hand_ins import files_of

TODAY = date(2026, 12, 2)
CAMPAIGNS = ("2024", "2025", "2026")
SPECIAL = {
    "education": "replaced",
    "wutong-town": "late",
    "xinglong-town": "missing",
    "museum": "exempt",
    "housing": "in",
    "tax-office": "held",
    "beishan-town": "missing",
    "liuxi-street": "in",
    "water-company": "missing",
    "urban-management": "in",
}
"""The units of 2026 that stand for something, with their states."""


def make_small_district(folder: Path) -> Office:
    """Make the units of 2026 that stand for something, in this process."""
    return make_demo_district(
        folder,
        "en",
        lambda _done, _count: None,
        unit_ids=SPECIAL,
        campaign_ids=("2026",),
        workers=1,
    )


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """The units of 2026 that stand for something."""
    return make_small_district(tmp_path_factory.mktemp("small") / "district")


def list_reasons(status: CampaignStatus, unit: str | None) -> set[str]:
    """Return the codes of all remarks on the files of a unit."""
    rows = [receipt for receipt in status.receipts.values() if receipt.unit == unit]
    return {remark.code for receipt in rows for remark in receipt.reasons}


def read_counted_data(
    office: Office, progress: Mapping[str, UnitProgress], receipts: Mapping[str, Receipt]
) -> dict[str, dict[str, Any]]:
    """Return the data of the file that counts of each unit."""
    data = {}
    for unit, row in progress.items():
        file = receipts[row.current].file if row.current else None
        if file is not None:
            digits = file.digest.removeprefix("sha256:")
            files = files_of((office.root / "inbox" / digits).read_bytes())
            data[unit] = json.loads(files["data.json"])
    return data


def average_score(rounds: Iterable[dict[str, Any]]) -> float:
    """Return the average of the scores of all sheets, before a high risk caps them."""
    return float(
        mean(Fraction(sheet["score"]["raw"]) for data in rounds for sheet in data["sheets"])
    )


def list_all_files(folder: Path) -> dict[str, bytes]:
    """Return the files of a district by path, without git's own."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".git" not in path.parts and ".assess" not in path.parts
    }


def read_head_commit(office: Office) -> str:
    """Return the newest commit of the office."""
    words = ["git", "-C", str(office.root), "rev-parse", "HEAD"]
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout


def test_states_of_units(small: Office) -> None:
    """Each unit is in the state that its row of the data says."""
    status = read_campaign_status(small, "2026", TODAY)

    assert {key: row.state for key, row in status.progress.items()} == SPECIAL
    assert status.progress["wutong-town"].days_late == 3
    assert status.progress["education"].replaced is not None
    assert len(status.progress["liuxi-street"].waiting) == 1


def test_remarks_on_files(small: Office) -> None:
    """What is odd about a file is a remark on it, and nothing else is."""
    status = read_campaign_status(small, "2026", TODAY)

    assert list_reasons(status, "housing") == {"checklist-edited"}
    assert list_reasons(status, "tax-office") == {"now-unsigned"}
    assert "unit-of-two" in list_reasons(status, "liuxi-street")
    assert list_reasons(status, "urban-management") == {"unanswered"}
    assert list_reasons(status, None) == {"zip-damaged"}
    assert list_reasons(status, "education") == set()


def test_folder_of_the_office_is_in_order(small: Office) -> None:
    """Lint finds nothing, everything is committed, and the files that came in are all there."""
    status = subprocess.run(
        ["git", "-C", str(small.root), "status", "--short"],
        check=True,
        capture_output=True,
        text=True,
    )

    assert [str(problem) for problem in lint_office_files(small)] == []
    assert status.stdout == ""
    files = list((small.root.parent / FILES_FOLDER).rglob("*.zip"))
    assert len(files) == len(small.open_receipts("2026").value.receipts) == 9
    assert is_district_complete(small.root.parent)


def test_unit_that_hands_in_again_got_better(small: Office) -> None:
    """The later file of a unit has no fewer points than the first one."""
    status = read_campaign_status(small, "2026", TODAY)
    row = status.progress["education"]
    later = read_counted_data(small, {"education": row}, status.receipts)
    first = read_counted_data(
        small, {"education": row._replace(current=row.replaced)}, status.receipts
    )

    assert average_score(first.values()) < average_score(later.values())


@pytest.mark.exhaustive
def test_same_bytes_each_time(tmp_path: Path) -> None:
    """Another folder, another language and two processes make the same files and commits."""
    units, campaigns = ("wutong-town", "library", "museum"), ("2026",)
    places: tuple[tuple[str, Lang, int], ...] = (("a", "zh", 1), ("another name", "en", 2))
    first, second = (
        make_demo_district(
            tmp_path / name,
            lang,
            lambda _done, _count: None,
            unit_ids=units,
            campaign_ids=campaigns,
            workers=workers,
        )
        for name, lang, workers in places
    )

    assert list_all_files(first.root.parent) == list_all_files(second.root.parent)
    assert read_head_commit(first) == read_head_commit(second)


def test_folder_that_is_in_use(tmp_path: Path) -> None:
    """A folder with something in it is refused, and stays as it is."""
    (tmp_path / "mine.txt").write_text("x", "utf-8")

    with pytest.raises(UsageError, match="is not empty"):
        make_demo_district(tmp_path, "en", lambda _done, _count: None)

    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
    assert not is_district_complete(tmp_path)


@pytest.mark.exhaustive
def test_whole_district(tmp_path: Path) -> None:
    """All 24 units are there in three campaigns; findings differ by unit, and figures move."""
    told: list[tuple[int, int]] = []
    office = make_demo_district(
        tmp_path / "d", "en", lambda done, count: told.append((done, count))
    )
    averages = []
    for campaign in CAMPAIGNS:
        status = read_campaign_status(office, campaign, TODAY)
        assert len(status.progress) == 24
        assert status.list_categories() == ["部门", "乡镇街道", "企事业", "垂管"]
        data = read_counted_data(office, status.progress, status.receipts)
        averages.append(average_score(data.values()))
    states = {campaign: count_states(office, campaign) for campaign in CAMPAIGNS}

    assert [problem.code for problem in lint_office_files(office)] == []
    assert told[-1] == (len(told), len(told))
    assert averages == sorted(averages)
    assert states["2024"] == {"in": 17, "late": 3, "missing": 3, "exempt": 1}
    assert states["2025"] == {"in": 19, "late": 2, "missing": 1, "replaced": 1, "exempt": 1}
    assert states["2026"] == {
        "in": 14,
        "late": 2,
        "missing": 4,
        "replaced": 2,
        "held": 1,
        "exempt": 1,
    }


def count_states(office: Office, campaign: str) -> dict[str, int]:
    """Return how many units are in each state that occurs."""
    counts = read_campaign_status(office, campaign, TODAY).count_states()
    return {state: count for state, count in counts.items() if count}


def test_data_names_what_is_there() -> None:
    """Units, systems, contracts and items that the data names are in the data."""
    district = read_district()
    for campaign in district.campaigns.values():
        for group in (
            campaign.missing,
            campaign.late,
            campaign.twice,
            campaign.edited,
            campaign.damaged,
            campaign.as_other,
            campaign.as_other.values(),
            campaign.leaves_out,
            campaign.signers,
        ):
            assert set(group) <= set(district.units)
    for unit in district.units.values():
        assert set(unit.systems) <= set(district.systems)
        assert set(unit.contracts) <= set(district.contracts)
        assert set(unit.weak) <= set(district.answers)
        assert len(unit.quality) == len(district.campaigns)
    assert len(district.units) == 24
