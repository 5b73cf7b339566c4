"""Tests of a workspace that an older program made, and of that program in a clone beside ours."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import make_old_workspace
import pytest

from assess.cli.common.exit_codes import ExitCode
from assess.model import formats
from assess.model.formats import FormatAddition
from cli.conftest import Assess
from cli.old_program import SHEET, has_history, old_program, shared

LATER = (FormatAddition(2, ("answers", "*", "status"), ("unmet",)),)
"""A later program, in which a result that the old workspace does not use is of number 2."""


def _git(root: Path, *words: str) -> str:
    done = subprocess.run(["git", *words], cwd=root, check=True, capture_output=True, text=True)
    return done.stdout


def _lint_codes(assess: Assess) -> set[str]:
    """Return the codes of all that lint says; all are warnings."""
    ran = assess("lint", "--format", "json")
    assert ran.code == 0
    return {problem["code"] for problem in json.loads(ran.out)}


def _number(root: Path) -> str:
    return (root / SHEET).read_text("utf-8").split("\n", 1)[0].removeprefix("format: ")


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder is a clone of the old workspace."""
    (root,) = shared(tmp_path, "mine")
    monkeypatch.chdir(root)
    return root


def test_today_s_program_goes_on_with_it(clone: Path, assess: Assess) -> None:
    """Open, status, lint, answer, commit, sync, report; nothing else in the sheet changes."""
    assert _lint_codes(assess) == {"checklist-changed"}, "its checklist is a part of the library's"
    assert "1/9 answered" in assess("status").out
    before = (clone / SHEET).read_text("utf-8").splitlines()
    assert assess("answer", "EGN-BND-01", "met").code == 0
    after = (clone / SHEET).read_text("utf-8").splitlines()
    assert [row for row in before if row not in after] == []
    assert _number(clone) == "assess/answers/1"
    assert assess("report", "--format", "json", "--lang", "zh").code == 0
    assert assess("upgrade", "--workspace").code == 0
    assert assess("commit").code == 0
    assert assess("sync").code == 0
    assert _lint_codes(assess) == {"checklist-changed"}
    assert _git(clone, "status", "--porcelain") == ""


@pytest.mark.usefixtures("clone")
def test_its_closed_round_is_read_and_its_report_verified(assess: Assess) -> None:
    """The report is of its commit; that this program sets it otherwise, or not at all, is told."""
    assert "score 75.0" in assess("status", "--round", "2026").out
    verified = assess("verify", "reports/2026/egov-network-issuer-zh.pdf")
    assert verified.code in (ExitCode.OK, ExitCode.NOT_PROVED), verified
    assert "egov-network" in verified.out
    if verified.code == ExitCode.NOT_PROVED:
        assert "other-program" in verified.out or "again-elsewhere" in verified.out
        assert "prove it with the version that made it" in verified.out


def _both_sync(old: Any, theirs: Path, assess: Assess) -> None:
    """Hand on what the old program has, and take it in with today's."""
    old.must(theirs, "commit")
    old.must(theirs, "sync")
    assert assess("sync").code == 0


@pytest.mark.exhaustive
@pytest.mark.skipif(not has_history(), reason="no history: the old program is not in this copy")
def test_old_and_new_program_side_by_side(
    tmp_path: Path, assess: Assess, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They share a workspace until a newer field is written; then the old one says `format-newer`.

    Nothing is lost meanwhile, and the clone of the old one goes on with the newer program.
    """
    old = old_program(tmp_path / "old")
    mine, theirs = shared(tmp_path, "mine", "theirs")
    monkeypatch.chdir(mine)

    # Nothing new is used: both answer, merge and hand on.
    assert assess("answer", "EGN-BND-01", "met").code == 0
    assert assess("upgrade", "--workspace").code == 0
    assert assess("commit").code == 0
    assert assess("sync").code == 0
    old.must(theirs, "answer", "EGN-BND-02", "quarterly")
    _both_sync(old, theirs, assess)
    assert (mine / SHEET).read_bytes() == (theirs / SHEET).read_bytes()
    assert _number(mine) == "assess/answers/1"

    # A newer field is written and handed on, while the old program answers.
    monkeypatch.setitem(formats.ADDITIONS, "sheet", LATER)
    assert assess("answer", "EGN-BND-01", "unmet", "--note", "规则被删").code == 0
    assert _number(mine) == "assess/answers/2"
    assert assess("commit").code == 0
    assert assess("sync").code == 0
    old.must(theirs, "answer", "EGN-BND-04", "3")
    old.must(theirs, "commit")
    commit = _git(theirs, "rev-parse", "HEAD").strip()
    for words in (["sync"], ["sync"], ["answer", "EGN-BND-05", "2026-01-01"]):
        done = old.run(theirs, *words)
        assert done.returncode in (ExitCode.NO, ExitCode.FILES), (words, done)
        told = done.stdout + done.stderr
        assert "both-changed" in told or "format-newer" in told, (words, told)
    assert "format-newer" in old.run(theirs, "status").stderr
    _git(theirs, "merge-base", "--is-ancestor", commit, "HEAD")
    assert _git(theirs, "log", "origin/main..HEAD", "--format=%H", "--no-merges").strip() == commit

    # After its update that clone goes on, and both sides' answers are there.
    monkeypatch.chdir(theirs)
    assert assess("lint").code == 0
    assert assess("sync").code == 0
    monkeypatch.chdir(mine)
    assert assess("sync").code == 0
    text = (mine / SHEET).read_text("utf-8")
    assert (theirs / SHEET).read_text("utf-8") == text
    assert text.startswith("format: assess/answers/2\n")
    for answered in ("EGN-BND-01", "规则被删", "EGN-BND-02", "EGN-BND-04"):
        assert answered in text


def test_a_file_of_a_newer_program_stops_a_merge_before_it_begins(
    tmp_path: Path, assess: Assess, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As this program will meet the next one: named, nothing changed, and it goes on afterwards."""
    mine, theirs = shared(tmp_path, "mine", "theirs")
    sheet = theirs / SHEET
    newer = f"answers/{formats.newest_format_number('sheet') + 1}"
    sheet.write_text(sheet.read_text("utf-8").replace("answers/1", newer, 1), "utf-8")
    _git(theirs, "commit", "-qam", "newer")
    _git(theirs, "push", "-q")
    monkeypatch.chdir(mine)
    assert assess("answer", "EGN-BND-01", "met").code == 0
    assert assess("commit").code == 0
    commit = _git(mine, "rev-parse", "HEAD")

    refused = assess("sync")

    assert refused.code == ExitCode.FILES
    assert "format-newer" in refused.err
    assert (_git(mine, "rev-parse", "HEAD"), _git(mine, "status", "--porcelain")) == (commit, "")
    assert assess("status").code == 0

    _git(theirs, "pull", "-q", "--no-rebase", "-X", "ours", str(mine), "main")
    _git(theirs, "push", "-q")
    taken = assess("sync")
    assert taken.code == 0
    assert "format-newer" in taken.err
    assert assess("status").code == ExitCode.FILES


@pytest.mark.exhaustive
@pytest.mark.skipif(not has_history(), reason="no history: the old program is not in this copy")
def test_the_workspace_can_be_made_again(tmp_path: Path) -> None:
    """By the script, with the old program: as many files, whatever the year."""
    built = make_old_workspace.build(old_program(tmp_path / "old"), tmp_path)
    (kept,) = shared(tmp_path, "kept")
    files = _git(kept, "ls-files").splitlines()
    assert len(_git(built, "ls-files").splitlines()) == len(files)
