"""Folders of report templates: which templates they hold."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

MAIN_FILE: Final = "main.html"
"""The file of a template's folder that is rendered; without it the folder is no template."""


def list_template_names(folders: Iterable[str | Path]) -> list[str]:
    """Return the names of the templates in folders, sorted, each name once."""
    return sorted(
        {path.parent.name for folder in folders for path in Path(folder).glob(f"*/{MAIN_FILE}")}
    )
