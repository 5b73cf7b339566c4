"""One git that answers for a whole command says what a git for each question says."""

from __future__ import annotations

import os
import subprocess
import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from assess.errors import AssessError
from assess.store.git.history.checked_history import read_checked_committer_seconds
from assess.store.git.run import batch, checked_objects, plumbing
from assess.store.git.run.batch import BatchRepository, list_checked_files, open_object_reader
from assess.store.git.run.object_ids import MisnamedObjectError
from assess.store.git.run.plumbing import (
    BrokenHeadError,
    GitError,
    Repository,
    UnreadableObjectError,
)
from store.git.run.test_commits import sh

FOLDERS = ("sub/answers", "sub", "sub/a", "other", "missing", "sub/answers/2026/x.yaml")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository with folders, a link, a program, a repository inside, and two commits."""
    sh(tmp_path, "init", "-q", "-b", "main")
    files = {"sub/answers/2026/x.yaml": "x", "sub/answers/2026/y.yaml": "y", "sub/a-b": "1"}
    files |= {"sub/a/z": "2", "sub/a.b": "3", "top": "4", "sub/名 字": "5", "other/q": "6"}
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    (tmp_path / "sub/link").symlink_to("a-b")
    (tmp_path / "sub/a-b").chmod(0o755)
    sh(tmp_path, "add", "-A")
    sh(tmp_path, "commit", "-q", "-m", "one")
    inside = sh(tmp_path, "rev-parse", "HEAD").strip()
    sh(tmp_path, "update-index", "--add", "--cacheinfo", f"160000,{inside},sub/module")
    sh(tmp_path, "commit", "-q", "-m", "two")
    sh(tmp_path, "tag", "-a", "-m", "t", "round/2026")
    return tmp_path


@pytest.fixture
def repository(root: Path) -> Iterator[BatchRepository]:
    """The repository of a workspace in the folder `sub`."""
    with closing(BatchRepository(root / "sub", "sub/")) as opened:
        yield opened


def plain(repository: Repository) -> Repository:
    """Return the same repository with a git for each question."""
    return Repository(repository.root, repository.prefix)


@pytest.mark.parametrize(
    "revision",
    ["HEAD", "HEAD~1", "HEAD~5", "refs/tags/round/2026", "round/2026", "no", "-x", "HEAD:top", ""],
)
def test_names_of_commits(repository: BatchRepository, revision: str) -> None:
    """A commit, a tag of one and what is no commit are told apart alike."""
    assert repository.resolve_commit(revision) == plain(repository).resolve_commit(revision)


def test_a_name_of_two_lines_is_none(repository: BatchRepository) -> None:
    """It is not taken for two questions."""
    assert repository.resolve_commit("HEAD\ninfo HEAD") is None
    assert repository.resolve_commit("HEAD") == plain(repository).resolve_commit("HEAD")


@pytest.mark.parametrize("prefix", ["", "sub/"])
@pytest.mark.parametrize("folders", [(), *((folder,) for folder in FOLDERS), FOLDERS])
def test_files_of_a_commit(root: Path, prefix: str, folders: tuple[str, ...]) -> None:
    """Files, links, programs and repositories inside are listed as `git ls-tree` lists them."""
    here = [folder.removeprefix(prefix) for folder in folders]
    with closing(BatchRepository(root, prefix)) as repository:
        for commit in ("HEAD", "HEAD~1", "HEAD^{tree}", "round/2026"):
            expected = plain(repository).list_files(commit, here)
            assert list(repository.list_files(commit, here).items()) == list(expected.items())


def commit_changed_tree(root: Path, name: str, old: bytes, new: bytes) -> tuple[str, str]:
    """Write a changed copy of a folder of HEAD; return its id and that of a commit of it."""
    data = subprocess.run(
        ["git", "cat-file", "tree", name], cwd=root, check=True, capture_output=True
    ).stdout
    assert old in data
    words = ["git", "hash-object", "-t", "tree", "-w", "--stdin", "--literally"]
    changed = data.replace(old, new)
    done = subprocess.run(words, cwd=root, check=True, capture_output=True, input=changed)
    tree = done.stdout.decode().strip()
    return tree, sh(root, "commit-tree", tree, "-m", "x").strip()


@pytest.mark.parametrize("mode", [b"100664", b"100600", b"0100644", b"100775", b"100744"])
def test_files_of_unusual_modes(root: Path, mode: bytes) -> None:
    """Older git and other programs wrote them; git takes them for files, executable or not."""
    _tree, commit = commit_changed_tree(root, "HEAD:sub", b"100644 ", mode + b" ")
    with closing(BatchRepository(root, "")) as repository:
        files = list_checked_files(repository, commit)
        assert files == plain(repository).list_files(commit)
    assert {blob.mode for blob in files.values()} >= {"100755" if int(mode, 8) & 64 else "100644"}


def test_a_damaged_folder(root: Path) -> None:
    """A mode that is no number is git's error, not a crash."""
    _tree, commit = commit_changed_tree(root, "HEAD:sub", b"100644 ", b"10x644 ")
    with closing(BatchRepository(root, "")) as repository:
        with pytest.raises(GitError, match="can't be read"):
            list_checked_files(repository, commit)
        with pytest.raises(GitError):
            repository.list_files(commit)


