"""An executor of `concurrent.futures` that starts no process and no thread."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import ParamSpec, TypeVar

_Words = ParamSpec("_Words")
_Result = TypeVar("_Result")


class SameProcessExecutor(Executor):
    """Runs each call at once, in this process; what it raises is raised here."""

    def submit(
        self, work: Callable[_Words, _Result], /, *words: _Words.args, **named: _Words.kwargs
    ) -> Future[_Result]:
        """Return the finished call."""
        future: Future[_Result] = Future()
        future.set_result(work(*words, **named))
        return future
