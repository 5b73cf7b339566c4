"""A report that is being made: which one, how far it is, and what came of it; plain values."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from assess.i18n import Lang
from assess.workspace import SheetName


class Wanted(NamedTuple):
    """Which report is to be made."""

    round_id: str
    sheet: SheetName | None
    """None: all sheets of the round in one report."""
    template: str
    lang: Lang


class Step(NamedTuple):
    """How far it is: `template`, `layout` with the page, `write`."""

    name: str
    page: int = 0


class Made(NamedTuple):
    """A report that was made; `draft` are the reasons why it is one."""

    path: Path
    pages: int
    draft: tuple[str, ...]
