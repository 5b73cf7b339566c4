"""Committing the workspace's own files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from assess.errors import AssessError
from assess.i18n import Lang, translator
from assess.store.git import plumbing as git
from assess.store.git.attributes import refuse_strange
from assess.store.git.own_git import has_identity
from assess.store.git.plumbing import GitError
from assess.store.git.trust import settings, trust


class NoIdentityError(AssessError):
    """Git does not know who commits."""


def start_repository(root: Path, lang: Lang = "zh") -> None:
    """Make `root` a repository of its own, if it is none yet, and trust it."""
    if not (root / ".git").exists():
        git.run(root, ["init", "-q", "-b", "main"])
        trust(root, lang)


def refuse_nobody(root: Path, lang: Lang, environ: Mapping[str, str] | None = None) -> None:
    """Refuse to commit in nobody's name.

    Raises:
        NoIdentityError: git has no name and e-mail for the author.
    """
    if not has_identity(root, environ):
        _ = translator(lang)
        raise NoIdentityError(_("git does not know who commits"), "assess commit --as PERSON")


def commit(
    root: Path,
    paths: Sequence[str],
    message: str,
    *,
    lang: Lang,
    environ: Mapping[str, str] | None = None,
) -> str:
    """Commit `paths` as they are on disk, leaving other staged work alone; return the commit id.

    Where nothing changed there is no new commit, and the last one's id is returned. Where git
    refuses, none of them stays staged.

    Raises:
        NoIdentityError: git has no name and e-mail for the author.
        WriteError: a link, folder or pipe stands where git reads attributes.
        GitError: git or a hook refused.
    """
    refuse_strange(root, lang)
    options = settings(root)
    refuse_nobody(root, lang, environ)
    literal = {"GIT_LITERAL_PATHSPECS": "1", **(environ or {})}
    git.run(root, ["add", "-A", "--", *paths], options=options, environ=literal)
    words = ["diff", "--cached", "--name-only", "-z", "--no-renames", "--no-ext-diff", "--relative"]
    changed = git.run(root, [*words, "--", *paths], options=options, environ=literal).stdout
    if changed:
        these = ["--pathspec-from-file=-", "--pathspec-file-nul"]
        words = ["commit", "-q", "--only", "-m", message, *these]
        try:
            git.run(root, words, options=options, environ=literal, data=changed)
        except GitError:
            words = ["reset", "-q", *these]
            git.run(root, words, check=False, options=options, environ=literal, data=changed)
            raise
    return git.run(root, ["rev-parse", "HEAD"]).stdout.decode("ascii").strip()
