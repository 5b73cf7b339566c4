"""Size limits of the workspace's files, checked before anything is read."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from assess import locations
from assess.errors import FilesError
from assess.harmless import escape_undecodable_path_bytes
from assess.i18n import Lang, translator
from assess.problem import Problem
from assess.store.evidence import MAX_SIZE
from assess.store.files import MAX_FILE, MAX_REPORT
from assess.store.git.trust.attribute_files import MOST_BYTES


def size_limit_of_path(path: str) -> int:
    """Return the greatest size in bytes of a file of the workspace, by its path from the root."""
    if path.rpartition("/")[2] in (".gitattributes", ".gitignore"):
        return MOST_BYTES
    top = path.partition("/")[0]
    if locations.is_evidence_file(path):
        return MAX_SIZE
    return MAX_REPORT if top in (locations.TEMPLATES, locations.REPORTS) else MAX_FILE


def refuse_large_files(root: Path, paths: Iterable[str], lang: Lang) -> None:
    """Refuse files that are larger than a file at their path may be.

    Raises:
        FilesError: files are too large; names each with its limit.
    """
    if problems := find_size_problems(
        {path: file_size_or_zero(root / path) for path in paths}, lang
    ):
        raise FilesError(translator(lang)("files are too large"), problems)


def find_size_problems(sizes: Mapping[str, int], lang: Lang) -> list[Problem]:
    """Return a problem for each file that is too large; `sizes` has bytes by path from the root."""
    _ = translator(lang)
    message = _("the file is larger than {limit} MiB")
    hint = _("take it out of the workspace; a piece of evidence may be an excerpt")
    return [
        Problem(
            escape_undecodable_path_bytes(path),
            "too-large",
            message.format(limit=size_limit_of_path(path) // 1024**2),
            hint,
            line=1,
            column=1,
        )
        for path, size in sizes.items()
        if size > size_limit_of_path(path)
    ]


def file_size_or_zero(path: Path) -> int:
    """Return the size of a file in bytes, 0 without a file."""
    try:
        return os.stat(path, follow_symlinks=False).st_size  # noqa: PTH116  # of thousands
    except OSError:
        return 0
