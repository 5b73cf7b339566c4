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


def list_listening_addresses(dask_worker: Any) -> list[str]:
    """Return where the worker listens, which may be more than the address that it tells.

    Dask passes the worker to the parameter of this name.
    """
    return [str(listener.listen_address) for listener in dask_worker.listeners]
