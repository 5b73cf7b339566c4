"""Where hand-ins are checked: in this process, in a process for each core, or on a cluster.

This module alone decides it; whoever takes in files knows an executor of `concurrent.futures` and
nothing else. What is submitted is a function of the bytes of a file, which reads them in a limited
child wherever it runs.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import active_children, get_context
from multiprocessing.process import BaseProcess
from typing import Final, ParamSpec, TypeVar

from assess.i18n import Lang
from assess.interrupts import delay_interrupts, wait_for_result
from assess.parent_process import end_self_when_parent_ends
from assess.report.proof.hand_in.batch_executor import BatchExecutor
from assess.report.proof.hand_in.check import refuse_unchecked_file
from assess.report.proof.hand_in.cluster_address import ClusterAddress
from assess.workspace.office.same_process import SameProcessExecutor

_FEWEST_FOR_POOL: Final = 4
"""Files from which processes are started: each of them loads the program first."""

_PAUSE_BETWEEN_REQUESTS: Final = 2.0
"""Seconds in which a process may remove its temporary files before it is asked again to end."""

_LONGEST_END: Final = 10.0
"""Seconds after which a process that does not end is killed."""

_Words = ParamSpec("_Words")
_Result = TypeVar("_Result")


_MOST_STARTED: Final = 64
"""Files whose results may be waited for in this machine's memory, where no cluster keeps them."""


@contextmanager
def open_check_executor(
    files: int, cluster: ClusterAddress | None = None, lang: Lang = "zh"
) -> Iterator[Executor]:
    """Yield what checks so many files; the end of the body stops what still runs.

    Raises:
        EnvironmentLacksError, UsageError: the cluster can't be used; see `open_cluster`.
    """
    if cluster is None or not files:
        with _open_executor_of_this_machine(files) as executor:
            yield executor
        return
    from assess.report.proof.hand_in.dask_cluster import open_cluster  # noqa: PLC0415  # only for a cluster

    with open_cluster(cluster, files, refuse_unchecked_file, lang) as executor:
        yield executor


def find_most_started(executor: Executor) -> int:
    """Return how many files may be started before the result of the first is used."""
    return executor.most_started if isinstance(executor, BatchExecutor) else _MOST_STARTED


@contextmanager
def _open_executor_of_this_machine(files: int) -> Iterator[Executor]:
    workers = min(len(os.sched_getaffinity(0)), files)
    if workers < 2 or files < _FEWEST_FOR_POOL:  # noqa: PLR2004  # one worker is this process
        yield SameProcessExecutor()
        return
    is_interrupted = False
    before = set(active_children())
    # Forked processes would share locks that other threads of this one hold.
    pool = _InterruptibleProcessPool(workers, get_context("spawn"), _prepare_worker, (os.getpid(),))
    try:
        # The pool loses sight of a process that it starts while another one is killed.
        for _ in range(workers):
            pool.submit(os.getpid)
        yield _PollingExecutor(pool)
    except KeyboardInterrupt:
        is_interrupted = True
        raise
    finally:
        # The pool would wait for ever for a process that it lost sight of, or that goes on.
        _end_processes(set(active_children()) - before)
        # Python 3.11.2 waits for ever for a thread that still writes to a process that was ended.
        # After Ctrl+C nobody waits for it: `__main__` ends this process without its threads.
        if not is_interrupted:
            pool.shutdown(cancel_futures=True)


def _end_processes(processes: Collection[BaseProcess]) -> None:
    """End processes; those that go on are asked again, and killed after some time.

    Python loses what a signal raises in some places, and the pool itself catches it in a call.
    """
    last_request = time.monotonic() + _LONGEST_END
    while running := [process for process in processes if process.is_alive()]:
        is_late = time.monotonic() > last_request
        for process in running:
            (process.kill if is_late else process.terminate)()
        for process in running:
            process.join(_PAUSE_BETWEEN_REQUESTS)


class _InterruptibleProcessPool(ProcessPoolExecutor):
    """A pool whose processes do not see Ctrl+C, which is for the process that takes in."""

    def submit(
        self, work: Callable[_Words, _Result], /, *words: _Words.args, **named: _Words.kwargs
    ) -> Future[_Result]:
        """Submit a call; a process that is started for it inherits that Ctrl+C is blocked."""
        blocked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            return super().submit(work, *words, **named)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, blocked)


class _PolledFuture(Future[_Result]):
    """A call of the pool that can be interrupted while its result is waited for."""

    def __init__(self, pooled: Future[_Result]) -> None:
        super().__init__()
        self._pooled = pooled

    def done(self) -> bool:
        """Return whether nothing has to be waited for."""
        with delay_interrupts():
            return self._pooled.done()

    def result(self, timeout: float | None = None) -> _Result:  # who takes in waits
        """Wait, and return the result."""
        return wait_for_result(self._pooled)


class _PollingExecutor(Executor):
    """Gives calls to the pool, and polls for their results."""

    def __init__(self, pool: _InterruptibleProcessPool) -> None:
        self._pool = pool

    def submit(
        self, work: Callable[_Words, _Result], /, *words: _Words.args, **named: _Words.kwargs
    ) -> Future[_Result]:
        """Return a call of the pool."""
        return _PolledFuture(self._pool.submit(work, *words, **named))


def _prepare_worker(parent: int) -> None:
    """Let a process of the pool end with its parent, and then remove its temporary files."""
    end_self_when_parent_ends(parent, signal.SIGTERM)
    # Last: the pool prints what is raised in here. Before, the signal ends the process at once.
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(1))
