"""Git commands that write: what they write is on the disk before anybody is told that it is saved.

Objects are flushed before a branch or a tag names them, so that a power cut leaves no name of what
is not there (docs/decisions/0012-what-is-saved-is-flushed.md). A git before 2.36 does not know the
settings and passes over them; there the flush of the whole file system at the end remains.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from assess.i18n import Lang
from assess.store.files import confirm, unconfirmed, write_new
from assess.store.flushing import flush_file_systems
from assess.store.git.run import plumbing as git
from assess.store.git.run.commits import git_path
from assess.store.git.run.given_settings import INERT
from assess.store.git.run.plumbing import GitError

_METHOD: Final = "core.fsyncMethod=fsync"
"""The user's own settings may name one that flushes nothing."""

_ONE_PACK: Final = ("fetch.unpackLimit=1", "receive.unpackLimit=1", "pack.writeReverseIndex=false")
"""What is fetched or received stays in one pack of two files, whatever the number of objects."""

WRITING: Final = ("core.fsync=all", _METHOD, *_ONE_PACK)
"""Settings of a command that writes names of objects, `receive-pack` in a folder among them."""


NO_CLEANING: Final = ("gc.auto=0", "maintenance.auto=false")
"""Settings of a commit or a merge, after which git would clean up by itself, and in the background.

The repository's settings may name any task for it. `git gc --auto` after a commit does what is
needed.
"""

UNFLUSHED: Final = ("core.fsync=none",)
"""Settings of a command in `new_objects`: these are flushed all at once."""


def write(
    root: Path,
    words: Sequence[str],
    *,
    check: bool = True,
    options: Iterable[str] = INERT,
    environ: Mapping[str, str] | None = None,
    data: bytes | None = None,
) -> subprocess.CompletedProcess[bytes]:
    """Run a git command that writes branches, tags or the list of files.

    Raises:
        EnvironmentLacksError, GitError: as plumbing.run.
    """
    whole = [*options, *WRITING]
    return git.run(root, words, check=check, options=whole, environ=environ, data=data)


@contextlib.contextmanager
def new_objects(root: Path, lang: Lang) -> Iterator[dict[str, str]]:
    """Give an environ in which git writes objects apart; flush them, then move them to the others.

    An object that has its name before its content is on the disk would be empty after a power cut,
    and git would never write it again, since one of that name is there.

    Raises:
        GitError: the objects can't be written.
        UnconfirmedError: the disk did not confirm them.
    """
    objects = git_path(root, "objects")
    try:
        apart = Path(tempfile.mkdtemp(prefix="tmp_objdir-assess-", dir=objects))
    except OSError as error:
        raise _not_written(error) from error
    try:
        yield {
            "GIT_OBJECT_DIRECTORY": os.path.abspath(apart),  # noqa: PTH100  # links stay
            "GIT_ALTERNATE_OBJECT_DIRECTORIES": os.path.abspath(objects),  # noqa: PTH100  # links stay
        }
        flush_repository(root, lang)
        if _move(apart, objects):
            flush_repository(root, lang)
    finally:
        shutil.rmtree(apart, ignore_errors=True)


def _not_written(error: OSError) -> GitError:
    """Return that objects can't be written, in the words of git, which are explained elsewhere."""
    refusal = GitError(f"unable to write objects: {error.strerror}")
    refusal.said = refusal.message
    return refusal


def _move(apart: Path, objects: Path) -> bool:
    """Move objects to the others; of a pack the index comes last, by which git finds it.

    Returns whether there were any.
    """
    paths = sorted(path for path in apart.rglob("*") if path.is_file())
    try:
        for path in sorted(paths, key=lambda path: path.suffix == ".idx"):
            target = objects / path.relative_to(apart)
            if not target.parent.is_dir():
                target.parent.mkdir()
                shutil.copymode(objects, target.parent)  # a shared repository has rights of its own
            if not target.exists():
                path.rename(target)
    except OSError as error:
        raise _not_written(error) from error
    return bool(paths)


def flush_repository(root: Path, lang: Lang, others: Iterable[Path] = ()) -> None:
    """Flush the file systems of a workspace, of its git folders, and of other folders.

    Raises:
        UnconfirmedError: all is written, but a disk did not confirm it.
    """
    try:
        flush_file_systems([root, *_git_folders(root), *others])
    except OSError as error:
        raise unconfirmed(error, root, lang) from error


def _git_folders(root: Path) -> list[Path]:
    """Return the folders in which git keeps what belongs to the workspace."""
    if (root / ".git").is_dir():
        return [root / ".git"]
    words = ["rev-parse", "--absolute-git-dir", "--git-common-dir"]
    out = git.run(root, words).stdout.decode("utf-8", "surrogateescape")
    return [root / line for line in out.splitlines()]


def write_settings(root: Path, values: Mapping[str, str], lang: Lang) -> None:
    """Write settings of the repository; a power cut leaves the old ones or the new ones.

    `git config` flushes nothing: after a power cut its file may be empty.

    Raises:
        GitError: another git is writing settings, or git refuses a name or a value.
        WriteError: the file can't be written.
    """
    config = git_path(root, "config")
    path = config.resolve()
    before = path.read_bytes()
    with tempfile.TemporaryDirectory(prefix="assess-") as folder:
        copy = Path(folder, "config")
        copy.write_bytes(before)
        for key, value in values.items():
            git.run(root, ["config", "--file", str(copy), key, value])
        if not _replace(path, before, copy.read_bytes(), lang):
            error = GitError(
                f"could not lock config file {os.path.relpath(config, root)}: File exists"
            )
            error.said = error.message
            raise error


def _replace(path: Path, before: bytes, data: bytes, lang: Lang) -> bool:
    """Put `data` in place of `before`, with the lock that git itself takes; False where it can't.

    Raises:
        WriteError: the file can't be written.
        UnconfirmedError: the disk did not confirm it.
    """
    lock = path.with_name(f"{path.name}.lock")
    if not write_new(lock, data, lang):
        return False
    with contextlib.ExitStack() as cleanup:
        cleanup.callback(lock.unlink, missing_ok=True)
        if path.read_bytes() != before:
            return False
        shutil.copymode(path, lock)
        lock.replace(path)
    confirm(path, lang)
    return True
