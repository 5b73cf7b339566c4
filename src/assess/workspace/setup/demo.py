"""The filled-in workspace of a made-up bureau, with a history of several commits.

Everything is fixed, people, dates and ids, so that it is the same on every machine, commit ids
included.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any

from assess.engine.fingerprint import answer_digest
from assess.i18n import Lang
from assess.model.base import pick
from assess.model.evidence import DIGITS
from assess.store.files import write_atomic
from assess.store.shipped_files import PACKAGE
from assess.store.yaml.reading.tree import read_tree
from assess.store.yaml.writing.edit import Edit
from assess.workspace.core.names import SheetName
from assess.workspace.core.sheet_file import Desk
from assess.workspace.core.workspace import Workspace

DATA = PACKAGE / "data" / "demo"
ROUND = "2026"
FILLER, REVIEWER = "wang-min", "li-jian"
PACE = timedelta(minutes=35)
"""Between two sections of a sheet."""


def make_demo(root: Path, lang: Lang) -> Workspace:
    """Make the workspace in `root`.

    Raises:
        UsageError: a workspace is there already.
    """
    return _Demo(root, lang).made


class _Demo:
    """The steps, in the order in which the made-up people took them."""

    def __init__(self, root: Path, lang: Lang) -> None:
        self.lang = lang
        self.data = read_tree((DATA / "workspace.yaml").read_text("utf-8"), "", lang).value
        begin = _at("2026-09-14T09:00")
        self.made = Workspace.make(
            root,
            organization=self.data["organization"]["name"]["zh"],
            organization_id=self.data["organization"]["id"],
            language="zh",
            checklists=("egov-network",),
            today=begin.date(),
            lang=lang,
            environ=self._identity(FILLER, begin),
        )
        self._config()
        self._commit("登记单位、人员、系统和基本情况", FILLER, _at("2026-09-14T10:20"))
        self.rows = dict(self._register())
        self._commit("登记佐证材料", FILLER, _at("2026-10-13T16:40"))
        for number, name in enumerate(self.data["sheets"]):
            self._fill(SheetName.parse(name), _at("2026-10-14T08:40") + number * timedelta(days=1))
        self._return()
        self._mend()
        self._accept()

    def _config(self) -> None:
        data = self.data
        self.made.edit_config(
            [
                Edit(("organization",), data["organization"]),
                Edit(("profile",), data["profile"]),
                Edit(("people",), data["people"]),
                Edit(("report",), data["report"]),
                *(Edit(("rounds", ROUND, key), value) for key, value in data["round"].items()),
                *(Edit(("systems", key), value) for key, value in data["systems"].items()),
            ]
        )
        self.made.add_checklist("self-built-systems")

    def _register(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Write the register; yield the row id and the data of each piece of evidence."""
        edits = []
        for row in self.data["evidence"]:
            fields = {key: row[key] for key in ("title", "paper") if key in row}
            if "file" in row:
                source = DATA / "evidence" / row["file"]
                fields["file"] = self._copied(source)
                row_id = f"ev-{fields['file']['sha256'][:DIGITS]}"
            else:
                row_id = f"ev-{hashlib.sha256(row['key'].encode()).hexdigest()[:8]}"
            fields |= {key: row[key] for key in ("effective", "expires") if key in row}
            fields |= {"by": row.get("by", FILLER), "at": f"{row['effective']}T17:00:00+08:00"}
            edits.append(Edit(("evidence", row_id), fields))
            yield row_id, row
        self.made.edit_register(edits)

    def _copied(self, source: Path) -> dict[str, Any]:
        """Copy a file under its own name, short enough for a printed page; return its row."""
        data = source.read_bytes()
        target = self.made.root / "evidence" / ROUND / source.name
        target.parent.mkdir(exist_ok=True)
        write_atomic(target, data, self.lang)
        digest = hashlib.sha256(data).hexdigest()
        return {"path": f"{ROUND}/{source.name}", "sha256": digest, "size": len(data)}

    def _fill(self, name: SheetName, begin: datetime) -> None:
        """Answer a sheet section by section; two answers are first given otherwise."""
        desk = self.made.desk(name, ROUND)
        answers = dict(self.data["sheets"][str(name)])
        for row in self._history(name):
            answers[row["item"]] = row["answer"]
        sections = {item.id: s.id for s in desk.checklist.sections for item in s.items}
        order = [item for item in sections if item in answers]
        time = begin
        for _section, items in groupby(order, key=sections.__getitem__):
            for by, some in groupby(items, key=lambda item: answers[item].get("by", FILLER)):
                chosen = {item: self._answer(name, item, answers[item]) for item in some}
                desk = desk.put_many(chosen, by=by, now=time, lang="zh")
            time += PACE
        desk.put_people({"filler": FILLER, "reviewer": REVIEWER, "leader": "zhao-yun"})
        message = f"填写{pick(desk.checklist.title, 'zh')}：{len(order)} 项"
        self._commit(message, FILLER, time)

    def _answer(self, name: SheetName, item: str, answer: Mapping[str, Any]) -> dict[str, Any]:
        """Return the fields of an answer, with the evidence that serves it."""
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

    def _history(self, name: SheetName) -> list[dict[str, Any]]:
        return [row for row in self.data["history"] if row["sheet"] == str(name)]

    def _return(self) -> None:
        time = _at("2026-10-19T10:05")
        for name in self._names():
            for row in self._history(name):
                review = {"state": "returned", "comment": row["comment"], "due": row["due"]}
                self._review(name, {row["item"]: review}, time)
        self._commit("复核：退回 2 项", REVIEWER, time)

    def _mend(self) -> None:
        time = _at("2026-10-22T15:30")
        for name in self._names():
            answers = self.data["sheets"][str(name)]
            for row in self._history(name):
                answer = answers[row["item"]]
                fields = self._answer(name, row["item"], answer)
                by = answer.get("by", FILLER)
                desk = self.made.desk(name, ROUND)
                desk.put(row["item"], fields, by=by, now=time, lang="zh")
        self._commit("按复核意见改正 2 项", FILLER, time)

    def _accept(self) -> None:
        time = _at("2026-11-04T17:20")
        for name in self._names():
            own = self.data["reviews"].get(str(name), {})
            items = self.made.desk(name, ROUND).sheet.answers
            default = {"state": self.data["reviews"]["default"]}
            self._review(name, {item: own.get(item, default) for item in items}, time)
        self._commit("复核通过全部检查项", REVIEWER, time)

    def _review(
        self, name: SheetName, reviews: Mapping[str, Mapping[str, Any]], time: datetime
    ) -> Desk:
        desk = self.made.desk(name, ROUND)
        answers = desk.sheet.answers
        changes = {
            item: {
                "review": {
                    **review,
                    "by": REVIEWER,
                    "at": time.isoformat(),
                    "of": answer_digest(answers[item]),
                }
            }
            for item, review in reviews.items()
        }
        return desk.put_many(changes, by=REVIEWER, now=time, lang="zh")

    def _names(self) -> list[SheetName]:
        return [SheetName.parse(name) for name in self.data["sheets"]]

    def _commit(self, message: str, by: str, time: datetime) -> None:
        self.made.commit(message, self._identity(by, time))

    def _identity(self, by: str, time: datetime) -> dict[str, str]:
        """Return git's environment for a commit by one of the people."""
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


def _at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}:00+08:00")
