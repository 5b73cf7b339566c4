"""Git writes only in the folder that holds its `.git`; what leads elsewhere is refused."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from assess.errors import WriteError
from assess.store.git.commit import commit_files as git_commit
from assess.store.git.commit.commit_files import make_and_trust_missing_repository
from assess.store.git.setup import local_settings as git_setup
from assess.store.git.setup import own_repository
from assess.store.git.sync import exchange, remote_setup
from assess.store.git.trust import boundary
from assess.store.git.trust.boundary import refuse_git_writing_outside
from store.git.run.test_commits import save, sh


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace with one commit, in a folder with a blank."""
    root = tmp_path / "单位 一" / "w"
    root.mkdir(parents=True)
    make_and_trust_missing_repository(root)
    save(root, "assess.yaml", "a: 1\n", "first")
    return root


@pytest.fixture
def precious(tmp_path: Path) -> Path:
    """A repository of somebody else's."""
    other = tmp_path / "precious"
    other.mkdir()
    sh(other, "init", "-q", "-b", "main")
    save(other, "p", "1\n", "theirs")
    return other


def refusal(root: Path) -> WriteError:
    """Return the refusal, which must come."""
    with pytest.raises(WriteError) as caught:
        refuse_git_writing_outside(root, "en")
    return caught.value


def mend(root: Path, error: WriteError) -> None:
    """Type what the refusal says; afterwards nothing leads out."""
    shell = f"set -e; {error.hint}"
    assert os.waitstatus_to_exitcode(os.system(f"cd '{root}' && {shell} >/dev/null 2>&1")) == 0  # noqa: S605  # a person types it into a shell
    refuse_git_writing_outside(root, "en")


# What is allowed


def test_ordinary_repositories(root: Path, tmp_path: Path) -> None:
    """One's own, a folder of a larger one, none at all, and before the first commit."""
    refuse_git_writing_outside(root, "en")
    (root / "部门" / "一").mkdir(parents=True)
    refuse_git_writing_outside(root / "部门" / "一", "en")
    (tmp_path / "none").mkdir()
    refuse_git_writing_outside(tmp_path / "none", "en")
    sh(tmp_path / "none", "init", "-q")
    refuse_git_writing_outside(tmp_path / "none", "en")


def test_linked_working_trees(root: Path, tmp_path: Path) -> None:
    """Their `.git` is a file, and git's folder names it."""
    sh(root, "worktree", "add", "-q", str(tmp_path / "乙"), "-b", "second")
    refuse_git_writing_outside(tmp_path / "乙", "en")
    refuse_git_writing_outside(root, "en")


def test_submodules(root: Path, precious: Path) -> None:
    """Their git's folder is in the other repository, and its core.worktree names them."""
    allow = ("-c", "protocol.file.allow=always")
    sh(precious, *allow, "submodule", "--quiet", "add", str(root), "sub")
    refuse_git_writing_outside(precious / "sub", "en")


def test_git_in_a_file_that_leads_to_a_folder_inside(root: Path) -> None:
    """Where it writes is inside all the same."""
    (root / ".git").rename(root / ".repository")
    (root / ".git").write_text("gitdir: .repository\n", "utf-8")
    refuse_git_writing_outside(root, "en")


def test_links_that_stay_inside(root: Path) -> None:
    """HEAD as a link to its branch, one in a circle; hooks lead out."""
    git = root / ".git"
    (git / "HEAD").unlink()
    (git / "HEAD").symlink_to("refs/heads/main")
    (git / "round").symlink_to("round")
    shutil.rmtree(git / "hooks")
    (git / "hooks").symlink_to("../../hooks")
    refuse_git_writing_outside(root, "en")


@pytest.mark.parametrize("name", ["refs/remotes/origin", "logs/refs/heads/main"])
def test_links_to_other_refs(root: Path, name: str) -> None:
    """A link that stays inside lets git write to a tag, or into its settings."""
    link = root / ".git" / name
    link.parent.mkdir(parents=True, exist_ok=True)
    link.unlink(missing_ok=True)
    link.symlink_to("../tags/round" if "remotes" in name else "../../../config")
    error = refusal(root)
    assert str(link) in error.message
    mend(root, error)


