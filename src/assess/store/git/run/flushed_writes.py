"""Git commands that write, and flush their writes before the program reports them as saved.

Objects are flushed before a branch or a tag names them, so that a power cut leaves no name of a
missing object (docs/decisions/0012-what-is-saved-is-flushed.md). Git before 2.36 ignores these
settings; there the whole file system is flushed at the end.
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
from assess.store.files import create_file_unless_exists, flush_folder_entry, make_not_flushed_error
from assess.store.flushing import flush_file_systems
from assess.store.git.run import plumbing as git
from assess.store.git.run.commits import find_path_in_git_folder
from assess.store.git.run.given_settings import INERT
from assess.store.git.run.output_lines import list_output_lines
from assess.store.git.run.plumbing import GitError

_METHOD: Final = "core.fsyncMethod=fsync"
"""The method of flushing; the user's settings may name one that flushes nothing."""

_ONE_PACK: Final = ("fetch.unpackLimit=1", "receive.unpackLimit=1", "pack.writeReverseIndex=false")
"""Settings by which fetched or received objects stay in a pack of two files."""

WRITING: Final = ("core.fsync=all", _METHOD, *_ONE_PACK)
"""Settings of a command that writes refs, also of `receive-pack` in a folder."""

REMADE_REFS: Final = ("core.fsync=objects,derived-metadata,index",)
"""Settings of a command that writes only refs that can be made again, before a flush of the disk.

After a power cut such a ref may have no content: `store.git.sync.lost_refs` removes it.
"""

NO_CLEANING: Final = ("gc.auto=0", "maintenance.auto=false")
"""Settings of a commit or a merge that turn off git's maintenance in the background.

The repository's settings may name any task for it. `git gc --auto` after a commit is enough.
"""

UNFLUSHED: Final = ("core.fsync=none",)
"""Settings of a command in `write_new_objects_flushed`, which flushes all objects at once."""


def run_writing_git(
    root: Path,
    words: Sequence[str],
    *,
    check: bool = True,
    options: Iterable[str] = INERT,
    environ: Mapping[str, str] | None = None,
    data: bytes | None = None,
    last_options: Iterable[str] = (),
) -> subprocess.CompletedProcess[bytes]:
    """Run a git command that writes branches, tags or the list of files.

    `last_options` win over the settings that flush.

    Raises:
        EnvironmentLacksError, GitError: as `run_git`.
    """
    whole = [*options, *WRITING, *last_options]
    return git.run_git(root, words, check=check, options=whole, environ=environ, data=data)


@contextlib.contextmanager
def write_new_objects_flushed(
    root: Path, lang: Lang, *, flush_names: bool = True
) -> Iterator[dict[str, str]]:
    """Yield an environment in which git writes objects to a new folder; then flush and move them.

    An object that gets its name before its content is on the disk may be empty after a power cut.
    Git would never write it again, because a file of that name exists. Without `flush_names` the
    caller flushes the names before a branch or a tag leads to the objects.

    Raises:
        GitError: the objects can't be written.
        UnconfirmedError: the disk did not confirm them.
    """
    objects = find_path_in_git_folder(root, "objects")
    try:
        apart = Path(tempfile.mkdtemp(prefix="tmp_objdir-assess-", dir=objects))
    except OSError as error:
        raise _make_not_written_error(error) from error
    try:
        yield {
            "GIT_OBJECT_DIRECTORY": os.path.abspath(apart),  # noqa: PTH100  # links stay
            "GIT_ALTERNATE_OBJECT_DIRECTORIES": os.path.abspath(objects),  # noqa: PTH100  # links stay
        }
        flush_file_systems_of_repository(root, lang)
        if _move_new_objects_if_any(apart, objects) and flush_names:
            flush_file_systems_of_repository(root, lang)
    finally:
        shutil.rmtree(apart, ignore_errors=True)


