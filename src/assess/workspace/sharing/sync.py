"""`assess sync`: take in what others committed, merge by meaning, hand on one's own."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import NamedTuple

from assess.engine.history.changes import Changes
from assess.errors import FilesError, UsageError
from assess.harmless import typed
from assess.i18n import translator
from assess.problem import Problem
from assess.store import layout
from assess.store.arriving_sizes import refuse_vast_files
from assess.store.git.commit.commit_files import refuse_nobody
from assess.store.git.commit.staged_list import follow_head
from assess.store.git.run.plumbing import GitError
from assess.store.git.run.transport import Shown, show_nothing
from assess.store.git.state.repository_state import (
    commit_of,
    open_repository,
    operation,
    refuse_detached,
    refuse_in_progress,
)
from assess.store.git.sync import both_sides, exchange, other_side, remote_places
from assess.store.git.sync.both_sides import Kept
from assess.store.git.sync.exchange import Merged
from assess.store.git.sync.exchanged_tags import take_new_tags
from assess.store.git.sync.merge_leftovers import sweep_merge_files
from assess.store.git.sync.undecided_files import drop_gone, waiting_files
from assess.store.git.trust.attribute_files import refuse_strange
from assess.store.git.trust.boundary import refuse_outside
from assess.store.lock import locked_throughout
from assess.workspace.core import conflicts
from assess.workspace.core.late_answers import LateSheet, late_sheets
from assess.workspace.core.workspace import Workspace
from assess.workspace.history.changes import History
from assess.workspace.sharing import merged_files
from assess.workspace.sharing.commit import changed_files, needs_trust, refuse_conflicts
from assess.workspace.sharing.emptied_files import put_back
from assess.workspace.sharing.newer_formats import refuse_newer
from assess.workspace.sharing.sync_refusals import explaining
from assess.workspace.sharing.two_closings import Apart, closings_apart
from assess.workspace.sharing.undecided_files import problems_of

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
    left_off: tuple[str, ...] = ()
    """Hooks and settings of a repository in a folder that did not run: nobody trusts them yet."""
    closed_twice: tuple[Apart, ...] = ()
    """Rounds whose tag is of another commit there: closed here and there, none follows."""
    late: tuple[LateSheet, ...] = ()
    """Answers that came after their round was closed."""
    kept: tuple[Problem, ...] = ()
    """What became of files that both sides have otherwise or that were empty, as warnings."""


def join(here: Workspace, folder: Path) -> bool:
    """Synchronize with a folder from now on; missing or empty it becomes a bare repository.

    Nothing talks to it yet: settings that come alive with its address are asked about first
    (`committing.needs_trust`). Returns whether it was made.

    Raises:
        UsageError: there is no commit or branch, or another place to synchronize with already; the
            folder holds something else.
        GitError, WriteError: it can't be made.
    """
    with explaining(here):
        repository = open_repository(here.root, here.lang)
        branch = refuse_detached(here.root, here.lang)
        commit_of(repository, "HEAD", here.lang)
        known = exchange.remote_of(here.root, branch)
        _ = translator(here.lang)
        if known is None:
            if other_side.is_address(folder):
                message = _("that is an address, not a folder; git is told of it once")
                raise UsageError(message, "git remote add origin ADDRESS && assess sync")
            if not exchange.can_join(folder):
                message = _("{path} is neither empty nor a repository to share")
                hint = _("assess sync FOLDER: a new or an empty one")
                raise UsageError(message.format(path=folder), hint)
            return exchange.add_folder(here.root, folder, branch, here.lang)
        there = other_side.path_of_remote(here.root, known[0])
        if there is not None and there.resolve() == folder.resolve():
            return False
        message = _("this workspace synchronizes with {remote} already")
        raise UsageError(message.format(remote=known[0]), "assess sync; git remote -v")


def synchronize(
    here: Workspace,
    *,
    today: date,
    trust: bool = False,
    environ: Mapping[str, str] | None = None,
    shown: Shown = show_nothing,
) -> Synced:
    """Pull, merge and push; with a merge in progress, conclude it first.

    `trust`: hooks and settings of a repository in a folder may run from now on. `shown` is given
    git's lines of progress.

    Raises:
        UsageError: nothing to synchronize with; something is uncommitted or in progress; the
            repository is not trusted, or no longer after what others committed.
        FilesError: conflicts stand in files; a newer program wrote files that are to be merged.
        NoIdentityError: git does not know who merges.
        WriteError: git would write outside of the workspace's folder; a link, folder or pipe
            stands where git reads attributes.
        UnconfirmedError: all is merged or handed on, but a disk did not confirm it.
        GitError: a side can't be reached or refused; nothing is lost.
    """
    with explaining(here):
        return _Sync(here, today, environ, shown).run(trust=trust)


class _Sync:
    """One synchronization."""

    def __init__(
        self, here: Workspace, today: date, environ: Mapping[str, str] | None, shown: Shown
    ) -> None:
        self._here = here
        self._shown = shown
        self._root = here.root
        self._today = today
        self._environ = environ
        self._t = translator(here.lang)
        self._kept: tuple[Kept, ...] = ()
        self._put_back: tuple[Problem, ...] = ()
        self._tags: dict[str, str] = {}
        """The tags of the other side."""

    def run(self, *, trust: bool) -> Synced:
        repository = open_repository(self._root, self._here.lang)
        refuse_outside(self._root, self._here.lang)
        branch = refuse_detached(self._root, self._here.lang)
        before = commit_of(repository, "HEAD", self._here.lang)
        self._ready()
        refuse_strange(self._root, self._here.lang)
        sweep_merge_files(self._root)
        concluded = operation(self._root) == "merge"
        with self._alone():
            self._put_back = put_back(self._here)
            if concluded:
                self._conclude()
            refuse_in_progress(self._root, self._here.lang)
            self._refuse_uncommitted()
            follow_head(self._root, layout.OWN)
        remote, there = other_repository(self._here, branch)
        if trust:
            other_side.trust_other(self._root, remote)
        refuse_several(self._here, remote)
        off = tuple(other_side.left_off(self._root, remote))
        merged, pushed = self._exchange(remote, there)
        if concluded and merged == "nothing":
            merged = "merged"
        after = commit_of(repository, "HEAD", self._here.lang)
        with History(self._here, self._today) as history:
            changes = history.diff(before, after) if after != before else Changes()
        apart = tuple(closings_apart(self._here, self._tags))
        late = tuple(late_sheets(self._root, self._here.config(), self._here.lang))
        return Synced(remote, branch, merged, changes, pushed, off, apart, late, self._told())

    def _alone(self) -> AbstractContextManager[None]:
        """Let nobody save meanwhile: git would write over what it has not seen."""
        return locked_throughout(self._root, self._here.acting, self._here.lang)

    def _told(self) -> tuple[Problem, ...]:
        kept = (merged_files.told(one, self._here.lang) for one in self._kept)
        return (*self._put_back, *kept)

    def _exchange(self, remote: str, branch: str) -> tuple[Merged, int]:
        merged: Merged = "nothing"
        for _attempt in range(_ATTEMPTS):
            tip, self._tags = exchange.look(self._root, remote, branch)
            if tip is not None:
                exchange.fetch(self._root, remote, branch, self._here.lang, self._shown)
                take_new_tags(self._root, remote, self._tags, self._here.lang)
                with self._alone():
                    self._refuse_uncommitted()
                    result = self._merge(tip, remote)
                merged = merged if result == "nothing" else result
                refuse_untrusted(
                    self._here,
                    self._t("hooks or settings arrived that are not trusted yet: {names}"),
                )
            count = exchange.ahead(self._root, tip)
            if count:
                self._refuse_unreadable(merged)
            if exchange.push(self._root, remote, branch, self._here.lang, self._shown):
                exchange.flush_sides(self._root, remote, self._here.lang)
                return merged, count
        raise GitError(
            self._t("others keep pushing; what they pushed is merged here"), "assess sync"
        )

    def _merge(self, tip: str, remote: str) -> Merged:
        _ = translator(self._here.config().language)
        message = _("Merge what others committed ({remote})").format(remote=remote)
        refuse_vast_files(self._root, tip, self._here.lang)
        hold = both_sides.meet(self._root, tip)
        quiet = exchange.quieting(self._root, tip, self._here.lang) if hold else ()
        try:
            merged = exchange.merge(
                self._root, tip, message, self._environ, self._here.lang, hold=hold
            )
        except GitError:
            refuse_newer(self._here, tip, "HEAD")
            raise
        if merged != "open":
            return merged
        self._take_whole(fresh=True)
        if waiting_files(self._root):
            raise self._conflicts()
        exchange.conclude(self._root, [], self._environ, self._here.lang, quiet)
        return "merged"

    def _take_whole(self, *, fresh: bool) -> None:
        """Decide what is not merged at all: evidence, reports, names that neither side has."""
        self._kept += merged_files.keep_both(self._here, fresh=fresh)
        drop_gone(self._root)

    def _refuse_unreadable(self, merged: Merged | None = None) -> None:
        """Refuse to hand on what can't be read; without `merged`, to commit the merge."""
        problems = conflicts.unreadable(self._root, self._here.lang)
        if not problems:
            return
        _ = self._t
        if merged is None:
            text = _(
                "files can't be read, so the merge is not committed: mend them, then {command}"
            )
            message = text.format(command="assess sync")
            raise FilesError(message, problems)
        message = _("files can't be read, so nothing was handed on: mend them, then assess commit")
        if merged != "nothing":
            back = _("the state before this merge: git reset --keep ORIG_HEAD")
            message = f"{message} ({back})"
        raise FilesError(message, problems)

    def _conflicts(self) -> FilesError:
        """Return what the merge left to a person, file by file."""
        _ = self._t
        message = _(
            "what others committed is here, but some of it is to be decided: settle it, then again:"
            " assess sync (give up: git merge --abort)"
        )
        return FilesError(
            message, [*problems_of(waiting_files(self._root), self._here.lang), *self._told()]
        )

    def _conclude(self) -> None:
        """Commit the merge in progress, where nothing is left to decide.

        With the files as they are now: an earlier `git add` may hold one in which conflicts stood.
        What is not merged by meaning tells nobody whether it is settled: somebody says so.
        """
        self._take_whole(fresh=False)
        waiting = waiting_files(self._root)
        if any(file.is_whole for file in waiting):
            raise self._conflicts()
        refuse_conflicts(self._root, self._here.lang)
        paths = sorted({*(one.path for one in waiting), *changed_files(self._here)})
        self._refuse_unreadable()
        exchange.conclude(self._root, paths, self._environ, self._here.lang)

    def _ready(self) -> None:
        refuse_untrusted(self._here)
        refuse_nobody(self._root, self._here.lang, self._environ)

    def _refuse_uncommitted(self) -> None:
        changed = changed_files(self._here)
        if changed:
            _ = self._t
            message = _("files not committed: {count}").format(count=len(changed))
            raise UsageError(message, "assess commit && assess sync")


