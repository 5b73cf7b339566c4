"""What git refused, in words, wherever it was asked."""

from __future__ import annotations

from pathlib import Path

from assess.errors import AssessError
from assess.i18n import Lang
from assess.store.git.run.plumbing import GitError
from assess.store.git.state.refusals import explained


def in_words(error: AssessError, folder: Path, lang: Lang) -> AssessError:
    """Return git's own words as what they mean and what to do; any other error as it is."""
    if isinstance(error, GitError) and not error.hint:
        return explained(error, folder, lang)
    return error
