"""What a remote's address means to git: held against what git does."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from assess.errors import WriteError
from assess.store.git.commit.commit_files import make_and_trust_missing_repository
from assess.store.git.run import strange_files
from assess.store.git.run.plumbing import GitError
from assess.store.git.sync import exchange, pushed_folders, remote_places, remote_setup
from store.git.run.test_commits import save, sh


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace in a folder of a larger repository, in the user's home folder."""
    monkeypatch.setenv("HOME", str(tmp_path))
    top = tmp_path / "甲"
    (top / "w").mkdir(parents=True)
    make_and_trust_missing_repository(top)
    save(top, "w/a.yaml", "1\n", "first")
    sh(top, "remote", "add", "origin", "nothing")
    return top / "w"


def bare(path: Path) -> Path:
    """Make a bare repository."""
    path.mkdir(parents=True)
    sh(path, "init", "-q", "--bare", "-b", "main", ".")
    return path


def set_address(root: Path, address: str) -> None:
    """Set the address of origin."""
    sh(root, "config", "--replace-all", "remote.origin.url", address)


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("b.git", "甲/b.git"),
        ("b", "甲/b.git"),
        ("b", "甲/b.git/.git"),
        ("b", "甲/b/.git"),
        ("b//", "甲/b"),
        ("b/.", "甲/b/..git"),
        ("../b", "b"),
        ("~/b", "b"),
        ("a/x:y", "甲/a/x:y"),
        ("file://{home}/b", "b"),
        ("file://host%2F{home}/b%20%E4%B9%99", "b 乙"),
        ("file://{home}/%FF", "\udcff"),
        ("b\u2028c", "甲/b\u2028c"),
    ],
)
def test_the_folder_is_the_one_that_git_pushes_to(root: Path, address: str, path: str) -> None:
    """What is looked at, and trusted, is what is written to; it is flushed without an error."""
    home = root.parents[1]
    folder = bare(home / path)
    set_address(root, address.format(home=home))

    (place,) = pushed_folders._find_pushed_folders(root, "origin")

    assert place.git_folders == {folder.resolve()}
    assert exchange.read_remote_refs(root, "origin", "main").tip is None
    assert exchange.push_branch_and_tags(root, "origin", "main")
    exchange.flush_workspace_and_remote(root, "origin", "en")
    assert sh(folder, "rev-parse", "main") == sh(root, "rev-parse", "HEAD")


@pytest.mark.parametrize("address", ["b.git", "~/甲/b.git"])
def test_a_link_behind_any_address(root: Path, address: str) -> None:
    """The log of the other side's branch is a link to a file of the user's: nothing is written."""
    folder = bare(root.parent / "b.git")
    (folder / "logs" / "refs" / "heads").mkdir(parents=True)
    (folder / "logs" / "refs" / "heads" / "main").symlink_to(root.parents[1] / "profile")
    set_address(root, address)
    with pytest.raises(WriteError, match="is a link"):
        exchange.push_branch_and_tags(root, "origin", "main", "en")
    assert not (root.parents[1] / "profile").exists()


@pytest.mark.parametrize(
    "address",
    ["a@[b]/x", "[b]/x", "a/b://x", "file:///a@[b]/x", "file:///a%0Ab", "a\nb", "a\tb"],
)
def test_an_address_that_could_be_read_in_two_ways(root: Path, address: str) -> None:
    """Neither fetch nor push uses it."""
    set_address(root, address)
    for look_at in (
        pushed_folders.list_pushed_folders,
        pushed_folders.list_receive_pack_options,
        pushed_folders.refuse_ambiguous_or_blocking_remote,
    ):
        with pytest.raises(GitError, match="is not used"):
            look_at(root, "origin")


@pytest.mark.parametrize("address", ["host:x", "ssh://a@[::1]/x", "https://x/y", "ext::x"])
def test_an_address_of_a_server(root: Path, address: str) -> None:
    """Nothing here is looked at, also where a folder has that name."""
    bare(root / "host:x")
    set_address(root, address)
    assert pushed_folders.list_pushed_folders(root, "origin") == []


def test_folders_that_are_no_repository(root: Path) -> None:
    """What git does not open, and what it can't be asked about, is not pushed to."""
    top = root.parent
    (top / "file").write_text("x", "utf-8")
    (top / "half").mkdir()
    (top / "half" / "HEAD").write_text("x", "utf-8")
    (top / "empty").mkdir()
    for name in ("file", "half", "empty", "missing"):
        set_address(root, name)
        with pytest.raises(GitError, match="does not appear to be a git repository"):
            pushed_folders.list_pushed_folders(root, "origin")


def test_a_file_that_names_a_repository(root: Path) -> None:
    """Git follows such a file; its settings can't be read from it as from a folder."""
    bare(root.parent / "b.git")
    (root.parent / "file").write_text("gitdir: b.git\n", "utf-8")
    set_address(root, "file")
    with pytest.raises(GitError, match="is not used"):
        pushed_folders.list_pushed_folders(root, "origin")


def test_a_repository_whose_settings_are_not_seen_from_its_folder(root: Path) -> None:
    """Its working tree is missing: git refuses to look from the folder, and pushes all the same."""
    folder = bare(root.parent / "b" / ".git")
    sh(folder, "config", "core.bare", "false")
    sh(folder, "config", "core.worktree", "../../nowhere")
    bare(root.parent / "b.git")
    set_address(root, "b")
    with pytest.raises(GitError, match="is not used"):
        pushed_folders.trust_remote_folders(root, "origin")


def test_a_pipe_where_only_a_fetch_goes(root: Path) -> None:
    """The other repository to fetch from is looked at as well."""
    folder, second = bare(root.parent / "b.git"), bare(root.parent / "c.git")
    set_address(root, "b.git")
    sh(root, "config", "remote.origin.pushurl", str(second))
    pushed_folders.refuse_ambiguous_or_blocking_remote(root, "origin")
    (folder / "config").unlink()
    os.mkfifo(folder / "config")
    strange_files.forget_file_check_results()
    with pytest.raises(GitError, match="config is no ordinary file"):
        pushed_folders.refuse_ambiguous_or_blocking_remote(root, "origin")


def test_a_remote_with_a_blank_in_its_name(root: Path) -> None:
    """No part of the name is taken for a remote; an unknown remote has no address."""
    bare(root.parent / "evil")
    sh(root, "remote", "remove", "origin")
    sh(root, "config", "remote.evil repo.url", "nothing")
    sh(root, "config", "branch.main.remote", "evil")
    assert remote_places.list_remote_names(root) == ["evil repo"]
    with pytest.raises(GitError, match="No such remote"):
        remote_places.list_remote_addresses(root, "evil", push=True)


def test_a_folder_with_a_name_that_git_reads_otherwise(root: Path) -> None:
    """It is not made, and not set as origin."""
    sh(root, "remote", "remove", "origin")
    folder = root.parents[1] / "a@[b]"
    with pytest.raises(GitError, match="is not used"):
        remote_setup.add_origin_and_create_if_missing(root, folder, "main")
    assert not folder.exists()
    assert remote_places.list_remote_names(root) == []
