"""A report that is being made: which one, how far it is, and what came of it; plain values."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from assess.i18n import Lang
from assess.workspace import SheetName


class WantedReport(NamedTuple):
    """The report that is requested."""

    round_id: str
    sheet: SheetName | None
    """None: all sheets of the round in one report."""
    template: str
    lang: Lang


class RenderStep(NamedTuple):
    """The progress of a report: `template`, `layout` with the page, `write`."""

    name: str
    page: int = 0


class MadeReport(NamedTuple):
    """A finished report; `draft` has the reasons why it is a draft."""

    path: Path
    pages: int
    draft: tuple[str, ...]
