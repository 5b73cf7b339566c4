"""The data of a round, open or closed, whole or sanitised."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from assess.engine.pseudonyms import Pseudonyms
from assess.engine.round_data_json import DATA_START, make_round_data_schema
from assess.errors import FilesError, UnknownIdError, UsageError, WriteError
from assess.i18n import LANGS
from assess.store.yaml.field_edit import FieldEdit
from assess.workspace import SheetName, Workspace
from assess.workspace.setup.demo import make_demo_workspace
from assess.workspace.sharing.commit import restore_files_and_commit_workspace
from assess.workspace.sharing.data_export import (
    make_round_data_export,
    write_round_data_unless_other_file,
)
from assess.workspace.sharing.sanitised_export import write_sanitised_copy
from json_schemas import list_schema_faults
from samples import Samples
from workspace.history.test_changes import ITEM, NAME, NOW, SHEET, TODAY, put, sh
from workspace.history.test_changes import here as here  # noqa: PLC0414  # pytest finds the fixture by this name
from workspace.rounds.test_close import closed as closed  # noqa: PLC0414  # pytest finds the fixture by this name

FORM = """\
format: assess/checklist/2
id: form
version: "2026.1"
title: 表
scope: organization
languages: [zh]
basis: {practice: {title: 做法}}
scoring: {method: percent}
sections:
  - id: one
    title: 一
    items:
      - {id: F-1, kind: text, personal: true, title: 联系人, requirement: 写明联系人。}
      - {id: F-2, kind: text, title: 机构, requirement: 写明机构。}
      - id: F-3
        kind: table
        title: 清单
        requirement: 逐一登记。
        columns:
          - {id: name, type: text, title: 名称, required: true}
          - {id: keeper, type: text, title: 保管人, personal: true}
          - {id: born, type: date, title: 出生日期, personal: true}
"""


def demo(root: Path) -> Workspace:
    """Make the demo's workspace."""
    return make_demo_workspace(root, "zh")


def exported(here: Workspace, *, sanitised: bool = False, round_id: str = "2026") -> dict[str, Any]:
    """Return the data of a round; it fits its schema."""
    plain: dict[str, Any] = json.loads(
        make_round_data_export(here, round_id, TODAY, sanitised=sanitised).data
    )
    assert list_schema_faults(plain, make_round_data_schema()) == []
    return plain


@pytest.fixture
def form(here: Workspace, tmp_path: Path) -> Workspace:
    """A workspace with a form whose author marked what is personal, filled in."""
    (tmp_path / "form.yaml").write_text(FORM, "utf-8")
    here.checklists.pin_source_and_add_sheets(str(tmp_path / "form.yaml"))
    values = {
        "F-1": "王敏 555-0100",
        "F-2": "信息科",
        "F-3": [{"name": "网关", "keeper": "李健", "born": "1990-01-02"}],
    }
    here.open_sheet(SheetName("form"), "2026").write_answers(
        {key: {"value": value, "note": "张三"} for key, value in values.items()},
        by="wang",
        now=NOW,
        lang="zh",
    )
    restore_files_and_commit_workspace(here, today=TODAY)
    return here


def values_of(plain: dict[str, Any], sheet: str = "form") -> dict[str, Any]:
    """Return the values of a sheet by item."""
    row = next(one for one in plain["sheets"] if one["name"] == sheet)
    return {one["id"]: one["value"] for part in row["sections"] for one in part["items"]}


def test_the_demo_fits_the_schema_and_names_its_inputs(samples: Samples, tmp_path: Path) -> None:
    """The digests are of the files that the commit holds; the day is that of the commit."""
    here = samples.copy(demo, tmp_path / "demo")
    plain = exported(here)
    assert plain["commit"] == sh(here.root, "rev-parse", "HEAD")
    assert plain["date"] == sh(here.root, "log", "-1", "--date=format:%Y-%m-%d", "--format=%cd")
    for file in plain["inputs"]:
        assert hashlib.sha256((here.root / file["path"]).read_bytes()).hexdigest() == file["sha256"]
    assert {one["name"] for one in plain["sheets"]} == set(map(str, here.list_sheets("2026")))
    for name in here.list_sheets("2026"):
        checklist = next(one for one in plain["checklists"] if one["pinned_as"] == name.checklist)
        listed = [item["id"] for part in checklist["sections"] for item in part["items"]]
        assert listed == list(here.read_checklist(name.checklist).items())


@pytest.mark.parametrize("sanitised", [False, True])
def test_the_language_of_the_interface_changes_no_byte(
    samples: Samples, tmp_path: Path, sanitised: bool
) -> None:
    """Nor does exporting again."""
    root = samples.copy(demo, tmp_path / "demo").root
    made = {
        make_round_data_export(Workspace(root, lang), "2026", TODAY, sanitised=sanitised).data
        for lang in (*LANGS, "zh")
    }
    assert len(made) == 1


