"""Git is led out of the workspace: by its settings, by `.git` itself, by links, by a merge."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path

from adversary.attack import Place, attack

PROFILE = "touch ~/ran\n"
"""What a shell would run at the next login."""

LINKS = ("logs/HEAD", "index")
"""Names in `.git` that git writes to; the rest of them are tried in `./run test --all`."""

MORE_LINKS = (
    "objects",
    "config",
    "logs",
    "logs/refs/heads/main",
    "refs",
    "refs/heads",
    "refs/tags",
    "COMMIT_EDITMSG",
    "FETCH_HEAD",
    "ORIG_HEAD",
    "MERGE_MSG",
    "packed-refs",
    "info",
    "objects/pack",
    "objects/info",
    "objects/ab",
    "objects/info/commit-graph",
    "objects/pack/multi-pack-index",
    "objects/pack/multi-pack-index.d",
    "rr-cache",
    "worktrees",
)


def leave_note(place: Place) -> None:
    """Leave something to commit."""
    (place.workspace / "evidence" / "note.txt").write_text("a\n", "utf-8")


def evil_history(place: Place) -> Path:
    """Put the workspace's files under `unpacked/` of a new history, whose next commit adds more.

    Return the new `.git`, which holds the repository to synchronize with.
    """
    top = place.outside / "build"
    shutil.copytree(
        place.workspace, top / "unpacked", symlinks=True, ignore=shutil.ignore_patterns(".git")
    )
    place.git("init", "-q", "-b", "main", folder=top)
    place.git("add", "-A", folder=top)
    place.git("commit", "-q", "-m", "first", folder=top)
    (top / ".bash_profile").write_text(PROFILE, "utf-8")
    place.git("add", "-A", folder=top)
    place.git("commit", "-q", "-m", "second", folder=top)
    place.git("clone", "-q", "--bare", ".", ".git/evil.git", folder=top)
    place.git("reset", "-q", "--hard", "HEAD~", folder=top)
    place.git("update-ref", "-d", "ORIG_HEAD", folder=top)
    return top / ".git"


def swap_git(place: Place, new: Path) -> None:
    """Make a folder the workspace's `.git`, with its remote inside."""
    shutil.rmtree(place.workspace / ".git")
    shutil.move(new, place.workspace / ".git")
    shutil.rmtree(new.parent)
    config = place.workspace / ".git" / "config"
    words = ("config", "--file", str(config))
    place.git(*words, "remote.origin.url", str(place.workspace / ".git" / "evil.git"))
    place.git(*words, "remote.origin.fetch", "+refs/heads/*:refs/remotes/origin/*")


@attack("sync", code=3, says="core.worktree")
def work_tree_above(place: Place) -> None:
    """core.worktree in .git/config: the merge would write ~/.bash_profile."""
    swap_git(place, evil_history(place))
    place.git("config", "core.worktree", "../..")


@attack(
    "commit", "round close 2026 --yes", "git setup", code=3, says="core.worktree", exhaustive=True
)
def work_tree_elsewhere(place: Place) -> None:
    """Every command that lets git write is refused, not only sync."""
    place.git("config", "core.worktree", str(place.outside))
    leave_note(place)


@attack("sync", code=3, says="config.worktree", exhaustive=True)
def work_tree_of_a_linked_tree(place: Place) -> None:
    """core.worktree in .git/config.worktree."""
    swap_git(place, evil_history(place))
    place.git("config", "extensions.worktreeConfig", "true")
    place.git("config", "--worktree", "core.worktree", "../..")


@attack("sync", code=2, exhaustive=True)
def work_tree_in_an_included_file(place: Place) -> None:
    """core.worktree in a file that .git/config includes: git does not follow it there."""
    swap_git(place, evil_history(place))
    (place.workspace / ".git" / "more").write_text("[core]\n\tworktree = ../..\n", "utf-8")
    place.git("config", "include.path", "more")


@attack("commit", "git setup", code=3, says="does not name this folder")
def git_is_a_file(place: Place) -> None:
    """`.git` is a file that leads to somebody's repository."""
    other_repository(place)
    shutil.rmtree(place.workspace / ".git")
    (place.workspace / ".git").write_text(f"gitdir: {place.outside}/other/.git\n", "utf-8")


