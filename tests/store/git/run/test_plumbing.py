"""Git by plumbing: what it reads, and that a strange repository runs nothing."""

from __future__ import annotations

import os
import subprocess
import tracemalloc
from pathlib import Path

import pytest

from assess.errors import EnvironmentLacksError
from assess.store.git.run import file_ids
from assess.store.git.run import plumbing as git
from assess.store.git.run.file_ids import compute_git_blob_id
from assess.store.git.run.git_command import make_git_environment
from assess.store.git.run.plumbing import Blob, GitError, Repository
from store.git.run.test_commits import save, sh


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository with one commit of two files, one with a Chinese name and a space."""
    folder = tmp_path / "单位 一"
    (folder / "answers").mkdir(parents=True)
    sh(folder, "init", "-q", "-b", "main")
    (folder / "assess.yaml").write_text("a: 1\n", "utf-8")
    (folder / "answers" / "甲 乙.yaml").write_text("b: 2\n", "utf-8")
    sh(folder, "add", "-A")
    sh(folder, "commit", "-q", "-m", "first")
    return folder


def repository(root: Path) -> Repository:
    """Return the repository, which must be there."""
    found = Repository.find_repository(root)
    assert found is not None
    return found


def test_tree_read_and_head(root: Path) -> None:
    """Files of a commit come with their bytes, whatever their names."""
    here = repository(root)
    head = here.resolve_head_commit()

    assert head == sh(root, "rev-parse", "HEAD")
    blobs = here.list_files(head or "", ["answers"])
    assert list(blobs) == ["answers/甲 乙.yaml"]
    assert here.read_blob(blobs["answers/甲 乙.yaml"].oid) == b"b: 2\n"


def test_changed_names_edited_new_and_deleted(root: Path) -> None:
    """Edited, added and deleted files are changed; untouched ones are not."""
    here = repository(root)
    blobs = here.list_files(here.resolve_head_commit() or "")
    paths = ["assess.yaml", "answers/甲 乙.yaml", "new.yaml", "gone.yaml"]

    assert here.select_changed_paths(paths[:2], blobs) == []

    (root / "assess.yaml").write_text("a: 2\n", "utf-8")
    (root / "answers" / "甲 乙.yaml").unlink()
    (root / "new.yaml").write_text("n: 1\n", "utf-8")

    assert here.select_changed_paths(paths, blobs) == paths[:3]


def test_workspace_in_a_subfolder(root: Path) -> None:
    """Paths are counted from the workspace, not from the repository's top."""
    here = repository(root / "answers")

    assert list(here.list_files(here.resolve_head_commit() or "")) == ["甲 乙.yaml"]
    assert list(here.list_files(here.resolve_head_commit() or "", ["甲 乙.yaml"])) == ["甲 乙.yaml"]


def test_no_repository_no_commit(tmp_path: Path) -> None:
    """Outside a repository there is none; before the first commit there is no head."""
    assert Repository.find_repository(tmp_path) is None
    sh(tmp_path, "init", "-q")
    assert repository(tmp_path).resolve_head_commit() is None


def test_revisions_that_look_like_options_are_refused(root: Path) -> None:
    """A name that begins with a dash is no revision, and an unknown one is none either."""
    here = repository(root)

    assert here.resolve_commit("--all") is None
    assert here.resolve_commit("no-such-tag") is None
    assert here.resolve_commit("main") == here.resolve_head_commit()


def test_file_id_is_gits_own(root: Path) -> None:
    """The ids are those that git computes, in both of its hash functions."""
    expected = sh(root, "hash-object", "assess.yaml")

    assert compute_git_blob_id(root / "assess.yaml") == expected
    assert len(compute_git_blob_id(root / "assess.yaml", sha256=True)) == 64


def test_sha256_repository(tmp_path: Path) -> None:
    """A repository with SHA-256 ids compares too."""
    sh(tmp_path, "init", "-q", "--object-format=sha256")
    (tmp_path / "assess.yaml").write_text("a: 1\n", "utf-8")
    sh(tmp_path, "add", "-A")
    sh(tmp_path, "commit", "-q", "-m", "first")
    here = repository(tmp_path)

    assert (
        here.select_changed_paths(
            ["assess.yaml"], here.list_files(here.resolve_head_commit() or "")
        )
        == []
    )


