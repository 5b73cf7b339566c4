"""The repository in a folder that a sync pushes to: whose hooks and settings run, and whether.

Pushing to a path starts `git receive-pack` here, as this user, with the settings and hooks of that
repository. On a stick these come from whoever had it last. So they stay off until the user trusts
them, in the same way as those of the workspace itself.
"""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from assess.i18n import Lang
from assess.store.git import own_git
from assess.store.git import plumbing as git
from assess.store.git.boundary import refuse_links
from assess.store.git.strange import strange_name
from assess.store.git.trust import trust, trusted
from assess.store.git.writing import WRITING

_OFF: Final = (
    *git.INERT,
    "core.alternateRefsCommand=true",
    "receive.autogc=false",
    "receive.denyCurrentBranch=refuse",
)
"""An empty command would be started and fail; `true` names no refs. A working tree there, which may
be anywhere, is not written to."""

_SUFFIXES: Final = ("/.git", "", ".git/.git", ".git")
"""Where git looks for the repository that a path means, in its order."""

_ADDRESS: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://|[^/]*:")
"""An address with a scheme, or `host:path`; what else git is given is a path."""


def folder_of(root: Path, remote: str) -> Path | None:
    """Return the folder that pushing to the remote reaches by path, None where there is none."""
    return next(iter(folders_of(root, remote)), None)


def folders_of(root: Path, remote: str) -> list[Path]:
    """Return the folders that pushing to the remote reaches by path: it may have several places."""
    found = (_folder(root, one) for one in _places(root, remote))
    return [folder for folder in found if folder is not None]


def _places(root: Path, remote: str) -> list[str]:
    words = ["remote", "get-url", "--push", "--all", "--", remote]
    done = git.run(root, words, check=False)
    return done.stdout.decode("utf-8", "surrogateescape").splitlines()


def is_address(folder: Path) -> bool:
    """Return whether what was given for a folder reads as an address, and is no folder."""
    return bool(_ADDRESS.match(str(folder))) and not folder.is_dir()


def _folder(root: Path, address: str) -> Path | None:
    if address.startswith("file://"):
        return Path("/" + unquote(address.removeprefix("file://").partition("/")[2]))
    if _ADDRESS.match(address) and not (root / address).is_dir():
        return None
    return root / address


def refuse_waiting(root: Path, remote: str) -> None:
    """Refuse a repository in a folder where git would wait for a pipe.

    Raises:
        GitError: names the file.
    """
    for folder in folders_of(root, remote):
        if name := strange_name(folder):
            raise git.stalled(git.not_started(name))


def _strange(root: Path, remote: str) -> list[Path]:
    return [folder for folder in folders_of(root, remote) if not trusted(folder)]


def among_others(root: Path, remote: str) -> bool:
    """Return whether a folder that is not trusted is one of several places.

    The option that keeps its programs off would go to all, and take a server's checks away.
    """
    return len(_places(root, remote)) > 1 and bool(_strange(root, remote))


def receiving(root: Path, remote: str) -> list[str]:
    """Return the option of `git push` for a folder: what it writes is flushed.

    Programs of a folder that is not trusted are kept off. There is no option where a server is
    among the places, or where settings that are trusted name the program.
    """
    strange = _strange(root, remote)
    named = git.run(root, ["config", "--get", f"remote.{remote}.receivepack"], check=False).stdout
    if not strange and (named or len(_places(root, remote)) > len(folders_of(root, remote))):
        return []
    options = [*(_OFF if strange else ()), *WRITING]
    return [f"--receive-pack={shlex.join([*git.command([], options), 'receive-pack'])}"]


def refuse_other_side(root: Path, remote: str, lang: Lang) -> None:
    """Refuse folders of the other side in which links lead what is pushed elsewhere.

    Raises:
        WriteError: names the link, and how to take it away.
    """
    for folder in folders_of(root, remote):
        if places := _git_folders(root, folder):
            refuse_links(places, lang)


def _git_folders(root: Path, folder: Path) -> set[Path]:
    """Return the folders in which git keeps a repository of the other side."""
    words = ["rev-parse", "--absolute-git-dir", "--git-common-dir"]
    for suffix in _SUFFIXES:
        at = f"--git-dir={folder}{suffix}"
        done = git.run(root, [at, *words], check=False)
        if not done.returncode:
            return {(root / line).resolve() for line in os.fsdecode(done.stdout).splitlines()}
    return set()


def left_off(root: Path, remote: str) -> list[str]:
    """Return the hooks and settings of the other side that do not run, since nobody trusts them."""
    there = (folder for folder in _strange(root, remote) if folder.is_dir())
    return [name for folder in there for name in own_git.programs(folder)]


def trust_other(root: Path, remote: str) -> None:
    """Remember that this user trusts the other side's hooks and settings as they are now."""
    for folder in folders_of(root, remote):
        if folder.is_dir():
            trust(folder)
