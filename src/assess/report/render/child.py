"""Rendering in a child process under limits, from the side of the program."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable
from typing import NamedTuple, Self

import msgspec
from msgspec.structs import replace

from assess.errors import AssessError, EnvironmentLacksError, UsageError
from assess.i18n import Lang, translator
from assess.report.content.view.model import LabelledLine
from assess.report.render.job import RenderJob, RenderProgress, Reply
from assess.report.render.process import start_module
from assess.report.render.replies import RenderDone, RenderFailure

_OUT_OF_MEMORY = 99
WORKER = "assess.report.render.worker"


_REPLIES = msgspec.json.Decoder(Reply)
"""Made once, before there are threads: msgspec must not learn a type in two of them at a time."""


class TemplateError(UsageError):
    """The template is missing, wrong, or asks for what it may not have."""


class RenderError(EnvironmentLacksError):
    """The report could not be made: a limit, a crash, a character without a font."""


class RenderLimits(NamedTuple):
    """What a report may use."""

    memory: int = 1536
    """Megabytes of address space; half of it is libraries and fonts that are mapped, not used."""
    cpu: int = 120
    """Seconds of processor time."""
    wall: float = 180
    """Seconds in all."""

    def limits_for_items(self, count: int) -> RenderLimits:
        """Return the limits of a report of so many items: what is beyond 1,000 adds to them."""
        more = min(max(count - _USUAL, 0), _MOST - _USUAL)
        return RenderLimits(self.memory + more // 4, self.cpu + more // 10, self.wall + more // 5)


_USUAL, _MOST = 1000, 5000
"""Items for which the limits hold, and up to which they grow."""


class RenderedReport(NamedTuple):
    """A finished report."""

    pdf: bytes
    pages: int
    broken: tuple[str, ...] = ()
    """Ids of evidence that should be pictures and can't be shown."""
    replaced: tuple[LabelledLine, ...] = ()
    """Codes that are printed for characters without a font, and in which items."""


class RenderChild:
    """A child process that is started early, so that it loads its libraries in the meantime.

    The end of the context always kills the process and removes its temporary files.
    """

    def __init__(self, limits: RenderLimits, lang: Lang, worker: str = WORKER) -> None:
        self._limits = limits
        self._lang = lang
        self._items = 0
        self._folder = tempfile.TemporaryDirectory(prefix="assess-")
        words = [worker, str(limits.memory), str(limits.cpu)]
        self._process = start_module(words, self._folder.name, stdin=subprocess.PIPE)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        self.kill_process()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                # What could not be written any more is not wanted any more.
                with contextlib.suppress(BrokenPipeError):
                    pipe.close()
        self._folder.cleanup()

    def kill_process(self) -> None:
        """End the child at once; a thread that waits for it gets an error."""
        self._process.kill()

    def render_job(
        self, job: RenderJob, report_progress: Callable[[RenderProgress], None]
    ) -> RenderedReport:
        """Return the PDF; `report_progress` is called for each step.

        Raises:
            TemplateError: the template is wrong.
            EnvironmentLacksError: a library or font is missing.
            RenderError: a limit was reached, the child crashed, a character has no font.
        """
        broken: list[str] = []
        replaced: list[LabelledLine] = []

        def record_and_report_progress(progress: RenderProgress) -> None:
            broken.extend(progress.broken)
            replaced.extend(progress.replaced)
            report_progress(progress)

        count = sum(len(part.items) for section in job.view.sheets for part in section.sections)
        self._items = count
        self._limits = self._limits.limits_for_items(count)
        job = replace(job, memory=self._limits.memory, cpu=self._limits.cpu)
        done, data = self.send_question_and_wait(
            msgspec.json.encode(job), record_and_report_progress
        )
        return RenderedReport(data, done.pages, tuple(broken), tuple(replaced))

    def send_question_and_wait(
        self, question: bytes, report_progress: Callable[[RenderProgress], None]
    ) -> tuple[RenderDone, bytes]:
        """Return the answer of the worker to a question; `report_progress` is called for each step.

        Raises:
            as `render_job`.
        """
        until = time.monotonic() + self._limits.wall
        self._send_question(question)
        buffer = b""
        while True:
            line, newline, rest = buffer.partition(b"\n")
            if not newline:
                chunk = self._read_chunk(until)
                if not chunk:
                    raise self._error_of_ended_child()
                buffer += chunk
                continue
            buffer = rest
            reply = _REPLIES.decode(line)
            if isinstance(reply, RenderProgress):
                report_progress(reply)
            elif isinstance(reply, RenderFailure):
                raise _error_of_failure(reply, self._lang)
            else:
                return reply, self._read_answer_data(reply, buffer, until)

    def _read_answer_data(self, done: RenderDone, start: bytes, until: float) -> bytes:
        parts = [start]
        missing = done.size - len(start)
        while missing > 0:
            chunk = self._read_chunk(until)
            if not chunk:
                raise self._error_of_ended_child()
            parts.append(chunk)
            missing -= len(chunk)
        return b"".join(parts)

    def _send_question(self, data: bytes) -> None:
        pipe = self._process.stdin
        if pipe is None:
            return
        # A child that ended before it read the question has perhaps replied why: the reply is
        # read next, and without one the child's exit code says why.
        with contextlib.suppress(BrokenPipeError):
            pipe.write(data)
            pipe.close()

    def _read_chunk(self, until: float) -> bytes:
        pipe = self._process.stdout
        left = until - time.monotonic()
        if pipe is None or left <= 0 or not select.select([pipe], [], [], left)[0]:
            _ = translator(self._lang)
            message = _("the report took longer than {seconds} seconds")
            raise RenderError(message.format(seconds=int(self._limits.wall)), self._limit_hint())
        return os.read(pipe.fileno(), 1 << 16)

    def _error_of_ended_child(self) -> AssessError:
        """Return why the child ended without a reply."""
        _ = translator(self._lang)
        code = self._process.wait()
        if code == -signal.SIGXCPU:
            message = _("the report took more than {seconds} seconds of processor time")
            return RenderError(message.format(seconds=self._limits.cpu), self._limit_hint())
        if code == _OUT_OF_MEMORY:
            message = _("the report needs more than {memory} MB of memory")
            return RenderError(message.format(memory=self._limits.memory), self._limit_hint())
        name = signal.Signals(-code).name if code < 0 else str(code)
        message = _(
            "the process that sets the report ended with {code}; {memory} MB may be too few"
        )
        return RenderError(
            message.format(code=name, memory=self._limits.memory), self._limit_hint()
        )

    def _limit_hint(self) -> str:
        _ = translator(self._lang)
        if self._items <= _MOST:
            return _("look at the templates of the workspace")
        hint = _("{count} items are too many for one PDF; a report for each sheet: {command}")
        return hint.format(count=self._items, command="assess report --all")


def _error_of_failure(failure: RenderFailure, lang: Lang) -> AssessError:
    if failure.kind == "template":
        return TemplateError(failure.message, failure.hint)
    if failure.kind == "environment":
        return EnvironmentLacksError(failure.message, failure.hint)
    if failure.kind == "characters":
        return RenderError(failure.message, failure.hint)
    _ = translator(lang)
    if failure.kind == "library":
        message = _("{library} is not installed, and without it no report can be set")
        return EnvironmentLacksError(message.format(library=failure.message), failure.hint)
    message = _("the report could not be set: {what}")
    return RenderError(message.format(what=failure.message), "ASSESS_DEBUG=1")
