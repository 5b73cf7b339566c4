"""Fetch from a remote and push to it: a bare repository in a folder or on a server.

These commands start programs that the repository's settings name (transports, credential helpers).
So they are for trusted repositories only; the caller checks that.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from assess.i18n import Lang
from assess.store.git.run import plumbing as git
from assess.store.git.run.flushed_writes import (
    REMADE_REFS,
    WRITING,
    flush_file_systems_of_repository,
)
from assess.store.git.run.output_lines import list_output_lines
from assess.store.git.run.plumbing import GitError
from assess.store.git.run.transport import ShowLine, ignore_progress_line, run_git_with_progress
from assess.store.git.sync.lost_refs import (
    remove_unreadable_tracking_branch,
)
from assess.store.git.sync.merge_commits import WITHOUT_SUBMODULES
from assess.store.git.sync.pushed_folders import (
    list_pushed_folders,
    list_receive_pack_options,
    refuse_ambiguous_or_blocking_remote,
    refuse_push_through_links_or_refspecs,
)
from assess.store.git.sync.remote_setup import set_upstream_unless_set
from assess.store.git.sync.tag_refs import TAGS, commits_by_tag
from assess.store.git.sync.written_refs import (
    NO_MAPPING,
    refuse_fetch_refspecs_and_symbolic_refs,
    refuse_symbolic_tracking_refs,
)
from assess.store.git.trust.boundary import refuse_git_writing_outside

_REACHING = {"GIT_ALLOW_PROTOCOL": "file:git:http:https:ssh"}
"""The allowed protocols, without `ext`, which is a command line in an address.

Lazy fetching stays off: the git of a folder's repository inherits this environment, and would start
programs that this repository names.
"""

FETCH = ("fetch", "-q", "--no-auto-gc", NO_MAPPING)
"""Words of a fetch that writes only the refs of its arguments."""


class RemoteState(NamedTuple):
    """The state of a remote: the commit of the branch, None without it, and the commits of tags."""

    tip: str | None
    tags: dict[str, str]


def read_remote_refs(root: Path, remote: str, branch: str) -> RemoteState:
    """Return the state of the remote.

    Raises:
        GitError: the remote can't be reached.
    """
    refuse_ambiguous_or_blocking_remote(root, remote)
    head = f"refs/heads/{branch}"
    words = ["ls-remote", "--heads", "--tags", "--", remote, head, f"{TAGS}*"]
    lines = list_output_lines(run_git_with_remote(root, words))
    # The commit of a tag follows the tag object, under the tag's name with ^{}.
    rows = (line.partition("\t") for line in lines)
    refs = {name.removesuffix("^{}"): oid for oid, _tab, name in rows}
    return RemoteState(refs.get(head), commits_by_tag(refs))


def fetch_branch_without_tags(
    root: Path, remote: str, branch: str, lang: Lang, show_line: ShowLine = ignore_progress_line
) -> None:
    """Fetch a branch without tags; `show_line` gets git's progress.

    Raises:
        WriteError: git would write outside of the workspace's folder.
        UsageError: git would write other branches or tags.
        GitError: the remote can't be reached, or objects can't be written.
    """
    refuse_git_writing_outside(root, lang)
    refspec = f"+refs/heads/{branch}:refs/remotes/{remote}/{branch}"
    refuse_fetch_refspecs_and_symbolic_refs(
        root, remote, (f"refs/remotes/{remote}/{branch}",), lang
    )
    words = [*FETCH, "--no-tags", "--progress", "--", remote, refspec]
    remove_unreadable_tracking_branch(root, remote, branch)
    run_git_with_remote(root, words, (*WRITING, *REMADE_REFS), show_line)


def push_branch_and_tags(
    root: Path,
    remote: str,
    branch: str,
    lang: Lang = "zh",
    show_line: ShowLine = ignore_progress_line,
) -> bool:
    """Push the branch and its annotated tags; return False if the remote has newer commits.

    `show_line` gets git's progress.

    Raises:
        WriteError: git would write outside of the workspace's folder, or of the remote's.
        GitError: the remote can't be reached, or a hook there refused.
    """
    refuse_git_writing_outside(root, lang)
    refuse_push_through_links_or_refspecs(root, remote, branch, lang)
    refuse_symbolic_tracking_refs(root, remote, branch, lang)
    words = [
        "push",
        "-q",
        "--progress",
        "--follow-tags",
        *list_receive_pack_options(root, remote),
    ]
    try:
        target = f"HEAD:refs/heads/{branch}"
        options = (*WRITING, *REMADE_REFS)
        run_git_with_remote(root, [*words, "--", remote, target], options, show_line)
    except GitError as error:
        if "fetch first" in error.output or "non-fast-forward" in error.output:
            return False
        raise
    set_upstream_unless_set(root, remote, branch, lang)
    return True


def flush_workspace_and_remote(root: Path, remote: str, lang: Lang) -> None:
    """Flush the file systems of the workspace and of the folders that a push wrote to.

    Raises:
        UnconfirmedError: everything is pushed, but a disk did not confirm it.
    """
    flush_file_systems_of_repository(root, lang, list_pushed_folders(root, remote))


def count_commits_ahead(root: Path, tip: str | None) -> int:
    """Return the number of commits of the branch that are not reachable from `tip`."""
    words = ["rev-list", "--count", "HEAD", *([f"^{tip}"] if tip else [])]
    return int(git.run_git(root, words).stdout)


def run_git_with_remote(
    root: Path,
    words: list[str],
    more_options: Iterable[str] = (),
    show_line: ShowLine = ignore_progress_line,
) -> bytes:
    """Run a git command that uses a remote, and return its output.

    Raises:
        GitError: the remote can't be reached, or refused.
    """
    return run_git_with_progress(
        root,
        words,
        options=[*WITHOUT_SUBMODULES, *more_options],
        environ=_REACHING,
        show_line=show_line,
    )
