"""Lint tells of a library checklist that was edited, whatever digests were written beside it."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from assess.store.shipped_files import list_library_files_by_id
from assess.workspace import SheetName, Workspace
from assess.workspace.setup.make_workspace import make_and_commit_workspace

TODAY = date(2026, 6, 1)
NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
PIN = "checklists/workforce.yaml"


@pytest.fixture
def here(tmp_path: Path) -> Workspace:
    """A workspace with a checklist of the library."""
    made = make_and_commit_workspace(
        tmp_path / "w",
        organization="示例市青溪区数据局",
        language="zh",
        checklists=["workforce"],
        today=TODAY,
        lang="en",
    )
    sheet = made.open_sheet(SheetName("workforce"), "2026")
    answer = {"status": "unmet", "note": "x"}
    sheet.write_answer("WKF-ORG-02", answer, by=None, now=NOW, lang="zh")
    return made


def codes(here: Workspace) -> list[str]:
    """Return the codes of the problems of the checklists."""
    problems = here.lint_workspace_files((), today=TODAY)
    return [problem.code for problem in problems if problem.file.startswith("checklists/")]


def test_an_edit_with_its_digest_in_sheet_and_pin(here: Workspace) -> None:
    """Neither makes an edition of the library of it; with a reason it is accepted."""
    assert codes(here) == []
    text = (here.root / PIN).read_text("utf-8").replace("weight: 2", "weight: 1", 1)
    text = f"{text}# easier\n"
    (here.root / PIN).write_text(text, "utf-8")
    edited = hashlib.sha256(text.encode()).hexdigest()
    shipped = hashlib.sha256(list_library_files_by_id()["workforce"].read_bytes()).hexdigest()
    for path in ("answers/2026/workforce.yaml", "assess.yaml"):
        file = here.root / path
        words = file.read_text("utf-8")
        assert path == "assess.yaml" or shipped in words
        file.write_text(words.replace(shipped, edited), "utf-8")
    assert codes(here) == ["checklist-changed"]
    config = here.root / "assess.yaml"
    variant = f"    variant: {{digest: 'sha256:{edited}', reason: 口径}}\n"
    words = config.read_text("utf-8").replace(
        "    source: library\n", f"    source: library\n{variant}", 1
    )
    config.write_text(words, "utf-8")
    assert codes(here) == []


def test_a_draft_that_is_not_pinned_is_nobody_s_copy(here: Workspace) -> None:
    """A checklist that was just begun claims nothing; one with ids of the library still does."""
    here.checklists.write_skeleton_file("our-form", TODAY)
    assert codes(here) == []
    draft = here.root / "checklists" / "our-form.yaml"
    text = draft.read_text("utf-8")
    draft.write_text(text.replace("OUR-BAS-01", "WKF-ORG-02"), "utf-8")
    assert codes(here) == ["checklist-changed"]
