"""The filled-in workspace of a made-up bureau, with a history of several commits.

People, dates and ids are fixed, so the workspace is the same on every machine, with the same commit
ids.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any

from assess import locations
from assess.engine.fingerprint import reviewed_answer_digest
from assess.i18n import Lang
from assess.locations import PROGRAM_DATA
from assess.model.base import pick_text
from assess.model.evidence import DIGITS
from assess.store.files import write_atomic
from assess.store.yaml.field_edit import FieldEdit
from assess.store.yaml.reading.tree import read_tree
from assess.workspace.core.names import SheetName
from assess.workspace.core.sheet_file import OpenSheet
from assess.workspace.core.workspace import Workspace
from assess.workspace.setup.make_workspace import commit_all_files, make_and_commit_workspace

DATA = PROGRAM_DATA / "demo"
ROUND = "2026"
FILLER, REVIEWER = "wang-min", "li-jian"
PACE = timedelta(minutes=35)
"""Time between the answers of two sections of a sheet."""


def make_demo_workspace(root: Path, lang: Lang) -> Workspace:
    """Make the demo workspace in `root`.

    Raises:
        UsageError: the folder holds a workspace already.
    """
    return _DemoBuilder(root, lang).made


class _DemoBuilder:
    """Makes the demo workspace, step by step, as the made-up people would have done."""

    def __init__(self, root: Path, lang: Lang) -> None:
        self.lang = lang
        self.data = read_tree((DATA / "workspace.yaml").read_text("utf-8"), "", lang).value
        begin = _parse_beijing_time("2026-09-14T09:00")
        self.made = make_and_commit_workspace(
            root,
            organization=self.data["organization"]["name"]["zh"],
            organization_id=self.data["organization"]["id"],
            language="zh",
            checklists=("egov-network",),
            today=begin.date(),
            lang=lang,
            environ=self._environ_of_commit_by_person(FILLER, begin),
        )
        self._write_config_and_pin_checklist()
        self._make_commit(
            "登记单位、人员、系统和基本情况", FILLER, _parse_beijing_time("2026-09-14T10:20")
        )
        self.rows = dict(self._write_register_and_list_rows())
        self._make_commit("登记佐证材料", FILLER, _parse_beijing_time("2026-10-13T16:40"))
        for number, name in enumerate(self.data["sheets"]):
            self._fill_sheet(
                SheetName.parse_name(name),
                _parse_beijing_time("2026-10-14T08:40") + number * timedelta(days=1),
            )
        self._return_answers_and_commit()
        self._correct_answers_and_commit()
        self._accept_answers_and_commit()

    def _write_config_and_pin_checklist(self) -> None:
        data = self.data
        self.made.edit_config(
            [
                FieldEdit(("organization",), data["organization"]),
                FieldEdit(("profile",), data["profile"]),
                FieldEdit(("people",), data["people"]),
                FieldEdit(("report",), data["report"]),
                *(FieldEdit(("rounds", ROUND, key), value) for key, value in data["round"].items()),
                *(FieldEdit(("systems", key), value) for key, value in data["systems"].items()),
            ]
        )
        self.made.checklists.pin_source_and_add_sheets("self-built-systems")

    def _write_register_and_list_rows(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Write the register; yield the row id and the data of each piece of evidence."""
        edits = []
        for row in self.data["evidence"]:
            fields = {key: row[key] for key in ("title", "paper") if key in row}
            if "file" in row:
                source = DATA / locations.EVIDENCE / row["file"]
                fields["file"] = self._copy_evidence_and_make_fields(source)
                row_id = f"ev-{fields['file']['sha256'][:DIGITS]}"
            else:
                row_id = f"ev-{hashlib.sha256(row['key'].encode()).hexdigest()[:8]}"
            fields |= {key: row[key] for key in ("effective", "expires") if key in row}
            fields |= {"by": row.get("by", FILLER), "at": f"{row['effective']}T17:00:00+08:00"}
            edits.append(FieldEdit(("evidence", row_id), fields))
            yield row_id, row
        self.made.edit_register(edits)

    def _copy_evidence_and_make_fields(self, source: Path) -> dict[str, Any]:
        """Copy a file, keep its name, and return its fields in the register."""
        data = source.read_bytes()
        target = self.made.root / locations.EVIDENCE / ROUND / source.name
        target.parent.mkdir(exist_ok=True)
        write_atomic(target, data, self.lang)
        digest = hashlib.sha256(data).hexdigest()
        return {"path": f"{ROUND}/{source.name}", "sha256": digest, "size": len(data)}

    def _fill_sheet(self, name: SheetName, begin: datetime) -> None:
        """Answer a sheet section by section; returned answers get their first version."""
        open_sheet = self.made.open_sheet(name, ROUND)
        answers = dict(self.data["sheets"][str(name)])
        for row in self._history_rows(name):
            answers[row["item"]] = row["answer"]
        sections = {item.id: s.id for s in open_sheet.checklist.sections for item in s.items}
        order = [item for item in sections if item in answers]
        time = begin
        for _section, items in groupby(order, key=sections.__getitem__):
            for by, some in groupby(items, key=lambda item: answers[item].get("by", FILLER)):
                chosen = {item: self._answer_fields(name, item, answers[item]) for item in some}
                open_sheet = open_sheet.write_answers(chosen, by=by, now=time, lang="zh")
            time += PACE
        open_sheet.write_people_by_role(
            {"filler": FILLER, "reviewer": REVIEWER, "leader": "zhao-yun"}
        )
        message = f"填写{pick_text(open_sheet.checklist.title, 'zh')}：{len(order)} 项"
        self._make_commit(message, FILLER, time)

    def _answer_fields(
        self, name: SheetName, item: str, answer: Mapping[str, Any]
    ) -> dict[str, Any]:
        """Return the fields of an answer, with the evidence that supports it."""
        served = {
            row_id: row["serves"][str(name)][item]
            for row_id, row in self.rows.items()
            if item in row.get("serves", {}).get(str(name), {})
        }
        fields = {key: value for key, value in answer.items() if key != "by"}
        if served:
            fields["evidence"] = {
                row_id: proofs[0] if len(proofs) == 1 else proofs
                for row_id, proofs in served.items()
            }
        return fields

    def _history_rows(self, name: SheetName) -> list[dict[str, Any]]:
        return [row for row in self.data["history"] if row["sheet"] == str(name)]

    def _return_answers_and_commit(self) -> None:
        time = _parse_beijing_time("2026-10-19T10:05")
        for name in self._sheet_names():
            for row in self._history_rows(name):
                review = {"state": "returned", "comment": row["comment"], "due": row["due"]}
                self._write_reviews(name, {row["item"]: review}, time)
        self._make_commit("复核：退回 2 项", REVIEWER, time)

    def _correct_answers_and_commit(self) -> None:
        time = _parse_beijing_time("2026-10-22T15:30")
        for name in self._sheet_names():
            answers = self.data["sheets"][str(name)]
            for row in self._history_rows(name):
                answer = answers[row["item"]]
                fields = self._answer_fields(name, row["item"], answer)
                by = answer.get("by", FILLER)
                open_sheet = self.made.open_sheet(name, ROUND)
                open_sheet.write_answer(row["item"], fields, by=by, now=time, lang="zh")
        self._make_commit("按复核意见改正 2 项", FILLER, time)

    def _accept_answers_and_commit(self) -> None:
        time = _parse_beijing_time("2026-11-04T17:20")
        for name in self._sheet_names():
            sheet_reviews = self.data["reviews"].get(str(name), {})
            items = self.made.open_sheet(name, ROUND).sheet.answers
            default = {"state": self.data["reviews"]["default"]}
            self._write_reviews(
                name, {item: sheet_reviews.get(item, default) for item in items}, time
            )
        self._make_commit("复核通过全部检查项", REVIEWER, time)

    def _write_reviews(
        self, name: SheetName, reviews: Mapping[str, Mapping[str, Any]], time: datetime
    ) -> OpenSheet:
        open_sheet = self.made.open_sheet(name, ROUND)
        answers = open_sheet.sheet.answers
        changes = {
            item: {
                "review": {
                    **review,
                    "by": REVIEWER,
                    "at": time.isoformat(),
                    "of": reviewed_answer_digest(answers[item]),
                }
            }
            for item, review in reviews.items()
        }
        return open_sheet.write_answers(changes, by=REVIEWER, now=time, lang="zh")

    def _sheet_names(self) -> list[SheetName]:
        return [SheetName.parse_name(name) for name in self.data["sheets"]]

    def _make_commit(self, message: str, by: str, time: datetime) -> None:
        commit_all_files(self.made, message, self._environ_of_commit_by_person(by, time))

    def _environ_of_commit_by_person(self, by: str, time: datetime) -> dict[str, str]:
        """Return git's environment variables for a commit by a person."""
        person = self.data["people"][by]
        return {
            f"GIT_{role}_{what}": value
            for role in ("AUTHOR", "COMMITTER")
            for what, value in (
                ("NAME", person["name"]),
                ("EMAIL", person["emails"][0]),
                ("DATE", time.isoformat()),
            )
        }


def _parse_beijing_time(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}:00+08:00")
