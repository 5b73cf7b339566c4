"""A cluster of Dask workers that runs calls; the only module that imports Dask.

Workers run what this program sends, and this program decodes what they send: both sides trust
whoever has a certificate of the cluster's own authority.
"""

from __future__ import annotations

import logging
import os
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, CancelledError
from contextlib import contextmanager, suppress
from functools import partial
from pkgutil import resolve_name
from ssl import TLSVersion
from typing import Any, Final

import assess
from assess.errors import EnvironmentLacksError
from assess.harmless import mark_line_breaks_and_escape, quote_for_shell
from assess.i18n import Lang, translator
from assess.report.proof.hand_in.batch_calls import (
    OtherVersionError,
    list_listening_addresses,
    run_calls,
)
from assess.report.proof.hand_in.batch_executor import BatchExecutor, WorkersKilledError
from assess.report.proof.hand_in.cluster_address import ClusterAddress, refuse_open_ports

_LONGEST_CONNECTING: Final = 10
"""Seconds in which a scheduler must answer; also what an end of the connection may take."""

_PAUSE: Final = 5
"""Seconds after which it is looked whether there still are workers."""

_LONGEST_WITHOUT_WORKERS: Final = 60
"""Seconds in which ended workers may be started again."""

_SETTINGS: Final = {
    "distributed.admin.large-graph-warning-threshold": "1GB",
    "distributed.comm.timeouts.connect": f"{_LONGEST_CONNECTING}s",
}
"""Hand-ins travel with the calls, so that a call can be repeated after the end of a worker."""

_SILENT: Final = ("distributed", "distributed.client", "asyncio")
"""What writes to stderr where this program says it in its own words."""


@contextmanager
def open_cluster(
    cluster: ClusterAddress, calls: int, replace_killer: Callable[..., Any], lang: Lang
) -> Iterator[BatchExecutor]:
    """Yield an executor of so many calls that sends them to the workers of a cluster.

    The end of the body ends the connection; calls that have not begun are given up.

    Raises:
        EnvironmentLacksError: Dask is not installed, the scheduler does not answer, there are no
            workers, or one of them has another version of the program.
        UsageError: without TLS, other machines reach a part of the cluster.
    """
    client = connect_to_scheduler(cluster, lang)
    try:
        threads = _count_threads(client, cluster, lang)
        _refuse_other_versions(client, lang)
        if cluster.tls is None:
            _refuse_workers_that_listen_openly(client, lang)
        send = partial(_send_calls, client, lang)
        yield BatchExecutor(send, replace_killer, threads, calls)
    finally:
        with suppress(TimeoutError):  # the end of this process ends the connection, too
            client.close(timeout=_LONGEST_CONNECTING)


def connect_to_scheduler(cluster: ClusterAddress, lang: Lang) -> Any:
    """Return a client of the scheduler."""
    _ = translator(lang)
    try:
        import dask  # noqa: PLC0415  # an extra, and only for this
        import distributed  # noqa: PLC0415  # as above
        from distributed.security import Security  # noqa: PLC0415  # as above
    except ImportError as error:
        message = _("checking on several machines needs Dask, which is not installed")
        script = os.environ.get("ASSESS_RUN")
        hint = f"{quote_for_shell(script)} cluster" if script else "pip install 'assess[cluster]'"
        raise EnvironmentLacksError(message, hint) from error
    dask.config.set(_SETTINGS)
    for name in _SILENT:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    security = None
    if cluster.tls is not None:
        security = Security(
            require_encryption=True,
            tls_ca_file=str(cluster.tls.authority.absolute()),
            tls_client_cert=str(cluster.tls.certificate.absolute()),
            tls_client_key=str(cluster.tls.key.absolute()),
            tls_min_version=TLSVersion.TLSv1_3,
        )
    try:
        with warnings.catch_warnings():  # of other versions of Dask, said where it matters
            warnings.simplefilter("ignore")
            return distributed.Client(
                cluster.address,
                security=security,
                timeout=_LONGEST_CONNECTING,
                set_as_default=False,
            )
    except (OSError, ValueError) as error:  # of ssl, too: no certificate, a key of another one
        message = _("the scheduler {address} does not answer: {what}")
        what = mark_line_breaks_and_escape(str(error) or type(error).__name__)
        raise EnvironmentLacksError(message.format(address=cluster.address, what=what)) from error