@attack("commit", code=3, says="does not name this folder", exhaustive=True)
def git_is_a_link(place: Place) -> None:
    """`.git` is a link to somebody's repository."""
    other_repository(place)
    shutil.rmtree(place.workspace / ".git")
    (place.workspace / ".git").symlink_to(place.outside / "other" / ".git")


@attack("commit", code=3, says="commondir")
def git_shares_another_folder(place: Place) -> None:
    """.git/commondir leads to somebody's repository, which would get objects and branches."""
    other_repository(place)
    (place.workspace / ".git" / "commondir").write_text(f"{place.outside}/other/.git\n", "utf-8")


def other_repository(place: Place) -> None:
    """Make a repository of somebody else's."""
    other = place.outside / "other"
    place.git("init", "-q", "-b", "main", str(other))
    place.git("commit", "-q", "--allow-empty", "-m", "theirs", folder=other)


@attack("commit", code=3, says="core.worktree", exhaustive=True)
def the_workspace_is_a_bare_repository(place: Place) -> None:
    """HEAD, objects and refs stand in the workspace itself, with a core.worktree elsewhere."""
    for name in ("HEAD", "config", "objects", "refs"):
        shutil.move(place.workspace / ".git" / name, place.workspace / name)
    config = str(place.workspace / "config")
    place.git("config", "--file", config, "core.worktree", str(place.outside))
    shutil.rmtree(place.workspace / ".git")
    leave_note(place)


def link_out(name: str) -> Callable[[Place], None]:
    """Return what makes a name in `.git` a link to something outside."""

    def build(place: Place) -> None:
        path, target = place.workspace / ".git" / name, place.outside / "target"
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists():
            shutil.move(path, target)
        path.symlink_to(target)
        leave_note(place)

    build.__name__ = f"link_at_{name.replace('/', '_')}"
    build.__module__ = __name__
    return build


for link in LINKS:
    attack("commit", code=3, says="is a link, and leads git to")(link_out(link))
for link in MORE_LINKS:
    attack("commit", code=3, says="is a link", exhaustive=True)(link_out(link))


@attack("commit", code=3, says="can't be looked through", exhaustive=True)
def folders_without_end(place: Place) -> None:
    """Folders below refs, deeper than a path can be long."""
    level = os.open(place.workspace / ".git" / "refs" / "heads", os.O_RDONLY)
    for _number in range(18):
        os.mkdir("a" * 250, dir_fd=level)
        inner = os.open("a" * 250, os.O_RDONLY, dir_fd=level)
        os.close(level)
        level = inner
    os.close(level)
    leave_note(place)


def blob_id(text: str) -> str:
    """Return the id of a file's object; git counts those in `objects/17` to see when to clean."""
    data = text.encode()
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


@attack("commit")
def program_of_the_garbage_collector(place: Place) -> None:
    """gc.recentObjectsHook, which a commit starts where gc.auto says so."""
    place.git("config", "gc.auto", "1")
    place.git("config", "gc.autoDetach", "false")
    place.git("config", "gc.recentObjectsHook", f"touch {place.home}/ran; true")
    texts = (str(number) for number in range(10_000))
    for text in [text for text in texts if blob_id(text).startswith("17")][:4]:
        name = place.workspace / ".git" / "unreachable"
        name.write_text(text, "utf-8")
        place.git("hash-object", "-w", str(name))
    for path in (place.workspace / ".git" / "objects" / "17").iterdir():
        os.utime(path, (0, 0))
    leave_note(place)


@attack("commit", "sync", "git setup", code=3, says="http.savecookies", exhaustive=True)
def cookies_in_a_profile(place: Place) -> None:
    """Git would write the other side's cookies to ~/.bash_profile, where they are commands."""
    place.git("config", "http.cookieFile", str(place.home / ".bash_profile"))
    place.git("config", "http.saveCookies", "true")
    place.git("remote", "add", "origin", "http://192.0.2.1/x.git")
    leave_note(place)


