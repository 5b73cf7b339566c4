"""What a push brings, laid out: names, kinds of repositories, what is not taken."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from assess.errors import UsageError
from assess.store.git.run import plumbing as git
from assess.store.git.run.commits import ObjectReader
from assess.store.git.run.plumbing import AmbiguousCommitError, Blob
from assess.store.git.server import incoming_push
from assess.store.git.server.incoming_push import (
    RefUpdate,
    _refuse_link_or_repository,
    _refuse_unsafe_name,
    check_out_pushed_commit,
    parse_ref_updates,
    refuse_ambiguous_pushed_commits,
)
from store.git.run.test_commits import save, sh


@pytest.mark.parametrize("form", ["sha1", "sha256"])
def test_workspaces_of_a_commit(tmp_path: Path, form: str) -> None:
    """Their inputs alone are laid out, wherever they stand, with tags that come and tags there."""
    root = tmp_path / "甲 x"
    root.mkdir()
    sh(root, "init", "-q", "-b", "main", f"--object-format={form}")
    for path in ("assess.yaml", "answers/2026/a.yaml", "other/x", "局/assess.yaml", "局/readme"):
        save(root, path, "1\n", "x")
    commit = sh(root, "rev-parse", "HEAD")
    sh(root, "tag", "old")

    with check_out_pushed_commit(
        root, commit, [RefUpdate("refs/tags/new", commit)], {}, "en"
    ) as arrived:
        assert arrived.tops == ("", "局/")
        found = [one for one in arrived.root.rglob("*") if one.is_file()]
        names = {one.relative_to(arrived.root).as_posix() for one in found}
        assert {one for one in names if not one.startswith(".git/")} == {
            "assess.yaml",
            "answers/2026/a.yaml",
            "局/assess.yaml",
        }
        assert sh(arrived.root, "tag").split() == ["new", "old"]
    assert not arrived.root.exists()


@pytest.mark.parametrize("name", ["a\u2028b", "a\x85b", "a\udcff"])
def test_tags_with_odd_names_stop_no_push(tmp_path: Path, name: str) -> None:
    """A tag may have a line end of Unicode in its name, or bytes that are no UTF-8."""
    sh(tmp_path, "init", "-q", "-b", "main")
    save(tmp_path, "assess.yaml", "1\n", "x")
    commit = sh(tmp_path, "rev-parse", "HEAD")
    sh(tmp_path, "tag", name)
    new = RefUpdate(f"refs/tags/{name}2", commit)
    with check_out_pushed_commit(tmp_path, commit, [new], {}, "en") as arrived:
        out = git.run_git(
            arrived.root, ["for-each-ref", "--format=%(refname:short)", "refs/tags"]
        ).stdout
    assert os.fsdecode(out).split("\n")[:-1] == [name, f"{name}2"]


@pytest.mark.parametrize("path", ["evidence/../x", "evidence/.GIT/config", "a//b", "./a"])
def test_names_that_lead_elsewhere(path: str) -> None:
    """A tree can be made by hand; nothing is written outside of the folder, or into its `.git`."""
    with pytest.raises(UsageError, match="no name for a file"):
        _refuse_unsafe_name(Blob("100644", "0", path), "en")


@pytest.mark.parametrize("mode", ["120000", "160000"])
def test_links_and_repositories_inside_are_not_laid_out(mode: str) -> None:
    """What is no file is refused with the command that takes it out of the commit."""
    with pytest.raises(UsageError, match="is a link or a repository inside") as refused:
        _refuse_link_or_repository(Blob(mode, "0", "answers/x.yaml"), "en")
    assert refused.value.hint == "git rm --cached -- answers/x.yaml"


def test_no_more_than_the_limit_is_laid_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file that goes beyond is named, and not written."""
    monkeypatch.setattr(incoming_push, "LIMIT", 6)
    sh(tmp_path, "init", "-q", "-b", "main")
    save(tmp_path, "assess.yaml", "12345\n", "x")
    save(tmp_path, "answers/a.yaml", "1\n", "x")
    commit = sh(tmp_path, "rev-parse", "HEAD")
    with (
        pytest.raises(UsageError, match="larger than 0 MiB"),
        check_out_pushed_commit(tmp_path, commit, [], {}, "en"),
    ):
        pass


@pytest.mark.parametrize(
    ("limit", "most", "said"),
    [
        ("MOST_WORKSPACES", 1, "more than 1 workspaces"),
        ("MOST_YAML_FILES", 3, "more than 3 YAML files"),
        ("MOST_FILES", 4, "more than 4 files"),
    ],
)
def test_no_more_files_than_can_be_checked_are_laid_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, most: int, said: str
) -> None:
    """One object may stand in 100,000 folders: the push is refused, and not checked for hours."""
    sh(tmp_path, "init", "-q", "-b", "main")
    for path in (
        "assess.yaml",
        "a/assess.yaml",
        "answers/x.yaml",
        "a/answers/x.yaml",
        "a/evidence/x",
    ):
        save(tmp_path, path, "1\n", "x")
    commit = sh(tmp_path, "rev-parse", "HEAD")
    with check_out_pushed_commit(tmp_path, commit, [], {}, "en") as arrived:
        assert len(arrived.tops) == 2
    monkeypatch.setattr(incoming_push, limit, most)
    with (
        pytest.raises(UsageError, match=said),
        check_out_pushed_commit(tmp_path, commit, [], {}, "en"),
    ):
        pass


def test_an_object_too_large_to_be_read_is_no_empty_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is refused as that, not as a file that a power cut emptied."""
    sh(tmp_path, "init", "-q", "-b", "main")
    save(tmp_path, "assess.yaml", "1\n", "x")
    commit = sh(tmp_path, "rev-parse", "HEAD")
    monkeypatch.setattr(ObjectReader, "find_blob_within_limit", lambda *_words: None)
    with (
        pytest.raises(UsageError, match=r"assess\.yaml is missing among .* or too large"),
        check_out_pushed_commit(tmp_path, commit, [], {}, "en"),
    ):
        pass


def test_removals_are_no_branches_that_arrive() -> None:
    """Zeros mean that there is nothing afterwards."""
    old, new = "1" * 40, "0" * 40
    assert parse_ref_updates([f"{old} {new} refs/heads/main"], "en") == [
        RefUpdate("refs/heads/main", None)
    ]
    assert not parse_ref_updates([f"{old} {new} refs/heads/main"], "en")[0].sets_branch


def test_a_new_commit_that_git_reads_in_two_ways(tmp_path: Path) -> None:
    """It is named; a sound one, and one that is there already, are taken."""
    root = tmp_path / "server"
    root.mkdir()
    sh(root, "init", "-q", "-b", "main")
    save(root, "assess.yaml", "1\n", "x")
    head = sh(root, "rev-parse", "HEAD")
    refuse_ambiguous_pushed_commits(root, [RefUpdate("refs/heads/main", head)], {})
    sound = sh(root, "commit-tree", "-p", head, "-m", "y", "HEAD^{tree}")
    refuse_ambiguous_pushed_commits(root, [RefUpdate("refs/heads/y", sound)], {})

    data = sh(root, "cat-file", "commit", sound)
    author = next(line for line in data.splitlines() if line.startswith("author "))
    (tmp_path / "odd").write_text(f"{data}\n".replace(author, f"{author}\n{author}"), "utf-8")
    odd = sh(root, "hash-object", "-t", "commit", "-w", "--literally", str(tmp_path / "odd"))
    with pytest.raises(AmbiguousCommitError, match=odd[:10]):
        refuse_ambiguous_pushed_commits(root, [RefUpdate("refs/heads/odd", odd)], {})
