"""Refuse to merge commits that the program could not read afterwards."""

from __future__ import annotations

from pathlib import Path

from assess.errors import UsageError
from assess.i18n import Lang, translator
from assess.store.git.run.batch import open_checked_objects
from assess.store.git.run.plumbing import MOST_NAMES, Repository, UnreadableObjectError, run_git


def refuse_merging_ambiguous_commits(root: Path, commit: str, lang: Lang) -> None:
    """Refuse to merge a commit with one before it, new to HEAD, that git reads in two ways.

    Git takes such commits from anybody who may push. With one in the history nothing could be
    proved any more.

    Raises:
        UsageError: there is such a commit; names it.
    """
    words = ["rev-list", f"HEAD..{commit}", "--"]
    listed = run_git(root, words, most=MOST_NAMES).stdout.decode("ascii").split()
    with open_checked_objects(Repository(root, "")) as objects:
        for oid in listed:
            try:
                objects.read_commit(oid)
            except UnreadableObjectError as error:
                _ = translator(lang)
                message = _("commit {commit}, which would come in, is one that git never writes")
                hint = _("nothing was merged; whoever looks after the other side removes it: {git}")
                raise UsageError(
                    message.format(commit=oid[:10]), hint.format(git="git fsck")
                ) from error
