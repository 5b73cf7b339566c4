"""Commits that git has made although the step that asked for them failed or was ended.

Git moves the branch before it runs the hook `post-commit`, and before the disk is flushed.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from assess.errors import AssessError
from assess.i18n import Lang, translator
from assess.store.git.commit.staged_list import reset_index_unless_locked
from assess.store.git.run.plumbing import GitError, Repository
from assess.store.git.state.refusals import explain_git_error


class CommitStaysError(GitError):
    """Git made a commit, and a step after it failed; message and hint say so."""


class HeadWatch:
    """Tells whether HEAD names another commit than when the watch was made."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._before = _resolve_head(Repository.find_repository(root))

    def find_new_head(self) -> str | None:
        """Return the new commit; None where HEAD is as before, or can't be read."""
        # A git that reads for the whole command may have been ended by the same Ctrl+C.
        with contextlib.suppress(AssessError):
            head = _resolve_head(Repository.find_repository_without_cache(self._root))
            return head if head != self._before else None
        return None


def _resolve_head(repository: Repository | None) -> str | None:
    return None if repository is None else repository.resolve_commit("HEAD")


@contextlib.contextmanager
def reset_index_on_failure_after_commit(
    root: Path, paths: Sequence[str], lang: Lang
) -> Iterator[None]:
    """Where the block fails after git made the commit, bring git's list of `paths` up to date.

    Raises:
        CommitStaysError: git failed after it had made the commit.
    """
    watch = HeadWatch(root)
    try:
        yield
    except BaseException as error:
        commit = watch.find_new_head()
        if commit is None:
            raise
        if paths:
            reset_index_unless_locked(root, paths)
        if isinstance(error, GitError):
            raise _make_commit_stays_error(error, commit, root, lang) from error
        raise


def _make_commit_stays_error(
    error: GitError, commit: str, root: Path, lang: Lang
) -> CommitStaysError:
    _ = translator(lang)
    message = _("git made the commit {commit}, and then: {reason}")
    words = {"commit": commit[:10], "reason": explain_git_error(error, root, lang).message}
    hint = _("the commit stays; the same command again does what is still to do")
    return CommitStaysError(message.format(**words), hint)
