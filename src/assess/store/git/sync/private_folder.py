"""Files of `.assess` in a commit: drafts, locks and a key of one person, which no commit may have.

Git overwrites ignored files in a merge. So such a commit would replace them on every machine.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from assess import locations
from assess.errors import UsageError
from assess.harmless import escape_non_utf8_path_bytes, quote_for_shell
from assess.i18n import Lang, translator
from assess.store.git.run import plumbing as git
from assess.store.git.run.batch import open_object_reader
from assess.store.git.run.checked_objects import parse_tree_entries
from assess.store.git.run.plumbing import Repository
from assess.store.git.sync.arriving_files import ArrivingFile, describe_newest_commit_of_file

_LINK: Final = "120000"

_MOST: Final = 5
"""Names in a message."""


def refuse_committed_private_files(root: Path, lang: Lang) -> None:
    """Refuse to synchronize if the newest commit has files of `.assess`.

    Raises:
        UsageError: it has; the hint is the command that takes them out of git.
    """
    if text := describe_committed_private_files(root, lang):
        raise UsageError(*text)


def describe_committed_private_files(root: Path, lang: Lang) -> tuple[str, str] | None:
    """Return what is wrong, and the command against it, if HEAD has files of `.assess`."""
    paths = _list_committed_private_files(root)
    if not paths:
        return None
    _ = translator(lang)
    message = _("git has files of {folder}, which are of one person only: {names}")
    text = message.format(folder=locations.PRIVATE, names=_join_first_printable_names(paths))
    return text, _removal_command(
        paths, [path for path in paths if _is_link_or_wrong_file_kind(root, path)]
    )


def refuse_arriving_private_files(
    root: Path, commit: str, arriving: Sequence[ArrivingFile], lang: Lang
) -> None:
    """Refuse to merge a commit that brings files of `.assess`.

    Raises:
        UsageError: it does; names the files, the commit and its author, and who can repair it how.
    """
    files = [file for file in arriving if _is_private(file.path)]
    if not files:
        return
    _ = translator(lang)
    paths = [file.path for file in files]
    origin = describe_newest_commit_of_file(root, commit, paths[0])
    message = _("what others committed has files of {folder}, which are of one person only")
    names = _join_first_printable_names(paths)
    text = f"{message.format(folder=locations.PRIVATE)}: {names} ({origin})"
    hint = _(
        "nothing was merged; whoever committed it, or anybody in a fresh clone, types:"
        " {command}; then here once more: assess sync"
    )
    strange = [file.path for file in files if file.mode == _LINK or "/" not in file.path]
    raise UsageError(text, hint.format(command=_removal_command(paths, strange)))


def _is_private(path: str) -> bool:
    """Return whether a path is `.assess` or below it, also where a disk ignores case."""
    return path.partition("/")[0].casefold() == locations.PRIVATE


def _removal_command(paths: Sequence[str], strange: Sequence[str]) -> str:
    """Return the command that takes files of `.assess` out of git, and hands that on.

    The files stay in the folder, except the `strange` ones, which stand in the way of the program.
    """
    folders = sorted({path.partition("/")[0] for path in paths})
    words = ["git rm -r -q --cached --ignore-unmatch --", *map(quote_for_shell, folders)]
    steps = [" ".join(words)]
    if strange:
        steps.append(" ".join(["rm -f --", *map(quote_for_shell, strange)]))
    return " && ".join([*steps, f'git commit -q -m "Remove {locations.PRIVATE}"', "assess sync"])


def _list_committed_private_files(root: Path) -> list[str]:
    """Return the files of `.assess` in HEAD, with paths from the workspace."""
    repository = Repository.find_repository(root)
    if repository is None:
        return []
    with open_object_reader(repository) as reader:
        content = reader.read_object("tree", f"HEAD:{repository.prefix}")
    entries = parse_tree_entries(content) if content is not None else ()
    names = [os.fsdecode(entry.name) for entry in entries]
    private = [name for name in names if _is_private(name)]
    if not private:
        return []
    words = ["ls-tree", "-r", "-z", "--name-only", "HEAD", "--", *private]
    output = git.run_git(root, words, most=git.MOST_NAMES).stdout
    return [os.fsdecode(name) for name in output.split(b"\0") if name]


def _is_link_or_wrong_file_kind(root: Path, path: str) -> bool:
    """Return whether a link or a file is where the program needs a file or a folder."""
    whole = root / path
    return whole.is_symlink() or ("/" not in path and os.path.lexists(whole) and not whole.is_dir())


def _join_first_printable_names(paths: Sequence[str]) -> str:
    names = ", ".join(escape_non_utf8_path_bytes(path) for path in paths[:_MOST])
    return names + ("…" if paths[_MOST:] else "")
