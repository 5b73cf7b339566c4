"""Make a workspace of many information systems, to look at its documents and to measure them.

`scripts/many_systems.py FOLDER --systems 40 --findings 200 --evidence 300` makes a made-up bureau:
each system has a sheet of the same checklist, every other answer is met. The same arguments give
the same files.
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from assess.engine.fingerprint import item_fingerprint
from assess.model.checklist import Checklist
from assess.model.item import Choice, Choices, Item, Ladder, NumberItem, Table, find_kind_of_item
from assess.store.yaml.field_edit import FieldEdit
from assess.workspace import Workspace
from assess.workspace.setup.make_workspace import commit_all_files, make_and_commit_workspace

ROUND = "2026"
DAY = date(2026, 11, 24)
MOMENT = "2026-11-20T09:00:00+08:00"
FILLER, REVIEWER, LEADER = "wang-min", "li-jian", "zhao-yun"
PEOPLE = {
    FILLER: {"name": "王敏", "roles": ["filler"]},
    REVIEWER: {"name": "李健", "roles": ["reviewer"]},
    LEADER: {"name": "赵云", "roles": ["leader"]},
}
ORGANIZATION = {"zh": "示例市青溪区数据局", "en": "Qingxi District Data Bureau"}
ADDRESSEE = {"zh": "示例市青溪区委网信办", "en": "Cyberspace Affairs Office of Qingxi"}
NAMES = (
    ("政务服务门户", "Government Services Portal"),
    ("行政审批管理系统", "Administrative Approval Management System"),
    ("公共数据共享交换平台", "Public Data Sharing and Exchange Platform"),
    ("12345 热线工单系统", "Hotline 12345 Ticket System"),
    ("数字档案管理系统", "Digital Archives"),
    ("智慧社区综合服务管理信息平台", "Integrated Community Services and Management Platform"),
    ("财务内控系统", "Finance Control System"),
    ("视频会议调度系统", "Video Conference Scheduling"),
    ("协同办公系统", "Office Automation"),
    ("基层治理一体化平台", "Grass-roots Governance Platform"),
)
NOTES = (
    "末条策略为“允许所有”，为2024年迁移时临时放开，至今未收回；涉及3个业务接口。",
    "抽查5台服务器，2台仍启用出厂口令，当场已改1台。",
    "制度已拟稿，尚未经局长办公会审议印发。",
    "日志服务器空间不足，只保存了97天。",
)
ACTIONS = (
    "收回临时放开的策略，末尾加默认拒绝，每季度清理一次并留记录。",
    "更换全部出厂口令，纳入上线前检查。",
    "提交局长办公会审议，年内印发。",
    "扩容日志服务器，接入区政务云日志服务。",
)
STATES = ("planned", "in_progress", None, "done")


class Size(NamedTuple):
    """What a workspace holds; findings and evidence are spread over all sheets."""

    systems: int
    findings: int
    evidence: int
    checklist: str = "self-built-systems"
    answered: bool = True
    """Whether all items are answered; otherwise only those of every other system."""


def make_workspace(root: Path, size: Size) -> Workspace:
    """Make the workspace in `root`, committed."""
    made = make_and_commit_workspace(
        root,
        organization="示例市青溪区数据局",
        organization_id="qingxi-data",
        language="zh",
        checklists=(size.checklist,),
        today=DAY,
        lang="zh",
    )
    checklist = made.read_checklist(size.checklist)
    systems = {
        f"s{number:03d}": _system(number, checklist) for number in range(1, size.systems + 1)
    }
    rows = dict(_evidence_rows(root, size.evidence))
    sheet_names = [f"{size.checklist}@{system}" for system in systems]
    made.edit_config(
        [
            FieldEdit(("organization", "name"), ORGANIZATION),
            FieldEdit(("systems",), systems),
            FieldEdit(("people",), PEOPLE),
            FieldEdit(("report", "addressee"), ADDRESSEE),
            FieldEdit(("rounds", ROUND, "due"), "2026-11-30"),
            FieldEdit(("rounds", ROUND, "sheets"), sheet_names),
        ]
    )
    made.edit_register([FieldEdit(("evidence",), rows)])
    path = f"checklists/{checklist.id}.yaml"
    digest = f"sha256:{made.find_round_files(ROUND).sha256_unless_missing_or_large(path)}"
    folder = root / "answers" / ROUND
    folder.mkdir(parents=True, exist_ok=True)
    for at, system in enumerate(systems):
        sheet = _sheet(checklist, digest, system, dict(_answers(checklist, at, size, list(rows))))
        text = yaml.dump(sheet, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)
        (folder / f"{checklist.id}@{system}.yaml").write_text(text, "utf-8")
    moment = {f"GIT_{who}_DATE": MOMENT for who in ("AUTHOR", "COMMITTER")}
    commit_all_files(made, "各系统自查", moment)
    return made


def _system(number: int, checklist: Checklist) -> dict[str, Any]:
    chinese, english = NAMES[number % len(NAMES)]
    part = (number - 1) // len(NAMES) + 1
    facts: dict[str, Any] = {}
    for at, (name, fact) in enumerate(checklist.profile.items()):
        values = {"boolean": True, "choice": fact.options[0].id if fact.options else ""}
        # The facts of every fourth system are not known yet.
        if number % 4 or at % 2:
            facts[name] = values.get(fact.type, 25)
    return {
        "name": {"zh": f"{chinese}（{part}期）", "en": f"{english}, phase {part}"},
        "grade": {"level": 3, "s": 2 + number % 2, "a": 3},
        "exposure": ("internet", "egov", "isolated")[number % 3],
        "hosting": ("egov_cloud", "own_room")[number % 2],
        "profile": facts,
    }


def _evidence_rows(root: Path, count: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield rows of the register: every third one a file, the others on paper."""
    folder = root / "evidence" / ROUND
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(1, count + 1):
        fields: dict[str, Any] = {"title": f"安全配置核查记录之{number}"}
        key = hashlib.sha256(str(number).encode()).hexdigest()
        if number % 3:
            fields["paper"] = f"档案室{number % 9 + 1}柜{number % 5 + 1}格"
        else:
            data = f"核查记录{number}\n".encode()
            key = hashlib.sha256(data).hexdigest()
            path = f"{ROUND}/record-{number}.txt"
            (root / "evidence" / path).write_bytes(data)
            fields["file"] = {"path": path, "sha256": key, "size": len(data)}
        fields |= {"effective": "2026-10-12", "expires": str(DAY + timedelta(days=number * 3 - 40))}
        yield f"ev-{key[:8]}", fields | {"by": FILLER, "at": MOMENT}


