"""The meanings of git's errors, each with the next command."""

from __future__ import annotations

import contextlib
import os
import re
from pathlib import Path
from typing import Final

from assess.harmless import quote_for_shell
from assess.i18n import Lang, translator
from assess.store.git.run.commits import find_path_in_git_folder
from assess.store.git.run.plumbing import AmbiguousCommitError, BrokenHeadError, GitError
from assess.store.git.state.broken_head import explain_broken_head, find_broken_head
from assess.store.git.state.refusal_meanings import DAMAGE, MEANINGS

_REMOTE: Final = re.compile(r"^remote: (.*\S)", re.MULTILINE)
_LITTLE: Final = 1024 * 1024
"""Bytes of room below which a commit may fail for want of it."""

_MOST: Final = 4
"""Lines of the remote's check in a message."""


def find_message_of_remote_check(error: GitError) -> str:
    """Return on one line the message of the remote's check that refused a push, '' without one."""
    lines = _REMOTE.findall(error.output) if "hook declined" in error.output else []
    return "; ".join([*lines[: _MOST - 1], *lines[_MOST - 1 :][-1:]])


def explain_git_error(error: GitError, root: Path, lang: Lang) -> GitError:
    """Return the error with its meaning and a hint; the same error if its meaning is not known.

    A server prints what it likes beside git's own words: of these only meanings are taken whose
    hints change nothing here, or that are seen to be true.
    """
    if isinstance(error, AmbiguousCommitError):
        return _explain_ambiguous_commit(error, lang)
    if isinstance(error, BrokenHeadError):
        return error if error.hint else explain_broken_head(error, root, lang)
    if re.search(DAMAGE, error.output) and (broken := find_broken_head(root)) is not None:
        return explain_broken_head(broken, root, lang)
    _ = translator(lang)
    if re.search(DAMAGE, error.output) and _is_disk_nearly_full(root):
        # Git says that it can't read an object which it could not write whole.
        nearly_full = GitError(_("the disk is full"), _("make room: df -h ."))
        nearly_full.output = error.output
        return nearly_full
    output = error.output
    if (
        "Unable to write index" in output
        and (lock := find_path_in_git_folder(root, "index.lock")).exists()
    ):
        output = f"Unable to create '{lock}': File exists"  # git's words in other cases
    for meaning in MEANINGS:
        match = re.search(meaning.pattern, output)
        if match is None:
            continue
        groups = {key: value for key, value in match.groupdict().items() if value}
        path = groups.get("path") or str(root)
        if error.has_words_of_others and not meaning.is_true(root, path):
            continue
        words = {"path": quote_for_shell(path), "file": quote_for_shell(str(root / path))}
        better = GitError(_(meaning.message).format(path=path), _(meaning.hint).format(**words))
        better.output = error.output
        return better
    return error


def _explain_ambiguous_commit(error: AmbiguousCommitError, lang: Lang) -> AmbiguousCommitError:
    _ = translator(lang)
    message = _(
        "commit {commit} names its author or committer twice or in the wrong place, or holds a"
        " NUL, which git never writes and reads in two ways; so nothing can be proved with it"
    )
    hint = _(
        "look: git cat-file commit {commit}; if it is the newest: git reset --soft HEAD^ &&"
        " assess commit"
    )
    oid = error.oid[:10]
    return AmbiguousCommitError(error.oid, message.format(commit=oid), hint.format(commit=oid))


def _is_disk_nearly_full(root: Path) -> bool:
    with contextlib.suppress(GitError, OSError):
        disk = os.statvfs(find_path_in_git_folder(root, "objects"))
        return disk.f_bavail * disk.f_frsize < _LITTLE
    return False
