"""A draft of git's list of staged files, so that a commit that fails leaves the list as it was."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from assess.errors import WriteError
from assess.i18n import Lang
from assess.store.files import write_atomic, write_error
from assess.store.git.commit.staged_list import FROM_INPUT, known_paths, listed, refuse_damaged_list
from assess.store.git.run import plumbing as git
from assess.store.git.run.commits import git_path
from assess.store.git.run.flushed_writes import UNFLUSHED, new_objects
from assess.store.git.run.plumbing import GitError
from assess.store.git.state.damaged_objects import (
    TURNS,
    set_damaged_aside,
    unreadable,
    write_missing,
)


class Draft(NamedTuple):
    """A copy of git's list of staged files, and a file beside it for the paths of a commit."""

    staged: Path
    paths: Path

    def environ(self) -> dict[str, str]:
        """Return what makes git work on the copy."""
        return {"GIT_INDEX_FILE": str(self.staged)}

    def write_paths(self, paths: Sequence[str], lang: Lang) -> None:
        """Write the paths of a commit for git to read.

        Raises:
            WriteError: they can't be written.
        """
        try:
            self.paths.write_bytes(listed(paths))
        except OSError as error:
            raise write_error(error, self.paths, lang) from error


@contextlib.contextmanager
def draft_index(root: Path, lang: Lang) -> Iterator[Draft]:
    """Give a copy of git's list of staged files; it goes afterwards, whatever happens.

    Raises:
        GitError: another git holds the list, or one that died does; it is damaged.
        WriteError: the copy can't be written.
    """
    index, lock = git_path(root, "index"), git_path(root, "index.lock")
    if os.path.lexists(lock):
        error = GitError("index.lock")
        error.said = f"Unable to create '{lock}': File exists"  # as git says it
        raise error
    refuse_damaged_list(root)
    try:
        folder = Path(tempfile.mkdtemp(prefix="assess-"))
    except OSError as error:
        raise write_error(error, Path(tempfile.gettempdir()), lang) from error
    try:
        draft = Draft(folder / "index", folder / "paths")
        _copy(index, draft.staged, lang)
        yield draft
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _copy(index: Path, copy: Path, lang: Lang) -> None:
    """Copy the list with its time: git compares files that are as new as the list by content."""
    if not index.exists():
        return
    try:
        state = index.stat()
        shutil.copyfile(index, copy)
        os.utime(copy, ns=(state.st_atime_ns, state.st_mtime_ns))
    except OSError as error:
        raise write_error(error, copy, lang) from error


@contextlib.contextmanager
def restored_index(root: Path, lang: Lang) -> Iterator[None]:
    """Put git's list of staged files back as it is now where something fails inside."""
    index = git_path(root, "index")
    before, state = index.read_bytes(), index.stat()
    try:
        yield
    except BaseException:
        # What failed is told, also where nothing can be written any more.
        with contextlib.suppress(WriteError, OSError):
            write_atomic(index, before, lang)
            os.utime(index, ns=(state.st_atime_ns, state.st_mtime_ns))
        raise


def write_objects(
    root: Path,
    paths: Sequence[str],
    *,
    options: Sequence[str],
    environ: Mapping[str, str],
    lang: Lang,
) -> None:
    """Stage `paths` in the draft that `environ` names, and flush all objects that a commit takes.

    The commit then writes one object more, whatever the number of files and folders. An object that
    a power cut left empty or short is written anew.

    Raises:
        GitError: a file can't be taken; the objects can't be written, or some can't be read.
        UnconfirmedError: the disk did not confirm them.
        WriteError: a damaged object can't be renamed.
    """
    with new_objects(root, lang) as apart:
        whole = {**environ, **apart}
        settings = [*options, *UNFLUSHED]
        if known := known_paths(root, paths, whole):
            words = ["add", "-A", *FROM_INPUT]
            git.run(root, words, options=settings, environ=whole, data=listed(known))
        for _turn in range(TURNS):
            tree = _written_tree(root, settings, whole)
            if tree is None and _is_unsettled(root, whole):
                return  # the commit refuses
            if not set_damaged_aside(root, tree, whole, lang):
                return
            write_missing(root, paths, options=settings, environ=whole)
        raise unreadable()


def _written_tree(root: Path, options: Sequence[str], environ: Mapping[str, str]) -> str | None:
    """Write the folders of git's list and return the tree; None where git can't."""
    done = git.run(root, ["write-tree"], check=False, options=options, environ=environ)
    return None if done.returncode else done.stdout.decode("ascii").strip()


def _is_unsettled(root: Path, environ: Mapping[str, str]) -> bool:
    return bool(git.run(root, ["ls-files", "-u"], environ=environ).stdout)
