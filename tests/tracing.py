"""The tracer of coverage: it rests in tests that are not traced, but not while a sample is made.

A sample is made by the first test that needs it, which in a run of several workers is now one
that is traced and now one that is not. What making it covers counts in both cases.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from coverage import Coverage

_resting: list[Coverage] = []


@contextmanager
def stop_tracing() -> Iterator[None]:
    """Stop the tracer of the whole run, where there is one, until the block ends."""
    tracer = Coverage.current()
    if tracer is None:
        yield
        return
    tracer.stop()
    _resting.append(tracer)
    try:
        yield
    finally:
        _resting.remove(tracer)
        tracer.start()


@contextmanager
def trace_again() -> Iterator[None]:
    """Let a tracer that was stopped trace until the block ends."""
    if not _resting:
        yield
        return
    tracer = _resting.pop()
    tracer.start()
    try:
        yield
    finally:
        tracer.stop()
        _resting.append(tracer)