def _count_threads(client: Any, cluster: ClusterAddress, lang: Lang) -> int:
    """Return how many calls the workers run at a time.

    Raises:
        EnvironmentLacksError: there are no workers.
        UsageError: without TLS, other machines reach a part of the cluster.
    """
    known = client.scheduler_info()
    refuse_open_ports((known["address"], *known["workers"]), lang)
    threads = sum(worker["nthreads"] for worker in known["workers"].values())
    if not threads:
        _ = translator(lang)
        message = _("the scheduler {address} has no workers")
        hint = f"dask worker {cluster.address} --nthreads 1"
        raise EnvironmentLacksError(message.format(address=cluster.address), hint)
    return int(threads)


def _refuse_other_versions(client: Any, lang: Lang) -> None:
    """Refuse workers of another version; asked by a function that also Python without it has."""
    answers = client.run(resolve_name, "assess:__version__", on_error="return")
    for address, version in sorted(answers.items()):
        if isinstance(version, Exception):
            _ = translator(lang)
            message = _("the worker {address} can't use this program: {what}")
            what = mark_line_breaks_and_escape(f"{type(version).__name__}: {version}")
            raise EnvironmentLacksError(message.format(address=address, what=what))
        if version != assess.__version__:
            raise _make_version_error(address, version, lang)


def _refuse_workers_that_listen_openly(client: Any, lang: Lang) -> None:
    """Refuse workers that tell an address of the loopback, and listen to all machines."""
    for addresses in client.run(list_listening_addresses).values():
        refuse_open_ports(addresses, lang)


def _make_version_error(worker: str, version: object, lang: Lang) -> EnvironmentLacksError:
    _ = translator(lang)
    message = _(
        "{worker} has version {other} of this program, and this machine version {version}: "
        "install the same on all machines"
    ).format(
        worker=worker,
        other=mark_line_breaks_and_escape(str(version)),
        version=assess.__version__,
    )
    return EnvironmentLacksError(message)


def _send_calls(client: Any, lang: Lang, calls: Sequence[Callable[[], Any]]) -> _SentCalls:
    """Send calls as one task.

    Raises:
        BrokenExecutor: the connection has ended.
    """
    if client.status != "running":
        raise BrokenExecutor
    return _SentCalls(client, client.submit(run_calls, assess.__version__, calls, pure=False), lang)


class _SentCalls:
    """Calls that a worker of the cluster runs."""

    def __init__(self, client: Any, future: Any, lang: Lang) -> None:
        self._client = client
        self._future = future
        self._lang = lang

    def is_done(self) -> bool:
        """Return whether nothing has to be waited for."""
        return bool(self._future.done())

    def wait_until_done(self) -> None:
        """Wait as long as there are workers, or may be some again.

        Raises:
            BrokenExecutor: the scheduler or all workers have ended.
        """
        import distributed  # noqa: PLC0415  # loaded by `connect_to_scheduler`

        last_seen = time.monotonic()
        while not self._future.done():
            try:
                with self._client.as_current():
                    distributed.wait(self._future, timeout=_PAUSE)
            except TimeoutError:
                if self._has_workers():
                    last_seen = time.monotonic()
                elif time.monotonic() > last_seen + _LONGEST_WITHOUT_WORKERS:
                    raise BrokenExecutor from None
            except CancelledError:
                raise BrokenExecutor from None

    def _has_workers(self) -> bool:
        try:
            return bool(self._client.nthreads())
        except (OSError, CancelledError):
            return False

    def fetch_results(self) -> list[Any]:
        """Return the result of each call.

        Raises:
            WorkersKilledError: each worker that ran them ended.
            BrokenExecutor: the scheduler or all workers have ended.
            EnvironmentLacksError: a worker has another version, or can't run calls at all.
        """
        from distributed.scheduler import KilledWorker  # noqa: PLC0415  # loaded by `connect_to_scheduler`

        self.wait_until_done()
        try:
            results: list[Any] = self._future.result()
        except KilledWorker as error:
            raise WorkersKilledError from error
        except (CancelledError, OSError) as error:
            raise BrokenExecutor from error
        except OtherVersionError as error:
            _ = translator(self._lang)
            worker = _("a worker that came later")
            raise _make_version_error(worker, error, self._lang) from error
        except Exception as error:
            _ = translator(self._lang)
            message = _("a worker of the cluster failed: {what}")
            what = mark_line_breaks_and_escape(f"{type(error).__name__}: {error}")
            raise EnvironmentLacksError(message.format(what=what)) from error
        return results
