"""Whether a page shows what a command prints, but for what differs from run to run."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

ANYTHING: Final = "…"

_MASKS: Final = (
    (re.compile(r"\b\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:[+-]\d\d:\d\d|Z)?)?"), "<date>"),
    (re.compile(r"\b(?=[a-f]*\d)[0-9a-f]{7,64}\b"), "<id>"),
)
"""Dates with and without time; ids of commits and digests."""


def mask_changing_parts(text: str, paths: Mapping[str, str]) -> str:
    """Return a text with marks for dates, ids and the paths of the scratch folder."""
    for path, shown in paths.items():
        text = text.replace(path, shown)
    for pattern, mark in _MASKS:
        text = pattern.sub(mark, text)
    return "\n".join(line.rstrip() for line in text.strip("\n").splitlines())


def shows_output(shown: str, printed: str, paths: Mapping[str, str]) -> bool:
    """Return whether `shown`, with its `…`, stands for all that was printed."""
    lines = []
    for line in mask_changing_parts(shown, paths).splitlines():
        if line.strip() == ANYTHING:
            lines.append(r"(?:[^\n]*\n)*?")
        else:
            parts = (re.escape(part) for part in line.split(ANYTHING))
            lines.append(r"[^\n]*?".join(parts) + r"\n")
    masked = mask_changing_parts(printed, paths) + "\n"
    return re.fullmatch("".join(lines), masked) is not None
