"""The trust of this user in programs that a repository names: hooks, filters, signing and others.

They run only if the workspace was made by `init` or the user trusted it. The trust is stored
outside the workspace, per user, as a digest of git's settings and the hooks. After a change of
either the user is asked again.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from assess import locations
from assess.file_bytes import read_start_of_regular_file
from assess.i18n import Lang
from assess.store.files import write_atomic
from assess.store.git.run.git_facts import (
    ask_git_or_reuse_answer,
    find_reusable_git_folders,
    list_settings,
)
from assess.store.git.run.given_settings import INERT, NOTHING
from assess.store.git.run.known_settings import is_listed_or_assumed_answer
from assess.store.git.run.output_lines import list_output_lines
from assess.store.git.trust.signing_settings import find_signing_settings_of_user

_DECIDING: Final = ("config", "config.worktree", "hooks")
_HOOKS: Final = 2
"""The index of the hooks' folder in `list_trust_deciding_paths`; the files in it follow."""

_MOST_HOOKS: Final = 2000
"""Files in the hooks' folder; a folder with more can't be trusted."""

_MOST_BYTES: Final = 128 * 1024 * 1024
"""Bytes of a hook; a larger one can't be trusted."""

_MOST_MEMORY: Final = 1000
"""Bytes that are read of the stored digest."""

_PART: Final = 1024 * 1024
"""Bytes that are read at a time."""

_UNREADABLE: Final = "?"
"""A name in a folder that can't be read."""


class _GitProgramsState(NamedTuple):
    """The settings and files that decide which programs git would run, with digests of the files.

    The settings include those of a linked working tree and of included files. The hooks may be
    anywhere; those in a folder of the workspace change with every pull.
    """

    settings: list[tuple[str, str]]
    files: list[tuple[bytes, bytes, bytes]]

    @property
    def digest(self) -> str:
        return hashlib.sha256(repr(tuple(self)).encode()).hexdigest()


def _read_git_programs_state(root: Path) -> _GitProgramsState:
    paths = list_trust_deciding_paths(root)
    if len(paths) > _MOST_HOOKS:  # no folder of hooks: it never equals a stored digest
        return _GitProgramsState(list_repository_settings(root), [(b"", b"", os.urandom(16))])
    return _GitProgramsState(list_repository_settings(root), list(map(_fingerprint_file, paths)))


def _fingerprint_file(path: Path) -> tuple[bytes, bytes, bytes]:
    """Return the path, executable bit and digest of a file; git runs no hook without that bit.

    A file that can't be read, or is too large, gets a random digest, so that it is never trusted.
    """
    runs = b"x" if os.access(path, os.X_OK) else b""
    try:
        content = hashlib.sha256().digest()
        if path.is_file():
            content = _sha256_of_file_within_limit(path)
        elif path.name == _UNREADABLE:
            content = os.urandom(16)
    except OSError:
        content = os.urandom(16)
    return os.fsencode(path), runs, content


def _sha256_of_file_within_limit(path: Path) -> bytes:
    """Return the SHA-256 of a file that is read in parts.

    Raises:
        OSError: it can't be read, or is too large.
    """
    left = path.stat().st_size
    if left > _MOST_BYTES:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
    hashed = hashlib.sha256()
    with path.open("rb") as stream:
        # A special file of size 0 may have no end.
        while left > 0 and (part := stream.read(min(left, _PART))):
            hashed.update(part)
            left -= len(part)
    return hashed.digest()


def record_trust_in_git_programs(root: Path, lang: Lang = "zh") -> None:
    """Store that this user trusts the repository's settings and hooks as they are now.

    Raises:
        WriteError: the trust can't be stored.
    """
    _write_trusted_digest(root, _read_git_programs_state(root), lang)


def _write_trusted_digest(root: Path, state: _GitProgramsState, lang: Lang) -> None:
    path = _path_of_trust_file(root)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomic(path, state.digest.encode(), lang)


def is_repository_trusted(root: Path) -> bool:
    """Return whether this user trusts the repository as it is now."""
    known = _read_trusted_digest(root)
    return known is not None and known == _read_git_programs_state(root).digest


def _read_trusted_digest(root: Path) -> str | None:
    path = _path_of_trust_file(root)
    try:
        return read_start_of_regular_file(path, _MOST_MEMORY, 0).decode("utf-8", "replace")
    except OSError:
        return None


