"""Whole files that a merge leaves to somebody, settled without git."""

from __future__ import annotations

from pathlib import Path

import pytest

from assess.errors import EnvironmentLacksError, FilesError, UnknownIdError, UsageError
from assess.workspace import Workspace
from assess.workspace.sharing import undecided_files
from assess.workspace.sharing.commit import restore_files_and_commit_workspace
from assess.workspace.sharing.sync import synchronize_workspace
from assess.workspace.sharing.undecided_files import list_undecided_file_problems, settle_whole_file
from workspace.history.test_changes import ITEM, SHEET, TODAY, put, sh
from workspace.history.test_changes import here as here  # noqa: PLC0414  # pytest finds the fixture by this name
from workspace.sharing.test_merged_files import same_tree, sync, write
from workspace.test_syncing_bad_input import by_hand, change
from workspace.test_syncing_by_meaning import there as there  # noqa: PLC0414  # pytest finds the fixture by this name

PAGE = "templates/own/main.html"
LIST = "checklists/egov-network.yaml"


@pytest.mark.exhaustive
def test_both_changed_all_kinds_of_files(
    here: Workspace, there: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A template, a sheet that one removed, a checklist, and answers, which are no whole."""
    write(here, PAGE, b"<p>first</p>\n")
    sync(here)
    synchronize_workspace(there, today=TODAY)
    write(there, PAGE, b"<p>theirs</p>\n")
    change(there, LIST, "network", "theirs")
    by_hand(there)
    put(there, "EGN-ACC-03", status="met")
    restore_files_and_commit_workspace(there, today=TODAY)
    (there.root / ".gitignore").unlink()
    sync(there)
    write(here, PAGE, b"<p>ours</p>\n")
    write(here, ".gitignore", b".assess/\nours\n")
    change(here, LIST, "network", "ours")
    put(here, "EGN-ACC-03", status="unmet")
    restore_files_and_commit_workspace(here, today=TODAY)
    with pytest.raises(FilesError):
        synchronize_workspace(here, today=TODAY)

    left = {one.file: one.hint for one in list_undecided_file_problems(here)}
    assert set(left) == {PAGE, ".gitignore"}
    assert "--theirs" in left[PAGE]
    assert left[".gitignore"].startswith("keep it: assess settle .gitignore --ours; drop it")
    with pytest.raises(UnknownIdError, match="no merge waits"):
        settle_whole_file(here, "README", "ours")
    with pytest.raises(UsageError, match="merged by meaning"):
        settle_whole_file(here, SHEET, "theirs")
    with pytest.raises(UsageError, match="merged by meaning"):
        settle_whole_file(here, LIST, "edited")
    monkeypatch.chdir(here.root / "templates")
    settle_whole_file(here, "own/main.html", "theirs")
    settle_whole_file(here, ".gitignore", "ours")
    settle_whole_file(here, LIST, "theirs")
    (here.root / SHEET).write_bytes(
        (there.root / SHEET).read_bytes()
    )  # as whoever settles field by field leaves it

    assert list_undecided_file_problems(here) == []
    assert (here.root / PAGE).read_bytes() == b"<p>theirs</p>\n"
    synchronize_workspace(here, today=TODAY)
    synchronize_workspace(there, today=TODAY)
    assert same_tree(here, there)
    assert (here.root / LIST).read_bytes() == (there.root / LIST).read_bytes()


def test_beside_the_workspace(here: Workspace) -> None:
    """What stands outside of the workspace in a larger repository is not settled from here."""
    inner = here.root / "单位"
    inner.mkdir()
    sh(here.root, "branch", "theirs")
    write(here, "README", b"ours\n")
    sh(here.root, "add", "-A")
    sh(here.root, "commit", "-q", "-m", "ours")
    sh(here.root, "switch", "-q", "theirs")
    write(here, "README", b"theirs\n")
    sh(here.root, "add", "-A")
    sh(here.root, "commit", "-q", "-m", "theirs")
    with pytest.raises(Exception, match="returned non-zero"):
        sh(here.root, "merge", "-q", "main")
    inner.mkdir(exist_ok=True)
    with pytest.raises(UsageError, match=r"outside of the workspace.*git add README"):
        settle_whole_file(Workspace(inner, "en"), "../README", "ours")
    with pytest.raises(FilesError, match="not mended"):
        settle_whole_file(here, "README", "edited")
    (here.root / "README").unlink()
    settle_whole_file(here, "README", "edited")
    assert list_undecided_file_problems(here) == []
    assert ITEM in (here.root / SHEET).read_text("utf-8")


def test_without_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing waits where there is none."""

    def lacks(_root: Path) -> None:
        raise EnvironmentLacksError("git is not installed")

    monkeypatch.setattr(undecided_files, "list_undecided_files", lacks)
    assert list_undecided_file_problems(Workspace(tmp_path, "en")) == []
