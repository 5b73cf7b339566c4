"""Files and settings of git that an older version of this program wrote."""

from __future__ import annotations

from typing import NamedTuple

from assess.errors import WriteError
from assess.store.git.run.plumbing import Repository
from assess.store.git.setup import local_settings
from assess.store.git.setup.attribute_lines import (
    RULE_FILES,
    LinesChange,
    is_git_file_outdated,
    list_updates_of_git_files,
)
from assess.store.git.state.repository_state import open_repository
from assess.workspace.core.workspace import Workspace


class GitFilesRenewal(NamedTuple):
    """The files and settings that are out of date."""

    files: tuple[LinesChange, ...]
    settings: tuple[str, ...]
    """Names of git's settings in this clone."""
    uncommitted: tuple[str, ...]
    """Files that are up to date in the folder but not in the last commit, after an interruption."""

    @property
    def is_up_to_date(self) -> bool:
        """Whether everything is up to date."""
        return not (self.files or self.settings or self.uncommitted)


def find_outdated_files_and_settings(workspace: Workspace) -> GitFilesRenewal:
    """Return the files and settings that are out of date; nothing is written.

    Raises:
        UsageError: the workspace is in no repository.
        WriteError: the path of a file is a link, a folder or a pipe, or can't be read.
        GitError: git does not open the repository.
    """
    open_repository(workspace.root, workspace.lang)
    files = tuple(list_updates_of_git_files(workspace.root, workspace.lang))
    changed = {change.path for change in files}
    waiting = [path for path in _list_files_outdated_in_head(workspace) if path not in changed]
    return GitFilesRenewal(
        files, tuple(local_settings.list_outdated_settings(workspace.root)), tuple(waiting)
    )


def list_outdated_file_names(workspace: Workspace) -> list[str]:
    """Return the files that are out of date; all of them where they can't be read.

    The list is empty where there is no repository: an export does not need these files.
    """
    if Repository.find_repository(workspace.root) is None:
        return []
    try:
        return [change.path for change in list_updates_of_git_files(workspace.root, workspace.lang)]
    except WriteError:
        return list(RULE_FILES)


def _list_files_outdated_in_head(workspace: Workspace) -> list[str]:
    """Return the files that are out of date in the last commit."""
    repository = open_repository(workspace.root, workspace.lang)
    head = repository.resolve_head_commit()
    if head is None:
        return []
    blobs = repository.list_files(head, RULE_FILES)
    texts = {path: repository.read_blob(blob.oid) for path, blob in blobs.items()}
    return [path for path in RULE_FILES if is_git_file_outdated(path, texts.get(path, b""))]
