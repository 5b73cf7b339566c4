"""`assess rollup take FILE.pdf`: the report of a unit alone, at the office."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from assess.cli.boundary import run_and_explain_errors
from assess.report.render.produce import produce_report
from assess.workspace import Workspace
from assess.workspace.core.report_request import ReportRequest
from assess.workspace.hand_in.make import HandInRequest, make_hand_in
from assess.workspace.office.office import Office
from assess.workspace.rounds.close import close_round
from assess.workspace.rounds.reopen import reopen_round
from assess.workspace.rounds.start import start_round
from assess.workspace.setup.make_workspace import commit_all_files
from cli.conftest import Assess
from rollup_units import TODAY
from samples import Samples

ROUND = "2026"


def closed_education(root: Path) -> Workspace:
    """Make the workspace of the education bureau, with its round closed."""
    words = ["init", str(root), "--org", "示例市青溪区教育局", "--lang", "zh"]
    assert run_and_explain_errors(words) == 0
    made = Workspace(root, "en")
    (name,) = made.list_sheets(ROUND)
    answers = {f"EGN-ACC-0{number}": {"status": "unmet", "note": "x"} for number in (1, 2)}
    made.open_sheet(name, ROUND).write_answers(answers, by=None, now=TODAY, lang="zh")
    commit_all_files(made, "answers")
    close_round(made, ROUND, today=TODAY.date(), now=TODAY)
    return made


@pytest.fixture
def unit(tmp_path: Path, samples: Samples) -> Workspace:
    """The workspace of the education bureau, closed."""
    return samples.copy(closed_education, tmp_path / "education")


def write_report(
    unit: Workspace, path: Path, round_id: str = ROUND, template: str = "summary"
) -> str:
    """Write a report of all sheets, which carries the same data by any template.

    Return its path.
    """
    sheets = tuple(unit.list_sheets(round_id))
    request = ReportRequest(round_id, sheets, template, "zh", attachments="inputs")
    path.write_bytes(produce_report(unit, request, TODAY.date()).rendered.pdf)
    return str(path)


def write_zip(unit: Workspace, path: Path) -> str:
    """Write what the unit hands in, as `assess submit` makes it."""
    path.write_bytes(make_hand_in(unit, HandInRequest(ROUND), TODAY.date()).data)
    return str(path)


def rows(office: Office) -> list[dict[str, Any]]:
    """Return the receipts on disk."""
    text = (office.root / "receipts" / "2026.yaml").read_text("utf-8")
    return list(yaml.safe_load(text)["receipts"].values())


def figures(office: Office, assess: Assess) -> dict[str, Any]:
    """Return what is made of the campaign, without what names the file that came in."""
    assert assess("rollup", "make", "--format", "json").code == 0
    made = json.loads((office.root / "rollups" / "2026" / "figures.json").read_text("utf-8"))
    for unit in made["units"].values():
        del unit["receipt"], unit["file"]
    return dict(made)


def test_its_figures_are_those_of_the_zip(
    office: Office, unit: Workspace, assess: Assess, tmp_path: Path
) -> None:
    """Taken first; the ZIP of the same round counts afterwards, and nothing changes."""
    report = write_report(unit, tmp_path / "报告.pdf", template="full")
    ran = assess("rollup", "take", report)
    assert (ran.code, ran.err.strip()) == (0, "1 file: taken in 1")
    assert "a PDF report alone, without a manifest" in ran.out
    assert "说明：只有一份报告 PDF，没有清单" in ran.out
    (row,) = rows(office)
    assert (row["state"], row["unit"], row["contents"]["tag"]) == (
        "taken", "education", "round/2026"
    )  # fmt: skip
    assert row["reasons"][0] == {"code": "report-alone"}
    from_report = figures(office, assess)
    assert assess("rollup", "take", write_zip(unit, tmp_path / "x.zip")).code == 0
    assert "report-alone" not in str(rows(office)[1])
    assert figures(office, assess) == from_report
    (sheet,) = from_report["units"]["education"]["sheets"]
    assert sheet["counts"]["unmet"] == 2


def test_the_same_pdf_twice_is_one_receipt(
    office: Office, unit: Workspace, assess: Assess, tmp_path: Path
) -> None:
    """As with every file."""
    report = write_report(unit, tmp_path / "a.pdf")
    assert assess("rollup", "take", report).code == 0
    again = assess("rollup", "take", report)
    assert (again.code, again.err.strip()) == (0, "1 file: the same file as before 1")
    assert len(rows(office)) == 1


def test_one_of_another_round_is_held(
    office: Office, unit: Workspace, assess: Assess, tmp_path: Path
) -> None:
    """The campaign is 2026, the report of 2027."""
    start_round(unit, "2027", today=TODAY.date())
    commit_all_files(unit, "2027")
    ran = assess("rollup", "take", write_report(unit, tmp_path / "a.pdf", "2027"))
    assert (ran.code, rows(office)[0]["state"]) == (1, "held")
    assert "the round is 2027, the campaign 2026" in ran.out


def test_an_older_one_after_a_newer_hand_in_is_held(
    office: Office, unit: Workspace, assess: Assess, tmp_path: Path
) -> None:
    """What came in before still counts."""
    report = write_report(unit, tmp_path / "a.pdf")
    reopen_round(unit, ROUND, "x")
    close_round(unit, ROUND, today=TODAY.date(), now=TODAY + timedelta(days=1))
    assert assess("rollup", "take", write_zip(unit, tmp_path / "x.zip")).code == 0
    ran = assess("rollup", "take", report)
    assert (ran.code, [row["state"] for row in rows(office)]) == (1, ["taken", "held"])
    assert "older than receipt" in ran.out


def test_a_damaged_one_is_not_called_by_another_name(
    office: Office, assess: Assess, tmp_path: Path
) -> None:
    """Its line has the name that it came in under; the reason names no part of a hand-in."""
    path = tmp_path / "教育局.pdf"
    path.write_bytes(b"%PDF-1.7\n" + b"x" * 100)
    ran = assess("rollup", "take", str(path))
    assert (ran.code, rows(office)[0]["state"]) == (1, "refused")
    assert "教育局.pdf" in ran.out
    assert "report.pdf" not in ran.out + ran.err
