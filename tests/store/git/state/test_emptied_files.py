"""Files that a power cut left empty."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from assess.store.git.commit.commit_files import make_and_trust_missing_repository
from assess.store.git.state.emptied_files import restore_emptied_files
from store.git.run.test_commits import save, sh

PATH = "evidence/a"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository with a file of evidence."""
    make_and_trust_missing_repository(tmp_path)
    (tmp_path / "evidence").mkdir()
    save(tmp_path, PATH, "1\n", "first")
    return tmp_path


def empty(root: Path, *paths: str) -> None:
    """Leave files as a power cut does."""
    for path in paths:
        (root / path).write_bytes(b"")


def test_as_it_is_staged_or_committed(root: Path) -> None:
    """What is staged counts more; where git's list is gone, the commit has it."""
    assert restore_emptied_files(root, "en") == []
    (root / PATH).write_text("2\n", "utf-8")
    sh(root, "add", PATH)
    empty(root, PATH)
    assert restore_emptied_files(root, "en") == [PATH]
    assert (root / PATH).read_text("utf-8") == "2\n"
    (root / ".git" / "index").unlink()
    empty(root, PATH)
    assert restore_emptied_files(root, "en") == [PATH]
    assert (root / PATH).read_text("utf-8") == "1\n"


def test_rules_of_git_may_be_empty(root: Path) -> None:
    """Somebody who takes the only line out, as a refusal says, does not get it back."""
    save(root, "evidence/.gitattributes", "*.csv text eol=crlf\n", "attributes")
    empty(root, "evidence/.gitattributes")
    assert restore_emptied_files(root, "en") == []


def test_a_file_of_zeros_is_empty(root: Path) -> None:
    """XFS and ext4 leave the size and no content; what git has without content stays."""
    long = "x" * 200_000 + "\n"
    save(root, "evidence/long", long, "long")
    save(root, "evidence/zeros", "\0\0", "zeros")
    (root / PATH).write_bytes(b"\0\0")
    (root / "evidence" / "long").write_bytes(bytes(len(long)))
    assert restore_emptied_files(root, "en") == [PATH, "evidence/long"]
    assert (root / "evidence" / "long").read_text("utf-8") == long
    (root / "evidence" / "long").write_bytes(bytes(200_000) + b"x")
    assert restore_emptied_files(root, "en") == []


def test_a_vast_file_is_not_read(root: Path) -> None:
    """No file of a workspace is as large, whatever it holds."""
    os.truncate(root / PATH, 60 << 30)
    assert restore_emptied_files(root, "en") == []


def test_what_git_has_not_got_stays_empty(root: Path, tmp_path: Path) -> None:
    """A new file, one that was committed empty, one that was emptied by will, one of no git."""
    (root / "templates").mkdir()
    save(root, "templates/t", "t\n", "template")
    save(root, "evidence/b", "", "empty")
    empty(root, "templates/t", "evidence/new")
    assert restore_emptied_files(root, "en") == []
    (tmp_path / ".git").rename(tmp_path / "git")
    empty(root, PATH)
    assert restore_emptied_files(root, "en") == []


def test_before_the_first_commit(tmp_path: Path) -> None:
    """Nothing is known of any file."""
    make_and_trust_missing_repository(tmp_path)
    empty(tmp_path, "assess.yaml")
    assert restore_emptied_files(tmp_path, "en") == []


def diverged(root: Path) -> None:
    """Change a file on two sides and merge them: something is to be decided."""
    sh(root, "switch", "-q", "-c", "theirs")
    save(root, PATH, "theirs\n", "theirs")
    sh(root, "switch", "-q", "main")
    save(root, PATH, "ours\n", "ours")
    with pytest.raises(Exception, match="merge"):
        sh(root, "merge", "-q", "theirs")


def test_what_a_merge_wrote(root: Path) -> None:
    """A file that is to be decided comes back as git left it, with both sides in it."""
    diverged(root)
    written = (root / PATH).read_bytes()
    assert b"theirs" in written
    empty(root, PATH)
    assert restore_emptied_files(root, "en") == [PATH]
    assert (root / PATH).read_bytes() == written


def test_a_merge_of_which_git_has_no_note(root: Path) -> None:
    """Ours alone is not put in the place of both."""
    diverged(root)
    (root / ".git" / "AUTO_MERGE").unlink()
    empty(root, PATH)
    assert restore_emptied_files(root, "en") == []
