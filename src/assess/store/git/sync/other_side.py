"""The repository in a folder that a sync pushes to: whose hooks and settings run, and whether.

Pushing to a path starts `git receive-pack` here, as this user, with the settings and hooks of that
repository. On a stick these come from whoever had it last. So they stay off until the user trusts
them, in the same way as those of the workspace itself.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from typing import Final

from assess.i18n import Lang
from assess.store.git.run import plumbing as git
from assess.store.git.run.flushed_writes import WRITING
from assess.store.git.run.given_settings import INERT
from assess.store.git.run.read_once import setting_value
from assess.store.git.setup import own_repository
from assess.store.git.sync import remote_places
from assess.store.git.sync.remote_places import Place
from assess.store.git.sync.written_refs import refuse_other_refs
from assess.store.git.trust.boundary import refuse_links
from assess.store.git.trust.trusted_programs import trust, trusted

_OFF: Final = (
    *INERT,
    "core.alternateRefsCommand=true",
    "receive.autogc=false",
    "receive.denyCurrentBranch=refuse",
)
"""An empty command would be started and fail; `true` names no refs. A working tree there, which may
be anywhere, is not written to."""


def path_of_remote(root: Path, remote: str) -> Path | None:
    """Return the path that a remote's first address means, None where that is on a server.

    Raises:
        GitError: git knows no such remote, or an address could be read in two ways.
    """
    path = remote_places.path_of(root, remote_places.addresses(root, remote, push=True)[0])
    return None if path is None else Path(path)


def folders_of(root: Path, remote: str) -> list[Path]:
    """Return the folders that pushing to the remote reaches by path: it may have several places.

    Raises:
        GitError: one of them is not understood or not there, or git would wait for a pipe there.
    """
    return [place.folder for place in _pushed_to(root, remote)]


def _pushed_to(root: Path, remote: str) -> list[Place]:
    return _reached(root, remote_places.addresses(root, remote, push=True))


def _reached(root: Path, addresses: Iterable[str]) -> list[Place]:
    paths = (remote_places.path_of(root, address) for address in addresses)
    return [remote_places.place_at(root, path) for path in paths if path is not None]


def refuse_waiting(root: Path, remote: str) -> None:
    """Refuse to fetch from, or push to, a folder that is not understood, or has a pipe in it.

    Raises:
        GitError: names the folder or the file.
    """
    both = (remote_places.addresses(root, remote, push=push) for push in (False, True))
    _reached(root, dict.fromkeys(chain.from_iterable(both)))


def is_address(folder: Path) -> bool:
    """Return whether what was given for a folder reads as an address, and is no folder."""
    return remote_places.is_on_server(str(folder)) and not folder.is_dir()


def _strange(root: Path, remote: str) -> list[Path]:
    return [folder for folder in folders_of(root, remote) if not trusted(folder)]


def among_others(root: Path, remote: str) -> bool:
    """Return whether a folder that is not trusted is one of several places.

    The option that keeps its programs off would go to all, and take a server's checks away.
    """
    return _count_places(root, remote) > 1 and bool(_strange(root, remote))


def _count_places(root: Path, remote: str) -> int:
    return len(remote_places.addresses(root, remote, push=True))


def receiving(root: Path, remote: str) -> list[str]:
    """Return the option of `git push` for a folder: what it writes is flushed.

    Programs of a folder that is not trusted are kept off. There is no option where a server is
    among the places, or where settings that are trusted name the program.
    """
    strange = _strange(root, remote)
    named = setting_value(root, f"remote.{remote}.receivepack")
    if not strange and (named or _count_places(root, remote) > len(folders_of(root, remote))):
        return []
    options = [*(_OFF if strange else ()), *WRITING]
    return [f"--receive-pack={shlex.join([*git.command([], options), 'receive-pack'])}"]


def refuse_other_side(root: Path, remote: str, lang: Lang) -> None:
    """Refuse folders of the other side in which links lead what is pushed elsewhere.

    Raises:
        WriteError: names the link, and how to take it away.
        UsageError: git would set other branches or tags here to what is pushed.
    """
    refuse_other_refs(root, remote, (), lang)
    for place in _pushed_to(root, remote):
        refuse_links(set(place.git_folders), lang)


def left_off(root: Path, remote: str) -> list[str]:
    """Return the hooks and settings of the other side that do not run, since nobody trusts them."""
    return [name for folder in _strange(root, remote) for name in own_repository.programs(folder)]


def trust_other(root: Path, remote: str) -> None:
    """Remember that this user trusts the other side's hooks and settings as they are now."""
    for folder in folders_of(root, remote):
        trust(folder)