def _make_not_written_error(error: OSError) -> GitError:
    """Return the error of objects that can't be written; `explain_git_error` reads its words."""
    refusal = GitError(f"unable to write objects: {error.strerror}")
    refusal.output = refusal.message
    return refusal


def _move_new_objects_if_any(new_folder: Path, objects: Path) -> bool:
    """Move objects to git's folder of objects; return whether there were any.

    The index of a pack is moved last, because git finds the pack by it.
    """
    paths = sorted(path for path in new_folder.rglob("*") if path.is_file())
    try:
        for path in sorted(paths, key=lambda path: path.suffix == ".idx"):
            target = objects / path.relative_to(new_folder)
            if not target.parent.is_dir():
                target.parent.mkdir()
                shutil.copymode(objects, target.parent)  # a shared repository has rights of its own
            if not target.exists():
                path.rename(target)
    except OSError as error:
        raise _make_not_written_error(error) from error
    return bool(paths)


def flush_file_systems_of_repository(root: Path, lang: Lang, others: Iterable[Path] = ()) -> None:
    """Flush the file systems of a workspace, of its git folders, and of other folders.

    Raises:
        UnconfirmedError: everything is written, but a disk did not confirm it.
    """
    try:
        flush_file_systems([root, *_find_git_data_folders(root), *others])
    except OSError as error:
        raise make_not_flushed_error(error, root, lang) from error


def _find_git_data_folders(root: Path) -> list[Path]:
    """Return the folders of git's data for the workspace."""
    if (root / ".git").is_dir():
        return [root / ".git"]
    words = ["rev-parse", "--absolute-git-dir", "--git-common-dir"]
    return [root / line for line in list_output_lines(git.run_git(root, words).stdout)]


def write_repository_settings(root: Path, values_by_name: Mapping[str, str], lang: Lang) -> None:
    """Write settings of the repository atomically.

    Raises:
        GitError: another git is writing settings, or git refuses a name or a value.
        WriteError: the file can't be written.
    """
    _edit_repository_settings(root, [[name, value] for name, value in values_by_name.items()], lang)


def remove_repository_settings(root: Path, names: Iterable[str], lang: Lang) -> None:
    """Remove settings of the repository atomically; each must be set in it.

    Raises:
        GitError: another git is writing settings, or a setting is not set in the repository.
        WriteError: the file can't be written.
    """
    _edit_repository_settings(root, [["--unset-all", name] for name in names], lang)


def _edit_repository_settings(root: Path, edits: Iterable[Sequence[str]], lang: Lang) -> None:
    """Run `git config` with the words of each edit on a copy of the settings, and replace them.

    `git config` flushes nothing, so its file may be empty after a power cut.
    """
    config = find_path_in_git_folder(root, "config")
    path = config.resolve()
    before = path.read_bytes()
    with tempfile.TemporaryDirectory(prefix="assess-") as folder:
        copy = Path(folder, "config")
        copy.write_bytes(before)
        for words in edits:
            git.run_git(root, ["config", "--file", str(copy), *words])
        if not _replace_under_lock_file(path, before, copy.read_bytes(), lang):
            error = GitError(
                f"could not lock config file {os.path.relpath(config, root)}: File exists"
            )
            error.output = error.message
            raise error


def _replace_under_lock_file(path: Path, before: bytes, data: bytes, lang: Lang) -> bool:
    """Replace the bytes `before` of a file by `data` under git's lock; return whether that worked.

    Raises:
        WriteError: the file can't be written.
        UnconfirmedError: the disk did not confirm the file.
    """
    lock = path.with_name(f"{path.name}.lock")
    if not create_file_unless_exists(lock, data, lang):
        return False
    with contextlib.ExitStack() as cleanup:
        cleanup.callback(lock.unlink, missing_ok=True)
        if path.read_bytes() != before:
            return False
        shutil.copymode(path, lock)
        lock.replace(path)
    flush_folder_entry(path, lang)
    return True
