"""Fetch, merge and push with a bare repository in a folder."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from subprocess import CalledProcessError
from urllib.parse import quote

import pytest

from assess.errors import WriteError
from assess.store.git.commit.commit_files import make_and_trust_missing_repository
from assess.store.git.run import strange_files
from assess.store.git.run.plumbing import GitError
from assess.store.git.state.refusals import explain_git_error
from assess.store.git.sync import (
    exchange,
    exchanged_tags,
    merge_commits,
    pushed_folders,
    remote_setup,
)
from assess.store.git.sync.pushed_folders import list_receive_pack_options
from assess.store.git.sync.tag_refs import commits_by_local_tag
from assess.store.git.sync.undecided_files import list_undecided_files
from assess.store.git.trust.trusted_programs import (
    is_repository_trusted,
    record_trust_in_git_programs,
)
from store.git.run.test_commits import save, sh


def kinds(root: Path) -> list[tuple[str, str]]:
    """Return the files that a merge left, with why."""
    return [(file.path, file.kind) for file in list_undecided_files(root)]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A trusted repository with one commit."""
    root = tmp_path / "甲"
    root.mkdir()
    make_and_trust_missing_repository(root)
    save(root, "a.yaml", "1\n", "first")
    return root


@pytest.fixture
def bare(root: Path, tmp_path: Path) -> Path:
    """A bare repository in a folder with a blank, known as origin."""
    bare = tmp_path / "U 盘" / "x.git"
    assert remote_setup.add_origin_and_create_if_missing(root, bare, "main")
    return bare


@pytest.fixture
def other(root: Path, bare: Path, tmp_path: Path) -> Path:
    """A clone on another machine."""
    assert exchange.push_branch_and_tags(root, "origin", "main")
    other = tmp_path / "乙"
    sh(tmp_path, "clone", "-q", str(bare), str(other))
    return other


def test_the_first_push(root: Path, bare: Path) -> None:
    """An empty repository has no branch; afterwards it has ours, and annotated tags."""
    assert exchange.read_remote_refs(root, "origin", "main") == (None, {})
    assert exchange.count_commits_ahead(root, None) == 1
    sh(root, "tag", "-a", "-m", "x", "round/2026")
    assert exchange.push_branch_and_tags(root, "origin", "main")

    there = exchange.read_remote_refs(root, "origin", "main")
    assert there.tip == sh(root, "rev-parse", "HEAD")
    assert there.tags == commits_by_local_tag(root) == {"round/2026": there.tip}
    sh(root, "tag", "light")
    assert commits_by_local_tag(root)["light"] == there.tip
    assert sh(bare, "tag") == "round/2026"
    assert is_repository_trusted(root)


def test_tags_come_along(root: Path, other: Path) -> None:
    """A round is read at its tag: it arrives with its commit, also where that was here before."""
    sh(other, "tag", "-a", "-m", "x", "round/2025")
    save(other, "b.yaml", "1\n", "theirs")
    sh(other, "tag", "-a", "-m", "x", "round/2026")
    assert exchange.push_branch_and_tags(other, "origin", "main")

    tags = exchange.read_remote_refs(root, "origin", "main").tags
    exchanged_tags.fetch_tags_and_list_blocked(root, "origin", tags, lang="en")
    assert sh(root, "tag") == "round/2025"
    exchange.fetch_branch_without_tags(root, "origin", "main", lang="en")
    exchanged_tags.fetch_tags_and_list_blocked(root, "origin", tags, lang="en")

    assert sh(root, "tag").split() == ["round/2025", "round/2026"]
    assert sh(root, "rev-parse", "origin/main") == sh(other, "rev-parse", "HEAD")


