"""History by plumbing: commits, what they changed, files at a commit."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from assess.errors import EnvironmentLacksError
from assess.store.git.run.commits import (
    CommitChange,
    ObjectReader,
    find_path_in_git_folder,
    list_shallow_commits,
    list_times_of_last_commit_and_parents,
    walk_commits_changing_paths,
)
from assess.store.git.run.plumbing import GitError, Repository


def sh(folder: Path, *words: str) -> str:
    """Run plain git, as a person would."""
    done = subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def save(root: Path, path: str, text: str, message: str) -> str:
    """Write a file and commit it; return the commit."""
    whole = root / path
    whole.parent.mkdir(parents=True, exist_ok=True)
    whole.write_text(text, "utf-8")
    sh(root, "add", "-A")
    sh(root, "commit", "-q", "-m", message)
    return sh(root, "rev-parse", "HEAD")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace in a folder of a repository, with three commits."""
    top = tmp_path / "仓库 一"
    top.mkdir()
    sh(top, "init", "-q", "-b", "main")
    root = top / "单位"
    save(root, "assess.yaml", "a: 1\n", "first")
    save(root, "answers/甲 乙.yaml", "b: 1\n", "second: 填写")
    save(root, "answers/甲 乙.yaml", "b: 2\n", "third")
    return root


def found(root: Path) -> Repository:
    """Return the repository, which must be there."""
    repository = Repository.find_repository(root)
    assert repository is not None
    return repository


def test_commits_newest_first_with_what_they_changed(root: Path) -> None:
    """Names in any script, who, when, and the ids before and after."""
    save(root.parent, "elsewhere.txt", "x", "not below the workspace")
    repository = found(root)
    head = repository.resolve_head_commit() or ""
    third, second, first = walk_commits_changing_paths(repository, head)

    assert [one.subject for one in (third, second, first)] == ["third", "second: 填写", "first"]
    assert (third.author, third.email) == ("王敏", "wang.min@qingxi.example")
    assert third.parents == (second.oid,)
    assert third.authored_at.tzinfo is not None
    assert third.short_id == third.oid[:10]
    change = third.changes[0]
    assert change.path == "answers/甲 乙.yaml"
    assert (change.before, change.after) == (second.changes[0].after, change.after)
    assert second.changes[0].before is None


def test_limit_and_paths(root: Path) -> None:
    """Only what touches the paths, only as many as wanted; names are literal."""
    repository = found(root)
    head = repository.resolve_head_commit() or ""

    assert [
        one.subject for one in walk_commits_changing_paths(repository, head, ["assess.yaml"])
    ] == ["first"]
    assert [
        one.subject for one in walk_commits_changing_paths(repository, head, ["answers"], 1)
    ] == ["third"]
    assert list(walk_commits_changing_paths(repository, head, ["answers/*"])) == []
    assert list(walk_commits_changing_paths(repository, head, ["nothing"])) == []


def test_a_deleted_file_has_no_after(root: Path) -> None:
    """A removal is a change to nothing."""
    (root / "assess.yaml").unlink()
    sh(root, "commit", "-q", "-a", "-m", "gone")
    first = next(walk_commits_changing_paths(found(root), sh(root, "rev-parse", "HEAD")))

    assert first.changes[0].after is None


def test_more_than_one_batch(root: Path) -> None:
    """Long histories come in pieces, all of them and in order."""
    for number in range(55):
        save(root, "assess.yaml", f"a: {number}\n", f"n{number}")
    subjects = [
        one.subject
        for one in walk_commits_changing_paths(found(root), sh(root, "rev-parse", "HEAD"))
    ]

    assert subjects[:2] == ["n54", "n53"]
    assert len(subjects) == 58


def test_a_merge_tells_only_what_it_decided(root: Path) -> None:
    """What is like a parent is not the merge's doing."""
    sh(root, "switch", "-q", "-c", "other", "HEAD~1")
    save(root, "assess.yaml", "a: 2\n", "theirs")
    sh(root, "switch", "-q", "main")
    sh(root, "merge", "-q", "--no-commit", "other")
    plain = save(root, "answers/甲 乙.yaml", "b: 3\n", "decided in the merge")
    merge = next(walk_commits_changing_paths(found(root), plain))

    assert len(merge.parents) == 2
    assert [one.path for one in merge.changes] == ["answers/甲 乙.yaml"]
    assert isinstance(merge.changes[0], CommitChange)


