"""An office with seven units, made by the commands of the program on real workspaces."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from contextlib import chdir
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any, Final, NamedTuple

import pytest

from assess.cli.boundary import run_and_explain_errors
from assess.cli.common import context
from assess.workspace import SheetName, Workspace
from samples import Samples

TODAY: Final = datetime(2026, 11, 30, 9, tzinfo=timezone(timedelta(hours=8)))
CHECKLIST: Final = Path(__file__).parent / "data" / "rollup" / "rollup-check.yaml"
SHEET: Final = SheetName("rollup-check")

UNITS: Final[Mapping[str, tuple[str, str]]] = {
    "data-bureau": ("示例市青溪区数据局", "部门"),
    "education": ("</script><img src=x onerror=alert(1)>", "部门"),
    "health": ("=cmd|' /C calc'!A1", "部门"),
    "culture": ("示例市青溪区文旅局", "部门"),
    "qingxi-town": ("示例市青溪区青溪镇", "乡镇街道"),
    "street": ("示例市青溪区东风街道", "乡镇街道"),
    "museum": ("示例市青溪区博物馆", "企事业"),
}
"""The units by id: `street` does not hand in, `museum` need not, `culture` changes its checklist,
`qingxi-town` does not finish."""

GOOD: Final[dict[str, Any]] = {
    "R1": {"status": "met"},
    "R2": {"status": "met"},
    "R3": {"value": "always"},
    "S1": {"value": 7.5},
    "S2": {"value": {"part": 4, "whole": 4}},
    "S3": {"value": []},
}
ANSWERS: Final[dict[str, dict[str, Any]]] = {
    "data-bureau": {
        **GOOD,
        "R2": {
            "status": "unmet",
            "note": "=1+1",
            "remediation.action": "=cmd|' /C calc'!A1",
            "remediation.state": "in_progress",
            "remediation.due": "2026-10-01",
        },
        "R3": {"value": "day"},
        "S1": {"value": 12.5},
        "S2": {"value": {"part": 3, "whole": 4}},
        "S3": {
            "value": [
                {"name": "A", "visits": 10, "place": "home"},
                {"name": "B", "visits": 5, "place": "cloud"},
            ]
        },
    },
    "education": GOOD,
    "health": GOOD,
    "culture": GOOD,
    "qingxi-town": {
        "R1": {
            "status": "partial",
            "remediation.action": "任命",
            "remediation.state": "verified",
            "remediation.due": "2026-11-01",
            "remediation.done_on": "2026-10-20",
            "remediation.verified_on": "2026-10-21",
        },
        "S1": {"value": 3},
    },
}
FIRST_DUE: Final[dict[str, dict[str, Any]]] = {
    "qingxi-town": {"R1": {"status": "partial", "remediation.due": "2026-10-15"}}
}
"""What units answer first; the town promises an earlier day than in the end."""


class MadeOffice(NamedTuple):
    """The folder of an office, and the data that each unit's own export gives."""

    root: Path
    exports: Mapping[str, Any]


def run_command(folder: Path, *words: str) -> None:
    """Run a command of the program in a folder; it must end with 0."""
    with chdir(folder):
        assert run_and_explain_errors(list(words)) == 0, words


def run_git(folder: Path, *words: str) -> str:
    """Run git in a folder, and return what it prints."""
    done = subprocess.run(["git", "-C", str(folder), *words], check=True, capture_output=True)
    return done.stdout.decode()


def make_office_with_hand_ins(place: Path) -> None:
    """Make the office and its units, let the units hand in, and take their files in."""
    arrived = place / "in"
    arrived.mkdir(parents=True)
    for key in ANSWERS:
        _hand_in(place, arrived, key)
    root = place / "office"
    run_command(place, "office", "init", str(root), "--name", "示例市青溪区网信办")
    rows = [f'{key},"{name}",{category}' for key, (name, category) in UNITS.items()]
    (place / "units.csv").write_text("\n".join(["单位编号,单位名称,类别", *rows]), "utf-8")
    run_command(root, "office", "unit", "import", str(place / "units.csv"))
    run_command(root, "office", "unit", "exempt", "museum", "--reason", "随教育局报送")
    issue_campaign(root, "2026", "2026-11-01", CHECKLIST)
    run_command(root, "rollup", "take", str(arrived))


def copy_office_at_fixed_time(
    place: Path, samples: Samples, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """Return the folder of a copy of the office, which is made once a run; the clock stands."""
    stop_clock(monkeypatch)
    samples.copy_place(make_office_with_hand_ins, place)
    return place / "office"


def stop_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the clock stand: the year's round, dates and commits are the same on whatever day."""
    monkeypatch.setattr(context, "clock", lambda: TODAY)
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_DATE", TODAY.isoformat())


def read_made_office(place: Path) -> MadeOffice:
    """Return the office in a copy of what was made, and the data of the units' own exports."""
    texts = {key: (place / f"{key}.json").read_text("utf-8") for key in ANSWERS}
    return MadeOffice(place / "office", {key: json.loads(text) for key, text in texts.items()})


def issue_campaign(root: Path, campaign: str, issued: str, checklist: Path) -> None:
    """Add a campaign that is due on the last day of its year."""
    days = ("--issued", issued, "--due", f"{issued[:4]}-12-31")
    words = ("--title", f"{issued[:4]} 年自查", *days, "--checklist", str(checklist))
    run_command(root, "office", "campaign", "add", campaign, *words)


def _hand_in(place: Path, arrived: Path, key: str) -> None:
    """Make and answer the workspace of a unit, hand it in, and write what its export gives."""
    root, checklist = place / key, CHECKLIST
    if key == "culture":
        checklist = place / "changed" / CHECKLIST.name
        checklist.parent.mkdir()
        text = CHECKLIST.read_text("utf-8")
        checklist.write_text(text.replace("明确网络安全负责人", "有负责人"), "utf-8")
    words = ("--org", UNITS[key][0], "--lang", "zh", "--checklist", str(checklist))
    run_command(place, "init", str(root), *words)
    sheet = Workspace(root, "en").open_sheet(SHEET, "2026")
    for answers in (FIRST_DUE.get(key, {}), ANSWERS[key]):
        sheet = sheet.write_answers(answers, by=None, now=TODAY, lang="zh")
    run_command(root, "commit", "-m", "answers")
    run_command(root, "submit", "--open", "--to", str(arrived))
    run_command(root, "export", "--data", "-o", str(place / f"{key}.json"))