def test_tags_without_end(root: Path, other: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sync takes in so many, those of rounds first, and none whose name means more to git."""
    monkeypatch.setattr(exchanged_tags, "MOST_TAGS", 2)
    names = ("a", "b", "round/2026")
    for name in names:
        sh(other, "tag", name)
    sh(other, "push", "-q", "--tags")
    tags = exchange.read_remote_refs(root, "origin", "main").tags
    assert sorted(tags) == sorted(names)
    tags["x:refs/heads/main"] = tags["*"] = tags["a"]
    exchange.fetch_branch_without_tags(root, "origin", "main", lang="en")
    assert sh(root, "tag") == ""
    exchanged_tags.fetch_tags_and_list_blocked(root, "origin", tags, lang="en")
    assert sh(root, "tag").split() == ["a", "round/2026"]
    exchanged_tags.fetch_tags_and_list_blocked(root, "origin", tags, lang="en")
    assert sh(root, "tag").split() == list(names)
    exchanged_tags.fetch_tags_and_list_blocked(root, "origin", tags, lang="en")


def test_forward_merged_and_nothing(root: Path, other: Path) -> None:
    """What a merge did is told apart."""
    theirs = save(other, "b.yaml", "1\n", "theirs")
    assert exchange.push_branch_and_tags(other, "origin", "main")
    exchange.fetch_branch_without_tags(root, "origin", "main", lang="en")
    assert merge_commits.merge_commit_into_branch(root, theirs, "m", None).merged == "forward"
    assert merge_commits.merge_commit_into_branch(root, theirs, "m", None).merged == "nothing"

    save(root, "c.yaml", "1\n", "ours")
    theirs = save(other, "d.yaml", "1\n", "theirs")
    sh(root, "fetch", "-q", str(other), "main")
    assert merge_commits.merge_commit_into_branch(root, theirs, "合并", None).merged == "merged"
    assert sh(root, "log", "-1", "--format=%s") == "合并"


def test_a_merge_starts_no_task_of_the_settings(root: Path, other: Path) -> None:
    """Git would clean up after a merge, by tasks that the repository's settings name."""
    theirs = save(other, "b.yaml", "1\n", "theirs")
    assert exchange.push_branch_and_tags(other, "origin", "main")
    save(root, "c.yaml", "1\n", "ours")
    sh(root, "repack", "-d", "-q")
    for name, value in (
        ("maintenance.autoDetach", "false"),
        ("gc.autoDetach", "false"),
        ("maintenance.gc.enabled", "false"),
        ("maintenance.incremental-repack.enabled", "true"),
        ("maintenance.incremental-repack.auto", "-1"),
    ):
        sh(root, "config", name, value)
    exchange.fetch_branch_without_tags(root, "origin", "main", lang="en")

    assert merge_commits.merge_commit_into_branch(root, theirs, "m", None).merged == "merged"

    packs = root / ".git" / "objects" / "pack"
    assert not (packs / "multi-pack-index").exists()
    sh(root, "maintenance", "run", "--auto", "--quiet")
    assert (packs / "multi-pack-index").exists()


def test_somebody_was_faster(root: Path, other: Path) -> None:
    """A push over another's is not forced."""
    save(other, "b.yaml", "1\n", "theirs")
    assert exchange.push_branch_and_tags(other, "origin", "main")
    save(root, "c.yaml", "1\n", "ours")
    assert not exchange.push_branch_and_tags(root, "origin", "main")


def test_conflicts_and_their_end(root: Path, other: Path) -> None:
    """Both changed, or one removed: told apart; concluding takes what is on disk."""
    save(root, "e.yaml", "1\n", "e")
    assert exchange.push_branch_and_tags(root, "origin", "main")
    sh(other, "pull", "-q")
    (other / "e.yaml").unlink()
    theirs = save(other, "a.yaml", "theirs\n", "theirs")
    save(root, "e.yaml", "2\n", "e2")
    save(root, "a.yaml", "ours\n", "ours")
    sh(root, "fetch", "-q", str(other), "main")

    assert merge_commits.merge_commit_into_branch(root, theirs, "m", None).merged == "open"
    assert kinds(root) == [("a.yaml", "changed"), ("e.yaml", "deleted")]
    (root / "a.yaml").write_text("both\n", "utf-8")
    merge_commits.commit_merge_in_progress(root, ["a.yaml", "e.yaml"], None)
    assert kinds(root) == []
    assert len(sh(root, "log", "-1", "--format=%P").split()) == 2

    theirs = save(other, "z.yaml", "1\n", "z")
    sh(root, "fetch", "-q", str(other), "main")
    sh(root, "merge", "-q", "--no-commit", "--no-ff", theirs)
    merge_commits.commit_merge_in_progress(root, [], None)
    assert (root / "z.yaml").exists()


def test_conflicts_outside_of_the_workspace(root: Path, other: Path) -> None:
    """Somebody merged a larger repository by hand: what stands beside the workspace counts too."""
    for one, text in ((other, "theirs\n"), (root, "ours\n")):
        (one / "自查").mkdir()
        (one / "自查" / "b.yaml").write_text(text, "utf-8")
        save(one, "a.yaml", text, text)
    sh(root, "fetch", "-q", str(other), "main")
    with pytest.raises(CalledProcessError):
        sh(root, "merge", "FETCH_HEAD")

    assert kinds(root / "自查") == [("../a.yaml", "changed"), ("b.yaml", "changed")]


def test_a_merge_that_git_refuses(root: Path, other: Path) -> None:
    """Local changes in the way: git's words, and nothing changed."""
    theirs = save(other, "a.yaml", "theirs\n", "theirs")
    sh(root, "fetch", "-q", str(other), "main")
    (root / "a.yaml").write_text("unsaved\n", "utf-8")
    with pytest.raises(GitError) as caught:
        merge_commits.merge_commit_into_branch(root, theirs, "m", None)

    assert "overwritten" in caught.value.output
    assert (root / "a.yaml").read_text("utf-8") == "unsaved\n"


def test_a_remote_that_refuses(root: Path, bare: Path) -> None:
    """A hook of the other side is told in its own words."""
    hook = bare / "hooks" / "pre-receive"
    hook.write_text("#!/bin/sh\necho conflicts stand >&2; exit 1\n", "utf-8")
    hook.chmod(0o755)
    record_trust_in_git_programs(bare)
    with pytest.raises(GitError) as caught:
        exchange.push_branch_and_tags(root, "origin", "main")
    assert "conflicts stand" in caught.value.output


def test_an_address_is_no_command_line(root: Path, tmp_path: Path) -> None:
    """`ext::` stays off, whatever the repository's settings allow."""
    sh(root, "config", "protocol.ext.allow", "always")
    sh(root, "remote", "add", "origin", f"ext::sh -c touch% {tmp_path}/pwned")
    with pytest.raises(GitError, match="not allowed"):
        exchange.fetch_branch_without_tags(root, "origin", "main", lang="en")
    assert not (tmp_path / "pwned").exists()


def drop_object(bare: Path, oid: str) -> None:
    """Remove one object of those that came in a pack."""
    for pack in (bare / "objects" / "pack").glob("*.pack"):
        pack.with_suffix(".idx").unlink()
        moved = pack.rename(bare / pack.name)
        with moved.open("rb") as stream:
            subprocess.run(["git", "unpack-objects", "-q"], cwd=bare, stdin=stream, check=True)
    (bare / "objects" / oid[:2] / oid[2:]).unlink()


def test_a_stick_that_lacks_objects_fetches_them_from_nowhere(
    root: Path, bare: Path, other: Path, tmp_path: Path
) -> None:
    """A partial clone names the program that gets what it lacks; it is asked for by plain git."""
    save(other, "b.yaml", "lacking\n", "theirs")
    assert exchange.push_branch_and_tags(other, "origin", "main")
    sprung = tmp_path / "sprung"
    trap = tmp_path / "trap.sh"
    trap.write_text(f'#!/bin/sh\ntouch "{sprung}"\n', "utf-8")
    trap.chmod(0o755)
    blob = sh(other, "rev-parse", "HEAD:b.yaml")
    drop_object(bare, blob)
    sh(bare, "config", "core.repositoryFormatVersion", "1")
    sh(bare, "config", "extensions.partialClone", "evil")
    sh(bare, "config", "remote.evil.url", str(other))
    sh(bare, "config", "remote.evil.promisor", "true")
    sh(bare, "config", "remote.evil.uploadpack", str(trap))

    exchange.read_remote_refs(root, "origin", "main")
    with pytest.raises(GitError):
        exchange.fetch_branch_without_tags(root, "origin", "main", lang="en")
    assert not sprung.exists()


def test_a_merge_fetches_nothing_from_a_folder(root: Path, bare: Path, tmp_path: Path) -> None:
    """A partial clone of a stick: getting what it lacks would start git there, unguarded."""
    assert exchange.push_branch_and_tags(root, "origin", "main")
    sh(bare, "config", "uploadpack.allowFilter", "true")
    part = tmp_path / "part"
    sh(tmp_path, "clone", "-q", "--filter=blob:none", f"file://{quote(str(bare))}", str(part))
    save(root, "a.yaml", "2\n", "second")
    assert exchange.push_branch_and_tags(root, "origin", "main")
    exchange.fetch_branch_without_tags(part, "origin", "main", lang="en")
    with pytest.raises(GitError) as caught:
        merge_commits.merge_commit_into_branch(part, sh(root, "rev-parse", "HEAD"), "m", None)
    assert "not allowed" in caught.value.output


def test_a_merge_names_the_lock_that_a_killed_one_left(root: Path, other: Path) -> None:
    """Git itself says only that it can't write the index."""
    theirs = save(other, "b.yaml", "2\n", "theirs")
    sh(root, "fetch", "-q", str(other), "main")
    save(root, "c.yaml", "1\n", "ours")
    lock = root / ".git" / "index.lock"
    lock.touch()
    with pytest.raises(GitError) as caught:
        merge_commits.merge_commit_into_branch(root, theirs, "m", None)
    assert "index.lock" in str(explain_git_error(caught.value, root, "en"))


def test_options_of_the_branch_bring_no_file_into_a_commit(
    root: Path, other: Path, tmp_path: Path
) -> None:
    """branch.main.mergeOptions with -F would take any file into the text that is handed on."""
    secret = tmp_path / "id_rsa"
    secret.write_text("SECRET\n", "utf-8")
    sh(root, "config", "branch.main.mergeOptions", f"-F {secret}")
    theirs = save(other, "b.yaml", "1\n", "theirs")
    save(root, "c.yaml", "1\n", "ours")
    sh(root, "fetch", "-q", str(other), "main")

    assert (
        merge_commits.merge_commit_into_branch(root, theirs, "m", None, lang="en").merged
        == "merged"
    )

    assert sh(root, "log", "-1", "--format=%B") == "m"


def test_a_stick_whose_links_lead_elsewhere(root: Path, bare: Path, tmp_path: Path) -> None:
    """Branches, objects and logs of the other side are written where it is, or not at all."""
    (bare / "refs" / "heads").rename(tmp_path / "heads")
    (bare / "refs" / "heads").symlink_to(tmp_path / "heads")
    with pytest.raises(WriteError, match=r"refs/heads is a link, and leads git to .*/heads"):
        exchange.push_branch_and_tags(root, "origin", "main", lang="en")
    with pytest.raises(WriteError, match="refs/heads is a link"):
        exchanged_tags.replace_remote_tag(root, "origin", "round/2026", lang="en")
    assert list((tmp_path / "heads").iterdir()) == []


def test_a_stick_that_is_not_there(root: Path, bare: Path) -> None:
    """Git says so itself."""
    bare.rename(bare.with_name("gone"))
    with pytest.raises(GitError, match=r"not appear to be a git repository|does not exist"):
        exchange.push_branch_and_tags(root, "origin", "main", lang="en")


def test_a_stick_that_would_check_out_what_is_pushed(
    root: Path, bare: Path, tmp_path: Path
) -> None:
    """Not trusted, neither it nor its core.worktree (older gits) is written to; that is named."""
    assert exchange.push_branch_and_tags(root, "origin", "main", lang="en")
    stick, home = tmp_path / "stick", tmp_path / "home"
    sh(tmp_path, "clone", "-q", str(bare), str(stick))
    sh(stick, "config", "receive.denyCurrentBranch", "updateInstead")
    shutil.copytree(stick, home, ignore=shutil.ignore_patterns(".git"))
    sh(stick, "config", "core.worktree", str(home))
    sh(root, "remote", "set-url", "origin", str(stick))
    save(root, ".bash_profile", "touch pwned\n", "evil")

    with pytest.raises(GitError):
        exchange.push_branch_and_tags(root, "origin", "main", lang="en")

    assert not any((folder / ".bash_profile").exists() for folder in (stick, home))
    assert pushed_folders.list_disabled_programs_of_remote(root, "origin") == [
        "receive.denycurrentbranch"
    ]
    record_trust_in_git_programs(stick)
    assert exchange.push_branch_and_tags(root, "origin", "main", lang="en")
    assert any((folder / ".bash_profile").exists() for folder in (stick, home))


def test_a_folder_with_a_pipe_is_not_opened(tmp_path: Path) -> None:
    """The settings of the repository on a stick are a pipe: git would wait a minute for them."""
    root, stick = tmp_path / "w", tmp_path / "stick"
    sh(tmp_path, "init", "-q", str(root))
    sh(tmp_path, "init", "-q", "--bare", str(stick))
    sh(root, "remote", "add", "origin", str(stick))
    assert exchange.read_remote_refs(root, "origin", "main").tip is None
    (stick / "config").unlink()
    os.mkfifo(stick / "config")
    strange_files.forget_file_check_results()
    with pytest.raises(GitError, match="stick/config is no ordinary file"):
        exchange.read_remote_refs(root, "origin", "main")


def test_the_upstream_is_as_git_would_set_it(root: Path, bare: Path) -> None:
    """Who lets git set up rebasing for new branches gets it; a second push writes no setting."""
    sh(root, "config", "branch.autoSetupRebase", "always")
    assert exchange.push_branch_and_tags(root, "origin", "main")
    assert sh(root, "config", "branch.main.rebase") == "true"
    before = (root / ".git" / "config").stat()
    assert exchange.push_branch_and_tags(root, "origin", "main")
    assert (root / ".git" / "config").stat() == before


def test_a_program_that_receives_is_kept_where_it_is_trusted(root: Path, bare: Path) -> None:
    """The user's own setting of the program stands; a folder without one flushes what it gets."""
    record_trust_in_git_programs(bare)
    (option,) = list_receive_pack_options(root, "origin")
    assert "core.fsync=all" in option
    sh(root, "config", "remote.origin.receivepack", "my-receive-pack")
    assert list_receive_pack_options(root, "origin") == []