def test_changes_that_a_merge_left_out(root: Path) -> None:
    """`git merge -s ours` keeps one side: the commits of the other are yielded on request."""
    sh(root, "switch", "-q", "-c", "other", "HEAD~1")
    save(root, "assess.yaml", "a: 2\n", "theirs")
    sh(root, "switch", "-q", "main")
    sh(root, "merge", "-q", "-s", "ours", "-m", "left out", "other")
    head = sh(root, "rev-parse", "HEAD")

    usual = [one.subject for one in walk_commits_changing_paths(found(root), head)]
    every = [one.subject for one in walk_commits_changing_paths(found(root), head, unmerged=True)]

    assert usual == ["third", "second: 填写", "first"]
    assert sorted(every) == sorted([*usual, "theirs", "left out"])


def test_a_shallow_clone_ends_with_a_boundary(root: Path, tmp_path: Path) -> None:
    """The oldest commit that is here has no known changes, and says so."""
    clone = tmp_path / "clone"
    sh(tmp_path, "clone", "-q", "--depth", "2", f"file://{root.parent}", str(clone))
    repository = found(clone)
    third, second = walk_commits_changing_paths(repository, repository.resolve_head_commit() or "")

    assert (third.boundary, second.boundary, second.changes) == (False, True, ())
    assert list_shallow_commits(repository) == {second.oid}
    assert list_shallow_commits(found(root)) == frozenset()


def test_objects_answer_what_they_can(root: Path) -> None:
    """Names, bytes of an object; None for what is not there or no file."""
    head = sh(root, "rev-parse", "HEAD")
    with ObjectReader(found(root)) as objects:
        oid = objects.resolve_object_name("HEAD:./answers/甲 乙.yaml")
        assert objects.find_blob_within_limit(oid or "") == b"b: 2\n"
        assert objects.resolve_object_name("HEAD") == head
        assert objects.resolve_object_name("HEAD:missing.yaml") is None
        assert objects.resolve_object_name("HEAD\ninfo HEAD") is None
        assert objects.find_blob_within_limit("0" * 40) is None
        assert objects.find_blob_within_limit(head) is None
        assert objects.find_blob_within_limit(oid or "") == b"b: 2\n"


def test_a_git_that_ended_is_an_error(root: Path) -> None:
    """Whoever asks after the process has gone gets one line, not a traceback."""
    objects = ObjectReader(found(root))
    objects._process.kill()
    objects._process.wait()
    with pytest.raises(GitError, match="git fsck"):
        objects.find_blob_within_limit("0" * 40)
    with pytest.raises(GitError, match="git fsck"):
        objects.find_blob_within_limit("0" * 40)
    objects.close()


def test_an_output_that_ends_is_an_error(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that takes the question and says nothing is an error too."""
    with ObjectReader(found(root)) as objects:
        monkeypatch.setattr(objects, "_out", (root / "assess.yaml").open("rb"))
        objects._out.read()
        with pytest.raises(GitError, match="too early"):
            objects.find_blob_within_limit("0" * 40)
        with pytest.raises(GitError, match="too early"):
            objects.object_sizes(["0" * 40, "1" * 40])
        objects._out.close()
        monkeypatch.undo()


def test_without_git(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The missing program is named."""
    repository = found(root)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(EnvironmentLacksError, match="git"):
        ObjectReader(repository)


def test_git_path_in_a_linked_working_tree(root: Path, tmp_path: Path) -> None:
    """Each working tree has its own index."""
    sh(root, "worktree", "add", "-q", str(tmp_path / "linked"), "-b", "linked")

    assert find_path_in_git_folder(tmp_path / "linked", "index").is_file()
    assert find_path_in_git_folder(tmp_path / "linked", "index") != find_path_in_git_folder(
        root, "index"
    )


def test_an_object_larger_than_wanted_is_passed_over(root: Path) -> None:
    """Nothing of it is kept in memory, and the next question is answered."""
    save(root, "large.txt", "x" * 3_000_000, "large")
    save(root, "small.txt", "s", "small")
    repository = Repository.find_repository(root)
    assert repository is not None
    with ObjectReader(repository) as objects:
        large, small = (
            objects.resolve_object_name("HEAD:./large.txt"),
            objects.resolve_object_name("HEAD:./small.txt"),
        )
        assert objects.find_blob_within_limit(large or "", 1000) is None
        assert objects.find_blob_within_limit(small or "", 1000) == b"s"


def test_times_of_the_last_commit_and_its_parents(root: Path, tmp_path: Path) -> None:
    """Newest first; the first commit has no parent, and without a commit there is no time."""
    assert len(list_times_of_last_commit_and_parents(root)) == 2
    sh(root, "reset", "-q", "--hard", "HEAD~2")
    assert [one.timestamp() for one in list_times_of_last_commit_and_parents(root)] == [
        int(sh(root, "log", "--format=%ct"))
    ]
    (tmp_path / "new").mkdir()
    sh(tmp_path / "new", "init", "-q")
    assert list_times_of_last_commit_and_parents(tmp_path / "new") == []
