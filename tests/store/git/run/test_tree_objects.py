"""The objects of a tree are those that git lists, or git is asked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from assess.store.git.run import tree_objects as module
from assess.store.git.run.batch import BatchRepository
from assess.store.git.run.tree_objects import list_object_ids_of_tree
from store.git.run.test_commits import sh


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository with a commit whose objects lie in a pack, and staged changes."""
    sh(tmp_path, "init", "-q", "-b", "main")
    for name in ("a/b/c", "a/d", "e", "f/c"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name[0], "utf-8")
    sh(tmp_path, "add", "-A")
    sh(tmp_path, "commit", "-q", "-m", "one")
    inside = sh(tmp_path, "rev-parse", "HEAD")
    sh(tmp_path, "update-index", "--add", "--cacheinfo", f"160000,{inside},module")
    sh(tmp_path, "commit", "-q", "-m", "two")
    sh(tmp_path, "repack", "-a", "-d", "-q")
    return tmp_path


@pytest.fixture
def repository(root: Path) -> Iterator[BatchRepository]:
    """The repository, read by one git."""
    with closing(BatchRepository(root, "")) as opened:
        yield opened


def as_git_lists(root: Path, tree: str) -> set[str]:
    """Return what `git rev-list` says of the objects of a tree."""
    return set(sh(root, "rev-list", "--objects", "--no-object-names", tree).split())


def staged_apart(root: Path, apart: Path) -> str:
    """Stage changes with objects of their own folder; return the tree."""
    (root / "a/b/c").write_text("new", "utf-8")
    (root / "new").mkdir()
    (root / "new/n").write_text("n", "utf-8")
    environ = {
        "GIT_OBJECT_DIRECTORY": str(apart),
        "GIT_ALTERNATE_OBJECT_DIRECTORIES": str(root / ".git/objects"),
    }
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environ.items():
            patch.setenv(name, value)
        sh(root, "add", "-A", "a", "new")
        return sh(root, "write-tree")


def test_of_a_commit(root: Path, repository: BatchRepository) -> None:
    """Folders and files, each once, and no repository inside."""
    tree = sh(root, "rev-parse", "HEAD^{tree}")
    assert list_object_ids_of_tree(repository, tree, None) == as_git_lists(root, tree)
    # A name in the place of an id is what git takes for it.
    assert list_object_ids_of_tree(repository, "HEAD^{tree}", None) == as_git_lists(root, tree)


def test_of_objects_apart(root: Path, repository: BatchRepository, tmp_path: Path) -> None:
    """New folders and files lie apart, others where they were."""
    apart = tmp_path / ".git/objects/apart"
    apart.mkdir()
    tree = staged_apart(root, apart)
    objects = list_object_ids_of_tree(repository, tree, apart)
    assert objects is not None
    assert tree in objects
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GIT_ALTERNATE_OBJECT_DIRECTORIES", str(apart))
        assert objects == as_git_lists(root, tree)
    assert list_object_ids_of_tree(repository, tree, None) is None


def test_what_is_missing_or_damaged_is_left_to_git(
    root: Path, repository: BatchRepository, tmp_path: Path
) -> None:
    """A file or folder that is not there, or is not whole, and a name of nothing."""
    apart = tmp_path / ".git/objects/apart"
    apart.mkdir()
    tree = staged_apart(root, apart)
    for path in sorted(path for path in apart.rglob("*") if path.is_file()):
        whole = path.read_bytes()
        path.unlink()
        assert list_object_ids_of_tree(repository, tree, apart) is None
        path.write_bytes(whole)
    folder = apart / tree[:2] / tree[2:]
    for data in (b"", folder.read_bytes()[:-5], b"x" * 20):
        folder.chmod(0o644)
        folder.write_bytes(data)
        assert list_object_ids_of_tree(repository, tree, apart) is None
    assert list_object_ids_of_tree(repository, "1" * 40, None) is None
    assert list_object_ids_of_tree(repository, sh(root, "rev-parse", "HEAD:e"), None) is None


def test_vast_trees_are_left_to_git(
    root: Path, repository: BatchRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No more is looked for than a workspace has."""
    monkeypatch.setattr(module, "_MOST_OBJECTS", 2)
    assert list_object_ids_of_tree(repository, sh(root, "rev-parse", "HEAD^{tree}"), None) is None


def test_a_git_that_ends_is_no_answer(root: Path, repository: BatchRepository) -> None:
    """Git is asked."""
    (root / ".git/shallow").mkdir()
    (root / ".git/config").write_text("[broken", "utf-8")
    assert list_object_ids_of_tree(repository, "HEAD^{tree}", None) is None