def refuse_untrusted(here: Workspace, message: str = "") -> None:
    """Refuse a repository whose hooks and settings nobody trusts yet; `message` names them.

    Raises:
        UsageError: names what would run.
    """
    waiting = needs_trust(here)
    if waiting:
        _ = translator(here.lang)
        said = message or _("this repository's hooks and settings are not trusted yet: {names}")
        hint = _("look at them, then: assess sync --trust")
        raise UsageError(said.format(names=", ".join(waiting)), hint)


def refuse_several(here: Workspace, remote: str) -> None:
    """Refuse to push to several places where a folder among them is not trusted.

    Raises:
        UsageError: it does.
    """
    if other_side.among_others(here.root, remote):
        _ = translator(here.lang)
        message = _("{remote} pushes to several places; a folder among them is not trusted")
        raise UsageError(message.format(remote=remote), "git remote -v; assess sync --trust")


def other_repository(here: Workspace, branch: str) -> tuple[str, str]:
    """Return the remote to synchronize a branch with, and the branch's name there.

    Raises:
        UsageError: there is none, or several and none is chosen.
    """
    found = exchange.remote_of(here.root, branch)
    if found is not None:
        return found
    _ = translator(here.lang)
    if known := remote_places.remotes(here.root):
        message = _("several other repositories are known, and none is chosen: {names}")
        hint = f"git config {typed(f'branch.{branch}.remote')} NAME && assess sync"
        raise UsageError(message.format(names=", ".join(known)), hint)
    raise UsageError(
        _("this workspace has no other repository to synchronize with"),
        _("assess sync FOLDER (USB stick, shared folder), or: git remote add origin URL"),
    )
