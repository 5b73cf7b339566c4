"""Workspaces and bare repositories of units on a share, which are read where they stand."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

from assess.errors import UsageError
from assess.i18n import Lang, translator
from assess.store.git.state.shared_repository import find_git_folder
from assess.workspace.hand_in.outcome import PassedFolder
from assess.workspace.office.inbox import IncomingFile, PassedOver, make_incoming_file

MOST_FOLDERS: Final = 20_000
"""Entries of a folder that are looked at in one run."""

ReadGitFolder = Callable[[Path], bytes | PassedFolder]
"""Makes the hand-in of a workspace by git's folder, in the limited child."""


def list_shared_folders(folder: Path, lang: Lang) -> list[Path]:
    """Return the folders and links in a folder, sorted; the folder itself where it is a repository.

    Hidden ones and files are left out.

    Raises:
        UsageError: it can't be read, is none, or has too many entries.
    """
    _ = translator(lang)
    if find_git_folder(folder) is not None:
        return [folder]
    paths: list[Path] = []
    try:
        with os.scandir(folder) as entries:
            for count, entry in enumerate(entries):
                if count >= MOST_FOLDERS:
                    message = _("{path} has more than {count} entries")
                    words = message.format(path=folder, count=MOST_FOLDERS)
                    raise UsageError(words, _("name parts of it, one --from each"))
                is_folder = entry.is_symlink() or entry.is_dir(follow_symlinks=False)
                if is_folder and not entry.name.startswith("."):
                    paths.append(Path(entry.path))
    except OSError as error:
        message = _("{path} can't be read: {reason}")
        raise UsageError(
            message.format(path=folder, reason=error.strerror), "--from DIR"
        ) from error
    return sorted(paths)


def read_shared_folder(
    folder: Path, read: ReadGitFolder, lang: Lang
) -> IncomingFile | PassedOver | PassedFolder:
    """Return the hand-in of a workspace or bare repository, or why it is passed over."""
    if folder.is_symlink():
        return "link"
    if not os.access(folder, os.R_OK | os.X_OK):
        return "folder"
    git_folder = find_git_folder(folder)
    if git_folder is None:
        _ = translator(lang)
        text = _("it is neither a workspace with .git nor a bare repository")
        return PassedFolder("no-workspace", text)
    made = read(git_folder)
    return made if isinstance(made, PassedFolder) else make_incoming_file(folder.name, made)
