"""Objects that a power cut left empty, short or with other bytes; a commit never builds on them."""

from __future__ import annotations

import errno
import os
import subprocess
import zlib
from pathlib import Path

import pytest

from assess.errors import WriteError
from assess.store.git.commit.commit_files import (
    commit_paths_if_changed,
    make_and_trust_missing_repository,
    make_empty_commit,
)
from assess.store.git.commit.draft_index import open_draft_index, stage_repair_and_flush_objects
from assess.store.git.run.plumbing import BrokenHeadError, GitError
from assess.store.git.state import damaged_objects as module
from assess.store.git.state.damaged_objects import rename_damaged_and_check_incomplete
from assess.store.git.sync.merge_commits import merge_commit_into_branch
from store.git.run.test_commits import save, sh

OTHER = zlib.compress(b"blob 2\0x\n")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository with one commit, in a folder of which the workspace stands."""
    make_and_trust_missing_repository(tmp_path)
    save(tmp_path, "beside", "1\n", "first")
    root = tmp_path / "甲"
    (root / "sub" / "deep").mkdir(parents=True)
    (root / "sub" / "deep" / "a").write_text("a\n", "utf-8")
    (root / "sub" / "b").write_text("b\n", "utf-8")
    return root


def object_of(root: Path, name: str) -> Path:
    """Return the file of an object, which may be named by the path of a file."""
    oid = sh(root, "hash-object", name) if (root / name).is_file() else sh(root, "rev-parse", name)
    top = Path(sh(root, "rev-parse", "--show-toplevel"))
    return top / ".git" / "objects" / oid[:2] / oid[2:]


def damage(path: Path, data: bytes) -> None:
    """Let an object's file hold other bytes."""
    path.parent.mkdir(exist_ok=True)
    path.unlink(missing_ok=True)
    path.write_bytes(data)


def is_whole(root: Path) -> bool:
    """Return whether all that the commits lead to can be read."""
    words = ["git", "fsck", "--no-dangling"]
    return not subprocess.run(words, cwd=root, check=False, capture_output=True).returncode


@pytest.mark.parametrize("data", [b"", b"x\x9c\x4b", b"\0" * 40, OTHER])
def test_a_file_whose_object_is_damaged_already(root: Path, data: bytes) -> None:
    """It is written anew, and what lay in its way is there under another name."""
    path = object_of(root, "sub/deep/a")
    damage(path, data)
    commit_paths_if_changed(root, ["sub"], "second", lang="en")
    assert is_whole(root)
    assert sh(root, "show", "HEAD:./sub/deep/a") == "a"
    assert path.with_name(f"tmp_obj_damaged-{path.name}").read_bytes() == data


@pytest.mark.parametrize("names", ["甲/sub", "甲/sub/deep", "甲", "", "甲/sub/b"])
def test_what_was_staged_and_then_damaged(root: Path, names: str) -> None:
    """Folders too are written anew, also where git's list says that they are written."""
    sh(root, "add", ".")
    tree = sh(root, "write-tree")
    damage(object_of(root, f"{tree}:{names}"), b"")
    damage(object_of(root, "sub/deep/a"), b"x")
    commit_paths_if_changed(root, ["sub"], "second", lang="en")
    assert is_whole(root)


def test_the_newest_commit_is_mended_from_the_files(root: Path) -> None:
    """Nothing changed, so no commit is made; but the one that is there can be read again."""
    first = commit_paths_if_changed(root, ["sub"], "second", lang="en")
    damage(object_of(root, "sub/deep/a"), b"")
    damage(object_of(root, "HEAD:甲/sub/deep"), b"")
    assert commit_paths_if_changed(root, ["sub"], "third", lang="en") == first
    assert is_whole(root)


