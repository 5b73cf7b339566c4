"""How many examples a property gets: few in `./run test`, many in the suite `random`."""

from __future__ import annotations

from hypothesis import settings


def times(factor: int) -> int:
    """Return so many times the examples of the profile, for what meets its cases seldom."""
    return factor * settings().max_examples
