"""The work of a second year at mlps-level3: what was answered last year, what must stand this year.

It says nothing of keys: how the work is done is in `strategy.py`. What the sheet must hold in the
end is the same for every version of the program.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any, Literal, NamedTuple

import yaml

from assess.engine.kinds.values import answer_result
from assess.model.answer import Answer, Remediation
from assess.model.base import pick_text
from assess.model.item import Conformity, Item, Ladder
from assess.workspace import SheetName, Workspace
from assess.workspace.core.library import find_checklist_file
from tui.sample import NOW

CHECKLIST = "mlps-level3"
SHEET = SheetName(CHECKLIST, "portal")
LAST, THIS = "2025", "2026"
UNIT, OWNER, DUE = "信息中心", "周平", date(2026, 6, 30)
"""Unit, person and date of every remediation: in one round they hardly differ."""

Case = Literal["same", "changed", "unmet"]

CONFIG = """\
format: assess/config/1
language: zh
organization: {id: qingxi-data, name: {zh: 示例市青溪区数据局, en: Qingxi District Data Bureau}}
people:
  wang-min: {name: 王敏, roles: [filler]}
  zhou-ping: {name: 周平, roles: [filler]}
systems:
  portal:
    name: 政务门户
    grade: {level: 3, s: 3, a: 3}
    profile: {high_continuity: false, key_industry: false}
checklists:
  mlps-level3: {source: local}
rounds:
  "2025": {title: {zh: 2025 年自查, en: Self-check 2025}, sheets: [mlps-level3@portal]}
  "2026":
    title: {zh: 2026 年自查, en: Self-check 2026}
    from: "2025"
    sheets: [mlps-level3@portal]
