"""A workspace with findings, evidence, people and a system, for the screens beside the walk."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from assess.i18n import Lang
from assess.store.git.commit.commit_files import make_and_trust_missing_repository
from assess.workspace import SheetName, Workspace
from assess.workspace.setup.make_workspace import commit_all_files
from tui.driver import SIZE, Driver, driving
from tui.sample import NOW, SHEET, make_workspace

PORTAL = SheetName("sys", "portal")

PEOPLE = """\
people:
  wang-min: {name: 王敏, roles: [filler], emails: [wang.min@qingxi.example]}
  li-jian: {name: 李健, roles: [reviewer]}
systems:
  portal: {name: 政务门户, exposure: internet}
profile: {egov_access: true}
"""

SYSTEM = """\
format: assess/checklist/1
id: sys
version: "2026.1"
title: {zh: 系统检查表, en: System checks}
scope: system
basis:
  csl: {title: {zh: 中华人民共和国网络安全法, en: Cybersecurity Law}}
scoring: {method: percent}
profile:
  users: {type: integer, min: 0, question: {zh: 用户数, en: How many users?}}
  started: {type: date, question: {zh: 上线日期, en: When did it start?}}
  size:
    type: choice
    question: {zh: 规模, en: How large?}
    options: [{id: big, text: {zh: 大, en: big}}, {id: small, text: {zh: 小, en: small}}]
sections:
  - id: only
    title: {zh: 系统, en: System}
    items:
      - id: SYS-01
        kind: conformity
        title: {zh: 三级要求, en: Level three}
        requirement: {zh: 三级系统做测评。, en: Tested.}
        applies_when: {fact: system.level, at_least: 3}
      - id: SYS-02
        kind: conformity
        title: {zh: 多用户, en: Many users}
        requirement: {zh: 有备份。, en: Backed up.}
        applies_when: {fact: users, above: 100}
"""


def full_workspace(root: Path, lang: Lang, *, repository: bool = False) -> Workspace:
    """Make it: three findings in two sheets (one overdue), a text, a PDF and a paper record."""
    workspace = make_workspace(root, lang)
    text = (root / "assess.yaml").read_text("utf-8")
    start, end = text.index("people:"), text.index("checklists:")
    text = (
        text[:start] + PEOPLE + text[end:].replace("[kinds, plain]", "[kinds, plain, sys@portal]")
    )
    text = text.replace(
        "  plain: {source: local}\n", "  plain: {source: local}\n  sys: {source: local}\n"
    )
    (root / "assess.yaml").write_text(text, "utf-8")
    (root / "checklists" / "sys.yaml").write_text(SYSTEM, "utf-8")
    _answers(workspace)
    _evidence(workspace, root)
    if repository:
        make_and_trust_missing_repository(root)
        commit_all_files(workspace, "Start")
    return workspace


def _answers(workspace: Workspace) -> None:
    kinds = workspace.open_sheet(SHEET, "2026")
    plan = {"owner": "周平", "due": "2026-05-20", "state": "planned", "action": "加策略"}
    kinds.write_answers(
        {
            "KND-01": {"status": "unmet", "note": "无默认拒绝", "remediation": plan},
            "KND-02": {"value": "never"},
        },
        by="wang-min",
        now=NOW,
        lang="zh",
    )
    plain = workspace.open_sheet(SheetName("plain"), "2026")
    late = {"owner": "王敏", "due": "2026-06-20", "state": "in_progress"}
    plain.write_answer("PLN-01", {"status": "partial", "note": "在办", "remediation": late},
              by="wang-min", now=NOW, lang="zh")  # fmt: skip


def _evidence(workspace: Workspace, root: Path) -> None:
    texts = root.parent / "records.txt"
    texts.write_text("第一行\n\x1b]52;c;eA==\x07 [@click=app.bell]x[/]\n", "utf-8")
    pdf = root.parent / "scan.pdf"
    pdf.write_bytes(b"%PDF-1.7 not much of one")
    row, _ = workspace.add_evidence_file(
        texts, title="日志记录", round_id="2026", by="wang-min", now=NOW
    )
    workspace.add_evidence_file(pdf, title="扫描件", round_id="2026", by="wang-min", now=NOW)
    workspace.register_paper_evidence("档案室 3 柜", title="纸质登记本", by="wang-min", now=NOW)
    workspace.open_sheet(SHEET, "2026").write_answer(
        "KND-01", {"evidence": {row: "policy"}}, by="wang-min", now=NOW, lang="zh"
    )


@asynccontextmanager
async def driving_full_workspace(
    root: Path,
    key: str,
    lang: Lang = "en",
    *,
    size: tuple[int, int] = SIZE,
    repository: bool = False,
) -> AsyncIterator[Driver]:
    """Run the app over that workspace, on the screen that a key of the overview opens."""
    workspace = full_workspace(root, lang, repository=repository)
    async with driving(root, lang, start=None, size=size, workspace=workspace) as driver:
        await driver.press(key)
        yield driver
