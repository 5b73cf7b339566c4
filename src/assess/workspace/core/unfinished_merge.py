"""Unfinished merges: what is left to decide, and the next command."""

from __future__ import annotations

from pathlib import Path

from assess.errors import EnvironmentLacksError, FilesError, UsageError
from assess.i18n import Lang, translator
from assess.store.git.run.plumbing import GitError
from assess.store.git.state.repository_state import (
    find_operation_in_progress,
    refuse_git_operation_in_progress,
)
from assess.store.git.sync.undecided_files import list_undecided_files
from assess.workspace.core import conflicts

NEXT_OF_MERGE = "assess sync"
"""The command that commits a merge and pushes it."""


def refuse_operation_in_progress(root: Path, lang: Lang) -> None:
    """Refuse to commit during a merge, a rebase or a similar operation.

    Raises:
        UsageError: such an operation is in progress; says what to do.
    """
    if is_open_merge_decided(root, lang):
        _ = translator(lang)
        message = _("a merge is in progress, and nothing in it is left to decide")
        hint = _("{command}; or give up: git merge --abort").format(command=NEXT_OF_MERGE)
        raise UsageError(message, hint)
    refuse_git_operation_in_progress(root, lang)


def is_open_merge_decided(root: Path, lang: Lang) -> bool:
    """Return whether a merge is in progress without undecided conflicts."""
    if find_operation_in_progress(root) != "merge" or any(
        file.is_decided_as_whole for file in list_undecided_files(root)
    ):
        return False
    try:
        return not conflicts.find_conflicts(root, lang)
    except FilesError:
        return False


def next_command_after_conflicts(root: Path, lang: Lang) -> str:
    """Return the next command after the last conflict; '' while there are conflicts."""
    try:
        if conflicts.find_conflicts(root, lang):
            return ""
    except FilesError:
        return "assess lint"
    try:
        return NEXT_OF_MERGE if find_operation_in_progress(root) == "merge" else "assess commit"
    except (GitError, EnvironmentLacksError):  # no repository: `assess commit` says how to make one
        return "assess commit"