def test_large_files(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A large object is read where it is new; one that the newest commit has is not."""
    monkeypatch.setattr(module, "_SMALL", 50)
    (root / "sub" / "large").write_bytes(bytes(range(256)))
    path = object_of(root, "sub/large")
    damage(path, b"x" * 100)
    commit_paths_if_changed(root, ["sub"], "second", lang="en")
    assert is_whole(root)
    damage(path, b"x" * 100)
    (root / "sub" / "b").write_text("c\n", "utf-8")
    commit_paths_if_changed(root, ["sub"], "third", lang="en")
    assert path.read_bytes() == b"x" * 100


def test_no_more_than_a_limit_is_unpacked(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What unpacks to very much counts as whole."""
    monkeypatch.setattr(module, "_MOST_UNPACKED", 1)
    damage(object_of(root, "sub/b"), OTHER)
    commit_paths_if_changed(root, ["sub"], "second", lang="en")
    assert not is_whole(root)


@pytest.mark.parametrize("old", [b"", None])
def test_what_is_nowhere_to_be_written_from(root: Path, old: bytes | None) -> None:
    """No commit is made on top of what nobody can read."""
    path = object_of(root, "HEAD:beside")
    path.unlink()
    if old is not None:
        damage(path, old)
    first = sh(root, "rev-parse", "HEAD")
    with pytest.raises(GitError, match="unable to read all objects"):
        commit_paths_if_changed(root, ["sub"], "second", lang="en")
    assert sh(root, "rev-parse", "HEAD") == first


@pytest.mark.parametrize("kind", ["link", "broken link", "folder", "pipe"])
def test_no_file_in_the_way_of_an_object(root: Path, kind: str) -> None:
    """It is renamed like a damaged file, whatever it leads to, and the object is written."""
    path = object_of(root, "sub/deep/a")
    path.parent.mkdir(exist_ok=True)
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to("gone")
        if kind == "link":
            path.with_name("gone").touch()
    commit_paths_if_changed(root, ["sub"], "second", lang="en")
    assert is_whole(root)
    assert sh(root, "show", "HEAD:./sub/deep/a") == "a"


def test_what_is_no_file_is_left_alone(root: Path, tmp_path: Path) -> None:
    """A pipe in the place of an object is renamed unread; what a link leads to is not touched."""
    objects, elsewhere = tmp_path / ".git" / "objects", tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / ("a" * 38)).touch()
    free = next(name for name in ("00", "11", "22") if not (objects / name).exists())
    (objects / free).symlink_to(elsewhere)
    path = object_of(root, "HEAD:beside")
    path.unlink()
    os.mkfifo(path)
    assert rename_damaged_and_check_incomplete(root, None, {}, "en")
    assert (elsewhere / ("a" * 38)).exists()
    assert path.with_name(f"tmp_obj_damaged-{path.name}").is_fifo()


def test_a_damaged_object_that_can_not_be_renamed(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That is told."""
    damage(object_of(root, "sub/b"), b"")

    def refuse(_old: Path, _new: Path) -> None:
        raise OSError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(WriteError, match="may not write"):
        commit_paths_if_changed(root, ["sub"], "second", lang="en")


def branches(root: Path) -> str:
    """Make two branches that changed one file in other lines; return the tip of theirs."""
    lines = "1\n2\n3\n4\n5\n6\n"
    save(root, "f", lines, "second")
    sh(root, "switch", "-q", "-c", "theirs")
    save(root, "f", lines.replace("6", "theirs"), "theirs")
    sh(root, "switch", "-q", "main")
    save(root, "f", lines.replace("1", "ours"), "ours")
    return sh(root, "rev-parse", "theirs")


def test_a_merge_whose_result_is_damaged_already(root: Path) -> None:
    """What git merges is written anew."""
    tip = branches(root)
    tree = sh(root, "merge-tree", "--write-tree", "HEAD", tip)
    damage(object_of(root, f"{tree}:甲/f"), b"")
    damage(object_of(root, f"{tree}:甲"), b"")
    assert merge_commit_into_branch(root, tip, "both", None, "en").merged == "merged"
    assert is_whole(root)
    assert sh(root, "show", "HEAD:./f").split() == ["ours", "2", "3", "4", "5", "theirs"]


def test_a_merge_of_what_can_not_be_read(root: Path) -> None:
    """It is refused, and nothing is changed."""
    tip = branches(root)
    damage(object_of(root, "HEAD:beside"), b"")
    first = sh(root, "rev-parse", "HEAD")
    with pytest.raises(GitError, match="unable to read all objects"):
        merge_commit_into_branch(root, tip, "both", None, "en")
    assert sh(root, "rev-parse", "HEAD") == first
    assert sh(root, "status", "--short", "--untracked-files=no") == ""


def test_a_list_that_is_not_settled(root: Path) -> None:
    """Git writes no folders of it; the objects of files are written, and nothing is refused."""
    save(root, "f", "1\n", "second")
    sh(root, "switch", "-q", "-c", "theirs")
    save(root, "f", "theirs\n", "theirs")
    sh(root, "switch", "-q", "main")
    save(root, "f", "ours\n", "ours")
    subprocess.run(["git", "merge", "-q", "theirs"], cwd=root, check=False, capture_output=True)
    with open_draft_index(root, "en") as draft:
        stage_repair_and_flush_objects(
            root, [], options=(), environ=draft.index_environ(), lang="en"
        )


def test_a_commit_that_changes_no_file(root: Path) -> None:
    """It is not made on top of a commit that can't be read."""
    make_empty_commit(root, "why", lang="en")
    damage(object_of(root, "HEAD:beside"), b"")
    with pytest.raises(BrokenHeadError):
        make_empty_commit(root, "why", lang="en")


def test_a_file_that_cannot_be_looked_at_is_not_called_damaged(root: Path) -> None:
    """What the system refuses to look up is left to git, which tells it."""
    assert not module._is_damaged_object_file(root / ("x" * 300), is_large_file_read=True)
