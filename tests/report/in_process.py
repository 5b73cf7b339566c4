"""Runs the command line, and sets reports, in the process of the tests.

A start of the program costs half a second, one of the process that sets a report a whole one.
"""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable, Sequence
from pathlib import Path
from subprocess import CompletedProcess

import msgspec
import pytest
from jinja2 import FileSystemBytecodeCache
from jinja2.sandbox import ImmutableSandboxedEnvironment

from assess.cli.boundary import run_and_explain_errors
from assess.i18n import Lang
from assess.report.render import produce, template
from assess.report.render.child import RenderChild, RenderLimits, _error_of_failure
from assess.report.render.job import RenderJob, RenderProgress
from assess.report.render.refusal import RenderRefusedError
from assess.report.render.render import render_report
from assess.report.render.replies import RenderDone, RenderFailure
from examples import is_thorough
from report.set_once import SharedReports, set_once_and_tell


class RendererInThisProcess(RenderChild):
    """Stands for the child process that sets a report; job, steps and errors are those of a child.

    Limits are not kept: `render/test_child.py` tries them.
    """

    def __init__(self, limits: RenderLimits, lang: Lang) -> None:
        self._limits, self._lang = limits, lang

    def __exit__(self, *_raised: object) -> None:
        """End nothing."""

    def kill_process(self) -> None:
        """End nothing."""

    def send_question_and_wait(
        self, question: bytes, report_progress: Callable[[RenderProgress], None]
    ) -> tuple[RenderDone, bytes]:
        """Set the report."""
        try:
            job = msgspec.json.decode(question, type=RenderJob)
            pdf, pages = self.set_report(job, report_progress)
        except RenderRefusedError as error:
            failure = RenderFailure(kind=error.kind, message=error.message, hint=error.hint)
            raise _error_of_failure(failure, self._lang) from error
        return RenderDone(size=len(pdf), pages=pages), pdf

    def set_report(
        self, job: RenderJob, report_progress: Callable[[RenderProgress], None]
    ) -> tuple[bytes, int]:
        """Return the PDF of a job and its pages."""
        return render_report(job, report_progress)


class SharedRenderer(RendererInThisProcess):
    """Sets each report once a run: the same job gives the same bytes (`content/test_inputs.py`).

    Not for a test that changes what sets reports.
    """

    def set_report(
        self, job: RenderJob, report_progress: Callable[[RenderProgress], None]
    ) -> tuple[bytes, int]:
        """Return the PDF of a job and its pages."""
        return set_once_and_tell(job, report_progress)


def share_reports(patch: pytest.MonkeyPatch) -> None:
    """Set each report once a run, in this process; a run of all suites does as the program does.

    Templates are compiled once a run, too: that takes a third of the time of a short report.
    """
    if not is_thorough():
        patch.setattr(produce, "RenderChild", SharedRenderer)
        patch.setattr(template, "_make_template_sandbox", _make_sandbox_with_cache)


_make_sandbox = template._make_template_sandbox


def _make_sandbox_with_cache(folders: Sequence[str]) -> ImmutableSandboxedEnvironment:
    environment = _make_sandbox(folders)
    environment.bytecode_cache = FileSystemBytecodeCache(str(SharedReports.samples.folder))
    return environment


def run_in_process(folder: Path, environ: dict[str, str], *words: str) -> CompletedProcess[str]:
    """Run `assess` in a folder; return exit code and output as of a process of its own."""
    out, err = _output(), _output()
    with (
        pytest.MonkeyPatch.context() as patch,
        contextlib.chdir(folder),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        for name, value in environ.items():
            patch.setenv(name, value)
        code = run_and_explain_errors(words)
    return CompletedProcess(words, code, _written(out), _written(err))


def _output() -> io.TextIOWrapper:
    """Return an output of bytes, as that of a process."""
    return io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True)


def _written(output: io.TextIOWrapper) -> str:
    output.flush()
    data: bytes = output.buffer.getvalue()  # type: ignore[attr-defined]  # BytesIO, as made above
    return data.decode()
