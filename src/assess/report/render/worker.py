"""The child process: a Job comes on stdin, replies go to stdout.

`python -m assess.report.render.worker MEMORY CPU`, in megabytes and seconds. Its limits are set
before anything else: a template is a program, and the sandbox stops neither `'a' * 10**9` nor a
loop. stdout holds JSON lines, and after `done` the bytes of the PDF.
"""

from __future__ import annotations

import gc
import os
import re
import resource
import signal
import sys
import traceback
from collections.abc import Callable
from typing import TYPE_CHECKING, BinaryIO, Final

import msgspec

from assess.parent_process import end_when_named_parent_ends

if TYPE_CHECKING:
    from assess.report.render.job import DocumentJob, RenderJob, Reply

MEGABYTE = 1024 * 1024


def run_worker(serve: Callable[[BinaryIO, BinaryIO], None], later_factor: int = 1) -> None:
    """Set limits, read the question, reply to it by `serve`."""
    end_when_named_parent_ends(signal.SIGKILL)
    memory, seconds = int(sys.argv[1]) * MEGABYTE, int(sys.argv[2])
    limit_resources(memory, seconds, later_factor)
    # What is loaded stays to the end: looking for what died is wasted.
    gc.disable()
    # Whatever a library prints must not come between the replies.
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    with out:
        serve(sys.stdin.buffer, out)
    # Tearing down some hundred thousand boxes one by one takes a tenth of a report.
    os._exit(0)


def limit_resources(memory: int, seconds: int, later_factor: int = 1) -> None:
    """Limit address space (bytes), processor time, and forbid core dumps.

    `later_factor` is how many times as much may be allowed later by `increase_resource_limits`.
    """
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory * later_factor))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds * later_factor + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def increase_resource_limits(memory: int, seconds: int) -> None:
    """Raise the limits of the start, up to the maximum that was set at the start."""
    for what, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, seconds)):
        hard = resource.getrlimit(what)[1]
        resource.setrlimit(
            what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard)
        )


WIDER = 4
"""The factor by which the limits of the start may be raised once the size of the job is known."""


def serve_render_job(source: BinaryIO, out: BinaryIO) -> None:
    """Read one job and write the replies to it."""
    from assess.report.render.job import DocumentJob, RenderJob  # noqa: PLC0415  # after the limits
    from assess.report.render.refusal import RenderRefusedError  # noqa: PLC0415  # after the limits
    from assess.report.render.replies import RenderDone, RenderFailure  # noqa: PLC0415  # after the limits

    def send_reply(message: Reply) -> None:
        out.write(msgspec.json.encode(message) + b"\n")
        out.flush()

    pdf = b""
    try:
        # Imported while the program still gathers what the job will hold.
        render = load_renderer()
        job: RenderJob | DocumentJob = msgspec.json.decode(
            source.read(), type=RenderJob | DocumentJob
        )
        if job.memory:
            increase_resource_limits(job.memory * MEGABYTE, job.cpu)
        alive: list[object] = []
        pdf, pages = render(job, send_reply, alive.append)
        send_reply(RenderDone(size=len(pdf), pages=pages))
    except RenderRefusedError as error:
        send_reply(RenderFailure(kind=error.kind, message=error.message, hint=error.hint))
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except Exception as error:  # noqa: BLE001  # the boundary of this process
        if is_memory_nearly_used_up():
            os._exit(OUT_OF_MEMORY)
        if os.environ.get("ASSESS_DEBUG"):
            traceback.print_exc()
        send_reply(RenderFailure(kind="bug", message=_describe_error(error)))
    out.write(pdf)


OUT_OF_MEMORY = 99
"""Exit code where Python itself noticed that the memory is used up."""


_NEARLY_ALL: Final = 0.75


def is_memory_nearly_used_up() -> bool:
    """Return whether this process held nearly as much memory as it may.

    Code in C may turn a lack of memory into any error, such as SystemError.
    """
    most, _hard = resource.getrlimit(resource.RLIMIT_AS)
    unit = 1 if sys.platform == "darwin" else 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
    return most != resource.RLIM_INFINITY and peak >= most * _NEARLY_ALL


def load_renderer() -> Callable[
    [RenderJob | DocumentJob, Callable[[Reply], None], Callable[[object], None]], tuple[bytes, int]
]:
    """Load and return what renders.

    Raises:
        RenderRefusedError: a library is not installed.
    """
    from assess.report.render.loading import skip_cffi_library_search  # noqa: PLC0415  # likewise
    from assess.report.render.refusal import RenderRefusedError  # noqa: PLC0415  # after the limits

    try:
        with skip_cffi_library_search():
            from assess.report.render.document_page import render_any_job  # noqa: PLC0415  # slow, and may fail
    except OSError as error:
        # cffi names in quotes the library that it could not open.
        name = re.search(r"library '([^']+)'", str(error))
        hint = "apt-get install libpango-1.0-0 libpangoft2-1.0-0"
        raise RenderRefusedError("library", name[1] if name else str(error), hint) from error
    return render_any_job


def _describe_error(error: Exception) -> str:
    """Return what went wrong and where, without values: these hold answers."""
    frame = error.__traceback__
    while frame is not None and frame.tb_next is not None:
        frame = frame.tb_next
    if frame is None:
        return type(error).__name__
    place = os.path.basename(frame.tb_frame.f_code.co_filename)  # noqa: PTH119  # a name to print
    return f"{type(error).__name__} in {place}:{frame.tb_lineno}"


if __name__ == "__main__":
    run_worker(serve_render_job, WIDER)
