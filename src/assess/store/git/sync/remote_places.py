"""The repositories that the addresses of a remote lead to, resolved as git resolves them.

Git prints the addresses, but not the folder that it finds for an address. So this module resolves
the address in the same way as `git push` and `git receive-pack`: from the top of the working tree,
with `~`, with the four endings. An ambiguous address is refused, and so is a folder without a
repository: a folder that was not checked is not used (docs/decisions/0011-no-write-outside.md).
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import unquote_to_bytes

from assess.store.git.run import plumbing as git
from assess.store.git.run.git_facts import (
    ask_git_or_reuse_answer,
    find_reusable_git_folders,
    list_settings,
)
from assess.store.git.run.strange_files import find_reason_not_to_start_git

_FILE: Final = "file://"

_ENDINGS: Final = (("", "/.git"), ("", ""), (".git", "/.git"), (".git", ""))
"""The endings with which git looks for the repository of a path, in git's order.

The first text is added to the path to get the folder, the second one to get git's folder in it.
"""

_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]")

_HOST: Final = re.compile(r"\[|.*@\[|.*://", re.DOTALL)
"""Paths of which git reads a part as a host in brackets or as a protocol."""


class RemoteFolder(NamedTuple):
    """A repository that a remote reaches by path."""

    folder: Path
    """The folder in which git finds the repository."""
    git_folders: frozenset[Path]
    """The folders of the repository's data, as real paths."""
    is_bare: bool
    """Whether the repository has no working tree."""


def list_remote_names(root: Path) -> list[str]:
    """Return the names of the remotes."""
    # Git uses an unknown name as a path, so names are not split at spaces.
    return list(
        filter(
            None,
            os.fsdecode(ask_git_or_reuse_answer(root, ["remote"], check=True).stdout).split("\n"),
        )
    )


def list_remote_addresses(root: Path, remote: str, *, push: bool) -> list[str]:
    """Return the addresses of a remote for a push, or for a fetch.

    Raises:
        GitError: git knows no such remote, or an address is ambiguous.
    """
    words = ["remote", "get-url", *(["--push"] if push else []), "--all", "--", remote]
    lines = os.fsdecode(ask_git_or_reuse_answer(root, words, check=True).stdout).split("\n")[:-1]
    # Without an address in the settings git uses .git/remotes, or the name as a path.
    for address in (*lines, *(_addresses_in_settings(root, remote) or [""])):
        if not address or _CONTROL.search(address):
            raise _make_ambiguous_address_error(address)
    # A fetch uses the first of several.
    return lines if push else lines[:1]


def _addresses_in_settings(root: Path, remote: str) -> list[str]:
    """Return the addresses in the settings, without splitting them at line breaks."""
    rows = list_settings(root, check=True)
    names = (f"remote.{remote}.url", f"remote.{remote}.pushurl")
    # An empty address removes those before it.
    return [row.value for row in rows if row.name in names and row.value]


def resolve_path_of_address(root: Path, address: str) -> str | None:
    """Return the path that git uses for an address, None for an address on a server.

    Raises:
        GitError: the address is ambiguous.
    """
    if address.startswith(_FILE):
        path = os.fsdecode(unquote_to_bytes(os.fsencode(address))).removeprefix(_FILE)
        _refuse_ambiguous_address(path, address)
        return "/" + path.partition("/")[2]
    if is_server_url(address):
        return None
    _refuse_ambiguous_address(address, address)
    return os.path.join(_find_worktree_top(root), os.path.expanduser(address))  # noqa: PTH111, PTH118  # `x/.` is not `x` to git


def is_server_url(address: str) -> bool:
    """Return whether git reads an address as one with a protocol, or as `host:path`."""
    before, colon, _path = address.partition(":")
    return bool(colon) and "/" not in before


def _refuse_ambiguous_address(path: str, address: str) -> None:
    if _CONTROL.search(path) or _HOST.match(path):
        raise _make_ambiguous_address_error(address)


def _find_worktree_top(root: Path) -> str:
    """Return the folder from which git resolves addresses: the top of the working tree."""
    if folders := find_reusable_git_folders(root):
        return os.fspath(folders.top)
    top = git.run_git(root, ["rev-parse", "--show-toplevel"]).stdout
    return os.fsdecode(top.removesuffix(b"\n"))


def find_remote_folder_or_raise(root: Path, path: str) -> RemoteFolder:
    """Return the repository that git finds for a path.

    Raises:
        GitError: there is no repository, git would read settings of another folder than it writes
            to, or git would wait for a pipe there.
    """
    whole = path.rstrip("/") or "/"
    for folder, inner in ((whole + ending, inner) for ending, inner in _ENDINGS):
        if _is_repository_path(folder + inner):
            return _require_folder_to_use_addressed_repository(root, Path(folder), folder + inner)
    raise _make_no_repository_error(path)


def _is_repository_path(path: str) -> bool:
    """Return whether git uses, or may use, a path as a repository."""
    if os.path.isfile(path):  # noqa: PTH113  # no Path: see address_path
        return True
    return os.path.isdir(path) and os.path.lexists(os.path.join(path, "HEAD"))  # noqa: PTH112, PTH118  # as above


def _require_folder_to_use_addressed_repository(
    root: Path, folder: Path, git_folder: str
) -> RemoteFolder:
    if reason := find_reason_not_to_start_git(folder):
        raise git.make_ended_or_not_started_error(git.not_started_text(reason))
    # Git writes to the repository even if its working tree is missing.
    options = [f"--git-dir={git_folder}", f"--work-tree={root}"]
    written, _is_bare = _read_git_folders_and_is_bare(folder if folder.is_dir() else root, options)
    if not written:
        raise _make_no_repository_error(git_folder)
    used, is_bare = (
        _read_git_folders_and_is_bare(folder, []) if folder.is_dir() else (frozenset(), True)
    )
    if used != written:
        raise _make_ambiguous_address_error(str(folder))
    return RemoteFolder(folder, written, is_bare)


def _read_git_folders_and_is_bare(folder: Path, options: list[str]) -> tuple[frozenset[Path], bool]:
    """Return the folders of a repository's data, none without one, and whether it is bare."""
    words = ["--absolute-git-dir", "--git-common-dir", "--is-bare-repository"]
    done = ask_git_or_reuse_answer(folder, [*options, "rev-parse", *words])
    if done.returncode:
        return frozenset(), True
    *lines, is_bare = os.fsdecode(done.stdout).split("\n")[:-1]
    return frozenset(Path(os.path.realpath(folder / line)) for line in lines), is_bare != "false"


def _make_ambiguous_address_error(address: str) -> git.GitError:
    return git.make_ended_or_not_started_error(f"fatal: the address '{address}' is not used")


def _make_no_repository_error(path: str) -> git.GitError:
    return git.make_ended_or_not_started_error(
        f"fatal: '{path}' does not appear to be a git repository"
    )
