"""An executor that collects calls into batches, which run somewhere else.

A call alone would cost more on its way than its work. All is done in the thread that submits and
asks: a batch is sent when it is full, or when somebody asks for a result of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from functools import partial
from typing import Any, Final, ParamSpec, Protocol, TypeVar

_Words = ParamSpec("_Words")
_Result = TypeVar("_Result")

LARGEST_BATCH: Final = 50
"""Calls in a batch. A hand-in takes 0.3 seconds of a core, and a batch 0.01 beside its calls."""

_BATCHES_FOR_EACH: Final = 4
"""Batches that each worker should have at least, so that all end at about the same time."""

_MOST_BYTES: Final = 32 << 20
"""Bytes of arguments after which a batch is sent, however few its calls are."""


class WorkersKilledError(Exception):
    """Each worker that ran these calls ended, as often as the cluster allows."""


class SentBatch(Protocol):
    """Calls that were sent."""

    def is_done(self) -> bool:
        """Return whether nothing has to be waited for."""

    def wait_until_done(self) -> None:
        """Wait, and leave the results where they are.

        Raises:
            BrokenExecutor: nothing is left that could run the calls.
        """

    def fetch_results(self) -> Sequence[Any]:
        """Wait, and return the result of each call.

        Raises:
            WorkersKilledError: see there.
            BrokenExecutor: as above.
        """


SendCalls = Callable[[Sequence[Callable[[], Any]]], SentBatch]


class _Batch:
    """Calls that are sent together; `sent` is None before that."""

    def __init__(self) -> None:
        self.calls: list[Callable[[], Any]] = []
        self.futures: list[_BatchFuture[Any]] = []
        self.bytes = 0
        self.sent: SentBatch | None = None

    def fail(self, error: BrokenExecutor) -> None:
        """Let all calls without a result raise an error."""
        for future in self.futures:
            if not future.is_settled():
                future.set_exception(error)


class _BatchFuture(Future[_Result]):
    """A call of a batch; it is settled, in the thread that asks, when its result is asked for."""

    def __init__(
        self, words: tuple[object, ...], batch: _Batch, settle: Callable[[_Batch], None]
    ) -> None:
        super().__init__()
        self.words = words
        """The arguments that were submitted with the call."""
        self._batch = batch
        self._settle = settle

    def is_settled(self) -> bool:
        """Return whether the result is here."""
        return super().done()

    def done(self) -> bool:
        """Return whether nothing has to be waited for."""
        return super().done() or (self._batch.sent is not None and self._batch.sent.is_done())

    def result(self, timeout: float | None = None) -> _Result:
        """Return the result; what is being waited for is sent first."""
        if not super().done():
            self._settle(self._batch)
        return super().result(timeout)


class BatchExecutor(Executor):
    """Sends calls in batches to a number of workers, and asks for results where they are wanted.

    `replace_killer` returns, from the arguments that were submitted with a call that ends its
    workers, what stands for its result.
    """

    def __init__(
        self, send: SendCalls, replace_killer: Callable[..., Any], workers: int, calls: int
    ) -> None:
        self._send = send
        self._replace_killer = replace_killer
        share = calls // (workers * _BATCHES_FOR_EACH)
        self._batch_size = min(LARGEST_BATCH, max(share, 1))
        self.most_started = 2 * workers * self._batch_size
        """Calls of which the results may be waited for: each worker has a batch, and another."""
        self._unsent = _Batch()
        self._sent: list[_Batch] = []

    def submit(
        self, work: Callable[_Words, _Result], /, *words: _Words.args, **named: _Words.kwargs
    ) -> Future[_Result]:
        """Put a call into the batch that is sent next."""
        batch = self._unsent
        future: _BatchFuture[_Result] = _BatchFuture(words, batch, self._settle_batch)
        batch.calls.append(partial(work, *words, **named))
        batch.futures.append(future)
        batch.bytes += sum(len(word) for word in words if isinstance(word, bytes))
        if len(batch.calls) >= self._batch_size or batch.bytes >= _MOST_BYTES:
            self._send_batch()
        return future

    def _send_batch(self) -> None:
        batch, self._unsent = self._unsent, _Batch()
        try:
            batch.sent = self._send(batch.calls)
        except BrokenExecutor as error:
            batch.fail(error)
        else:
            self._sent.append(batch)

    def _settle_batch(self, batch: _Batch) -> None:
        """Give each call of a batch its result, or the error that nothing can run it."""
        if batch is self._unsent:
            self._send_batch()
        if batch.sent is None:
            return
        self._sent.remove(batch)
        try:
            results = batch.sent.fetch_results()
        except WorkersKilledError:
            self._run_calls_singly(batch)
        except BrokenExecutor as error:
            batch.fail(error)
        else:
            for future, result in zip(batch.futures, results, strict=True):
                future.set_result(result)

    def _run_calls_singly(self, batch: _Batch) -> None:
        """Run one call after the other while nothing else runs, and replace those that kill.

        Where several run, the end of a worker does not tell which of them it was.
        """
        try:
            for other in self._sent:
                if other.sent is not None:
                    other.sent.wait_until_done()
            for call, future in zip(batch.calls, batch.futures, strict=True):
                try:
                    result = self._send([call]).fetch_results()[0]
                except WorkersKilledError:
                    result = self._replace_killer(*future.words)
                future.set_result(result)
        except BrokenExecutor as error:
            batch.fail(error)