@pytest.mark.parametrize("mode", [b"040000", b"40755", b"40700", b"0040000", b"7777000040755"])
def test_folders_of_unusual_modes(root: Path, mode: bytes) -> None:
    """Git takes it for a folder: its files must not be hidden from what looks at a commit."""
    _tree, commit = commit_changed_tree(root, "HEAD^{tree}", b"40000 sub", mode + b" sub")
    with closing(BatchRepository(root / "sub", "sub/")) as repository:
        files = repository.list_files(commit)
        assert files == plain(repository).list_files(commit)
        assert files == list_checked_files(repository, commit)
    assert "answers/2026/x.yaml" in files


def test_contents_sizes_and_times(repository: BatchRepository) -> None:
    """Bytes, sizes and the committer's times are the same; what is missing is left out."""
    alone = plain(repository)
    blob = alone.list_files("HEAD")["a-b"]
    head = alone.resolve_commit("HEAD") or ""
    oids = [blob.oid, head, "1" * 40]
    assert repository.read_blob(blob.oid) == alone.read_blob(blob.oid) == b"1"
    assert repository.measure_object_sizes(oids) == alone.measure_object_sizes(oids)
    assert repository.head_and_parent_commit_seconds() == alone.head_and_parent_commit_seconds()
    assert len(repository.head_and_parent_commit_seconds()) == 2


def test_parents_that_a_shallow_clone_lacks(root: Path, tmp_path: Path) -> None:
    """Only the times of commits that are here are told."""
    sh(root, "clone", "-q", "--depth=1", f"file://{root}", str(tmp_path / "shallow"))
    with closing(BatchRepository(tmp_path / "shallow", "")) as repository:
        assert (
            repository.head_and_parent_commit_seconds()
            == plain(repository).head_and_parent_commit_seconds()
        )
        assert len(repository.head_and_parent_commit_seconds()) == 1


def test_before_the_first_commit(tmp_path: Path) -> None:
    """There is no commit, no time, and no error."""
    sh(tmp_path, "init", "-q", "-b", "main")
    with closing(BatchRepository(tmp_path, "")) as repository:
        assert repository.resolve_head_commit() is None
        assert repository.head_and_parent_commit_seconds() == []


def test_what_is_missing_is_told_in_gits_own_words(repository: BatchRepository) -> None:
    """The error is that of a git of its own."""
    with pytest.raises(GitError, match=r"Not a valid object name|bad file"):
        repository.read_blob("1" * 40)
    with pytest.raises(GitError, match=r"not a tree object|Not a valid object name"):
        repository.list_files("1" * 40)