@attack("commit", code=3, says="gc.repackfilterto", exhaustive=True)
def packs_elsewhere(place: Place) -> None:
    """Git would move objects to another place while it tidies up."""
    place.git("config", "gc.repackFilter", "blob:none")
    place.git("config", "gc.repackFilterTo", str(place.outside / "pack"))
    leave_note(place)


@attack("sync", code=3, says="multi-pack-index is a link, and leads git to")
def index_of_packs_in_a_profile(place: Place) -> None:
    """The index of packs is written through a link, in a task that the settings name for later."""
    place.git("clone", "-q", "--bare", ".", "theirs.git")
    place.git("clone", "-q", "theirs.git", str(place.outside / "clone"))
    place.git("commit", "-q", "--allow-empty", "-m", "theirs", folder=place.outside / "clone")
    place.git("push", "-q", "origin", "main", folder=place.outside / "clone")
    place.git("repack", "-d", "-q")
    place.git("commit", "-q", "--allow-empty", "-m", "ours")
    place.git("repack", "-d", "-q")
    place.git("remote", "add", "origin", "theirs.git")
    for name in ("maintenance.autoDetach", "gc.autoDetach", "maintenance.gc.enabled"):
        place.git("config", name, "false")
    place.git("config", "maintenance.incremental-repack.enabled", "true")
    place.git("config", "maintenance.incremental-repack.auto", "-1")
    index = place.workspace / ".git" / "objects" / "pack" / "multi-pack-index"
    index.symlink_to(place.home / ".bash_profile")


@attack("sync", code=3, says="is a link, and leads git to", exhaustive=True)
def stick_with_a_link(place: Place) -> None:
    """The repository on a stick keeps its branches elsewhere."""
    stick = place.workspace / ".git" / "stick.git"
    place.git("clone", "-q", "--bare", ".", str(stick))
    shutil.move(stick / "refs" / "heads", place.outside / "heads")
    (stick / "refs" / "heads").symlink_to(place.outside / "heads")
    place.git("remote", "add", "origin", str(stick))
    place.git("commit", "-q", "--allow-empty", "-m", "ours")


@attack("init .", code=3, says="is a link, and leads git to", exhaustive=True)
def locks_of_somebody_else(place: Place) -> None:
    """`init` takes away what a killed git left: refs/heads leads to a folder with other locks."""
    (place.outside / "poetry.lock").write_text("precious\n", "utf-8")
    for path in place.workspace.iterdir():
        if path.name not in (".git", ".gitattributes", ".gitignore"):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    shutil.rmtree(place.workspace / ".git")
    place.git("init", "-q", "-b", "main")
    (place.workspace / ".git" / "refs" / "heads").rmdir()
    (place.workspace / ".git" / "refs" / "heads").symlink_to(place.outside)


@attack("answer EGN-ACC-04 met --note x", "git setup", exhaustive=True)
def lock_with_a_second_name(place: Place) -> None:
    """The workspace's lock is a hard link to a file outside, to which the holder is written."""
    lock = place.workspace / ".assess" / "lock"
    lock.parent.mkdir(exist_ok=True)
    lock.unlink(missing_ok=True)
    lock.hardlink_to(place.outside / "precious")


@attack("status", "sync", "answer EGN-ACC-04 met --note x", code=2, says="git rm -r -q --cached")
def lock_that_git_has_as_a_link(place: Place) -> None:
    """Somebody committed `.assess/lock` as a link to a file outside."""
    lock = place.workspace / ".assess" / "lock"
    lock.parent.mkdir(exist_ok=True)
    lock.unlink(missing_ok=True)
    lock.symlink_to(place.outside / "gone")
    place.git("add", "-f", ".assess/lock")
    place.git("commit", "-q", "-m", "x")


@attack("sync", "commit", code=3, says="second name")
def way_of_merging_with_a_second_name(place: Place) -> None:
    """A merge that waits for a decision empties MERGE_MODE, a hard link to a file outside."""
    place.git("clone", "-q", "--bare", ".", "theirs.git")
    place.git("remote", "add", "origin", "theirs.git")
    (place.workspace / ".git" / "MERGE_MODE").hardlink_to(place.outside / "precious")
    leave_note(place)
