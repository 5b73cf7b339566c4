"""Sub-questions in commands: counted while they are open, kept and named while they are closed."""

from __future__ import annotations

import json
import subprocess
from contextlib import chdir
from pathlib import Path
from typing import Any

import pytest

from assess.cli.boundary import run_and_explain_errors
from assess.engine.fingerprint import reviewed_answer_digest
from assess.workspace import Workspace
from cli.conftest import Assess, EnterCopy, run_in
from rollup_units import TODAY

FORM = Path(__file__).parents[1] / "data" / "forms" / "yearly-form.yaml"
SHEET_FILE = Path("answers/2026/yearly-form.yaml")


def form_workspace(root: Path) -> Workspace:
    """Make a committed workspace with the yearly form alone."""
    made = run_and_explain_errors(["init", str(root), "--org", "示例市青溪区档案馆"])
    assert made == 0
    run_in(
        root,
        f"checklist add {FORM}",
        "person add wang-min --name 王敏 --role filler",
        "commit",
    )
    return Workspace(root, "en")


@pytest.fixture
def root(enter_copy: EnterCopy) -> Path:
    """The current folder is a copy of it."""
    return enter_copy(form_workspace)


def answer(*pairs: str) -> None:
    """Answer items, each as ITEM=VALUE."""
    for pair in pairs:
        words = ["answer", *pair.split("="), "--as", "wang-min"]
        assert run_and_explain_errors(words) == 0, pair


def form_status(assess: Assess) -> dict[str, Any]:
    """Return what `status --json` says of the form."""
    sheets: list[dict[str, Any]] = json.loads(assess("status", "--json").out)["sheets"]
    return next(sheet for sheet in sheets if sheet["sheet"] == "yearly-form")


def test_status_and_lint_name_what_is_kept(root: Path, assess: Assess) -> None:
    """Yes, filled in, no: the answer stays in the file and counts nowhere until yes again."""
    answer("ZC-EV-01=yes", "ZC-EV-02=5")
    assert form_status(assess)["counts"]["applicable"] == 5
    answer("ZC-EV-01=no")
    status = form_status(assess)
    assert (status["counts"]["applicable"], status["counts"]["done"]) == (2, 1)
    assert status["kept_closed"] == ["ZC-EV-02"]
    assert "kept, question closed: yearly-form ZC-EV-02" in assess("status").out
    lint = assess("lint").out + assess("lint").err
    assert "question-closed: warning: kept, not counted: no answer opens the question" in lint
    assert "value: 5" in (root / SHEET_FILE).read_text("utf-8")
    answer("ZC-EV-01=yes")
    assert form_status(assess)["kept_closed"] == []
    assert form_status(assess)["counts"]["done"] == 2


def test_an_answer_to_a_closed_question_is_taken_and_said(root: Path, assess: Assess) -> None:
    """It is kept beside what would open it; an open one says nothing."""
    kept = assess("answer", "ZC-EV-02", "5", "--as", "wang-min")
    assert kept.code == 0
    assert kept.err.splitlines() == [
        "kept, not counted: no answer opens the question",
        "it is asked only if ZC-EV-01 is “yes”",
    ]
    answer("ZC-EV-01=yes")
    assert assess("answer", "ZC-EV-02", "6", "--as", "wang-min").err == ""
    assert (root / SHEET_FILE).exists()


def test_many_answers_at_once_in_any_order(root: Path, assess: Assess) -> None:
    """What the same file opens counts; what stays closed is listed as kept, not as lacking."""
    rows = "item,answer\nZC-EV-02,5\nZC-EV-01,yes\nZC-OS-02,下季度\n"
    (root / "list.csv").write_text(rows, "utf-8")
    done = assess("answer", "--from", "list.csv", "--as", "wang-min")
    assert done.code == 0
    assert done.out.splitlines()[-1] == (
        "kept, not counted: no answer opens the question: 1 (ZC-OS-02)"
    )
    assert form_status(assess)["kept_closed"] == ["ZC-OS-02"]


def test_the_data_of_the_round(root: Path, assess: Assess) -> None:
    """The item says that it is closed; its value is no result."""
    answer("ZC-EV-01=no", "ZC-EV-02=5")
    out = root.parent / "data.json"
    assert assess("export", "--data", "-o", str(out)).code == 0
    sheets = json.loads(out.read_text("utf-8"))["sheets"]
    form = next(sheet for sheet in sheets if sheet["name"] == "yearly-form")
    item = next(item for item in form["sections"][0]["items"] if item["id"] == "ZC-EV-02")
    assert (item["applies"], item["closed"], item["value"]) == ("no", True, None)


def test_the_format_rises_and_without_it_lint_says_so(root: Path, assess: Assess) -> None:
    """`item` in a condition needs number 3; a lower number is an error with the line to write."""
    path = root / "checklists" / "yearly-form.yaml"
    path.write_text(path.read_text("utf-8").replace("checklist/3", "checklist/2"), "utf-8")
    refused = assess("checklist", "lint", str(path))
    assert "field-newer" in refused.out + refused.err
    assert "assess/checklist/3" in refused.out + refused.err


def test_opened_here_and_closed_there(root: Path, tmp_path: Path, assess: Assess) -> None:
    """One person fills in what the other closes: the answer stays, and sync names it to both."""
    answer("ZC-EV-01=yes")
    run_in(root, "commit", f"sync {tmp_path / 'usb'}")
    stick, there = tmp_path / "usb", tmp_path / "there"
    subprocess.run(["git", "clone", "-q", str(stick), str(there)], check=True)
    run_in(there, "git setup")
    with chdir(there):
        answer("ZC-EV-01=no")
    run_in(there, "commit", "sync")
    answer("ZC-EV-02=5")
    run_in(root, "commit")
    synced = assess("sync")
    assert synced.code == 0
    assert "kept, question closed: ZC-EV-02" in synced.out
    assert form_status(assess)["kept_closed"] == ["ZC-EV-02"]
    with chdir(there):
        synced = assess("sync", "--json")
        changes = json.loads(synced.out)["changes"]
        assert changes["sheets"][0]["kept_closed"] == ["ZC-EV-02"]
        answer("ZC-EV-01=yes")
        assert form_status(assess)["kept_closed"] == []


def test_a_review_stays_valid_while_the_question_is_closed(root: Path, assess: Assess) -> None:
    """It is about the answer alone: closed it does not count, open again it still holds."""
    answer("ZC-EV-01=yes", "ZC-EV-02=5")
    workspace = Workspace(root, "en")
    name = next(one for one in workspace.list_sheets("2026") if one.checklist == "yearly-form")
    open_sheet = workspace.open_sheet(name, "2026")
    digest = reviewed_answer_digest(open_sheet.sheet.answers["ZC-EV-02"])
    review = {"state": "accepted", "by": "li-jian", "at": TODAY.isoformat(), "of": digest}
    open_sheet.write_answer("ZC-EV-02", {"review": review}, by=None, now=TODAY, lang="zh")
    for value, work in (("yes", "accepted"), ("no", "unanswered"), ("yes", "accepted")):
        answer(f"ZC-EV-01={value}")
        open_sheet = workspace.open_sheet(name, "2026")
        states = {state.item.id: state for state in open_sheet.assess_on(TODAY.date()).items}
        assert (states["ZC-EV-02"].work, states["ZC-EV-02"].review_outdated) == (work, False)
    assert assess("status").code == 0
