"""A report that is being made: its progress and its result; plain values."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple


class RenderStep(NamedTuple):
    """The progress of a report: `template`, `layout` with the page, `write`."""

    name: str
    page: int = 0


class MadeReport(NamedTuple):
    """A finished report; `draft` has the reasons why it is a draft."""

    path: Path
    pages: int
    draft: tuple[str, ...]
    has_data: bool
    """Whether answers and people travel inside the file."""
    is_blank_form: bool
    """Whether it is a form to be filled in by hand: neither formal nor a draft."""