def test_a_closed_round_is_read_at_its_tag(closed: Workspace) -> None:
    """Later changes of answers, facts and checklists change no byte."""
    was = make_round_data_export(closed, "2026", TODAY, sanitised=False).data
    text = (closed.root / SHEET).read_text("utf-8").replace("status: unmet", "status: met")
    (closed.root / SHEET).write_text(text, "utf-8")
    assert make_round_data_export(closed, "2026", TODAY, sanitised=False).data == was
    plain = json.loads(was)
    assert (plain["round"]["state"], plain["round"]["tag"]) == ("closed", "round/2026")
    assert plain["commit"] == sh(closed.root, "rev-parse", "round/2026^{commit}")


def test_what_is_not_committed_names_no_commit(here: Workspace) -> None:
    """The day is then today, because there is no day of a commit."""
    put(here, ITEM, status="partial")
    plain = exported(here)
    assert (plain["commit"], plain["date"]) == (None, TODAY.isoformat())


def test_sanitised_data_has_no_personal_value_and_keeps_the_rest(form: Workspace) -> None:
    """What the checklist marks is gone; rows, other words, counts and scores are as they were."""
    whole, plain = exported(form), exported(form, sanitised=True)
    text = json.dumps(plain, ensure_ascii=False)
    for word in ("王敏", "555-0100", "李健", "1990-01-02", "张三", "wang"):
        assert word in json.dumps(whole, ensure_ascii=False) or word == "wang"
        assert word not in text
    assert values_of(plain) == {
        "F-1": None,
        "F-2": "信息科",
        "F-3": [{"name": "网关"}],
    }
    assert [(one["counts"], one["score"], one["verdict"]) for one in plain["sheets"]] == [
        (one["counts"], one["score"], one["verdict"]) for one in whole["sheets"]
    ]
    assert {file["path"].partition("/")[0] for file in plain["inputs"]} == {"checklists"}
    assert plain["commit"] == whole["commit"]


def test_it_says_which_checklists_do_not_mark_what_is_personal(form: Workspace) -> None:
    """All words of such a checklist are removed; the officer can ask its issuer."""
    assert make_round_data_export(form, "2026", TODAY, sanitised=True).unmarked == ()
    path = form.root / "checklists" / f"{NAME.checklist}.yaml"
    path.write_text(path.read_text("utf-8").replace("personal: true", "each_round: false"), "utf-8")
    done = make_round_data_export(form, "2026", TODAY, sanitised=True)
    assert done.unmarked == (NAME.checklist,)
    assert make_round_data_export(form, "2026", TODAY, sanitised=False).unmarked == ()


def test_the_data_of_a_sanitised_copy_is_the_sanitised_data(
    form: Workspace, tmp_path: Path
) -> None:
    """So a higher body can check the data by the copy; only a personal text is null in the data."""
    copy = Workspace(write_sanitised_copy(form, "2026", tmp_path / "copy").folder, "en")
    plain, of_copy = exported(form, sanitised=True), exported(copy)
    assert of_copy["organization"] == plain["organization"]
    for one, other in zip(plain["sheets"], of_copy["sheets"], strict=True):
        parts = json.loads(json.dumps(other["sections"]))
        for item in (item for part in parts for item in part["items"]):
            item["value"] = None if item["id"] == "F-1" else item["value"]
        assert one["sections"] == parts
        assert one["score"] == other["score"]


def test_people_who_write_in_ids_and_titles_are_not_in_it(here: Workspace) -> None:
    """Facts that no checklist asks for, the title of the round, versions by hand."""
    edits = [
        FieldEdit(("rounds", "2026", "title"), "王敏牵头"),
        FieldEdit(("profile", "wang_min"), "王敏"),
    ]
    here.edit_config(edits)
    assert "王敏" not in json.dumps(exported(here, sanitised=True), ensure_ascii=False)


def test_a_new_key_is_told(here: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """As it is with a sanitised copy: pseudonyms differ from those of before."""
    assert not make_round_data_export(here, "2026", TODAY, sanitised=True).has_new_key
    (here.root / ".assess" / "export-key").write_bytes(b"known")
    assert make_round_data_export(here, "2026", TODAY, sanitised=True).has_new_key
    monkeypatch.setattr(Pseudonyms, "__init__", None)
    assert not make_round_data_export(here, "2026", TODAY, sanitised=False).has_new_key


def test_what_can_not_be_exported(here: Workspace) -> None:
    """A round that is not there, a file that can't be read: nothing is written."""
    with pytest.raises(UnknownIdError):
        make_round_data_export(here, "2027", TODAY, sanitised=False)
    (here.root / SHEET).write_text("format: [", "utf-8")
    with pytest.raises(FilesError):
        make_round_data_export(here, "2026", TODAY, sanitised=False)


def test_no_other_file_is_replaced(here: Workspace, tmp_path: Path) -> None:
    """Former data is; assess.yaml, a report or a folder is not."""
    target = tmp_path / "new" / "data.json"
    for data in (DATA_START + b"1", DATA_START + b"2"):
        write_round_data_unless_other_file(target, data, "en")
        assert target.read_bytes() == data
    was = (here.root / "assess.yaml").read_bytes()
    with pytest.raises(UsageError, match="something else"):
        write_round_data_unless_other_file(here.root / "assess.yaml", DATA_START, "en")
    assert (here.root / "assess.yaml").read_bytes() == was
    with pytest.raises(WriteError):
        write_round_data_unless_other_file(here.root, DATA_START, "en")
