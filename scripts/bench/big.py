"""Checklists and workspaces of any size, for measuring."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from assess.workspace import SheetName, Workspace
from assess.workspace.setup.make_workspace import make_and_commit_workspace

ITEM = """\
      - id: BIG-{section:02d}-{number:04d}
        kind: conformity
        title: {{zh: 边界默认拒绝第{number}项, en: "Deny by default, item {number}"}}
        requirement: {{zh: 政务外网边界只放行业务确需的通信，其余一律拒绝，第{number}条。, en: "The boundary permits only what business needs and denies the rest, clause {number}."}}
        check:
          - {{zh: 登录边界防火墙，打开访问控制策略，看第{number}区最后一条是否为“拒绝所有”。, en: "Log in to the boundary firewall, open the access policy, see whether the last rule of zone {number} denies all."}}
          - {{zh: 抽 3 条放行策略，找出对应的申请单。, en: Take three permit rules and find the request form of each.}}
        evidence:
          - {{id: policy, required: true, text: {{zh: 策略页面截图, en: Screenshot of the policy page}}}}
        remedy: {{now: {{zh: 在末尾加一条默认拒绝策略。, en: Append a default deny rule.}}, lasting: {{zh: 每季度清理策略。, en: Clean the rules every quarter.}}}}
        weight: 2
        refs: [{{basis: csl, clause: "23", verified: true}}]
        methods: [interview, examine]
"""

HEAD = """\
format: assess/checklist/1
id: big
version: "2026.1"
title: {zh: 大检查表, en: A big checklist}
scope: organization
basis:
  csl: {title: {zh: 中华人民共和国网络安全法, en: Cybersecurity Law}}
scoring: {method: percent, bands: [{at_least: 0, id: all, title: {zh: 全部, en: All}}]}
sections:
"""

SECTION = 30


def checklist(items: int) -> str:
    """Return the text of a checklist with so many items, about 1 KB each."""
    parts = [HEAD]
    for number in range(1, items + 1):
        section = (number - 1) // SECTION + 1
        if (number - 1) % SECTION == 0:
            title = f"{{zh: 第{section}类, en: Section {section}}}"
            parts.append(f"  - id: s{section}\n    title: {title}\n    items:\n")
        parts.append(ITEM.format(section=section, number=number))
    return "".join(parts)


def workspace(root: Path, items: int, answered: int | None = None) -> Workspace:
    """Make a workspace with one big checklist, the first `answered` items (default all) met."""
    source = root.parent / "big.yaml"
    source.write_text(checklist(items), "utf-8")
    made = make_and_commit_workspace(
        root,
        organization="示例市青溪区数据局",
        language="zh",
        checklists=(str(source),),
        today=date(2026, 11, 24),
        lang="zh",
    )
    desk = made.open_sheet(SheetName("big"), "2026")
    now = datetime(2026, 11, 24, 9, tzinfo=UTC)
    wanted = list(desk.checklist.items())[: items if answered is None else answered]
    changes = {key: {"status": "met"} for key in wanted}
    desk.write_answers(changes, by=None, now=now, lang="zh")
    return made
