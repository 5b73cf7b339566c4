"""The state of a repository, and refusals of what the state does not allow, with hints."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Final, Literal

from assess.errors import UsageError
from assess.file_bytes import read_start_of_regular_file
from assess.harmless import quote_for_shell
from assess.i18n import Lang, translator
from assess.store.git.run.commits import find_path_in_git_folder
from assess.store.git.run.git_facts import find_reusable_git_folders
from assess.store.git.run.plumbing import (
    BrokenHeadError,
    Repository,
    make_failed_git_error,
    run_git,
)
from assess.store.git.run.ref_files import is_surely_not_symbolic_ref
from assess.store.git.state.refusals import explain_git_error

GitOperation = Literal["merge", "rebase", "cherry-pick", "revert", "bisect"]

_MARKS: Final[tuple[tuple[str, GitOperation], ...]] = (
    ("rebase-merge", "rebase"),
    ("rebase-apply", "rebase"),
    ("MERGE_HEAD", "merge"),
    ("CHERRY_PICK_HEAD", "cherry-pick"),
    ("REVERT_HEAD", "revert"),
    ("BISECT_LOG", "bisect"),
)
"""Files of git by operation in progress. A rebase comes first, because it cherry-picks."""

_PLAIN_HEAD: Final = re.compile(r"ref: refs/heads/([A-Za-z0-9][A-Za-z0-9_-]*)\n")
_MOST_HEAD: Final = 1000
"""Bytes of git's HEAD that are read."""

_HEADS: Final = "refs/heads/"


def open_repository(root: Path, lang: Lang) -> Repository:
    """Return the repository around the workspace.

    Raises:
        UsageError: there is no repository.
        GitError: git does not open it, for example because another user owns it.
    """
    repository = Repository.find_repository(root)
    if repository is not None:
        return repository
    words = ["rev-parse", "--show-prefix"]
    error = make_failed_git_error(words, run_git(root, words, check=False))
    if "not a git repository" in error.output and not (root / ".git").exists():
        _ = translator(lang)
        if elsewhere := os.environ.get("GIT_DIR"):
            message = _(
                "GIT_DIR is not followed: a workspace stands in its repository's own folder"
            )
            raise UsageError(
                message, f"git --git-dir={quote_for_shell(elsewhere)} worktree add FOLDER"
            )
        raise UsageError(_("the workspace is in no git repository"), "git init && assess commit")
    raise explain_git_error(error, root, lang)


def resolve_revision(repository: Repository, revision: str, lang: Lang) -> str:
    """Return the id of the commit that an id, branch, tag or expression such as HEAD~2 names.

    Raises:
        UsageError: there is no such commit.
    """
    commit = repository.resolve_commit(revision)
    if commit is not None:
        return commit
    _ = translator(lang)
    if repository.resolve_head_commit() is None:
        raise UsageError(_("the repository has no commit yet"), "assess commit")
    message = _("there is no commit {revision} here").format(revision=revision)
    if find_path_in_git_folder(repository.root, "shallow").is_file():
        raise UsageError(message, "git fetch --unshallow --tags")
    raise UsageError(message, "assess log; git fetch --tags")


def find_operation_in_progress(root: Path) -> GitOperation | None:
    """Return the operation in progress in the working tree, None without one."""
    paths = _paths_marking_operations(root)
    kinds = [kind for path, (_name, kind) in zip(paths, _MARKS, strict=False) if path.exists()]
    return kinds[0] if kinds else None


def _paths_marking_operations(root: Path) -> list[Path]:
    if folders := find_reusable_git_folders(root):
        return [folders.paths[name] for name, _kind in _MARKS]
    words = [word for name, _kind in _MARKS for word in ("--git-path", name)]
    lines = (
        run_git(root, ["rev-parse", *words]).stdout.decode("utf-8", "surrogateescape").split("\n")
    )
    return [root / line for line in lines]


def find_checked_out_branch(root: Path) -> str | None:
    """Return the checked-out branch, None if the head is detached.

    Raises:
        GitError: the branch's file is damaged.
    """
    if name := _read_branch_from_head_file(root):
        return name
    words = ["symbolic-ref", "--quiet", "HEAD"]
    done = run_git(root, words, check=False)
    if done.returncode > 1:
        raise BrokenHeadError("the branch is empty or damaged")
    name = os.fsdecode(done.stdout.removesuffix(b"\n"))
    return name.removeprefix(_HEADS) if name.startswith(_HEADS) else None


def _read_branch_from_head_file(root: Path) -> str:
    """Return the branch that the file HEAD names, '' if git must be asked."""
    folders = find_reusable_git_folders(root)
    if folders is None:
        return ""
    try:
        data = read_start_of_regular_file(folders.paths["HEAD"], _MOST_HEAD, os.O_NOFOLLOW)
    except OSError:
        return ""
    match = _PLAIN_HEAD.fullmatch(data.decode("ascii", "replace"))
    # A commit writes the ref for which the branch stands, such as the tag of a round.
    return match[1] if match and is_surely_not_symbolic_ref(root, f"{_HEADS}{match[1]}") else ""


def refuse_git_operation_in_progress(root: Path, lang: Lang) -> None:
    """Refuse to commit during a merge, a rebase or another operation.

    Raises:
        UsageError: an operation is in progress; the hint says how to end it.
    """
    kind = find_operation_in_progress(root)
    if kind is None:
        return
    _ = translator(lang)
    message = _("a {operation} is in progress").format(operation=kind)
    if kind == "merge":
        hint = _("settle what `assess lint` names, then: assess sync; or give up: {command}")
        raise UsageError(message, hint.format(command="git merge --abort"))
    if kind == "bisect":
        raise UsageError(message, "git bisect reset")
    hint = _("settle what `assess lint` names, then: {on}; or give up: {off}")
    words = {"on": f"git add -u && git {kind} --continue", "off": f"git {kind} --abort"}
    raise UsageError(message, hint.format(**words))


def require_checked_out_branch(root: Path, lang: Lang) -> str:
    """Return the checked-out branch; without a branch a commit would be lost.

    Raises:
        UsageError: the head is detached; the hint names a branch.
        GitError: the branch's file is damaged.
    """
    branch_name = find_checked_out_branch(root)
    if branch_name is not None:
        return branch_name
    _ = translator(lang)
    message = _("no branch is checked out (detached HEAD); a commit here would be lost")
    names = run_git(root, ["for-each-ref", "--count=1", "--format=%(refname:short)", "refs/heads"])
    known = names.stdout.decode("utf-8", "surrogateescape").strip() or "main"
    raise UsageError(
        message,
        f"git switch {quote_for_shell(known)}; git switch -c {quote_for_shell(f'{known}-2')}",
    )
