"""The git repository of a workspace: whether it can be used, and its setup for merges."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from assess import locations
from assess.errors import EnvironmentLacksError, UsageError
from assess.i18n import Lang
from assess.store.git.history.checked_history import (
    HistoryListener,
    ignore_commit_count,
    notify_while_reading_history,
)
from assess.store.git.run.plumbing import GitError
from assess.store.git.setup import local_settings
from assess.store.git.setup.local_settings import MergeSetup
from assess.store.git.snapshot import open_repository_snapshot
from assess.store.git.state.refusals import explain_git_error
from assess.store.git.state.repository_state import open_repository
from assess.store.git.sync.private_folder import describe_committed_private_files
from assess.workspace.core.unfinished_merge import refuse_operation_in_progress


class WorkspaceRepository:
    """The git repository that contains the workspace at `root`."""

    def __init__(self, root: Path, lang: Lang) -> None:
        self._root = root
        self._lang = lang

    @contextlib.contextmanager
    def open_snapshot(self, listener: HistoryListener = ignore_commit_count) -> Iterator[None]:
        """Read the answers of git about the workspace once in the body of the `with` statement.

        `listener` is called there while a history is read.
        """
        with open_repository_snapshot(self._root), notify_while_reading_history(listener):
            yield

    def find_git_error(self) -> GitError | None:
        """Return the error with which git fails to open the repository or read its last commit.

        The result is None where git succeeds, and where there is no repository.
        """
        try:
            repository = open_repository(self._root, self._lang)
            head = repository.resolve_head_commit()
            if head is not None:
                repository.list_files(head, locations.INPUTS)
        except UsageError:
            return None
        except GitError as error:
            return explain_git_error(error, self._root, self._lang)
        return None

    def describe_operation_in_progress(self) -> str:
        """Return which operation of git is unfinished, and how to end it; '' where none is."""
        try:
            refuse_operation_in_progress(self._root, self._lang)
        except UsageError as error:
            return str(error)
        except (GitError, EnvironmentLacksError):
            return ""
        return ""

    def describe_committed_private_files(self) -> str:
        """Return the files of `.assess` that git has, and the command against it; '' without."""
        try:
            description = describe_committed_private_files(self._root, self._lang)
        except (GitError, EnvironmentLacksError):
            return ""
        return "" if description is None else str(UsageError(*description))

    def read_merge_setup(self) -> MergeSetup:
        """Return whether git is set up to merge this workspace's files.

        Raises:
            EnvironmentLacksError: git is not installed.
        """
        return local_settings.read_merge_setup(self._root)

    def set_up_merges(self) -> list[str]:
        """Set up git to merge this workspace's files by meaning; return the names of written files.

        Raises:
            WriteError: .gitattributes or git's settings can't be written.
        """
        return local_settings.write_merge_attributes_and_settings(self._root, self._lang)

    def remove_merge_settings(self) -> list[str]:
        """Remove the settings that `set_up_merges` wrote in this clone; return their names.

        Raises:
            WriteError: git's settings can't be written.
        """
        return local_settings.remove_merge_settings(self._root, self._lang)
