"""What git's errors in a sync mean, and what the state is afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from assess.errors import WriteError
from assess.i18n import translator
from assess.store.git.run.plumbing import GitError
from assess.store.git.state.refusals import find_message_of_remote_check
from assess.store.git.state.repository_state import find_operation_in_progress
from assess.workspace.core.workspace import Workspace
from assess.workspace.sharing.commit import explain_git_refusal


@contextmanager
def explain_git_and_disk_errors(workspace: Workspace) -> Iterator[None]:
    """Translate errors of git and of the disk into errors that explain them.

    Raises:
        GitError: git refused; says what that means and what to do.
        WriteError: the disk refused.
    """
    try:
        yield
    except GitError as error:
        raise _explain_error(error, workspace) from error
    except OSError as error:
        raise WriteError(f"{error.filename}: {error.strerror}", "df -h; ls -ld") from error


def _explain_error(error: GitError, workspace: Workspace) -> GitError:
    if reason := find_message_of_remote_check(error):
        _ = translator(workspace.lang)
        return GitError(
            _("the other side refused: {reason}").format(reason=reason),
            _describe_state_after_refusal(workspace),
        )
    return explain_git_refusal(error, workspace, _describe_state_after_refusal(workspace))


def _describe_state_after_refusal(workspace: Workspace) -> str:
    """Return the state after a refusal, and what to do."""
    _ = translator(workspace.lang)
    if find_operation_in_progress(workspace.root) == "merge":
        return _(
            "the merge is not committed yet and nothing was handed on; mend it, then again:"
            " assess sync (give up: git merge --abort)"
        )
    return _("nothing was handed on; your commits are safe here; mend it, then again: assess sync")
