"""Objects are asked for by id, and what is answered is parsed from bytes that have it."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from assess.store.git.run import checked_objects
from assess.store.git.run.batch import open_checked_objects
from assess.store.git.run.checked_objects import CheckedObjects
from assess.store.git.run.object_ids import MisnamedObjectError
from assess.store.git.run.plumbing import Repository, UnreadableObjectError
from store.git.run.test_batch import replace_object
from store.git.run.test_batch import root as root  # noqa: PLC0414  # pytest finds the fixture by this name
from store.git.run.test_commits import sh


@pytest.fixture
def objects(root: Path) -> Iterator[CheckedObjects]:
    """The objects of a workspace in the folder `sub`."""
    with open_checked_objects(Repository(root / "sub", "sub/")) as opened:
        yield opened


@pytest.mark.parametrize("name", ["HEAD", "main", "1" * 39, "1" * 40, "round/2026", ""])
def test_only_ids_are_taken(root: Path, objects: CheckedObjects, name: str) -> None:
    """A name may mean another object tomorrow, and a short id may mean several."""
    short = sh(root, "rev-parse", "HEAD")[:12]
    for asked in (name, short):
        with pytest.raises(UnreadableObjectError):
            objects.read_commit(asked)
        with pytest.raises(UnreadableObjectError):
            objects.read_blob_within_limit(asked)
        with pytest.raises(UnreadableObjectError):
            objects.list_files(asked)


def test_an_object_of_another_kind(root: Path, objects: CheckedObjects) -> None:
    """A commit is no file, a file no commit, and a submodule no file of this repository."""
    head, blob = sh(root, "rev-parse", "HEAD"), sh(root, "rev-parse", "HEAD:top")
    with pytest.raises(UnreadableObjectError):
        objects.read_blob_within_limit(head)
    with pytest.raises(UnreadableObjectError):
        objects.read_commit(blob)
    assert objects.find_file_object_id(head, "module") is None


def test_files_by_path(root: Path, objects: CheckedObjects) -> None:
    """A file has its id, a folder and what is not there have none."""
    head = sh(root, "rev-parse", "HEAD")
    assert objects.find_file_object_id(head, "名 字") == sh(root, "rev-parse", "HEAD:sub/名 字")
    assert objects.find_file_object_id(head, "answers/2026/x.yaml") is not None
    for path in ("answers", "missing", "a-b/x", "answers/2026/z.yaml"):
        assert objects.find_file_object_id(head, path) is None
    assert objects.find_workspace_tree_id(head) == sh(root, "rev-parse", "HEAD:sub")


def test_a_few_folders_are_kept(
    root: Path, objects: CheckedObjects, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those of a vast history do not fill the memory, and are read again."""
    monkeypatch.setattr(checked_objects, "_MOST_ENTRIES", 2)
    head = sh(root, "rev-parse", "HEAD")
    assert objects.list_files(head) == objects.list_files(head)
    assert len(objects._folders) == 1


def test_tags(root: Path, objects: CheckedObjects) -> None:
    """A tag of a tag leads to the commit; one of a file or a folder leads to none."""
    head = sh(root, "rev-parse", "HEAD")
    sh(root, "tag", "-a", "-m", "t", "again", "round/2026")
    sh(root, "tag", "light", "HEAD~1")
    for name in ("blob", "tree"):
        sh(root, "tag", name, "HEAD:top" if name == "blob" else "HEAD:sub")
        assert objects.resolve_tag(name) is None
    assert objects.resolve_tag("again") == objects.resolve_tag("round/2026") == head
    assert objects.resolve_tag("light") == sh(root, "rev-parse", "HEAD~1")
    assert objects.resolve_tag("none") is None
    assert objects.peel_to_commit("none") is None


def test_a_tag_that_was_replaced(root: Path, objects: CheckedObjects) -> None:
    """It may name another commit: it is refused."""
    oid, head = sh(root, "rev-parse", "refs/tags/round/2026"), sh(root, "rev-parse", "HEAD")
    before = sh(root, "rev-parse", "HEAD~1")
    data = sh(root, "cat-file", "tag", oid).replace(head, before)
    replace_object(root, oid, "tag", f"{data}\n".encode())
    with pytest.raises(MisnamedObjectError, match=oid):
        objects.resolve_tag("round/2026")


def test_a_chain_of_tags_ends(root: Path, objects: CheckedObjects) -> None:
    """One that is longer than anybody makes leads nowhere."""
    name = "HEAD"
    for number in range(12):
        sh(root, "tag", "-a", "-m", "t", f"t{number}", name)
        name = f"t{number}"
    assert objects.resolve_tag("t8") is not None
    assert objects.resolve_tag("t11") is None


@pytest.mark.parametrize(
    "names",
    [("a", "a"), ("b", "a"), ("a", "a/"), ("a/x",), ("",), (".",), ("..",), ("a.b", "a/", "a-b")],
)
def test_folders_that_can_be_read_in_two_ways(
    root: Path, objects: CheckedObjects, names: tuple[str, ...]
) -> None:
    """Git takes the last of doubled names, others the first: nothing is proved by such a folder."""
    blob, tree = (bytes.fromhex(sh(root, "rev-parse", f"HEAD:{name}")) for name in ("top", "other"))
    data = b"".join(
        b"40000 %s\0%s" % (name[:-1].encode(), tree)
        if name.endswith("/")
        else b"100644 %s\0%s" % (name.encode(), blob)
        for name in names
    )
    top = write_object(root, "tree", data)
    commit = write_object(root, "commit", b"tree %s\nauthor A <a> 5 +0000\n\nx" % top.encode())
    with pytest.raises(UnreadableObjectError, match=top):
        objects.list_files(commit)
    with pytest.raises(UnreadableObjectError, match=top):
        objects.find_file_object_id(commit, "a")


def write_object(root: Path, kind: str, data: bytes) -> str:
    """Write an object as it is, and return its id."""
    words = ["git", "hash-object", "-t", kind, "-w", "--stdin", "--literally"]
    done = subprocess.run(words, cwd=root, check=True, capture_output=True, input=data)
    return done.stdout.decode().strip()
