"""thresholds.yaml: limits on the figures of a roll-up, for `assess rollup check`."""

from typing import Annotated, Final, Literal, get_args

import msgspec

from assess.model.base import Id, Node, Number
from assess.model.office import Name

MOST_LIMITS: Final = 200
"""Limits of a file; an office has some ten."""

ShareFigure = Literal["arrived_share", "in_time_share", "answered_share", "mended_share"]
"""A share from 0 to 1: of the units that have to hand in, those of which something came in, and
those whose first file came in time; answered items; mended problems."""

ScoreFigure = Literal["median_score", "lowest_score"]
"""A score of a checklist, over complete sheets of the issued checklist."""

CountFigure = Literal[
    "missing", "unreadable", "high_risks", "without_measure", "overdue", "overdue_more"
]
"""A number: units not handed in; units whose file can't be read here; open problems of high risk;
problems without a measure; overdue measures; measures overdue for more than 90 days."""

ThresholdFigure = Literal[ShareFigure, ScoreFigure, CountFigure]

SHARE_FIGURES: Final = frozenset(get_args(ShareFigure))
SCORE_FIGURES: Final = frozenset(get_args(ScoreFigure))


class Limit(Node, frozen=True, kw_only=True):
    """A limit on one figure."""

    figure: ThresholdFigure
    """The figure that is limited. A share is from 0 to 1."""
    at_least: Number | None = None
    """The lowest value that keeps the limit."""
    at_most: Number | None = None
    """The highest value that keeps the limit."""
    category: Name | None = None
    """The category whose units are looked at; left out: all units together."""
    each_category: bool = False
    """Whether each category is looked at by itself."""
    checklist: Id | None = None
    """The checklist of a score; left out: each issued checklist by itself."""


Limits = Annotated[tuple[Limit, ...], msgspec.Meta(min_length=1, max_length=MOST_LIMITS)]


class ThresholdsFile(Node, frozen=True, kw_only=True):
    """One file of limits."""

    format: str
    """The format and its number."""
    limits: Limits
    """The limits."""
