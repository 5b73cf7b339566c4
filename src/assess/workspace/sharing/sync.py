"""`assess sync`: fetch the commits of others, merge by meaning, push the own commits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import NamedTuple

from assess import locations
from assess.engine.history.changes import WorkspaceChanges
from assess.errors import FilesError, UsageError
from assess.i18n import translator
from assess.problem import Problem
from assess.store.arriving_sizes import refuse_large_merge
from assess.store.git.commit.commit_files import refuse_missing_identity
from assess.store.git.commit.staged_list import reset_staged_paths_to_head
from assess.store.git.run.flushed_writes import flush_file_systems_of_repository
from assess.store.git.run.plumbing import GitError
from assess.store.git.run.transport import ShowLine, ignore_progress_line
from assess.store.git.state.repository_state import (
    find_operation_in_progress,
    open_repository,
    refuse_git_operation_in_progress,
    require_checked_out_branch,
    resolve_revision,
)
from assess.store.git.sync import (
    exchange,
    merge_commits,
    pushed_folders,
    remote_setup,
    whole_file_merge,
)
from assess.store.git.sync.exchanged_tags import fetch_tags_and_list_blocked
from assess.store.git.sync.in_sync_check import is_surely_in_sync_with_remote
from assess.store.git.sync.merge_commits import Merged
from assess.store.git.sync.merge_leftovers import remove_leftover_merge_files
from assess.store.git.sync.private_folder import refuse_committed_private_files
from assess.store.git.sync.undecided_files import (
    list_undecided_files,
    remove_old_names_from_index,
)
from assess.store.git.sync.whole_file_merge import FileDecision
from assess.store.git.trust.attribute_files import refuse_irregular_attribute_files
from assess.store.git.trust.boundary import refuse_git_writing_outside
from assess.store.git.trust.trusted_programs import list_git_options_by_trust
from assess.store.lock import workspace_lock_over_several_saves
from assess.workspace.core import conflicts
from assess.workspace.core.late_answers import LateSheet, find_late_sheets
from assess.workspace.core.workspace import Workspace
from assess.workspace.history.changes import WorkspaceHistory
from assess.workspace.sharing import merged_files
from assess.workspace.sharing.blocked_tags import describe_blocked_tags
from assess.workspace.sharing.commit import (
    list_uncommitted_files,
    refuse_undecided_conflicts,
    trust_repository,
)
from assess.workspace.sharing.converted_evidence import restore_converted_evidence_with_warnings
from assess.workspace.sharing.emptied_files import restore_emptied_files_with_warnings
from assess.workspace.sharing.newer_formats import refuse_newer_file_formats
from assess.workspace.sharing.remotes import (
    choose_remote,
    is_new_remote_or_refuse_unfit,
    make_folder_the_remote,
    refuse_untrusted_push_targets,
    refuse_untrusted_repository,
)
from assess.workspace.sharing.sync_refusals import explain_git_and_disk_errors
from assess.workspace.sharing.two_closings import DoubleClosing, find_double_closings
from assess.workspace.sharing.undecided_files import make_conflict_error
from assess.workspace.sharing.unmerged_files import merge_undecided_files_by_meaning

_ATTEMPTS = 3
"""Maximum number of attempts where somebody else pushes in between."""


class SyncResult(NamedTuple):
    """The result of a sync."""

    remote: str
    branch: str
    merged: Merged
    changes: WorkspaceChanges
    """The changes that came in."""
    pushed: int
    """Number of commits that were pushed."""
    left_off: tuple[str, ...] = ()
    """Untrusted hooks and settings of a repository in a folder, which were disabled."""
    closed_twice: tuple[DoubleClosing, ...] = ()
    """Rounds that were closed on both sides: their tag names another commit there."""
    late: tuple[LateSheet, ...] = ()
    """Answers that were given after their round was closed."""
    warnings: tuple[Problem, ...] = ()
    """Warnings about files that differ on both sides, or were emptied and restored."""
    made_remote: bool = False
    """Whether a bare repository was made in the folder that became the remote."""


def synchronize_workspace(
    workspace: Workspace,
    *,
    today: date,
    folder: Path | None = None,
    trust: bool = False,
    environ: Mapping[str, str] | None = None,
    shown: ShowLine = ignore_progress_line,
) -> SyncResult:
    """Fetch, merge and push; a merge in progress is concluded first.

    `folder` becomes the remote once nothing on this side is in the way. `trust` allows hooks and
    settings of a repository in a folder to run from now on. `shown` is called with git's lines of
    progress.

    Raises:
        UsageError: there is nothing to synchronize with; files are not committed; an operation of
            git is in progress; the repository is not trusted, or no longer after the merge.
        UndecidedError: files hold conflicts.
        FilesError: incoming files have a newer format.
        NoIdentityError: git does not know who merges.
        WriteError: git would write outside of the workspace's folder; the path of an attributes
            file is a link, folder or pipe.
        UnconfirmedError: everything is merged or pushed, but a disk did not confirm it.
        GitError: a side can't be reached, or refused; nothing is lost.
    """
    with explain_git_and_disk_errors(workspace), workspace.git.open_snapshot():
        return _Sync(workspace, today, environ, shown).run(folder, trust=trust)


class _Sync:
    """A synchronization in progress."""

    def __init__(
        self, workspace: Workspace, today: date, environ: Mapping[str, str] | None, shown: ShowLine
    ) -> None:
        self._workspace = workspace
        self._shown = shown
        self._root = workspace.root
        self._today = today
        self._environ = environ
        self._t = translator(workspace.lang)
        self._kept_files: tuple[FileDecision, ...] = ()
        self._put_back: tuple[Problem, ...] = ()
        self._tag_warnings: tuple[Problem, ...] = ()
        self._tags: dict[str, str] = {}
        """The tags of the other side."""

    def run(self, folder: Path | None, *, trust: bool) -> SyncResult:
        repository = open_repository(self._root, self._workspace.lang)
        refuse_git_writing_outside(self._root, self._workspace.lang)
        branch = require_checked_out_branch(self._root, self._workspace.lang)
        before = resolve_revision(repository, "HEAD", self._workspace.lang)
        if folder is not None:
            is_new_remote_or_refuse_unfit(self._workspace, folder)  # refuses an unfit one
        self._refuse_unmet_sync_requirements()
        refuse_irregular_attribute_files(self._root, self._workspace.lang)
        remove_leftover_merge_files(self._root)
        concluded = find_operation_in_progress(self._root) == "merge"
        with self._lock_workspace():
            self._put_back = restore_emptied_files_with_warnings(self._workspace)
            self._put_back += restore_converted_evidence_with_warnings(self._workspace)
            if concluded:
                self._refuse_undecided_and_commit_merge()
            refuse_git_operation_in_progress(self._root, self._workspace.lang)
            self._refuse_uncommitted_files()
            reset_staged_paths_to_head(self._root, locations.OWN)
        made = folder is not None and self._make_folder_the_remote(folder, trust=trust)
        remote, other_branch = choose_remote(self._workspace, branch)
        if trust:
            pushed_folders.trust_remote_folders(self._root, remote)
        refuse_untrusted_push_targets(self._workspace, remote)
        off = tuple(pushed_folders.list_disabled_programs_of_remote(self._root, remote))
        merged, pushed = self._exchange_commits(remote, other_branch)
        if concluded and merged == "nothing":
            merged = "merged"
        after = resolve_revision(repository, "HEAD", self._workspace.lang)
        with WorkspaceHistory(self._workspace, self._today) as history:
            changes = history.diff_states(before, after) if after != before else WorkspaceChanges()
        apart = tuple(find_double_closings(self._workspace, self._tags))
        late = tuple(
            find_late_sheets(self._root, self._workspace.read_config(), self._workspace.lang)
        )
        return SyncResult(
            remote, branch, merged, changes, pushed, off, apart, late, self._list_warnings(), made
        )

    def _make_folder_the_remote(self, folder: Path, *, trust: bool) -> bool:
        """Make the folder the remote; settings that take effect with its address need trust."""
        made = make_folder_the_remote(self._workspace, folder)
        if trust:
            trust_repository(self._workspace)
        refuse_untrusted_repository(self._workspace)
        return made

    def _lock_workspace(self) -> AbstractContextManager[None]:
        """Lock the workspace: git would overwrite files that are saved while it works."""
        return workspace_lock_over_several_saves(
            self._root, self._workspace.acting, self._workspace.lang
        )

    def _list_warnings(self) -> tuple[Problem, ...]:
        file_warnings = (
            merged_files.describe_file_decision(file, self._workspace.lang)
            for file in self._kept_files
        )
        return (*self._put_back, *file_warnings, *self._tag_warnings)

    def _fetch_tags(self, remote: str) -> None:
        blocked = fetch_tags_and_list_blocked(self._root, remote, self._tags, self._workspace.lang)
        self._tag_warnings = describe_blocked_tags(blocked, remote, self._workspace.lang)

    def _exchange_commits(self, remote: str, branch: str) -> tuple[Merged, int]:
        merged: Merged = "nothing"
        for _attempt in range(_ATTEMPTS):
            remote_state = exchange.read_remote_refs(self._root, remote, branch)
            tip, self._tags = remote_state
            if is_surely_in_sync_with_remote(self._root, remote, branch, remote_state):
                self._fetch_tags(remote)
                remote_setup.set_upstream_unless_set(
                    self._root, remote, branch, self._workspace.lang
                )
                exchange.flush_workspace_and_remote(self._root, remote, self._workspace.lang)
                return merged, 0
            if tip is not None:
                exchange.fetch_branch_without_tags(
                    self._root, remote, branch, self._workspace.lang, self._shown
                )
                self._fetch_tags(remote)
                with self._lock_workspace():
                    self._refuse_uncommitted_files()
                    result = self._merge_tip(tip, remote)
                merged = merged if result == "nothing" else result
                refuse_untrusted_repository(
                    self._workspace,
                    self._t("hooks or settings arrived that are not trusted yet: {names}"),
                )
            count = exchange.count_commits_ahead(self._root, tip)
            if count:
                self._refuse_unreadable_files(merged)
            if exchange.push_branch_and_tags(
                self._root, remote, branch, self._workspace.lang, self._shown
            ):
                exchange.flush_workspace_and_remote(self._root, remote, self._workspace.lang)
                return merged, count
        raise GitError(
            self._t("others keep pushing; what they pushed is merged here"), "assess sync"
        )

    def _merge_tip(self, tip: str, remote: str) -> Merged:
        _ = translator(self._workspace.read_config().language)
        message = _("Merge what others committed ({remote})").format(remote=remote)
        refuse_large_merge(self._root, tip, self._workspace.lang)
        hold = whole_file_merge.can_merge_mix_whole_files(self._root, tip)
        try:
            merged, options = merge_commits.merge_commit_into_branch(
                self._root, tip, message, self._environ, self._workspace.lang, no_commit=hold
            )
        except GitError:
            refuse_newer_file_formats(self._workspace, tip, "HEAD")
            raise
        if merged != "open":
            return merged
        unstaged = self._settle_unmerged_files(just_merged=True)
        if list_undecided_files(self._root):
            self._stage_decided_files(unstaged)
            flush_file_systems_of_repository(self._root, self._workspace.lang)
            raise make_conflict_error(self._workspace, self._list_warnings())
        merge_commits.commit_merge_in_progress(
            self._root,
            unstaged,
            self._environ,
            self._workspace.lang,
            options,
            add_options=list_git_options_by_trust(self._root),
        )
        return "merged"

    def _stage_decided_files(self, paths: Sequence[str]) -> None:
        for path in paths:
            whole_file_merge.stage_file_if_decided(self._root, path)

    def _settle_unmerged_files(self, *, just_merged: bool) -> tuple[str, ...]:
        """Settle what git did not merge: evidence, reports, and files removed on both sides.

        Returns the files that were changed for it and are not staged yet.
        """
        merge_undecided_files_by_meaning(self._workspace, just_merged=just_merged)
        decisions, unstaged = merged_files.settle_evidence_reports_and_register(
            self._workspace, just_merged=just_merged
        )
        self._kept_files += decisions
        remove_old_names_from_index(self._root)
        return unstaged

    def _refuse_unreadable_files(self, merged: Merged | None = None) -> None:
        """Refuse to push files that can't be read; without `merged`, to commit the merge.

        Raises:
            FilesError: files can't be read; holds their problems.
        """
        problems = conflicts.find_unreadable_file_problems(self._root, self._workspace.lang)
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

    def _refuse_undecided_and_commit_merge(self) -> None:
        """Commit the merge in progress, if nothing is left to decide.

        The present files are committed, because an earlier `git add` may have staged a file with
        conflicts. A file that is not merged by meaning does not show whether it is settled, so a
        person must say so.

        Raises:
            UndecidedError: files hold conflicts or must be decided as a whole.
            FilesError: files can't be read.
        """
        self._stage_decided_files(self._settle_unmerged_files(just_merged=False))
        waiting = list_undecided_files(self._root)
        if any(file.is_decided_as_whole for file in waiting):
            raise make_conflict_error(self._workspace, self._list_warnings())
        refuse_undecided_conflicts(self._root, self._workspace.lang)
        paths = sorted(
            {
                *(waiting_file.path for waiting_file in waiting),
                *list_uncommitted_files(self._workspace),
            }
        )
        self._refuse_unreadable_files()
        merge_commits.commit_merge_in_progress(
            self._root, paths, self._environ, self._workspace.lang
        )

    def _refuse_unmet_sync_requirements(self) -> None:
        refuse_untrusted_repository(self._workspace)
        refuse_committed_private_files(self._root, self._workspace.lang)
        refuse_missing_identity(self._root, self._workspace.lang, self._environ)

    def _refuse_uncommitted_files(self) -> None:
        changed = list_uncommitted_files(self._workspace)
        if changed:
            _ = self._t
            message = _("files not committed: {count}").format(count=len(changed))
            raise UsageError(message, "assess commit && assess sync")
