"""A newest commit that can't be read, as after a power cut: its error with a hint."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Final

from assess.file_bytes import read_start_of_regular_file
from assess.harmless import quote_for_shell
from assess.i18n import Lang, translator
from assess.store.files import MAX_FILE
from assess.store.git.run.commits import find_path_in_git_folder
from assess.store.git.run.plumbing import BrokenHeadError, GitError, Repository, run_git

_LINE: Final = re.compile(r"[0-9a-f]{40,64} ([0-9a-f]{40,64}) ")
"""The start of a line in git's log of a branch: the commits before and after."""

_REF: Final = "ref: "
"""The start of git's HEAD if it names a branch."""

_MOST_TRIED: Final = 20
"""Commits of the log that are checked."""


def explain_broken_head(error: BrokenHeadError, root: Path, lang: Lang) -> BrokenHeadError:
    """Return the error with a hint, the commands back to the last whole commit."""
    _ = translator(lang)
    message = _(
        "the newest commit can't be read ({commit}), as after a power cut;"
        " your files in the folder are not touched by this"
    )
    name = error.oid[:10] or _("its name is lost")
    whole, branch = _find_last_whole_commit(root), _read_head_branch(root) or "HEAD"
    hint = (
        _commands_to_recover_head(root, whole, branch)
        if whole and _is_branch_file_safe_to_write(root, branch)
        else _("look: git fsck; else clone anew and take its .git")
    )
    better = BrokenHeadError(message.format(commit=name), hint, error.oid)
    better.output = error.output
    return better


def refuse_broken_head(root: Path, lang: Lang) -> None:
    """Refuse to report something as missing if the newest commit can't be read.

    Raises:
        BrokenHeadError: the newest commit can't be read.
    """
    broken = find_broken_head(root)
    if broken is not None:
        raise explain_broken_head(broken, root, lang)


def find_broken_head(root: Path) -> BrokenHeadError | None:
    """Return the error of a newest commit that can't be read; None if it can, or without one."""
    repository = Repository.find_repository(root)
    if repository is None:
        return None
    try:
        head = repository.resolve_head_commit()
    except BrokenHeadError as error:
        return error
    if head is None or _do_commit_objects_exist(root, head):
        return None
    return BrokenHeadError("objects of the newest commit are missing or empty", oid=head)


def _read_head_branch(root: Path) -> str:
    """Return the branch that git's HEAD names, '' without one; git prints no broken branch."""
    try:
        data = read_start_of_regular_file(find_path_in_git_folder(root, "HEAD"), MAX_FILE, 0)
    except (OSError, GitError):
        return ""
    text = data.decode("utf-8", "surrogateescape").strip()
    return text.removeprefix(_REF) if text.startswith(_REF) else ""


def _find_last_whole_commit(root: Path) -> str | None:
    """Return the newest commit of git's log whose objects can all be read, None without one."""
    try:
        data = read_start_of_regular_file(find_path_in_git_folder(root, "logs/HEAD"), MAX_FILE, 0)
    except (OSError, GitError):
        return None
    matches = (_LINE.match(line) for line in reversed(data.decode("utf-8", "replace").splitlines()))
    commits = list(dict.fromkeys(match[1] for match in matches if match))
    return next((oid for oid in commits[:_MOST_TRIED] if _do_commit_objects_exist(root, oid)), None)


def _do_commit_objects_exist(root: Path, commit: str) -> bool:
    """Return whether all objects of a commit exist; git accepts an empty file as an object."""
    words = ["rev-list", "--objects", "--no-object-names", "--max-count=1", commit]
    done = run_git(root, words, check=False)
    objects = find_path_in_git_folder(root, "objects")
    oids = done.stdout.decode("ascii").split()
    return not done.returncode and not any(
        _is_empty_file(objects / oid[:2] / oid[2:]) for oid in oids
    )


def _is_empty_file(path: Path) -> bool:
    return path.is_file() and not path.stat().st_size


def _is_branch_file_safe_to_write(root: Path, branch: str) -> bool:
    """Return whether the file of a branch is in git's folder, is no link, and has one name only.

    The folder may come from somebody else: a command that is printed must not write outside of it.
    """
    whole = find_path_in_git_folder(root, branch)
    folder = find_path_in_git_folder(root, "HEAD" if branch == "HEAD" else "refs").parent
    if os.path.realpath(whole) != f"{os.path.realpath(folder)}/{branch}":
        return False
    return not whole.exists() or whole.stat().st_nlink == 1


def _commands_to_recover_head(root: Path, commit: str, branch: str) -> str:
    """Return the commands that set the branch to a commit; no file of the folder is changed.

    The commands write the branch as a file: git writes no branch that it can't read.
    """
    objects, name = (
        find_path_in_git_folder(root, "objects"),
        find_path_in_git_folder(root, branch),
    )
    empty = f"find {quote_for_shell(str(objects))} -type f -empty -delete"
    return f"{empty}; echo {commit} > {quote_for_shell(str(name))}; git reset -q; assess commit"
