"""Whom this user trusts: hooks, filters, signing and other programs that a repository names.

They run only where the workspace was made by `init` or trusted by its user; that is remembered
outside the workspace, per user, with a hash of git's settings and the hooks, so that a later change
of either asks again.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from assess.i18n import Lang
from assess.store.files import read_regular, write_atomic
from assess.store.git.run.given_settings import INERT, NOTHING
from assess.store.git.run.known_settings import has_answer
from assess.store.git.run.read_once import ask_settings, find_git_folders, list_settings

_DECIDING: Final = ("config", "config.worktree", "hooks")
_HOOKS: Final = 2
"""Where the hooks' folder stands among what decides; behind it all that is below."""

_MOST_HOOKS: Final = 2000
"""Files in the folder of the hooks that can be trusted."""

_MOST_BYTES: Final = 128 * 1024 * 1024
"""Bytes of a hook that can be trusted."""

_MOST_MEMORY: Final = 1000
"""Bytes that are read of what was remembered: a hash."""

_PART: Final = 1024 * 1024
"""Bytes that are read at a time."""

_UNREADABLE: Final = "?"
"""A name in a folder that can't be read."""


class _Seen(NamedTuple):
    """What decides which programs git would run here: its settings, and files with what they are.

    The settings, those of a linked working tree and of included files too, and the hooks, wherever
    they are kept: in a folder of the workspace itself they come with every pull.
    """

    settings: list[tuple[str, str]]
    files: list[tuple[bytes, bytes, bytes]]

    @property
    def digest(self) -> str:
        return hashlib.sha256(repr(tuple(self)).encode()).hexdigest()


def _see(root: Path) -> _Seen:
    paths = deciding(root)
    if len(paths) > _MOST_HOOKS:  # no folder of hooks; what was not looked at is never the same
        return _Seen(own_settings(root), [(b"", b"", os.urandom(16))])
    return _Seen(own_settings(root), list(map(_print, paths)))


def _print(path: Path) -> tuple[bytes, bytes, bytes]:
    """Return name, whether it may run, and its content's hash; git runs no hook without that right.

    What can't be read, or is larger than any program is, is never the same, so nobody trusts it.
    """
    runs = b"x" if os.access(path, os.X_OK) else b""
    try:
        content = hashlib.sha256().digest()
        if path.is_file():
            content = _content_hash(path)
        elif path.name == _UNREADABLE:
            content = os.urandom(16)
    except OSError:
        content = os.urandom(16)
    return os.fsencode(path), runs, content


def _content_hash(path: Path) -> bytes:
    """Return the SHA-256 of a file that is read in parts.

    Raises:
        OSError: it can't be read, or is too large.
    """
    left = path.stat().st_size
    if left > _MOST_BYTES:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
    hashed = hashlib.sha256()
    with path.open("rb") as stream:
        # A file of the system that has no size may have no end either.
        while left > 0 and (part := stream.read(min(left, _PART))):
            hashed.update(part)
            left -= len(part)
    return hashed.digest()


def trust(root: Path, lang: Lang = "zh") -> None:
    """Remember that this user trusts the repository's configuration and hooks as they are now.

    Raises:
        WriteError: it can't be written down.
    """
    _remember(root, _see(root), lang)


def _remember(root: Path, seen: _Seen, lang: Lang) -> None:
    path = _trust_file(root)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomic(path, seen.digest.encode(), lang)


def trusted(root: Path) -> bool:
    """Return whether this user trusts the repository as it is now."""
    known = _remembered(root)
    return known is not None and known == _see(root).digest


def _remembered(root: Path) -> str | None:
    path = _trust_file(root)
    try:
        return read_regular(path, _MOST_MEMORY, 0).decode("utf-8", "replace")
    except OSError:
        return None


def _trust_file(root: Path) -> Path:
    base = os.environ.get("XDG_STATE_HOME") or str(Path.home() / ".local" / "state")
    name = hashlib.sha256(os.fsencode(root.resolve())).hexdigest()[:32]
    return Path(base) / "assess" / "trusted" / name


def deciding(root: Path) -> list[Path]:
    """Return the settings, those of a linked tree, and the hooks' folder with all below it.

    Some may not exist; none without git.
    """
    folders = find_git_folders(root)
    paths = (
        _asked_deciding(root) if folders is None else [folders.paths[name] for name in _DECIDING]
    )
    return [*paths, *(path for folder in paths[_HOOKS:] for path in _all_below(folder))]


def _asked_deciding(root: Path) -> list[Path]:
    words = ["rev-parse", *(word for name in _DECIDING for word in ("--git-path", name))]
    # Without the inert settings: these say where the hooks are not. rev-parse starts nothing.
    done = ask_settings(root, words, options=())
    lines = () if done.returncode else os.fsdecode(done.stdout).splitlines()
    return [root / line for line in lines]


def _all_below(folder: Path) -> list[Path]:
    """Return what stands below a folder, sorted; at most one more than can be trusted.

    The settings may name any folder, such as `/`, which is not walked to its end. What can't be
    walked is returned as the folder that it is, under a name that can't be read.
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


def hooks(root: Path) -> list[Path]:
    """Return the hooks' folder and all that stands below it; none without git."""
    return deciding(root)[_HOOKS:]


def own_settings(root: Path) -> list[tuple[str, str]]:
    """Return names and values of the repository's own settings, with files that they include."""
    rows = list_settings(root)
    return [(row.name, row.value) for row in rows if row.scope in ("local", "worktree")]


def emptied(root: Path, *sections: str) -> list[str]:
    """Return options that empty, by name, those settings of `sections` that the table says so of.

    By --config-env: `-c` ends a name at its first "=", and the name of a filter may hold one.
    """
    names = sorted({row.name for row in list_settings(root)})
    return [
        f"--config-env={name}={NOTHING}"
        for name in names
        if name.startswith(sections) and has_answer(name, "emptied")
    ]


def settings(root: Path) -> Sequence[str]:
    """Return the settings to write with: none of ours where trusted, else nothing is started."""
    return () if trusted(root) else (*INERT, *emptied(root, "filter.", "hook."))


@contextlib.contextmanager
def keeping_trust(root: Path, ours: Mapping[str, str], lang: Lang = "zh") -> Iterator[None]:
    """Set `ours` (names as git lists them, values) without taking a repository's trust away.

    Whatever else is otherwise afterwards asks again: a new address may bring a file to life that
    git's settings include only where a remote has it.
    """
    before = _see(root)
    was = _remembered(root) == before.digest
    yield
    after = _see(root)
    others = [row for row in before.settings if row[0] not in ours]
    same = others == [row for row in after.settings if row not in ours.items()]
    if was and same and before.files[_HOOKS:] == after.files[_HOOKS:]:
        _remember(root, after, lang)
