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


class ReservationView(View, frozen=True, kw_only=True):
    """Why the document should not be taken as it stands."""

    id: str
    """The kind, as `assess verify --allow` takes it."""
    short: str
    text: str


class CautionView(View, frozen=True, kw_only=True):
    """What the first page and the foot say before anything else."""

    title: str = ""
    reservations: tuple[ReservationView, ...] = ()
    foot: str = ""
    """What the foot of every page says: without data, with reservations; '' where neither."""
    notes: tuple[str, ...] = ()
    """What must be known without being a doubt: accepted variants, who issued the checklist."""
