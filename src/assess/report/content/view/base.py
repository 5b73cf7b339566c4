"""Base classes of the view-model."""

from __future__ import annotations

import msgspec


class View(msgspec.Struct, frozen=True, kw_only=True):
    """Base of all values that a template sees."""


class LabelledLine(View, frozen=True, kw_only=True):
    """A name and its text."""

    name: str
    text: str


class CountsRow(View, frozen=True, kw_only=True):
    """The counts and the score of a sheet or section; '' for an empty cell."""

    title: str
    applicable: str
    met: str
    partial: str
    unmet: str
    not_applicable: str
    answered: str
    unanswered: str
    score: str
    verdict: str = ""
    progress: str = ""
    """How many items are answered, where the score is not final; '' where it is."""
