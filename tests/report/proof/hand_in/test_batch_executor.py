"""Calls travel in batches, nobody waits for a batch that is not sent, and killers are told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import BrokenExecutor
from functools import partial
from typing import Any

import pytest

from assess.report.proof.hand_in.batch_executor import (
    LARGEST_BATCH,
    BatchExecutor,
    SentBatch,
    WorkersKilledError,
)

KILLER, BREAKER = b"killer", b"breaker"
KILLED = -1


class CallsOfList:
    """Calls that run where their results are fetched; some end what runs them."""

    def __init__(self, calls: Sequence[Callable[[], Any]], is_done: Callable[[], bool]) -> None:
        self._calls = calls
        self.is_done = is_done
        self.was_waited_for = False

    def wait_until_done(self) -> None:
        """Note it."""
        self.was_waited_for = True

    def fetch_results(self) -> list[Any]:
        """Run the calls."""
        return [call() for call in self._calls]


class CallsHere:
    """Runs batches in this process, and notes their sizes."""

    def __init__(self) -> None:
        self.sizes: list[int] = []
        self.sent: list[CallsOfList] = []
        self.done = False

    def send(self, calls: Sequence[Callable[[], Any]]) -> SentBatch:
        """Note the batch."""
        self.sizes.append(len(calls))
        self.sent.append(CallsOfList(calls, lambda: self.done))
        return self.sent[-1]

    def open(self, calls: int, workers: int = 2) -> BatchExecutor:
        """Return an executor of so many calls."""
        return BatchExecutor(self.send, lambda _data: KILLED, workers, calls)


def measure(data: bytes, most: int = 1 << 30) -> int:
    """Return a size, at most `most`; some data end what runs the call."""
    if data == KILLER:
        raise WorkersKilledError
    if data == BREAKER:
        raise BrokenExecutor
    return min(len(data), most)


def test_calls_go_in_batches_and_results_come_in_their_order() -> None:
    """Full batches are sent at once, the rest when a result is asked for."""
    here = CallsHere()
    executor = here.open(1000)
    futures = [executor.submit(measure, bytes(number)) for number in range(120)]
    assert here.sizes == [LARGEST_BATCH, LARGEST_BATCH]
    assert futures[119].result() == 119
    assert here.sizes == [LARGEST_BATCH, LARGEST_BATCH, 20]
    assert [future.result() for future in futures] == list(range(120))
    assert here.sizes == [LARGEST_BATCH, LARGEST_BATCH, 20]


def test_few_calls_make_smaller_batches() -> None:
    """Each worker has something to do."""
    for calls, size in ((1, 1), (24, 3), (100, 12), (400, 50), (10_000, 50)):
        assert CallsHere().open(calls).most_started == 2 * 2 * size


def test_large_arguments_are_not_collected() -> None:
    """What waits in memory is bounded, however few calls it is."""
    here = CallsHere()
    executor = here.open(1000)
    for _ in range(3):
        executor.submit(measure, bytes(20 << 20))
    assert here.sizes == [2]


def test_a_batch_that_has_run_is_done() -> None:
    """Also before its results are fetched; one that is not sent is not."""
    here = CallsHere()
    executor = here.open(8)
    first = executor.submit(measure, b"1")
    assert not first.done()
    here.done = True
    assert first.done()
    unsent = here.open(1000).submit(measure, b"1")
    assert not unsent.done()


def test_the_call_that_kills_is_replaced_and_no_other() -> None:
    """Its batch runs call by call, after all others: else another call might be blamed."""
    here = CallsHere()
    executor = here.open(1000)
    work = partial(measure, most=9)
    futures = [executor.submit(work, text) for text in (b"1", KILLER, b"333")]
    results = [future.result() for future in futures]
    assert results == [1, KILLED, 3]
    assert here.sizes == [3, 1, 1, 1]


def test_other_batches_end_before_calls_run_singly() -> None:
    """A worker that ends then ran the single call and nothing else."""
    here = CallsHere()
    executor = here.open(16)  # batches of two
    futures = [executor.submit(measure, text) for text in (KILLER, b"1", b"2", b"3")]
    assert futures[0].result() == KILLED
    assert [sent.was_waited_for for sent in here.sent] == [False, True, False, False]


def test_what_breaks_is_an_error_of_each_call() -> None:
    """Whoever waits learns it, and calls that are submitted later, too."""
    here = CallsHere()
    executor = here.open(16)
    futures = [executor.submit(measure, text) for text in (BREAKER, b"1", KILLER, BREAKER)]
    for future in futures[:2]:
        with pytest.raises(BrokenExecutor):
            future.result()
    assert futures[2].result() == KILLED
    with pytest.raises(BrokenExecutor):
        futures[3].result()

    def refuse_to_send(_calls: Sequence[Callable[[], Any]]) -> SentBatch:
        raise BrokenExecutor

    broken = BatchExecutor(refuse_to_send, len, 1, 1)
    with pytest.raises(BrokenExecutor):
        broken.submit(measure, b"1").result()