def test_a_damaged_folder_of_the_newest_commit(root: Path) -> None:
    """It is called so, also where the git that answers dies of it, and later questions go on."""
    tree = sh(root, "rev-parse", "HEAD:sub/answers").strip()
    path = root / ".git/objects" / tree[:2] / tree[2:]
    path.chmod(0o644)
    path.write_bytes(b"")
    with closing(BatchRepository(root, "")) as repository:
        head = repository.resolve_commit("HEAD")
        assert head is not None
        with pytest.raises(BrokenHeadError):
            repository.list_files(head)
        assert repository.resolve_commit("HEAD") == head


def test_a_commit_without_a_committer(root: Path) -> None:
    """It has no time, which is an error, not a guess."""
    tree = sh(root, "rev-parse", "HEAD^{tree}").strip()
    text = f"tree {tree}\nauthor x <x> 0 +0000\n\nno\n".encode()
    words = ["hash-object", "-t", "commit", "-w", "--stdin", "--literally"]
    done = plumbing.run_git(root, words, data=text)
    with (
        closing(BatchRepository(root, "")) as repository,
        pytest.raises(GitError, match="committer"),
    ):
        read_checked_committer_seconds(repository, done.stdout.decode().strip())


def test_the_newest_commit_has_no_committer(root: Path) -> None:
    """Its time is not guessed: git's own answer counts, an error or what it takes for the time."""
    tree = sh(root, "rev-parse", "HEAD^{tree}").strip()
    text = f"tree {tree}\nauthor x <x> 0 +0000\n\nno\n".encode()
    words = ["hash-object", "-t", "commit", "-w", "--stdin", "--literally"]
    oid = plumbing.run_git(root, words, data=text).stdout.decode().strip()
    sh(root, "update-ref", "HEAD", oid)
    with closing(BatchRepository(root, "")) as repository:
        answer = ask_seconds(repository)
    assert answer == ask_seconds(Repository(root, ""))


def ask_seconds(repository: Repository) -> object:
    """Return the committer's times, or the kind of error."""
    try:
        return repository.head_and_parent_commit_seconds()
    except (AssessError, ValueError) as error:
        return type(error)


def test_the_folder_of_the_newest_commit_is_missing(root: Path) -> None:
    """The commit is named, so that the command can tell the way out."""
    head, tree = (sh(root, "rev-parse", name).strip() for name in ("HEAD", "HEAD^{tree}"))
    (root / ".git" / "objects" / tree[:2] / tree[2:]).unlink()
    repository = Repository.find_repository(root)
    assert repository is not None
    with pytest.raises(BrokenHeadError) as caught:
        list_checked_files(repository, head)
    assert caught.value.oid == head


def test_files_of_a_commit_that_is_not_the_newest(root: Path) -> None:
    """A missing one is told by its id; only the newest has a way out of its own."""
    repository = Repository.find_repository(root)
    assert repository is not None
    with pytest.raises(UnreadableObjectError, match="1" * 40):
        list_checked_files(repository, "1" * 40)