def test_hostile_configuration_runs_nothing(root: Path, tmp_path: Path) -> None:
    """fsmonitor, hooks, textconv, filters, pager, external diff and gpg stay off."""
    touched = tmp_path / "touched"
    program = tmp_path / "evil.sh"
    program.write_text(f"#!/bin/sh\necho $0 >> {touched}\ncat\n", "utf-8")
    program.chmod(0o755)
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    for name in ("pre-commit", "post-checkout", "post-index-change", "reference-transaction"):
        (hooks / name).symlink_to(program)
    (root / ".gitattributes").write_text("* filter=evil diff=evil\n", "utf-8")
    for key in (
        "core.fsmonitor",
        "core.pager",
        "core.sshCommand",
        "diff.external",
        "diff.evil.textconv",
        "filter.evil.clean",
        "filter.evil.smudge",
        "gpg.program",
    ):
        sh(root, "config", key, str(program))
    sh(root, "config", "core.hooksPath", str(hooks))
    sh(root, "config", "commit.gpgSign", "true")
    here = repository(root)
    head = here.resolve_head_commit() or ""
    blobs = here.list_files(head)
    (root / "assess.yaml").write_text("a: 3\n", "utf-8")

    assert here.select_changed_paths(["assess.yaml", "answers/甲 乙.yaml"], blobs) == [
        "assess.yaml"
    ]
    here.read_blob(blobs["assess.yaml"].oid)
    assert not touched.exists()


def test_the_trap_would_spring(root: Path, tmp_path: Path) -> None:
    """The same configuration does run under plain git: the test above can fail."""
    touched = tmp_path / "touched"
    program = tmp_path / "evil.sh"
    program.write_text(f"#!/bin/sh\ntouch {touched}\n", "utf-8")
    program.chmod(0o755)
    sh(root, "config", "core.fsmonitor", str(program))

    subprocess.run(["git", "status"], cwd=root, check=False, capture_output=True)

    assert touched.exists()


