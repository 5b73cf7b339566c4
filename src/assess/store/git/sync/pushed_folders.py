"""The repository in a folder that a sync pushes to: whether its hooks and settings are used.

A push to a path starts `git receive-pack` here, as this user, with the settings and hooks of that
repository. On a USB stick the last user of the stick may have changed them. So they are off until
the user trusts them, like those of the workspace.
"""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from typing import Final

from assess.file_bytes import read_regular_file
from assess.i18n import Lang
from assess.store.git.run.flushed_writes import WRITING
from assess.store.git.run.git_command import make_git_command_line
from assess.store.git.run.git_facts import find_setting_value
from assess.store.git.run.given_settings import INERT
from assess.store.git.setup import own_repository
from assess.store.git.sync import remote_places
from assess.store.git.sync.remote_places import RemoteFolder
from assess.store.git.sync.written_refs import refuse_fetch_refspecs_and_symbolic_refs
from assess.store.git.trust.boundary import refuse_links_out_of_git_folders
from assess.store.git.trust.trusted_programs import (
    is_repository_trusted,
    record_trust_in_git_programs,
)

_OFF: Final = (
    *INERT,
    "core.alternateRefsCommand=true",
    "receive.autogc=false",
    "receive.denyCurrentBranch=refuse",
)
"""Settings that turn off programs there. `true` prints no refs; an empty command would fail. Git
does not write to a working tree there, whose path is unknown."""


_SYMBOLIC: Final = "ref:"
_MOST_REF: Final = 4096
"""Bytes of a ref's file that are read."""


def find_path_of_first_push_address(root: Path, remote: str) -> Path | None:
    """Return the path of a remote's first address, None if the address is on a server.

    Raises:
        GitError: git knows no such remote, or an address is ambiguous.
    """
    path = remote_places.resolve_path_of_address(
        root, remote_places.list_remote_addresses(root, remote, push=True)[0]
    )
    return None if path is None else Path(path)


def list_pushed_folders(root: Path, remote: str) -> list[Path]:
    """Return the folders that a push to the remote writes to by path; a remote may have several.

    Raises:
        GitError: an address is ambiguous, a folder is no repository, or git would wait for a pipe.
    """
    return [place.folder for place in _find_pushed_folders(root, remote)]


def _find_pushed_folders(root: Path, remote: str) -> list[RemoteFolder]:
    return _find_folders_of_addresses(
        root, remote_places.list_remote_addresses(root, remote, push=True)
    )


def _find_folders_of_addresses(root: Path, addresses: Iterable[str]) -> list[RemoteFolder]:
    paths = (remote_places.resolve_path_of_address(root, address) for address in addresses)
    return [
        remote_places.find_remote_folder_or_raise(root, path) for path in paths if path is not None
    ]


def refuse_ambiguous_or_blocking_remote(root: Path, remote: str) -> None:
    """Refuse a remote with an ambiguous address, or in whose folder git would wait for a pipe.

    Raises:
        GitError: names the address, the folder or the file.
    """
    both = (remote_places.list_remote_addresses(root, remote, push=push) for push in (False, True))
    _find_folders_of_addresses(root, dict.fromkeys(chain.from_iterable(both)))


def is_missing_folder_like_server_address(folder: Path) -> bool:
    """Return whether the path of a missing folder reads as an address on a server."""
    return remote_places.is_server_url(str(folder)) and not folder.is_dir()


def _list_untrusted_folders(root: Path, remote: str) -> list[Path]:
    return [
        folder for folder in list_pushed_folders(root, remote) if not is_repository_trusted(folder)
    ]


def has_untrusted_folder_among_several(root: Path, remote: str) -> bool:
    """Return whether the remote has several places and one of them is an untrusted folder.

    The option that turns off the programs of the folder would apply to all places, and turn off the
    checks of a server.
    """
    return _count_push_addresses(root, remote) > 1 and bool(_list_untrusted_folders(root, remote))


def _count_push_addresses(root: Path, remote: str) -> int:
    return len(remote_places.list_remote_addresses(root, remote, push=True))


def list_receive_pack_options(root: Path, remote: str) -> list[str]:
    """Return the option of `git push` by which writes to a folder are flushed.

    It also turns off the programs of an untrusted folder. There is no option if a place of the
    remote is on a server, or if trusted settings name the program.
    """
    strange = _list_untrusted_folders(root, remote)
    named = find_setting_value(root, f"remote.{remote}.receivepack")
    if not strange and (
        named or _count_push_addresses(root, remote) > len(list_pushed_folders(root, remote))
    ):
        return []
    options = [*(_OFF if strange else ()), *WRITING]
    return [f"--receive-pack={shlex.join([*make_git_command_line([], options), 'receive-pack'])}"]


def refuse_push_through_links_or_refspecs(root: Path, remote: str, branch: str, lang: Lang) -> None:
    """Refuse folders of the remote with links that lead a push to another place.

    `branch` is the pushed branch, '' if only tags are pushed.

    Raises:
        WriteError: a link leads out; names the link, and how to remove it.
        UsageError: git would set other branches or tags here to the pushed commit.
    """
    refuse_fetch_refspecs_and_symbolic_refs(root, remote, (), lang)
    for place in _find_pushed_folders(root, remote):
        refuse_links_out_of_git_folders(
            set(place.git_folders), lang, _appended_files_pattern(place, branch)
        )


def _appended_files_pattern(place: RemoteFolder, branch: str) -> re.Pattern[str]:
    """Return the pattern of the files in git's folder to which a push appends.

    Those are the logs of the pushed refs, of refs for which they stand, and of HEAD. A push to
    the branch of a working tree is refused, so nothing is appended for it.
    """
    ref = f"refs/heads/{branch}"
    is_alias = any(_read_symbolic_ref_or_link_target(folder / ref) for folder in place.git_folders)
    is_current = ref in map(
        _read_symbolic_ref_or_link_target, (folder / "HEAD" for folder in place.git_folders)
    )
    is_refused = is_current and not (
        place.is_bare or is_alias or _is_push_to_current_branch_allowed(place.folder)
    )
    names = ["refs/tags/.*"]
    if branch and not is_refused:
        names.append("refs/.*" if is_alias else re.escape(ref))
        names += ["HEAD"] if is_alias or is_current else []
    return re.compile(rf"(worktrees/[^/]+/)?logs/({'|'.join(names)})", re.IGNORECASE)


def _is_push_to_current_branch_allowed(folder: Path) -> bool:
    """Return whether a push may write to the branch of a working tree there."""
    value = find_setting_value(folder, "receive.denycurrentbranch")
    return value.lower() not in ("", "refuse") and is_repository_trusted(folder)


def _read_symbolic_ref_or_link_target(path: Path) -> str:
    """Return the ref that a symbolic ref names, '' for another file or none.

    Git takes a link to a ref for a symbolic ref too.
    """
    if path.is_symlink():
        return str(path.readlink())
    try:
        text = os.fsdecode(read_regular_file(path, _MOST_REF, 0))
    except OSError:
        return ""
    return text.removeprefix(_SYMBOLIC).strip() if text.startswith(_SYMBOLIC) else ""


def list_disabled_programs_of_remote(root: Path, remote: str) -> list[str]:
    """Return the hooks and settings of the remote's untrusted folders, which are off."""
    return [
        name
        for folder in _list_untrusted_folders(root, remote)
        for name in own_repository.list_hooks_and_program_settings(folder)
    ]


def trust_remote_folders(root: Path, remote: str) -> None:
    """Store that this user trusts the hooks and settings of the remote's folders as they are."""
    for folder in list_pushed_folders(root, remote):
        record_trust_in_git_programs(folder)