def test_vast_lists_are_refused(
    repository: BatchRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A list beyond the limit is left to git, which is ended at its own."""
    monkeypatch.setattr(checked_objects, "MOST_NAMES", 100)
    expected = plain(repository).list_files("HEAD")
    assert repository.list_files("HEAD") == expected
    monkeypatch.setattr(plumbing, "MOST_NAMES", 100)
    with pytest.raises(GitError, match="printed too much"):
        repository.list_files("HEAD")


def test_no_git_is_started_beside_what_is_strange(root: Path) -> None:
    """A pipe in the place of a file of git's is no reason to wait."""
    os.mkfifo(root / ".git/shallow")
    with closing(BatchRepository(root, "")) as repository:
        assert repository.resolve_commit("HEAD") is None
        with pytest.raises(GitError, match="no ordinary file"):
            repository.read_blob("1" * 40)


def test_no_git_is_started_where_a_git_did_not_end(
    repository: BatchRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For some time none is started again."""
    monkeypatch.setattr(batch, "reason_of_recent_stall", lambda _folder: "fatal: git took too long")
    with pytest.raises(GitError, match="took too long"):
        repository.start_or_get_object_reader()


def test_a_git_that_was_ended_is_started_again(repository: BatchRepository) -> None:
    """The next question starts another one; a question in between has no answer of it."""
    head = repository.resolve_commit("HEAD")
    objects = repository.start_or_get_object_reader()
    objects._process.kill()
    objects._process.wait()
    assert objects.has_ended
    with pytest.raises(GitError, match="ended too early"):
        objects.object_sizes([head or ""])
    assert repository.resolve_commit("HEAD") == head
    assert repository.start_or_get_object_reader() is not objects


def test_sizes_without_the_git_that_answers(
    repository: BatchRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A git of its own tells them."""
    head = repository.resolve_commit("HEAD") or ""
    expected = repository.measure_object_sizes([head])
    repository.close()
    monkeypatch.setattr(batch, "find_reason_not_to_start_git", lambda _folder: "x")
    assert repository.measure_object_sizes([head]) == expected


def test_more_questions_than_a_pipe_holds(repository: BatchRepository) -> None:
    """They are put in parts."""
    head = repository.resolve_commit("HEAD") or ""
    oids = [f"{number:040x}" for number in range(1000)] + [head]
    assert list(repository.measure_object_sizes(oids)) == [head]


def test_one_git_is_shared_and_stays(repository: BatchRepository) -> None:
    """What reads objects takes that of a snapshot, and starts one of its own without it."""
    with open_object_reader(repository) as objects:
        assert objects is repository.start_or_get_object_reader()
    assert not objects.has_ended
    with open_object_reader(plain(repository)) as own:
        assert own is not objects
        assert own.find_object_id("commit", "HEAD") == objects.find_object_id("commit", "HEAD")
        assert own.find_object_id("commit", "HEAD\n") is None
        assert own.read_object("commit", "HEAD\n") is None
    assert own.has_ended


def replace_object(root: Path, oid: str, kind: str, data: bytes) -> None:
    """Write other bytes into the file of an object, under its name."""
    path = root / ".git" / "objects" / oid[:2] / oid[2:]
    path.unlink()
    path.write_bytes(zlib.compress(b"%s %d\0" % (kind.encode(), len(data)) + data))


@pytest.mark.parametrize(
    ("name", "kind", "other"),
    [
        ("HEAD:sub/a-b", "blob", "HEAD:sub/a.b"),
        ("HEAD:sub/answers/2026", "tree", "HEAD:other"),
        ("HEAD^{tree}", "tree", "HEAD~1^{tree}"),
        ("HEAD", "commit", "HEAD~1"),
    ],
)
def test_objects_that_are_not_those_of_their_names(
    root: Path, repository: BatchRepository, name: str, kind: str, other: str
) -> None:
    """Git reads what somebody put in the place of an object; whoever proves by it must not."""
    oid, commit = sh(root, "rev-parse", name), sh(root, "rev-parse", "HEAD")
    data = subprocess.run(
        ["git", "cat-file", kind, other], cwd=root, check=True, capture_output=True
    ).stdout
    replace_object(root, oid, kind, data)
    assert sh(root, "cat-file", "-t", oid) == kind

    def read_all() -> None:
        for blob in list_checked_files(repository, commit).values():
            repository.read_blob(blob.oid)

    with pytest.raises(AssessError, match=r"other bytes than its name says|can't be read"):
        read_all()


def test_a_file_that_is_read_alone_is_held_against_its_id(root: Path) -> None:
    """A repository without a running reader looks too."""
    oid = sh(root, "rev-parse", "HEAD:top")
    replace_object(root, oid, "blob", b"forged")
    with pytest.raises(MisnamedObjectError):
        Repository(root, "").read_blob(oid)
