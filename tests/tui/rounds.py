"""Workspaces in which much is to be done: reviewers, returned and stale answers, a last round."""

from __future__ import annotations

from pathlib import Path

from assess.engine.fingerprint import answer_digest
from assess.i18n import Lang
from assess.workspace import Workspace
from tui.sample import CONFIG, NOW, SHEET, TODAY, make_workspace

PEOPLE = """\
people:
  wang-min: {name: 王敏, roles: [filler]}
  li-jian: {name: 李健, roles: [reviewer]}
"""


def busy(root: Path, lang: Lang) -> Workspace:
    """Return a workspace with a returned, a stale, an overdue and an expiring thing, and 2025."""
    workspace = make_workspace(root, lang)
    text = CONFIG.replace("people:\n  wang-min: {name: 王敏, roles: [filler]}\n", PEOPLE)
    text = text.replace("    state: open\n", '    state: open\n    from: "2025"\n')
    text += '  "2025":\n    title: {zh: 2025 年自查, en: Self-check 2025}\n    sheets: [kinds]\n'
    (root / "assess.yaml").write_text(text, "utf-8")
    desk = workspace.open_sheet(SHEET, "2025")
    desk.write_answer(
        "KND-02", {"value": "yearly", "note": "去年六月"}, by="wang-min", now=NOW, lang="zh"
    )
    workspace.register_paper_evidence(
        "档案室 3 柜", title="网络拓扑图", by="wang-min", now=NOW, expires=TODAY.replace(day=20)
    )
    row = next(iter(workspace.read_register_or_empty().evidence))
    desk = workspace.open_sheet(SHEET, "2026")
    plan = {"action": "补申请单", "owner": "周平", "due": "2026-05-01", "state": "planned"}
    desk = desk.write_answers(
        {
            "KND-01": {"status": "met", "evidence": {row: "policy"}},
            "KND-02": {"value": "never", "note": "没有清理", "remediation": plan},
            "KND-06": {"value": "0571-88888888"},
        },
        by="wang-min",
        now=NOW,
        lang="zh",
    )
    desk = desk.write_answer(
        "KND-06", {"fingerprint": "zh-000000000000"}, by="wang-min", now=NOW, lang="zh"
    )
    review = {
        "state": "returned",
        "comment": "请附清理记录",
        "by": "li-jian",
        "at": NOW.isoformat(),
        "of": answer_digest(desk.sheet.answers["KND-02"]),
    }
    desk.write_answer("KND-02", {"review": review}, by=None, now=NOW, lang="zh")
    return workspace