@pytest.mark.parametrize(
    "name", ["COMMIT_EDITMSG", "FETCH_HEAD", "MERGE_MODE", "AUTO_MERGE", "logs/HEAD"]
)
def test_files_with_a_second_name(root: Path, name: str) -> None:
    """Git would write over the proof in the folder; a folder of objects may share files."""
    proof, file = root / "proof.txt", root / ".git" / name
    proof.write_text("proof", "utf-8")
    file.unlink(missing_ok=True)
    file.parent.mkdir(exist_ok=True)
    file.hardlink_to(proof)
    error = refusal(root)
    assert "second name" in error.message
    mend(root, error)
    assert proof.read_text("utf-8") == "proof"
    (root / ".git/description").unlink(missing_ok=True)
    (root / ".git/description").hardlink_to(proof)
    refuse_git_writing_outside(root, "en")


def test_a_copy_of_hard_links(root: Path) -> None:
    """`cp -al`: all files are named at once; what is typed loses no log and touches no copy."""
    save(root, "b.yaml", "b: 1\n", "second")
    sh(root, "update-ref", "ORIG_HEAD", "HEAD")
    copy = root.parent / "副 本"
    assert os.system(f"cp -al '{root}' '{copy}'") == 0  # noqa: S605  # as a person does
    history = sh(root, "reflog", "show", "main")

    error = refusal(root)

    names = ("COMMIT_EDITMSG", "ORIG_HEAD", "logs/HEAD", "logs/refs/heads/main")
    files = [str(root / ".git" / name) for name in names]
    assert all(file in error.message for file in files)
    assert "/objects/" not in error.message + error.hint
    mend(root, error)
    assert sh(root, "reflog", "show", "main") == history
    assert not list((root / ".git").rglob("*.new"))
    save(root, "c.yaml", "c: 1\n", "third")
    assert sh(copy, "reflog", "show", "main") == history


def test_many_logs_with_a_second_name(root: Path) -> None:
    """Five are named; the command has them all, also if a link waits where it makes its copy."""
    proof = root / "proof.txt"
    proof.write_text("proof", "utf-8")
    logs = root / ".git" / "logs" / "refs" / "heads"
    for number in range(9):
        (logs / f"x{number}").hardlink_to(proof)
    (logs / "x0.new").hardlink_to(root / "assess.yaml")
    error = refusal(root)
    assert "x3" in error.message
    assert "x8" not in error.message
    mend(root, error)
    assert (root / "assess.yaml").read_text("utf-8") == "a: 1\n"
    assert proof.stat().st_nlink == 1


def test_borrowed_objects_are_read_only(root: Path, tmp_path: Path) -> None:
    """`git clone --shared`: git reads the other's objects, and writes its own."""
    sh(tmp_path, "clone", "-q", "--shared", str(root), "乙")
    refuse_git_writing_outside(tmp_path / "乙", "en")


# The working tree


def test_work_tree_elsewhere(root: Path) -> None:
    """core.worktree in .git/config; its own place is none."""
    sh(root, "config", "core.worktree", str(root))
    refuse_git_writing_outside(root, "en")
    sh(root, "config", "core.worktree", "../..")

    error = refusal(root)

    assert error.message == (
        f"core.worktree in {root}/.git/config leads git out of this folder, to {root.parent}"
    )
    mend(root, error)


def test_the_working_tree_is_beside_the_workspace(root: Path, precious: Path) -> None:
    """Git stays in the workspace then, and names its settings from there; so does the hint."""
    sh(root, "config", "core.worktree", str(precious))
    before = (precious / ".git" / "config").read_bytes()
    error = refusal(root)
    assert error.message.startswith(f"core.worktree in {root}/.git/config leads git out")
    mend(root, error)
    assert (precious / ".git" / "config").read_bytes() == before


def test_work_tree_of_a_linked_tree(root: Path) -> None:
    """core.worktree in .git/config.worktree, seen from a folder of the workspace."""
    (root / "部门").mkdir()
    sh(root, "config", "extensions.worktreeConfig", "true")
    sh(root, "config", "--worktree", "core.worktree", "../..")
    error = refusal(root / "部门")
    assert "config.worktree" in error.message
    mend(root / "部门", error)


def test_a_git_folder_that_is_none(precious: Path) -> None:
    """Git goes up to the repository around where `.git` is damaged."""
    inner = precious / "w"
    (inner / ".git").mkdir(parents=True)
    error = refusal(inner)
    assert error.message == (
        f"git would use the repository in {precious}/.git, which is not that of this folder"
    )
    mend(inner, error)


def test_a_workspace_that_is_a_bare_repository(root: Path) -> None:
    """HEAD, objects and refs stand in the workspace itself: `core.worktree` may be anything."""
    for path in list((root / ".git").iterdir()):
        path.rename(root / path.name)
    (root / ".git").rmdir()
    sh(root, "config", "--file", "config", "core.worktree", ".")
    error = refusal(root)
    assert "core.worktree" in error.message


