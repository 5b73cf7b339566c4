"""A copy of git's list of staged files, so that a failed commit leaves the list unchanged."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, Literal, NamedTuple

from assess.errors import WriteError
from assess.i18n import Lang
from assess.store.files import make_write_error, write_atomic
from assess.store.git.commit.made_commits import HeadWatch
from assess.store.git.commit.staged_list import (
    FROM_INPUT,
    encode_paths_with_nul_between,
    refuse_damaged_index_file,
    select_existing_or_staged_paths,
)
from assess.store.git.run import plumbing as git
from assess.store.git.run.commits import find_path_in_git_folder
from assess.store.git.run.flushed_writes import UNFLUSHED, write_new_objects_flushed
from assess.store.git.run.plumbing import GitError
from assess.store.git.state.damaged_objects import (
    TURNS,
    make_damaged_object_error,
    rename_damaged_and_check_incomplete,
    write_missing_objects_and_index,
)

IgnoredFileRule = Literal["refused", "passed-over", "taken"]
"""What happens to ignored files; `refused` applies to those that are named themselves."""

_IGNORED: Final = b"paths are ignored by one of your .gitignore files"


class DraftIndex(NamedTuple):
    """A copy of git's list of staged files, and a file for the paths of a commit."""

    staged: Path
    paths: Path

    def index_environ(self) -> dict[str, str]:
        """Return the environment in which git uses the copy."""
        return {"GIT_INDEX_FILE": str(self.staged)}

    def write_pathspec_file(self, paths: Sequence[str], lang: Lang) -> None:
        """Write the paths of a commit to the file that git reads.

        Raises:
            WriteError: the file can't be written.
        """
        try:
            self.paths.write_bytes(encode_paths_with_nul_between(paths))
        except OSError as error:
            raise make_write_error(error, self.paths, lang) from error


@contextlib.contextmanager
def open_draft_index(root: Path, lang: Lang) -> Iterator[DraftIndex]:
    """Yield a copy of git's list of staged files, which is removed afterwards in any case.

    Raises:
        GitError: the list is locked by another git or by one that died, or it is damaged.
        WriteError: the copy can't be written.
    """
    index, lock = (
        find_path_in_git_folder(root, "index"),
        find_path_in_git_folder(root, "index.lock"),
    )
    if os.path.lexists(lock):
        error = GitError("index.lock")
        error.output = f"Unable to create '{lock}': File exists"  # git's own words
        raise error
    refuse_damaged_index_file(root)
    try:
        folder = Path(tempfile.mkdtemp(prefix="assess-"))
    except OSError as error:
        raise make_write_error(error, Path(tempfile.gettempdir()), lang) from error
    try:
        draft = DraftIndex(folder / "index", folder / "paths")
        _copy_existing_index_with_time(index, draft.staged, lang)
        yield draft
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _copy_existing_index_with_time(index: Path, copy: Path, lang: Lang) -> None:
    """Copy the list with its time: git compares the content of files as new as the list."""
    if not index.exists():
        return
    try:
        state = index.stat()
        shutil.copyfile(index, copy)
        os.utime(copy, ns=(state.st_atime_ns, state.st_mtime_ns))
    except OSError as error:
        raise make_write_error(error, copy, lang) from error


@contextlib.contextmanager
def restore_index_if_commit_failed(root: Path, lang: Lang) -> Iterator[None]:
    """Restore git's list of staged files if the block fails, unless git made a commit by then."""
    watch = HeadWatch(root)
    index = find_path_in_git_folder(root, "index")
    before, state = index.read_bytes(), index.stat()
    try:
        yield
    except BaseException:
        if watch.find_new_head() is not None:
            raise
        # The first error is reported, even if nothing can be written any more.
        with contextlib.suppress(WriteError, OSError):
            write_atomic(index, before, lang)
            os.utime(index, ns=(state.st_atime_ns, state.st_mtime_ns))
        raise


def stage_repair_and_flush_objects(
    root: Path,
    paths: Sequence[str],
    *,
    options: Sequence[str],
    environ: Mapping[str, str],
    lang: Lang,
    ignored: IgnoredFileRule = "refused",
    rereads_unchanged: bool = False,
) -> None:
    """Stage `paths` in the copy that `environ` names, and flush all objects of the commit.

    `ignored` says what happens to ignored files; with `rereads_unchanged` git reads unchanged files
    too. The commit then writes only one more object. An object that a power cut left empty or
    short is written anew.

    Raises:
        GitError: a file can't be staged; objects can't be written or read.
        UnconfirmedError: the disk did not confirm the objects.
        WriteError: a damaged object can't be renamed.
    """
    with write_new_objects_flushed(root, lang) as apart:
        whole = {**environ, **apart}
        settings = [*options, *UNFLUSHED]
        if known := select_existing_or_staged_paths(root, paths, whole):
            more = ["-f"] if ignored == "taken" else []
            words = ["add", "--renormalize" if rereads_unchanged else "-A", *more, *FROM_INPUT]
            data = encode_paths_with_nul_between(known)
            done = git.run_git(root, words, check=False, options=settings, environ=whole, data=data)
            if done.returncode and not (ignored == "passed-over" and _IGNORED in done.stderr):
                raise git.make_failed_git_error(words, done)
        for _turn in range(TURNS):
            tree = _write_tree_of_index(root, settings, whole)
            if tree is None and _has_unmerged_files(root, whole):
                return  # the commit refuses
            if not rename_damaged_and_check_incomplete(root, tree, whole, lang):
                return
            write_missing_objects_and_index(root, paths, options=settings, environ=whole)
        raise make_damaged_object_error()


def _write_tree_of_index(
    root: Path, options: Sequence[str], environ: Mapping[str, str]
) -> str | None:
    """Write the folders of git's list and return the tree, None if git can't."""
    done = git.run_git(root, ["write-tree"], check=False, options=options, environ=environ)
    return None if done.returncode else done.stdout.decode("ascii").strip()


def _has_unmerged_files(root: Path, environ: Mapping[str, str]) -> bool:
    return bool(git.run_git(root, ["ls-files", "-u"], environ=environ).stdout)
