"""How a child process answers: a line that tells the size, then the bytes of the answer."""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable
from typing import BinaryIO, TypeVar

import msgspec

from assess.report.render.worker import OUT_OF_MEMORY, is_memory_nearly_used_up

Answer = TypeVar("Answer")


def write_answer(out: BinaryIO, make_answer: Callable[[], bytes]) -> None:
    """Write the answer; where the memory is used up, end this process with `OUT_OF_MEMORY`."""
    from assess.report.render.replies import RenderDone  # noqa: PLC0415  # after the limits

    try:
        data = make_answer()
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    out.write(msgspec.json.encode(RenderDone(size=len(data), pages=0)) + b"\n" + data)


def answer_or_refuse(
    make_answer: Callable[[], Answer], make_refusal: Callable[[Exception], Answer]
) -> Answer:
    """Return the answer; the refusal if reading a stranger's file fails with any error.

    Raises:
        MemoryError: a limit was reached.
    """
    try:
        return make_answer()
    except MemoryError:
        raise
    except Exception as error:
        if is_memory_nearly_used_up():
            raise MemoryError from error
        print_trace_if_debugging()
        return make_refusal(error)


def print_trace_if_debugging() -> None:
    """Print the trace of the present error on stderr where `ASSESS_DEBUG` is set."""
    if os.environ.get("ASSESS_DEBUG"):
        traceback.print_exc()
