"""How many examples a test gets in `./run test`, and how many in the suites of `--all`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import settings


def is_thorough() -> bool:
    """Return whether this is a run of all suites."""
    return settings.get_current_profile_name() == "random"


def times(factor: int) -> int:
    """Return so many times the examples of the profile, for what meets its cases seldom."""
    return factor * settings().max_examples


def some_always(rows: Iterable[tuple[Any, ...]], *always: tuple[Any, ...]) -> list[Any]:
    """Return the parameters of a test; those that are not run always are exhaustive."""
    exhaustive = pytest.mark.exhaustive
    return [pytest.param(*row, marks=() if row in always else exhaustive) for row in rows]
