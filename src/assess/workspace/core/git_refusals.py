"""Explanations of git's errors, for all commands."""

from __future__ import annotations

from pathlib import Path

from assess.errors import AssessError
from assess.i18n import Lang
from assess.store.git.run.plumbing import GitError
from assess.store.git.state.refusals import explain_git_error


def explain_error_if_from_git(error: AssessError, folder: Path, lang: Lang) -> AssessError:
    """Return an error of git with its meaning and what to do; other errors unchanged."""
    if isinstance(error, GitError) and not error.hint:
        return explain_git_error(error, folder, lang)
    return error