"""


class ItemWork(NamedTuple):
    """What is to be written for one item."""

    item: Item
    case: Case
    note: str = ""
    """The note that must stand; '' for none."""
    piece: str = ""
    """The title of the registered piece of evidence that must be cited; '' for none."""
    file: str = ""
    """The path of the file that must become evidence; '' for none."""

    @property
    def action(self) -> str:
        """The action of the remediation: what the checklist advises to do now."""
        return pick_text(self.item.remedy.now, "zh") if self.item.remedy else ""


class Amount(NamedTuple):
    """How many items of each case there are, and how many of the same have note and evidence."""

    same: int
    changed: int
    unmet: int
    noted: int
    proved: int


WHOLE = Amount(same=180, changed=20, unmet=11, noted=80, proved=40)
"""All 211 items."""
FEW = Amount(same=6, changed=1, unmet=2, noted=3, proved=2)
"""A part of them, with every way of answering: for a cheap test."""


def plan_work(items: Sequence[Item], amount: Amount, files: Path) -> list[ItemWork]:
    """Return the work of all items, the cases spread evenly; `files` holds the new proofs.

    Ladders and ratios are as last year; what changed or is not met is an item of conformity.
    """
    plain = [item for item in items if isinstance(item, Conformity)]
    unmet = _spread(plain, amount.unmet)
    changed = _spread([item for item in plain if item not in unmet], amount.changed)
    same = [item for item in items if item not in unmet and item not in changed]
    noted = _spread(same, amount.noted)
    proved = _spread(noted, amount.proved)
    return [
        ItemWork(
            item,
            "unmet" if item in unmet else "changed" if item in changed else "same",
            _note_of(item) if item in (*unmet, *changed, *noted) else "",
            f"{item.id} 的核查记录" if item in proved else "",
            str(files / f"{item.id}.txt") if item in unmet else "",
        )
        for item in items
    ]


def _spread(items: Sequence[Item], count: int) -> list[Item]:
    return [items[index * len(items) // count] for index in range(count)]


def _note_of(item: Item) -> str:
    return f"6 月 1 日核查：{pick_text(item.title, 'zh')}，记录在档"


def make_second_year(root: Path, amount: Amount) -> tuple[Workspace, list[ItemWork]]:
    """Make a workspace with last year's answers, and return it with this year's work."""
    files = root.parent / "new-proofs"
    for folder in (root / "checklists", files):
        folder.mkdir(parents=True)
    (root / "assess.yaml").write_text(CONFIG, "utf-8")
    (root / "checklists" / f"{CHECKLIST}.yaml").write_text(_cut_checklist(amount), "utf-8")
    workspace = Workspace(root, "zh")
    checklist = workspace.open_sheet(SHEET, LAST).checklist
    work = plan_work(list(checklist.items().values()), amount, files)
    for task in work:
        if task.file:
            Path(task.file).write_text(f"{task.item.id}\n", "utf-8")
    _answer_last_year(workspace, work)
    return workspace, work


def _cut_checklist(amount: Amount) -> str:
    """Return the checklist with as many items as there is work: one of each kind, and others."""
    text = find_checklist_file(CHECKLIST, "zh").read_text("utf-8")
    if amount == WHOLE:
        return text
    tree = yaml.safe_load(text)
    items = [item for section in tree["sections"] for item in section["items"]]
    chosen = [next(item for item in items if item["kind"] == kind) for kind in ("ladder", "ratio")]
    plain = (item for item in items if item["kind"] == "conformity")
    count = amount.same + amount.changed + amount.unmet - len(chosen)
    names = {item["id"] for item in (*chosen, *islice(plain, count))}
    for section in tree["sections"]:
        section["items"] = [item for item in section["items"] if item["id"] in names]
    tree["sections"] = [section for section in tree["sections"] if section["items"]]
    return yaml.safe_dump(tree, allow_unicode=True, sort_keys=False)


def _answer_last_year(workspace: Workspace, work: Sequence[ItemWork]) -> None:
    rows = {
        task.item.id: workspace.register_paper_evidence(
            "档案室 3 柜", title=task.piece, by="wang-min", now=NOW
        )[0]
        for task in work
        if task.piece
    }
    answers = {task.item.id: _last_answer(task, rows.get(task.item.id)) for task in work}
    workspace.open_sheet(SHEET, LAST).write_answers(answers, by="wang-min", now=NOW, lang="zh")


def _last_answer(task: ItemWork, row: str | None) -> Mapping[str, Any]:
    if task.case == "changed":
        return {"status": "partial", "note": "去年只做到一半"}
    answer = {**full_marks(task.item)}
    if task.case == "same" and task.note:
        answer["note"] = task.note
    if row is not None:
        answer["evidence"] = {row: task.item.evidence[0].id}
    return answer


def full_marks(item: Item) -> dict[str, Any]:
    """Return the fields of the best answer to an item."""
    if isinstance(item, Conformity):
        return {"status": "met"}
    if isinstance(item, Ladder):
        return {"value": item.rungs[0].id}
    return {"value": {"part": 40, "whole": 40}}


def differences(workspace: Workspace, work: Sequence[ItemWork]) -> list[str]:
    """Return what this year's sheet lacks of the work, a line each."""
    opened = workspace.open_sheet(SHEET, THIS)
    titles = {
        row_id: pick_text(row.title, "zh") for row_id, row in opened.register.evidence.items()
    }
    scoring = opened.checklist.scoring
    return [
        f"{task.item.id} ({task.case}): {fault}"
        for task in work
        for answer in (opened.sheet.answers.get(task.item.id, Answer()),)
        for fault in (
            *_faults_of_result(task, answer, answer_result(task.item, answer, scoring)),
            *_faults_of_proof(task, answer, titles),
            *_faults_of_plan(task, answer.remediation),
        )
    ]


def _faults_of_result(task: ItemWork, answer: Answer, outcome: str | None) -> Iterator[str]:
    wanted = "unmet" if task.case == "unmet" else "met"
    if outcome != wanted:
        yield f"the result is {outcome}, not {wanted}"
    if (answer.note or "") != task.note:
        yield f"the note is {answer.note!r}"


def _faults_of_proof(task: ItemWork, answer: Answer, titles: Mapping[str, str]) -> Iterator[str]:
    if not task.piece and not task.file:
        if answer.evidence:
            yield f"evidence that nobody attached: {answer.evidence}"
        return
    proofs = {proof.id for proof in task.item.evidence[: 1 if task.piece else None]}
    if len(answer.evidence) != 1 or not proofs.issuperset(answer.evidence.values()):
        yield f"the evidence is {answer.evidence}"
    elif task.piece and titles[next(iter(answer.evidence))] != task.piece:
        yield "other evidence is cited than last year"


def _faults_of_plan(task: ItemWork, plan: Remediation | None) -> Iterator[str]:
    wanted = (task.action, UNIT, OWNER, DUE, "planned") if task.case == "unmet" else None
    if (plan and (plan.action, plan.unit, plan.owner, plan.due, plan.state)) != wanted:
        yield f"the remediation is {plan}"