def test_redirecting_environment_is_ignored(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIT_DIR of the caller does not lead elsewhere."""
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))

    assert repository(root).resolve_head_commit() is not None


def test_only_the_users_own_variables_reach_git(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Traces, attributes from elsewhere and other meanings of paths go; who commits stays."""
    for name in (
        "GIT_TRACE",
        "GIT_TRACE2",
        "GIT_TRACE2_EVENT",
        "GIT_TRACE_PACKET",
        "GIT_TRACE_CURL",
        "GIT_ATTR_SOURCE",
        "GIT_GRAFT_FILE",
        "GIT_SHALLOW_FILE",
        "GIT_ICASE_PATHSPECS",
        "GIT_CONFIG_KEY_0",
        "GIT_REPLACE_REF_BASE",
        "GIT_SOMETHING_NEW",
    ):
        monkeypatch.setenv(name, str(tmp_path / name))
    monkeypatch.setenv("GIT_SSH_COMMAND", "ssh -4")
    monkeypatch.setenv("GIT_EDITOR", "vi")

    assert repository(root).resolve_head_commit() is not None

    assert [path.name for path in tmp_path.glob("GIT_*")] == []
    environ = make_git_environment()
    assert environ["GIT_SSH_COMMAND"] == "ssh -4"
    assert environ["GIT_AUTHOR_NAME"] == "王敏"
    assert environ["GIT_EDITOR"] == "false"
    assert not any(name.startswith("GIT_TRACE") for name in environ)
    assert "GIT_SOMETHING_NEW" not in environ


def test_errors_of_git_are_one_line(root: Path) -> None:
    """A failing command carries git's last line; one that says nothing is named."""
    with pytest.raises(GitError, match=r"(?i)not a valid object|bad file|could not"):
        git.run_git(root, ["cat-file", "blob", "0" * 40])
    with pytest.raises(GitError, match="git diff failed"):
        git.run_git(root, ["diff", "--no-index", "--quiet", "assess.yaml", "answers/甲 乙.yaml"])


def test_no_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without git the error says what to install."""
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(EnvironmentLacksError, match="apt-get install git"):
        Repository.find_repository(tmp_path)


def test_a_folder_in_place_of_a_file_is_changed(root: Path) -> None:
    """A path that is now a folder is not the file that was committed."""
    known = compute_git_blob_id(root / "assess.yaml")
    here = repository(root)
    blobs = here.list_files(here.resolve_head_commit() or "")
    (root / "assess.yaml").unlink()
    (root / "assess.yaml").mkdir()

    assert here.select_changed_paths(["assess.yaml"], blobs) == ["assess.yaml"]
    assert blobs["assess.yaml"] == Blob("100644", known, "assess.yaml")


def test_a_vast_file_is_not_read_whole(root: Path) -> None:
    """Evidence of any size is compared a piece at a time."""
    with (root / "assess.yaml").open("wb") as stream:
        stream.truncate(64 * 1024**2)
    tracemalloc.start()
    assert repository(root).select_changed_paths(
        ["assess.yaml"], repository(root).list_files("HEAD")
    )
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8 * 1024**2


def test_large_files_are_compared_by_size_first(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A vast file of holes is not read: its size tells that it is another one."""
    save(root, "large", "x" * 2_000_000, "large")
    repository = Repository.find_repository(root)
    assert repository is not None
    blobs = repository.list_files(repository.resolve_head_commit() or "")
    assert repository.select_changed_paths(["large", "gone"], blobs) == []
    os.truncate(root / "large", 1 << 40)
    assert repository.select_changed_paths(["large"], blobs) == ["large"]
    monkeypatch.setattr(
        Repository, "measure_object_sizes", lambda _self, _oids: {blobs["large"].oid: 1 << 40}
    )
    assert repository.select_changed_paths(["large"], blobs) == ["large"]


def test_sizes_of_objects(root: Path) -> None:
    """Those that are missing are left out; without a question git is not asked."""
    save(root, "file", "abc", "x")
    repository = Repository.find_repository(root)
    assert repository is not None
    oid = repository.list_files(repository.resolve_head_commit() or "")["file"].oid
    assert repository.measure_object_sizes([oid, "1" * 40]) == {oid: 3}
    assert repository.measure_object_sizes([]) == {}


def test_a_first_commit_that_comes_between_two_questions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A git that a killed program had started may still commit: that is no broken head."""
    git.run_git(tmp_path, ["init", "-q"])
    git.run_git(tmp_path, ["commit", "-q", "--allow-empty", "-m", "a"])
    repository = Repository(tmp_path, "")
    resolve = repository.resolve_commit

    def late(revision: str) -> str | None:
        return None if revision == "HEAD" else resolve(revision)

    monkeypatch.setattr(repository, "resolve_commit", late)
    assert repository.resolve_head_commit() == resolve("HEAD")


def test_holes_are_read_up_to_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sparse files of the size that a commit names cost nothing in an archive: the rest differs."""
    root = tmp_path / "r"
    subprocess.run(["git", "init", "-q", str(root)], check=True)
    names = ["a", "b"]
    for name in names:
        (root / name).touch()
        os.truncate(root / name, 2 * 1024 * 1024)
    blob = Blob("100644", compute_git_blob_id(root / "a"), "a")
    repository = Repository(root, "")
    # Not from the file: where files are in memory, reading a hole as git does fills it.
    words = ["git", "hash-object", "-w", "--stdin"]
    subprocess.run(words, cwd=root, check=True, input=bytes(2 * 1024 * 1024))
    assert repository.select_changed_paths([*names, "gone"], dict.fromkeys(names, blob)) == []
    monkeypatch.setattr(file_ids, "_MOST_HOLES", 3 * 1024 * 1024)
    assert repository.select_changed_paths(names, dict.fromkeys(names, blob)) == ["b"]


def test_a_list_of_the_order_of_files_is_not_read(tmp_path: Path) -> None:
    """A setting that names a missing list stops no command that compares commits."""
    sh(tmp_path, "init", "-q")
    save(tmp_path, "a", "1\n", "first")
    sh(tmp_path, "config", "diff.orderFile", "/nowhere/order")
    assert git.run_git(tmp_path, ["log", "-1", "--format=", "--name-only"]).stdout == b"a\n"
