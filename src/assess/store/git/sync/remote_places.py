"""Places that a remote's addresses lead to, as git itself reads them.

Git is asked for the addresses. What it makes of the address of a folder it tells nobody, so that is
done again here, as `git push` and `git receive-pack` do it: from the top of the working tree, with
`~`, with the four endings. An address that could be read in two ways is refused, and so is a folder
in which no repository is found: what is not looked at is not used
(docs/decisions/0011-no-write-outside.md).
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import unquote_to_bytes

from assess.store.git.run import plumbing as git
from assess.store.git.run.read_once import ask_settings, find_git_folders, list_settings
from assess.store.git.run.strange_files import strange_name

_FILE: Final = "file://"

_ENDINGS: Final = (("", "/.git"), ("", ""), (".git", "/.git"), (".git", ""))
"""Where git looks for the repository that a path means, in its order.

Each is what is added to get the folder, and behind it what is added to get git's own folder.
"""

_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]")

_HOST: Final = re.compile(r"\[|.*@\[|.*://", re.DOTALL)
"""Git takes a part of such a path for a host in brackets, or for a protocol."""


class Place(NamedTuple):
    """A place that is reached by path."""

    folder: Path
    """The folder from which git finds the repository."""
    git_folders: frozenset[Path]
    """The folders in which git keeps the repository; real paths."""


def remotes(root: Path) -> list[str]:
    """Return the names of the other repositories that git knows of."""
    # Git takes a name that it does not know for a path, so none is taken apart at a blank.
    return list(
        filter(None, os.fsdecode(ask_settings(root, ["remote"], check=True).stdout).split("\n"))
    )


def addresses(root: Path, remote: str, *, push: bool) -> list[str]:
    """Return the addresses of a remote that a push, or a fetch, goes to.

    Raises:
        GitError: git knows no such remote, or an address could be read in two ways.
    """
    words = ["remote", "get-url", *(["--push"] if push else []), "--all", "--", remote]
    lines = os.fsdecode(ask_settings(root, words, check=True).stdout).split("\n")[:-1]
    # Without one in the settings git takes it from .git/remotes, or takes the name for a path.
    for address in (*lines, *(_set_addresses(root, remote) or [""])):
        if not address or _CONTROL.search(address):
            raise _not_understood(address)
    # A fetch takes the first of several.
    return lines if push else lines[:1]


def _set_addresses(root: Path, remote: str) -> list[str]:
    """Return the addresses as they are set: in a line for each, a line break could not be seen."""
    rows = list_settings(root, check=True)
    names = (f"remote.{remote}.url", f"remote.{remote}.pushurl")
    # An empty address takes away those before it.
    return [row.value for row in rows if row.name in names and row.value]


def path_of(root: Path, address: str) -> str | None:
    """Return the path that an address means to git, None for one on a server.

    Raises:
        GitError: the address could be read in two ways.
    """
    if address.startswith(_FILE):
        path = os.fsdecode(unquote_to_bytes(os.fsencode(address))).removeprefix(_FILE)
        _refuse_two_ways(path, address)
        return "/" + path.partition("/")[2]
    if is_on_server(address):
        return None
    _refuse_two_ways(address, address)
    return os.path.join(_top(root), os.path.expanduser(address))  # noqa: PTH111, PTH118  # `x/.` is not `x` to git


def is_on_server(address: str) -> bool:
    """Return whether git takes an address for one with a protocol, or for `host:path`."""
    before, colon, _path = address.partition(":")
    return bool(colon) and "/" not in before


def _refuse_two_ways(path: str, address: str) -> None:
    if _CONTROL.search(path) or _HOST.match(path):
        raise _not_understood(address)


def _top(root: Path) -> str:
    """Return the folder from which git reads addresses: the top of the working tree."""
    if folders := find_git_folders(root):
        return os.fspath(folders.top)
    top = git.run(root, ["rev-parse", "--show-toplevel"]).stdout
    return os.fsdecode(top.removesuffix(b"\n"))


def place_at(root: Path, path: str) -> Place:
    """Return the place that git reaches by a path.

    Raises:
        GitError: there is no repository, or git looks at its settings in another place than it
            writes to; git would wait for a pipe there.
    """
    whole = path.rstrip("/") or "/"
    for folder, inner in ((whole + ending, inner) for ending, inner in _ENDINGS):
        if _is_taken(folder + inner):
            return _looked_at(root, Path(folder), folder + inner)
    raise _not_found(path)


def _is_taken(path: str) -> bool:
    """Return whether git takes a path for that of a repository, or may do so."""
    if os.path.isfile(path):  # noqa: PTH113  # no Path: see path_of
        return True
    return os.path.isdir(path) and os.path.lexists(os.path.join(path, "HEAD"))  # noqa: PTH112, PTH118  # as above


def _looked_at(root: Path, folder: Path, own: str) -> Place:
    if name := strange_name(folder):
        raise git.stalled(git.not_started(name))
    # A working tree that is not there does not keep git from writing to the repository.
    at = [f"--git-dir={own}", f"--work-tree={root}"]
    written = _git_folders(folder if folder.is_dir() else root, at)
    if not written:
        raise _not_found(own)
    if not folder.is_dir() or _git_folders(folder, []) != written:
        raise _not_understood(str(folder))
    return Place(folder, written)


def _git_folders(folder: Path, at: list[str]) -> frozenset[Path]:
    words = [*at, "rev-parse", "--absolute-git-dir", "--git-common-dir"]
    done = ask_settings(folder, words)
    lines = () if done.returncode else os.fsdecode(done.stdout).split("\n")[:-1]
    return frozenset(Path(os.path.realpath(folder / line)) for line in lines)


def _not_understood(address: str) -> git.GitError:
    return git.stalled(f"fatal: the address '{address}' is not used")


def _not_found(path: str) -> git.GitError:
    return git.stalled(f"fatal: '{path}' does not appear to be a git repository")
