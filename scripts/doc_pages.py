"""Pages of the documentation that scripts make: write those that are out of date, or only tell."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path


def write_stale_pages(pages: Mapping[Path, str], words: list[str]) -> int:
    """Write each page that differs from its file, or with `--check` only name it.

    Returns the exit code: 1 where `--check` names a page, else 0.
    """
    stale = [path for path, text in pages.items() if read_page(path) != text]
    if "--check" in words:
        names = ", ".join(path.name for path in stale)
        print(f"out of date: {names}" if stale else "up to date")
        return int(bool(stale))
    for path in stale:
        path.write_text(pages[path], "utf-8")
        print(path)
    return 0


def read_page(path: Path) -> str | None:
    """Return the text of a page, None where there is none yet."""
    return path.read_text("utf-8") if path.exists() else None
