"""Markers that a line-by-line merge leaves in a file."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from assess.file_bytes import read_start_of_regular_file
from assess.harmless import escape_non_utf8_path_bytes
from assess.i18n import Lang, translator
from assess.problem import Problem
from assess.store.files import MAX_FILE
from assess.store.sizes import file_size_or_zero

_MARKERS: Final = (b"<<<<<<< ", b">>>>>>> ")


def has_merge_markers(data: bytes) -> bool:
    """Return whether a line begins with a marker of a line-by-line merge."""
    return any(line.startswith(_MARKERS) for line in data.split(b"\n"))


def find_merge_marker_problems(root: Path, paths: Iterable[str], lang: Lang) -> list[Problem]:
    """Return a problem for each marker of a line-by-line merge in these files."""
    _ = translator(lang)
    text, hint = _("an unresolved merge: markers stand here"), _("decide, and remove the markers")
    problems = []
    for path in paths:
        if file_size_or_zero(root / path) > MAX_FILE:
            continue  # git did not merge it; `refuse_vast` reports it if it prevents the commit
        lines = read_start_of_regular_file(root / path, MAX_FILE, os.O_NOFOLLOW).split(b"\n")
        line_numbers = [number for number, line in enumerate(lines, 1) if line.startswith(_MARKERS)]
        problems += [
            Problem(
                escape_non_utf8_path_bytes(path), "merge-marker", text, hint, line=number, column=1
            )
            for number in line_numbers
        ]
    return problems
