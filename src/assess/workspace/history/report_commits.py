"""The commits that reports name: whether one can be used, its signature, its files."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Literal

from assess.model.provenance import Program
from assess.store.git.history.checked_history import is_commit_reachable
from assess.store.git.history.commit_signature import verify_commit_signature
from assess.store.git.state.broken_head import refuse_broken_head
from assess.store.git.state.repository_state import open_repository
from assess.workspace.core.workspace import Workspace
from assess.workspace.history.commit_folder import CommitWorkspace, check_out_workspace

CommitFault = Literal["commit-missing", "commit-unreachable"]
"""Why a commit can't be used: it is not in the repository, or no branch or tag leads to it."""


class ReportCommits:
    """The commits of a workspace's repository, by the id that a report names."""

    def __init__(self, workspace: Workspace) -> None:
        """Open the repository.

        Raises:
            UsageError: the workspace is in no repository.
        """
        self._lang = workspace.lang
        self._repository = open_repository(workspace.root, workspace.lang)

    def find_commit_fault(self, commit: str) -> CommitFault | None:
        """Return why a commit can't be used; None where it can.

        Raises:
            BrokenHeadError: it can't be used, and the newest commit can't be read.
        """
        missing = self._repository.resolve_commit(commit) != commit
        if not missing and is_commit_reachable(self._repository, commit):
            return None
        refuse_broken_head(self._repository.root, self._lang)
        return "commit-missing" if missing else "commit-unreachable"

    def check_commit_signature(self, commit: str) -> tuple[bool, str] | None:
        """Return whether a commit's signature is valid, with git's output; None without one."""
        return verify_commit_signature(self._repository, commit)

    def check_out(
        self, commit: str, round_id: str, program_of_report: Program
    ) -> AbstractContextManager[CommitWorkspace]:
        """Return a context with the workspace of a commit, in a temporary folder.

        Raises:
            UsageError: the commit is too large, or one of its paths leads out of the folder.
            GitError: an object is missing or damaged.
        """
        return check_out_workspace(
            self._repository, commit, round_id, self._lang, program_of_report
        )