def test_a_bare_repository_around(root: Path) -> None:
    """The same without that setting."""
    for path in list((root / ".git").iterdir()):
        path.rename(root / path.name)
    (root / ".git").rmdir()
    (root / "w").mkdir()
    assert "without files" in refusal(root / "w").message


@pytest.mark.parametrize("sign", ["\n", "\r", "\u2028", "\x85", "\x0c"])
def test_a_folder_with_a_line_end_in_its_name(tmp_path: Path, sign: str) -> None:
    """Git prints paths a line each: a newline is named with the way out, no other sign."""
    root = tmp_path / f"a{sign}b"
    root.mkdir()
    make_and_trust_missing_repository(root)
    if sign != "\n":
        refuse_git_writing_outside(root, "en")
        return
    error = refusal(root)
    assert "line break" in error.message
    assert error.hint.startswith("mv -- ")
    assert "core.bare" not in error.hint


def test_a_repository_without_files(root: Path) -> None:
    """core.bare in one's own `.git`: git would fetch and tag, but knows no files."""
    sh(root, "config", "core.bare", "true")
    error = refusal(root)
    assert error.message == f"git takes {root} for a repository without files"
    mend(root, error)


# Git's folder


@pytest.mark.parametrize("link", [False, True])
def test_git_leads_to_another_repository(root: Path, precious: Path, link: bool) -> None:
    """`.git` as a file or as a link; that repository does not name this folder."""
    (root / ".git").rename(root / "old")
    if link:
        (root / ".git").symlink_to(precious / ".git")
    else:
        (root / ".git").write_text(f"gitdir: {precious}/.git\n", "utf-8")
    error = refusal(root)
    assert error.message == (
        f"{root}/.git leads git to {precious}/.git, which does not name this folder"
    )
    mend(root, error)


def test_a_linked_tree_of_another_place(root: Path, precious: Path, tmp_path: Path) -> None:
    """`.git` is a file that leads to the linked working tree of somebody else's folder."""
    sh(precious, "worktree", "add", "-q", str(tmp_path / "theirs"))
    text = (tmp_path / "theirs" / ".git").read_text("utf-8")
    (root / ".git").rename(root / "old")
    (root / ".git").write_text(text, "utf-8")

    error = refusal(root)

    assert f"commondir leads git to {precious}/.git" in error.message
    mend(root, error)
    (precious / ".git" / "worktrees" / "theirs" / "gitdir").unlink()
    assert "commondir" in refusal(root).message


def test_the_folder_of_another_repository_is_shared(root: Path, precious: Path) -> None:
    """.git/commondir: objects, branches and settings would be written there."""
    (root / ".git" / "commondir").write_text(f"{precious}/.git\n", "utf-8")
    error = refusal(root)
    assert error.message == (
        f"{root}/.git/commondir leads git to {precious}/.git, which does not name this folder"
    )
    mend(root, error)


# Links


@pytest.mark.parametrize(
    "name",
    [
        "logs",
        "logs/HEAD",
        "logs/refs/heads/main",
        "index",
        "config",
        "COMMIT_EDITMSG",
        "FETCH_HEAD",
        "ORIG_HEAD",
        "MERGE_MSG",
        "objects",
        "objects/ab",
        "objects/pack",
        "objects/info",
        "refs",
        "refs/heads",
        "refs/heads/other",
        "packed-refs",
        "info",
        "rr-cache",
        "index.lock",
    ],
)
def test_links_inside_git_that_lead_out(root: Path, tmp_path: Path, name: str) -> None:
    """The link is named, and where it leads; nothing is written there."""
    path, target = root / ".git" / name, tmp_path / "target"
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists():
        path.rename(target)
    path.symlink_to(target)
    before = target.read_bytes() if target.is_file() else None

    error = refusal(root)

    assert error.message == f"{path} is a link, and leads git to {target}"
    assert (target.read_bytes() if target.is_file() else None) == before
    if error.hint.startswith("rm "):
        mend(root, error)
        sh(root, "status")
    else:
        assert error.hint == "take a fresh copy: git clone THIS_FOLDER NEW_FOLDER"


def test_links_in_the_folder_that_linked_trees_share(root: Path, tmp_path: Path) -> None:
    """A linked working tree writes to the main one's folder too."""
    sh(root, "worktree", "add", "-q", str(tmp_path / "乙"))
    (root / ".git" / "logs" / "HEAD").unlink()
    (root / ".git" / "logs" / "HEAD").symlink_to(tmp_path / "profile")
    assert "logs/HEAD is a link" in refusal(tmp_path / "乙").message


