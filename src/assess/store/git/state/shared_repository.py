"""A repository of somebody else, on a share, that is only read: what may stand in its folder.

Nothing of it is run: git reads objects and names with settings that turn its programs off.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from assess.errors import UsageError
from assess.i18n import Lang, translator
from assess.store.git.run.output_lines import list_output_lines
from assess.store.git.run.plumbing import Repository, run_git
from assess.store.git.state.repository_state import open_repository

MOST_FILES: Final = 200_000
"""Files of git's folder."""

MOST_BYTES: Final = 4 << 30
"""Bytes of all of them."""

_LEADS_ELSEWHERE: Final = ("commondir", "objects/info/alternates", "objects/info/http-alternates")
"""Files by which git reads from other folders than its own."""


def find_git_folder(folder: Path) -> Path | None:
    """Return git's folder of a workspace, or a bare repository itself; None where it is neither.

    Nothing but names is looked at. A `.git` that is no folder is returned, too.
    """
    if os.path.lexists(folder / ".git"):
        return folder / ".git"
    is_bare = all(os.path.lexists(folder / name) for name in ("HEAD", "objects", "refs"))
    return folder if is_bare else None


def open_shared_repository(git_folder: Path, lang: Lang) -> Repository:
    """Return the repository in a folder, which stays as it is.

    Raises:
        UsageError: it has links, reads from other folders, or is too large.
        GitError: git does not open it, for example because another user owns it.
    """
    _ = translator(lang)
    if git_folder.is_symlink() or not git_folder.is_dir():
        raise UsageError(
            _("{path} leads to a repository elsewhere").format(path=git_folder),
            _("name the folder that it leads to"),
        )
    _refuse_links_and_large_folders(git_folder, lang)
    for name in _LEADS_ELSEWHERE:
        if os.path.lexists(git_folder / name):
            message = _("{path} lets git read from other folders").format(path=git_folder / name)
            raise UsageError(message, "git clone --no-local")
    _refuse_other_repository(git_folder, lang)
    repository = open_repository(git_folder, lang)
    names_tree = run_git(git_folder, ["config", "--get", "core.worktree"], check=False)
    if repository.prefix or names_tree.stdout:
        message = _("the settings of {path} name another working tree (core.worktree)")
        raise UsageError(message.format(path=git_folder), "git config --unset core.worktree")
    return repository


def _refuse_other_repository(git_folder: Path, lang: Lang) -> None:
    """Refuse a folder that git takes for none, and so looks for a repository above it."""
    done = run_git(git_folder, ["rev-parse", "--absolute-git-dir"], check=False)
    lines = [os.path.realpath(line) for line in list_output_lines(done.stdout)]
    is_none = b"not a git repository" in done.stderr
    if is_none or (lines and lines != [os.path.realpath(git_folder)]):
        _ = translator(lang)
        message = _("{path} is no repository that git can read")
        raise UsageError(message.format(path=git_folder), "git fsck")


def _refuse_links_and_large_folders(git_folder: Path, lang: Lang) -> None:
    _ = translator(lang)
    waiting, files, size = [git_folder], 0, 0
    while waiting:
        for entry in _list_entries(waiting.pop(), lang):
            if entry.is_symlink():
                message = _("{path} is a link").format(path=entry.path)
                raise UsageError(message, "git clone --no-local")
            if entry.is_dir(follow_symlinks=False):
                waiting.append(Path(entry.path))
            files, size = files + 1, size + entry.stat(follow_symlinks=False).st_size
            if files > MOST_FILES or size > MOST_BYTES:
                message = _("{path} is larger than {limit} GB, or has more than {count} files")
                limits = {"limit": MOST_BYTES >> 30, "count": MOST_FILES}
                raise UsageError(message.format(path=git_folder, **limits), "git gc")


def _list_entries(folder: Path, lang: Lang) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError as error:
        _ = translator(lang)
        message = _("{path} can't be read: {reason}")
        raise UsageError(message.format(path=folder, reason=error.strerror)) from error
