"""`assess upgrade --workspace`: brings git's files and settings to this program's version.

Answers, checklists and reports are not touched. The files are part of the repository; each clone
has its own settings.
"""

from __future__ import annotations

from collections.abc import Mapping

from assess.errors import ChangedOnDiskError
from assess.i18n import translator
from assess.store.files import write_atomic
from assess.store.git.commit.commit_files import commit_paths_if_changed
from assess.store.git.run.plumbing import GitError
from assess.store.git.setup import local_settings
from assess.store.git.setup.attribute_lines import (
    read_attribute_file,
)
from assess.store.git.state.repository_state import (
    open_repository,
    refuse_git_operation_in_progress,
    require_checked_out_branch,
)
from assess.store.git.trust.boundary import refuse_git_writing_outside
from assess.store.lock import workspace_lock
from assess.workspace.core.workspace import Workspace
from assess.workspace.setup.outdated_git_files import GitFilesRenewal
from assess.workspace.sharing.commit import explain_git_refusal
from assess.workspace.sharing.undo_writes import WrittenFile, undo_writes_on_failure


def write_and_commit_renewal(
    workspace: Workspace, renewal: GitFilesRenewal, *, environ: Mapping[str, str] | None = None
) -> str | None:
    """Bring everything up to date and commit the files; return the commit id, None if none is made.

    In a repository without commits no commit is made; `assess commit` takes the files later.

    Raises:
        UsageError: a merge is in progress; no branch is checked out.
        ChangedOnDiskError: another program changed a file meanwhile.
        NoIdentityError: git does not know who commits.
        GitError: git or a hook refused; the files are restored.
        WriteError, LockedError: a file can't be written.
    """
    repository = open_repository(workspace.root, workspace.lang)
    refuse_git_operation_in_progress(workspace.root, workspace.lang)
    require_checked_out_branch(workspace.root, workspace.lang)
    write_renewal(workspace, renewal)
    paths = [*(change.path for change in renewal.files), *renewal.uncommitted]
    if not paths or repository.resolve_head_commit() is None:
        return None
    written = [
        WrittenFile(change.path, change.old, change.new, bool(change.old))
        for change in renewal.files
    ]
    with undo_writes_on_failure(workspace, written):
        try:
            return commit_paths_if_changed(
                workspace.root,
                paths,
                _commit_message(workspace),
                lang=workspace.lang,
                environ=environ,
            )
        except GitError as error:
            raise explain_git_refusal(error, workspace) from error


def write_renewal(workspace: Workspace, renewal: GitFilesRenewal) -> None:
    """Write the files and settings without committing.

    Raises:
        ChangedOnDiskError: another program changed a file meanwhile; nothing was written.
        WriteError, LockedError: a file or the settings can't be written; git would write outside of
            the workspace's folder.
    """
    refuse_git_writing_outside(workspace.root, workspace.lang)
    with workspace_lock(workspace.root, "", workspace.lang):
        for change in renewal.files:
            if (
                read_attribute_file(workspace.root / change.path, workspace.root, workspace.lang)
                != change.old
            ):
                _ = translator(workspace.lang)
                message = _("{file} was changed by another program meanwhile")
                hint = "assess upgrade --workspace"
                raise ChangedOnDiskError(message.format(file=change.path), hint)
        for change in renewal.files:
            _write_or_remove(workspace, change.path, change.new)
    local_settings.write_merge_attributes_and_settings(workspace.root, workspace.lang)


def _write_or_remove(workspace: Workspace, path: str, text: str) -> None:
    """Write a file; remove it where `text` is empty."""
    whole = workspace.root / path
    if text:
        write_atomic(whole, text.encode("utf-8", "surrogateescape"), workspace.lang)
    else:
        whole.unlink(missing_ok=True)


def _commit_message(workspace: Workspace) -> str:
    _ = translator(workspace.read_config().language)
    return _("Workspace files brought up to date (.gitattributes, .gitignore)")