def test_folders_without_end(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is too deep for a path, and more names than any repository has."""
    level = os.open(root / ".git" / "refs", os.O_RDONLY)
    for _number in range(18):
        os.mkdir("a" * 250, dir_fd=level)
        inner = os.open("a" * 250, os.O_RDONLY, dir_fd=level)
        os.close(level)
        level = inner
    os.close(level)
    assert "can't be looked through" in refusal(root).message

    monkeypatch.setattr(boundary, "_MAX_ENTRIES", 5)
    assert f"what git keeps in {root}/.git can't be" in refusal(root).message


# Settings


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("gc.repackFilterTo", "/srv/pack"),
        ("http.saveCookies", "true"),
        ("http.https://x.example/a.b.saveCookies", "1"),
        ("extensions.refStorage", "files:///srv/refs"),
    ],
)
def test_settings_that_name_a_place_to_write_to(root: Path, key: str, value: str) -> None:
    """Also from an included file; the harmless values of the same settings are fine."""
    more = root / ".git" / "more file"
    sh(root, "config", "include.path", "more file")
    sh(root, "config", "--file", str(more), key, value)
    if "refStorage" in key:  # git itself does not read on where this is wrong
        shutil.copy(more, root / "old")

    error = refusal(root)

    assert f"{more} lets git write elsewhere: {value}" in error.message
    mend(root, error)


@pytest.mark.parametrize("value", ["0666", "all", "0644"])
def test_a_repository_that_everybody_may_read(root: Path, value: str) -> None:
    """Where the user's umask keeps others out, a setting does not let them in."""
    sh(root, "config", "core.sharedRepository", value)

    error = refusal(root)

    assert "lets everybody here read or write what git keeps" in error.message
    mend(root, error)


def test_harmless_values(root: Path) -> None:
    """Cookies that are not written lead nowhere."""
    sh(root, "config", "http.saveCookies", "False")
    sh(root, "config", "core.sharedRepository", "0660")
    refuse_git_writing_outside(root, "en")


# A repository that was half made


@pytest.mark.parametrize("name", ["config", "HEAD", "refs", "objects", "info"])
def test_a_half_made_repository_with_links(tmp_path: Path, name: str) -> None:
    """What `git init` would make anew is not made at the other end of a link."""
    git = tmp_path / "w" / ".git"
    git.mkdir(parents=True)
    (git / name).symlink_to(tmp_path / "target")
    with pytest.raises(WriteError, match=f"{name} is a link"):
        make_and_trust_missing_repository(tmp_path / "w", "en")
    assert not os.path.lexists(tmp_path / "target")


@pytest.mark.parametrize("kind", ["link", "commondir", "dangling"])
def test_a_half_made_repository_of_somebody_else(tmp_path: Path, kind: str) -> None:
    """`.git` as a link, or with a commondir, was not half made by `git init` here."""
    git, other = tmp_path / "w" / ".git", tmp_path / "other"
    git.parent.mkdir(parents=True)
    if kind == "commondir":
        git.mkdir()
        (git / "commondir").write_text(f"{other}\n", "utf-8")
    else:
        git.symlink_to(other)
    if kind != "dangling":
        other.mkdir()
    make_and_trust_missing_repository(tmp_path / "w", "en")
    assert not other.exists() or list(other.iterdir()) == []


# Every act of writing


@pytest.mark.parametrize("act", ["commit", "set_up", "identity", "tag", "join", "fetch", "push"])
def test_acts_that_write_are_refused(root: Path, act: str) -> None:
    """None of them touches the folder that core.worktree names, nor the repository."""
    sh(root, "config", "core.worktree", "../..")
    before = sorted(root.parent.rglob("*"))
    acts: dict[str, Callable[[], object]] = {
        "commit": lambda: git_commit.commit_paths_if_changed(root, ["assess.yaml"], "x", lang="en"),
        "set_up": lambda: git_setup.write_merge_attributes_and_settings(root, "en"),
        "identity": lambda: own_repository.write_committer_identity(root, "a", "a@b", lang="en"),
        "tag": lambda: own_repository.make_annotated_tag(root, "round/1", "HEAD", "x", lang="en"),
        "join": lambda: remote_setup.add_origin_and_create_if_missing(
            root, root.parent / "usb", "main", "en"
        ),
        "fetch": lambda: exchange.fetch_branch_without_tags(root, "origin", "main", lang="en"),
        "push": lambda: exchange.push_branch_and_tags(root, "origin", "main", lang="en"),
    }
    with pytest.raises(WriteError, match=r"core\.worktree"):
        acts[act]()
    assert sorted(root.parent.rglob("*")) == before