def _path_of_trust_file(root: Path) -> Path:
    name = hashlib.sha256(os.fsencode(root.resolve())).hexdigest()[:32]
    return locations.trust_records_folder() / name


def list_trust_deciding_paths(root: Path) -> list[Path]:
    """Return the settings files, that of a linked tree too, and the hooks' folder with its files.

    Some may not exist. Without a repository the list is empty.
    """
    folders = find_reusable_git_folders(root)
    paths = (
        _ask_git_for_deciding_paths(root)
        if folders is None
        else [folders.paths[name] for name in _DECIDING]
    )
    return [
        *paths,
        *(path for folder in paths[_HOOKS:] for path in _list_paths_below_within_limit(folder)),
    ]


def _ask_git_for_deciding_paths(root: Path) -> list[Path]:
    words = ["rev-parse", *(word for name in _DECIDING for word in ("--git-path", name))]
    # Without the inert settings, which change the hooks' folder. rev-parse starts no program.
    done = ask_git_or_reuse_answer(root, words, options=())
    lines = () if done.returncode else list_output_lines(done.stdout)
    return [root / line for line in lines]


def _list_paths_below_within_limit(folder: Path) -> list[Path]:
    """Return the files and folders below a folder, sorted; at most one more than can be trusted.

    The settings may name any folder, such as `/`, so the walk stops at a limit. A folder that can't
    be read is returned with the name `_UNREADABLE` in it.
    """
    paths: list[Path] = []
    waiting = [folder]
    while waiting and len(paths) <= _MOST_HOOKS:
        try:
            entries = sorted(waiting.pop().iterdir())
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError as error:
            paths.append(Path(os.fsdecode(error.filename), _UNREADABLE))
            continue
        paths += entries[: _MOST_HOOKS + 1]
        waiting += [path for path in entries if path.is_dir() and not path.is_symlink()]
    return sorted(paths)


def list_hook_paths(root: Path) -> list[Path]:
    """Return the hooks' folder and all paths below it; empty without a repository."""
    return list_trust_deciding_paths(root)[_HOOKS:]


def list_repository_settings(root: Path) -> list[tuple[str, str]]:
    """Return names and values of the repository's own settings and of files that they include."""
    rows = list_settings(root)
    return [(row.name, row.value) for row in rows if row.scope in ("local", "worktree")]


def list_options_emptying_settings(root: Path, *sections: str) -> list[str]:
    """Return options that set to '' those settings of `sections` that the table marks as emptied.

    They are `--config-env` options: `-c` ends a name at its first "=", and the name of a filter may
    have one.
    """
    names = sorted({row.name for row in list_settings(root)})
    return [
        f"--config-env={name}={NOTHING}"
        for name in names
        if name.startswith(sections) and is_listed_or_assumed_answer(name, "emptied")
    ]


def list_git_options_by_trust(root: Path) -> Sequence[str]:
    """Return the options of writing commands: none if trusted, else those against programs.

    Programs of the user's own settings that sign commits run in any repository.
    """
    if is_repository_trusted(root):
        return ()
    signing = find_signing_settings_of_user(root)
    # Without all of the inert options git has the time of somebody who types a passphrase.
    inert = [option for option in INERT if option.partition("=")[0].lower() not in signing]
    emptying = list_options_emptying_settings(root, "filter.", "hook.")
    return (*inert, *emptying, *(f"{name}={value}" for name, value in signing.items()))


@contextlib.contextmanager
def keep_trust_while_setting(
    root: Path, values_by_setting: Mapping[str, str], lang: Lang = "zh"
) -> Iterator[None]:
    """Keep a repository trusted while the block sets settings, whose names are as git lists them.

    Trust ends if anything else has changed afterwards: git's settings may include a file only for a
    certain address of a remote.
    """
    before = _read_git_programs_state(root)
    was = _read_trusted_digest(root) == before.digest
    yield
    after = _read_git_programs_state(root)
    others = [row for row in before.settings if row[0] not in values_by_setting]
    same = others == [row for row in after.settings if row not in values_by_setting.items()]
    if was and same and before.files[_HOOKS:] == after.files[_HOOKS:]:
        _write_trusted_digest(root, after, lang)
