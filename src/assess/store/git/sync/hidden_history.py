"""Refuse merges that depend on history that `.git/shallow` hides.

Git treats a commit in that file as one without parents. It then merges from a wrong common commit,
and may undo a later decision of somebody without a conflict.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from assess.harmless import quote_for_shell
from assess.i18n import Lang, translator
from assess.store.git.run import plumbing as git
from assess.store.git.run.commits import find_path_in_git_folder
from assess.store.git.run.plumbing import GitError

_WHOLE: Final = {"GIT_SHALLOW_FILE": ""}
"""The environment in which git sees all parents."""


def refuse_merge_on_hidden_history(root: Path, commit: str, lang: Lang) -> None:
    """Refuse to merge a commit if hidden history decides the common commits of both sides.

    A shallow clone is merged like any other if both sides have its oldest commits.

    Raises:
        GitError: hidden history decides; names the command that makes it visible.
    """
    shallow = find_path_in_git_folder(root, "shallow")
    if not shallow.is_file():
        return
    _ = translator(lang)
    whole = _find_merge_bases(root, commit, _WHOLE)
    if whole and whole != _find_merge_bases(root, commit, {}):
        message = _(".git/shallow hides history that is here: the merge would be a wrong one")
        hint = _("git fetch --unshallow && assess sync; where that changes nothing: {command}")
        command = (
            f"mv {quote_for_shell(str(shallow))} {quote_for_shell(f'{shallow}.old')} && assess sync"
        )
        raise GitError(message, hint.format(command=command))
    if not whole and _is_shallow_edge_on_one_side(root, commit, shallow):
        message = _("this clone is shallow: git does not see what both sides have in common")
        hint = _("git fetch --unshallow && assess sync; where that changes nothing: a fresh clone")
        raise GitError(message, hint)


def _find_merge_bases(root: Path, commit: str, environ: dict[str, str]) -> frozenset[str]:
    """Return the best common commits of HEAD and a commit, none if history is missing."""
    words = ["merge-base", "--all", "HEAD", commit]
    done = git.run_git(root, words, check=False, environ=environ)
    return frozenset(done.stdout.decode("ascii").split() if not done.returncode else ())


def _is_shallow_edge_on_one_side(root: Path, commit: str, shallow: Path) -> bool:
    """Return whether a commit whose parents are missing is on one side only."""
    edge = set(shallow.read_text("ascii", "replace").split())
    listed = git.run_git(root, ["rev-list", f"HEAD...{commit}"], most=git.MOST_NAMES).stdout
    return not edge.isdisjoint(listed.decode("ascii").split())
