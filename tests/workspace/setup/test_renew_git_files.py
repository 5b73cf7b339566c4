"""Tests of bringing a workspace's own files up to date: shown, one commit, again nothing."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path

import pytest

from assess.errors import ChangedOnDiskError, UsageError, WriteError
from assess.store.file_types import ATTRIBUTE_LINES, IGNORE_LINES
from assess.store.git.run.plumbing import GitError
from assess.store.git.setup.attribute_lines import make_text_of_lines
from assess.workspace import Workspace
from assess.workspace.setup import renew_git_files
from assess.workspace.setup.make_workspace import make_and_commit_workspace
from assess.workspace.setup.outdated_git_files import (
    find_outdated_files_and_settings,
    list_outdated_file_names,
)
from assess.workspace.setup.renew_git_files import write_and_commit_renewal

pytestmark = pytest.mark.untraced

OLD_ATTRIBUTES = """\
# 我们的
*.docx -text
*.yaml text eol=lf
evidence/** -text
evidence/register.yaml text eol=lf
reports/** -text
.gitattributes text eol=lf
.gitignore text eol=lf
/assess.yaml merge=assess diff=assess
/answers/**/*.yaml merge=assess diff=assess
/checklists/*.yaml merge=assess diff=assess
/evidence/register.yaml merge=assess diff=assess
evidence/*.log -diff
"""
OLD_IGNORE = ".assess/\n*.bak\n"


def git(folder: Path, *words: str) -> str:
    """Run git; it must not fail."""
    done = subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True)
    return done.stdout.decode("utf-8")


def _workspace(root: Path) -> Workspace:
    day = date(2026, 5, 12)
    return make_and_commit_workspace(
        root, organization="数据局", language="zh", today=day, lang="en"
    )


@pytest.fixture
def here(tmp_path: Path) -> Workspace:
    """A workspace that an older program made, all of it committed."""
    root = tmp_path / "w"
    made = _workspace(root)
    _make_old(made.root)
    return made


def _make_old(root: Path) -> None:
    (root / ".gitattributes").write_text(OLD_ATTRIBUTES, "utf-8")
    (root / ".gitignore").write_text(OLD_IGNORE, "utf-8")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "old")


def test_the_files_are_brought_up_to_date_in_one_commit(here: Workspace) -> None:
    """All our lines are there, none of a person is gone, and the second run does nothing."""
    assert list_outdated_file_names(here) == [".gitattributes", ".gitignore"]
    renewal = find_outdated_files_and_settings(here)
    assert renewal.files[0].removed_lines == [
        "*.yaml text eol=lf",
        "evidence/** -text",
        "reports/** -text",
        ".gitattributes text eol=lf",
        ".gitignore text eol=lf",
    ]

    before = git(here.root, "rev-parse", "HEAD").strip()
    oid = write_and_commit_renewal(here, renewal)

    assert oid == git(here.root, "rev-parse", "HEAD").strip()
    assert git(here.root, "rev-parse", "HEAD~1").strip() == before
    named = git(here.root, "show", "--name-only", "--format=", "HEAD").split()
    assert named == [".gitattributes", ".gitignore"]
    text = (here.root / ".gitattributes").read_text("utf-8")
    *older, newest = ATTRIBUTE_LINES  # a line about merging that the file lacks comes last
    mine = ["# 我们的", "*.docx -text", *older, "evidence/*.log -diff", newest]
    assert text == make_text_of_lines(mine)
    ignored = [".assess/", "*.bak", *IGNORE_LINES[1:]]
    assert (here.root / ".gitignore").read_text("utf-8") == make_text_of_lines(ignored)
    assert find_outdated_files_and_settings(here).is_up_to_date
    assert write_and_commit_renewal(here, find_outdated_files_and_settings(here)) is None
    assert list_outdated_file_names(here) == []


def test_other_work_is_left_alone(here: Workspace) -> None:
    """What else is changed or staged stays as it is, and is in no commit."""
    (here.root / "assess.yaml").write_text("# x\n", "utf-8")
    git(here.root, "add", "assess.yaml")
    before = git(here.root, "diff", "--cached")
    here_again = Workspace(here.root, "en")
    with pytest.raises(Exception, match=r"assess\.yaml"):  # its language is asked
        write_and_commit_renewal(here_again, find_outdated_files_and_settings(here_again))
    assert git(here.root, "diff", "--cached") == before


def test_a_run_that_was_ended_is_finished(here: Workspace) -> None:
    """Written and not committed: the second run commits, and tells so before."""
    renew_git_files.write_renewal(here, find_outdated_files_and_settings(here))
    renewal = find_outdated_files_and_settings(here)
    assert (renewal.files, renewal.uncommitted) == ((), (".gitattributes", ".gitignore"))
    assert write_and_commit_renewal(here, renewal) is not None
    assert find_outdated_files_and_settings(here).is_up_to_date


def test_a_clone_gets_the_settings_only(here: Workspace, tmp_path: Path) -> None:
    """The files came with the repository; settings don't."""
    write_and_commit_renewal(here, find_outdated_files_and_settings(here))
    git(tmp_path, "clone", "-q", "w", "clone")
    clone = Workspace(tmp_path / "clone", "en")
    renewal = find_outdated_files_and_settings(clone)
    assert (renewal.files, renewal.uncommitted) == ((), ())
    assert "merge.assess.driver" in renewal.settings
    assert write_and_commit_renewal(clone, renewal) is None
    assert find_outdated_files_and_settings(clone).is_up_to_date


def test_in_a_folder_of_a_larger_repository(tmp_path: Path) -> None:
    """Only the workspace's own folder is written and committed."""
    git(tmp_path, "init", "-q")
    (tmp_path / ".gitattributes").write_text("*.x text\n", "utf-8")
    made = _workspace(tmp_path / "dept" / "w")
    subprocess.run(["rm", "-rf", str(made.root / ".git")], check=True)
    (tmp_path / "other").write_text("x", "utf-8")
    _make_old(made.root)

    write_and_commit_renewal(made, find_outdated_files_and_settings(made))

    named = git(tmp_path, "show", "--name-only", "--format=", "HEAD").split()
    assert named == ["dept/w/.gitattributes", "dept/w/.gitignore"]
    assert (tmp_path / ".gitattributes").read_text("utf-8") == "*.x text\n"
    assert find_outdated_files_and_settings(made).is_up_to_date


def test_without_a_commit_the_files_are_written_only(tmp_path: Path) -> None:
    """`assess commit` makes the first one, of all files."""
    made = _workspace(tmp_path / "w")
    git(made.root, "update-ref", "-d", "HEAD")
    (made.root / ".gitignore").unlink()
    renewal = find_outdated_files_and_settings(made)
    assert [change.path for change in renewal.files] == [".gitignore"]
    assert write_and_commit_renewal(made, renewal) is None
    assert (made.root / ".gitignore").is_file()


def test_a_hook_that_refuses_leaves_the_files_as_they_were(
    here: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that was not there goes again."""
    git(here.root, "rm", "-q", ".gitignore")
    git(here.root, "commit", "-qm", "mine")

    def refuse(*_words: object, **_options: object) -> str:
        raise GitError("no")

    monkeypatch.setattr(renew_git_files, "commit_paths_if_changed", refuse)
    with pytest.raises(GitError, match="no"):
        write_and_commit_renewal(here, find_outdated_files_and_settings(here))
    assert (here.root / ".gitattributes").read_text("utf-8") == OLD_ATTRIBUTES
    assert not (here.root / ".gitignore").exists()


def test_a_change_meanwhile_is_noticed(here: Workspace) -> None:
    """Nothing is written over what another program wrote."""
    renewal = find_outdated_files_and_settings(here)
    (here.root / ".gitignore").write_text("mine\n", "utf-8")
    with pytest.raises(ChangedOnDiskError, match=r"\.gitignore"):
        write_and_commit_renewal(here, renewal)
    assert (here.root / ".gitattributes").read_text("utf-8") == OLD_ATTRIBUTES


def test_without_a_repository_nothing_is_offered(here: Workspace) -> None:
    """A sanitised export needs no lines for git."""
    subprocess.run(["rm", "-rf", str(here.root / ".git")], check=True)
    assert list_outdated_file_names(here) == []
    with pytest.raises(UsageError):
        find_outdated_files_and_settings(here)


def test_a_link_in_their_place_is_offered_and_then_refused(here: Workspace) -> None:
    """Status goes on; the command says what is wrong."""
    (here.root / ".gitignore").unlink()
    (here.root / ".gitignore").symlink_to("/etc/hosts")
    assert list_outdated_file_names(here) == [".gitattributes", ".gitignore"]
    with pytest.raises(WriteError, match=r"\.gitignore"):
        find_outdated_files_and_settings(here)
