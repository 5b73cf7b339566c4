"""What a worker of a cluster runs: the calls of a batch, where it is of the version that sends."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import assess


class OtherVersionError(Exception):
    """The worker has another version of the program than what sent the calls; the worker's."""


def run_calls(version: str, calls: Sequence[Callable[[], Any]]) -> list[Any]:
    """Return the result of each call.

    Raises:
        OtherVersionError: this is not the version of the program.
    """
    if assess.__version__ != version:
        raise OtherVersionError(assess.__version__)
    return [call() for call in calls]
