"""The lines that git prints: only a newline ends one.

Names of tags and folders may have other line ends of Unicode, at which `str.splitlines` splits.
"""

from __future__ import annotations

import os


def list_output_lines(output: bytes) -> list[str]:
    """Return the lines of git's output, without their newlines."""
    return os.fsdecode(output).removesuffix("\n").split("\n") if output else []
