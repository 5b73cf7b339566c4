"""`assess sync`: take in what others committed, merge by meaning, hand on one's own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from assess.engine.history import Changes
from assess.errors import FilesError, UsageError, WriteError
from assess.harmless import typed
from assess.i18n import translator
from assess.problem import Problem
from assess.store import layout, other_side, own_git, sync
from assess.store.commit import NoIdentityError, trusted
from assess.store.git import GitError
from assess.store.git_state import (
    commit_of,
    open_repository,
    operation,
    refuse_detached,
    refuse_in_progress,
    shown,
)
from assess.store.history import shallow_edge
from assess.store.sync import Merged
from assess.workspace import merges
from assess.workspace.committing import changed_files, refuse_conflicts, refused
from assess.workspace.folder import Workspace
from assess.workspace.history import History

_ATTEMPTS = 3
"""How often to begin again where somebody pushes in between."""


class Synced(NamedTuple):
    """What a sync did."""

    remote: str
    branch: str
    merged: Merged
    changes: Changes
    """What came in."""
    pushed: int
    """Commits handed on."""
    made: bool = False
    """The other repository was made now."""
    left_off: tuple[str, ...] = ()
    """Hooks and settings of a repository in a folder that did not run: nobody trusts them yet."""


def synchronize(
    here: Workspace,
    *,
    today: date,
    folder: Path | None = None,
    trust: bool = False,
    environ: Mapping[str, str] | None = None,
) -> Synced:
    """Pull, merge and push; with a merge in progress, conclude it first.

    `folder` is where a bare repository is, or is to be made (a USB stick, a shared folder): it
    becomes the remote where there is none yet. `trust`: its hooks and settings may run from now on.

    Raises:
        UsageError: nothing to synchronize with; something is uncommitted or in progress; the
            repository is not trusted.
        FilesError: conflicts stand in files.
        NoIdentityError: git does not know who merges.
        GitError: a side can't be reached or refused; nothing is lost.
    """
    try:
        return _Sync(here, today, environ).run(folder, trust=trust)
    except GitError as error:
        raise _explained(error, here) from error
    except OSError as error:
        raise WriteError(f"{error.filename}: {error.strerror}", "df -h; ls -ld") from error


class _Sync:
    """One synchronization."""

    def __init__(self, here: Workspace, today: date, environ: Mapping[str, str] | None) -> None:
        self._here = here
        self._root = here.root
        self._today = today
        self._environ = environ
        self._t = translator(here.lang)

    def run(self, folder: Path | None, *, trust: bool) -> Synced:
        repository = open_repository(self._root, self._here.lang)
        branch = refuse_detached(self._root, self._here.lang)
        before = commit_of(repository, "HEAD", self._here.lang)
        self._ready()
        if operation(self._root) == "merge":
            self._conclude()
        refuse_in_progress(self._root, self._here.lang)
        self._refuse_uncommitted()
        made = self._add(folder, branch)
        remote, there = self._remote(branch)
        if trust:
            other_side.trust_other(self._root, remote)
        off = tuple(other_side.left_off(self._root, remote))
        merged, pushed = self._exchange(remote, there)
        after = commit_of(repository, "HEAD", self._here.lang)
        with History(self._here, self._today) as history:
            changes = history.diff(before, after) if after != before else Changes()
        return Synced(remote, branch, merged, changes, pushed, made, off)

    def _exchange(self, remote: str, branch: str) -> tuple[Merged, int]:
        merged: Merged = "nothing"
        for _attempt in range(_ATTEMPTS):
            tip = sync.tip_there(self._root, remote, branch)
            if tip is not None:
                sync.fetch(self._root, remote, branch)
                result = self._merge(tip, remote)
                merged = merged if result == "nothing" else result
            count = sync.ahead(self._root, tip)
            if count:
                self._refuse_unreadable()
            if sync.push(self._root, remote, branch):
                return merged, count
        raise GitError(
            self._t("others keep pushing; what they pushed is merged here"), "assess sync"
        )

    def _merge(self, tip: str, remote: str) -> Merged:
        _ = translator(self._here.config().language)
        message = _("Merge what others committed ({remote})").format(remote=remote)
        merged = sync.merge(self._root, tip, message, self._environ)
        if merged == "conflicts":
            raise self._conflicts()
        return merged

    def _refuse_unreadable(self) -> None:
        problems = merges.unreadable(self._root, self._here.lang)
        if problems:
            message = self._t(
                "files can't be read, so nothing was handed on: mend them, then assess commit and"
                " assess sync (the state before a merge: git reset --keep ORIG_HEAD)"
            )
            raise FilesError(message, problems)

    def _conflicts(self) -> FilesError:
        """Return what the merge left to a person, file by file."""
        _ = self._t
        problems = [
            Problem(
                shown(one.path),
                "deleted-here-or-there" if one.deleted else "both-changed",
                _("one side removed the file, the other changed it")
                if one.deleted
                else _("both sides changed the same thing"),
                _("keep it: git add {path}; drop it: git rm {path}").format(path=typed(one.path))
                if one.deleted
                else "assess lint; assess fill",
                line=1,
                column=1,
            )
            for one in sync.unmerged(self._root)
        ]
        message = _(
            "what others committed is here, but some of it is to be decided: settle it, then again:"
            " assess sync (give up: git merge --abort)"
        )
        return FilesError(message, problems)

    def _conclude(self) -> None:
        """Commit the merge in progress, where nothing is left to decide.

        With the files as they are now: an earlier `git add` may hold one in which conflicts stood.
        """
        waiting = sync.unmerged(self._root)
        if any(one.deleted or not _is_own(one.path) for one in waiting):
            raise self._conflicts()
        refuse_conflicts(self._root, self._here.lang)
        own = [one.path for one in waiting if _is_own(one.path)]
        paths = sorted({*own, *changed_files(self._here)})
        sync.conclude(self._root, paths, self._environ)

    def _ready(self) -> None:
        _ = self._t
        if not trusted(self._root) and own_git.programs(self._root):
            message = _("this repository's hooks and settings are not trusted yet")
            raise UsageError(message, "assess sync --trust")
        if not own_git.has_identity(self._root, self._environ):
            raise NoIdentityError(
                _("git does not know who commits"),
                "assess commit --as PERSON",
            )

    def _refuse_uncommitted(self) -> None:
        changed = changed_files(self._here)
        if changed:
            _ = self._t
            message = _("files not committed: {count}").format(count=len(changed))
            raise UsageError(message, "assess commit && assess sync")

    def _add(self, folder: Path | None, branch: str) -> bool:
        if folder is None:
            return False
        known = sync.remote_of(self._root, branch)
        if known is None:
            return sync.add_folder(self._root, folder, branch)
        _ = self._t
        message = _("this workspace synchronizes with {remote} already").format(remote=known[0])
        raise UsageError(message, "assess sync; git remote -v")

    def _remote(self, branch: str) -> tuple[str, str]:
        found = sync.remote_of(self._root, branch)
        if found is None:
            _ = self._t
            raise UsageError(
                _("this workspace has no other repository to synchronize with"),
                _("assess sync FOLDER (USB stick, shared folder), or: git remote add origin URL"),
            )
        return found


def _is_own(path: str) -> bool:
    return any(path == part or path.startswith(f"{part}/") for part in layout.OWN)


def _explained(error: GitError, here: Workspace) -> GitError:
    if "unrelated histories" in error.said and shallow_edge(open_repository(here.root, here.lang)):
        _ = translator(here.lang)
        message = _("this clone is shallow: git does not see what both sides have in common")
        return GitError(message, "git fetch --unshallow")
    return refused(error, here)
