"""Limits of the files that a merge would bring, checked before anything is written.

Files may share an object. So a small push may contain files that fill the disk.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from assess.errors import FilesError, UsageError
from assess.i18n import Lang, translator
from assess.store.git.run import plumbing as git
from assess.store.sizes import find_size_problems

MOST_BYTES: Final = 4 * 1024**3
"""Bytes of all files that a merge may bring."""

_FILE: Final = "100"
"""The start of the mode of a regular file."""


def refuse_large_merge(root: Path, commit: str, lang: Lang) -> None:
    """Refuse to merge a commit that has more files, or larger ones, than a workspace may have.

    Raises:
        FilesError: files are too large; names them.
        UsageError: all files together are too large.
        GitError: there are too many files, or git can't tell their sizes.
    """
    sizes = _sizes_by_path_differing_from_head(root, commit)
    _ = translator(lang)
    if problems := find_size_problems(sizes, lang):
        message = _("what others committed holds files that are too large; nothing was merged")
        raise FilesError(message, problems)
    if sum(sizes.values()) > MOST_BYTES:
        message = _(
            "the files that others committed are larger than {limit} MiB; nothing was merged"
        )
        raise UsageError(
            message.format(limit=MOST_BYTES // 1024**2), "git log --stat HEAD..FETCH_HEAD"
        )


def _sizes_by_path_differing_from_head(root: Path, commit: str) -> dict[str, int]:
    """Return the sizes of the workspace's files in which a commit differs from HEAD."""
    repository = git.Repository.find_repository(root)
    assert repository is not None  # noqa: S101  # what is merged was fetched into it
    words = ["diff-tree", "-r", "-z", "--raw", "--no-renames", "--relative", "HEAD", commit]
    records = os.fsdecode(git.run_git(root, words, most=git.MOST_NAMES).stdout).split("\0")
    blobs = {}
    for meta, path in zip(records[::2], records[1::2], strict=False):
        _old, mode, _old_oid, oid, _kind = meta.split()
        if mode.startswith(_FILE):
            blobs[path] = oid
    sizes = repository.measure_object_sizes(sorted(set(blobs.values())))
    return {path: sizes.get(oid, 0) for path, oid in blobs.items()}