def _sheet(
    checklist: Checklist, digest: str, system: str, answers: dict[str, Any]
) -> dict[str, Any]:
    return {
        "format": "assess/answers/1",
        "checklist": {"id": checklist.id, "version": checklist.version, "digest": digest},
        "scope": {"system": system},
        "round": ROUND,
        "people": {"filler": FILLER, "leader": LEADER},
        "answers": answers,
    }


def _answers(
    checklist: Checklist, at: int, size: Size, evidence: list[str]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the answers of a sheet: its share of the findings, the others met."""
    if not size.answered and at % 2:
        return
    share = size.findings // size.systems + (at < size.findings % size.systems)
    cited = size.evidence // size.systems + (at < size.evidence % size.systems)
    first = at * (size.evidence // size.systems) + min(at, size.evidence % size.systems)
    items = list(checklist.items().values())
    conforming = [item.id for item in items if find_kind_of_item(item) == "conformity"]
    # Not the same items in each system.
    chosen = [conforming[(at * 3 + number * 7) % len(conforming)] for number in range(share)]
    for number, item in enumerate(items):
        answer = _finding(number + at) if item.id in chosen else _met(item, number)
        if number < cited:
            answer["evidence"] = {evidence[first + number]: "other"}
        stamp = {"fingerprint": item_fingerprint(item, "zh"), "by": FILLER, "at": MOMENT}
        yield item.id, answer | stamp


def _met(item: Item, number: int) -> dict[str, Any]:
    """Return the best answer of an item."""
    note = {"note": "6月12日现场查看，与台账一致。"} if number % 2 else {}
    if find_kind_of_item(item) == "conformity":
        return {"status": "met", **note}
    if isinstance(item, Ladder):
        return {"value": item.rungs[0].id, **note}
    if isinstance(item, Choices):
        return {"value": [option.id for option in item.options if option.degree], **note}
    if isinstance(item, Choice):
        return {"value": item.options[0].id, **note}
    if isinstance(item, Table | NumberItem):
        return {"status": "not_applicable", "note": "没有此类情况。"}
    values = {"ratio": {"part": 25, "whole": 25}, "date": "2026-03-18"}
    return {"value": values.get(find_kind_of_item(item), "示例内容"), **note}


def _finding(number: int) -> dict[str, Any]:
    state = STATES[number % len(STATES)]
    due = datetime(2026, 10, 30).date() + timedelta(days=number % 80)  # noqa: DTZ001  # a day
    plan = {
        "action": ACTIONS[number % len(ACTIONS)],
        "unit": "信息科",
        "owner": "王敏",
        "due": str(due),
        "state": state,
    }
    answer = {
        "status": "unmet" if number % 2 else "partial",
        "note": NOTES[number % len(NOTES)],
    }
    return answer if state is None else {**answer, "remediation": plan}


def main() -> None:
    """Make the workspace that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--systems", type=int, default=40)
    parser.add_argument("--findings", type=int, default=200)
    parser.add_argument("--evidence", type=int, default=300)
    parser.add_argument("--checklist", default="self-built-systems")
    parser.add_argument("--half", action="store_true", help="leave every other sheet unanswered")
    chosen = parser.parse_args()
    size = Size(chosen.systems, chosen.findings, chosen.evidence, chosen.checklist, not chosen.half)
    print(make_workspace(chosen.folder, size).root)


if __name__ == "__main__":
    main()
