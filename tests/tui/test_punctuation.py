"""Chinese screens are set in Chinese punctuation: what joins words is full-width."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import msgspec
import pytest

from assess.display.evidence.lines import content_mismatch_warning, evidence_detail_lines
from assess.display.finish.forms import commit_form
from assess.display.profile.lines import group_profile_rows
from assess.display.text.styled import join_lines_without_styles
from assess.display.walk.answer_pane import answer_lines
from assess.display.walk.pane import question_lines
from assess.display.walk.sides import field_text
from assess.han import HAN
from assess.model.answer import Answer, Remediation, Review, Sheet
from assess.model.config import Config
from assess.model.evidence import EvidenceRow
from assess.tui.app.file_watch import NoticedChanges
from assess.tui.commands.registry import OFFICE_SCOPES, Scope
from assess.tui.walk.review_rules import answer_lines_for_reviewer, review_refusal_text
from assess.workspace import SheetName
from assess.workspace.evidence.register_view import EvidenceStatus
from assess.workspace.rounds.missing_answers import CommitProposal
from display.walk.test_pane import ROOM, view
from tui.driver import driving
from tui.keys.stage import on_stage, own_files
from tui.keys.stages import STAGES
from tui.sample import SHEET

HALF = re.compile(rf"[{HAN}]\s?[,;:]\s|[,;:]\s?[{HAN}]|\([{HAN}]|[{HAN}]\)|\w[,;] ")
"""A half-width sign beside a Han character, or one that joins."""
CONFIG = {
    "format": "assess/config/1",
    "language": "zh",
    "organization": {"id": "unit", "name": "示例"},
    "people": {
        "wang": {"name": "王敏", "roles": ["filler"]},
        "li": {"name": "李健", "roles": ["reviewer"]},
        "zhou": {"name": "周平", "roles": ["reviewer"]},
    },
}
ROW = EvidenceRow(title="登记本", paper="档案室")


def half_width(text: str) -> list[str]:
    """Return the lines in which such a sign stands."""
    return [line for line in text.splitlines() if HALF.search(line)]


@pytest.mark.parametrize(
    "scope", [scope for scope in get_args(Scope) if scope not in ("problems", *OFFICE_SCOPES)]
)
async def test_no_half_width_sign_beside_a_han_character(tmp_path: Path, scope: Scope) -> None:
    """On no screen, where there is room for all of it; ids that a file may hold apart."""
    async with on_stage(tmp_path / "w", STAGES[scope], "zh", (160, 60)) as driver:
        await driver.open(own_files(driver.workspace.root))
        assert half_width(driver.screen) == []


def test_names_in_a_row() -> None:
    """Reviewers, faults of a piece, pieces of the same content, programs, systems of a sheet."""
    config = msgspec.convert(CONFIG, Config)
    row = EvidenceStatus("EV-1", ROW, (), (), None, ("changed", "expired"), ("EV-2", "EV-3"))
    sheet = {"checklist": {"id": "kinds", "version": "1"}, "scope": {"organization": "unit"}}
    answers = msgspec.convert({"format": "assess/answers/1", "round": "2026", **sheet}, Sheet)
    asked = commit_form(CommitProposal((), "", True, ("hooks/a", "hooks/b")), None, "", "zh")
    for text, wanted in (
        (review_refusal_text(config, answers, "wang", Answer(), "zh"), "李健、周平"),
        (join_lines_without_styles(evidence_detail_lines(row, {}, {}, "zh", 100)), "EV-2、EV-3"),
        (join_lines_without_styles(evidence_detail_lines(row, {}, {}, "zh", 100)), "；已过期"),
        (content_mismatch_warning("扫描.pdf", "zh"), "扫描.pdf："),
        (asked.fields[-1].label, "hooks/a、hooks/b"),
    ):
        assert wanted in text
        assert half_width(text) == []


def test_systems_of_a_checklist(tmp_path: Path) -> None:
    """A checklist that several systems answer names them, by id where nobody knows them."""
    checklist = view(tmp_path, "KND-01", lang="zh").checklist
    listed = [SheetName("kinds", "oa"), SheetName("kinds", "portal")]
    known = CONFIG | {"systems": {"oa": {"name": "办公系统"}}}
    groups = group_profile_rows(msgspec.convert(known, Config), {"kinds": checklist}, listed, "zh")
    assert groups[-1].rows[0].hint.endswith("  办公系统、portal")


def test_what_stands_at_an_item(tmp_path: Path) -> None:
    """Evidence, proof, facts that lack, the parts of a remediation and a review."""
    answer = Answer(status="met", evidence={"EV-1": "policy", "EV-2": "policy"})
    seen = view(tmp_path, "KND-01", answer, "zh")
    state = msgspec.structs.replace(seen.state, missing_facts=("egov_access", "cloud"))
    seen = seen._replace(state=state, evidence={"EV-1": ROW, "EV-2": ROW})
    plan = Remediation(action="收回", owner="周平", state="planned")
    review = Review(state="returned", comment="请附记录", by="li")
    for text, wanted in (
        (join_lines_without_styles(question_lines(seen, 100, 12)), "（必需）"),
        (
            join_lines_without_styles(question_lines(seen, 100, 12)),
            "“是否接入电子政务外网？”“cloud”",
        ),
        (
            join_lines_without_styles(answer_lines(seen, 100, ROOM)),
            "2 件（d 取下）：登记本；登记本",
        ),
        (join_lines_without_styles(answer_lines_for_reviewer(seen, "", 100)), "登记本；登记本"),
        (field_text("remediation", plan, None, {}, "zh"), "责任人：周平"),
        (field_text("review", [review], None, {}, "zh"), "退回；意见：请附记录；"),
    ):
        assert wanted in text
        assert half_width(text) == []


async def test_items_that_another_program_changed(tmp_path: Path) -> None:
    """What is noticed names them in a row."""
    async with driving(tmp_path / "w", "zh") as driver:
        text = driver.app.external_changes._noticed_text(
            NoticedChanges({}, {SHEET: ("KND-01", "KND-02")})
        )
        assert "KND-01、KND-02" in text
