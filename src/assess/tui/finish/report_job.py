"""A report is made in a process of its own, which reports progress and can be cancelled."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from assess.display.finish.report_steps import MadeReport, RenderStep
from assess.errors import AssessError
from assess.i18n import Lang
from assess.parent_process import environ_naming_this_parent
from assess.workspace.core.report_request import ReportRequest

_PACKAGE = Path(__file__).resolve().parent.parent.parent.parent
_PATIENCE = 5.0
"""Seconds for the process to end after it is cancelled."""


class CancelledError(AssessError):
    """The report was cancelled; nothing was written."""


class Rendering:
    """One report in progress; `make_report` blocks, and any thread may call `cancel`."""

    def __init__(self, root: Path, request: ReportRequest, words: Lang) -> None:
        self._root = root
        self._words = words
        self._request = request
        self._process: subprocess.Popen[bytes] | None = None
        self.cancelled = False

    def cancel(self) -> None:
        """End the process as Ctrl+C does, so that it ends its own children."""
        self.cancelled = True
        process = self._process
        if process is not None and process.poll() is None:
            process.send_signal(signal.SIGINT)
            last = threading.Timer(_PATIENCE, process.kill)
            last.daemon = True
            last.start()

    def make_report(self, on_step: Callable[[RenderStep], None]) -> MadeReport:
        """Make the report; call `on_step` for each step.

        Raises:
            CancelledError: the report was cancelled.
            AssessError: the report could not be made; the message is that of the command.
        """
        with tempfile.TemporaryFile() as out:
            with subprocess.Popen(
                build_report_command(self._request),
                cwd=self._root,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.PIPE,
                env=environ_naming_this_parent(build_report_environment(os.environ, self._words)),
                start_new_session=True,
            ) as process:
                self._process = process
                if self.cancelled:
                    self.cancel()
                messages = list(_pass_steps_and_yield_messages(process, on_step))
            if self.cancelled:
                raise CancelledError("")
            if process.returncode:
                raise AssessError("\n".join(messages) or f"exit {process.returncode}")
            out.seek(0)
            return _parse_made_report(out.read(), self._request.template)


def _pass_steps_and_yield_messages(
    process: subprocess.Popen[bytes], on_step: Callable[[RenderStep], None]
) -> Iterator[str]:
    """Pass the steps to `on_step`; yield the other lines, which are messages."""
    for raw in process.stderr or ():
        text = raw.decode("utf-8", "replace").rstrip()
        step = _parse_step(text)
        if step is not None:
            on_step(step)
        elif text:
            yield text


def build_report_command(request: ReportRequest) -> Sequence[str]:
    """Return the command line; `-P` keeps the workspace's folder off Python's import path."""
    words = [sys.executable, "-P", "-m", "assess", "report"]
    if len(request.sheets) == 1:
        checklist, system = request.sheets[0]
        words += [checklist, "--system", system] if system else [checklist]
    words += ["--round", request.round_id, "--lang", request.lang, "--template", request.template]
    return [*words, "--progress", "json", "--json"]


def build_report_environment(environ: Mapping[str, str], message_lang: Lang) -> dict[str, str]:
    """Return the environment of the process: this package first, messages in `message_lang`."""
    paths = [str(_PACKAGE), *filter(None, [environ.get("PYTHONPATH")])]
    return {**environ, "PYTHONPATH": os.pathsep.join(paths), "ASSESS_LANG": message_lang}


def _parse_step(text: str) -> RenderStep | None:
    try:
        row = json.loads(text)
        return RenderStep(str(row["step"]), int(row["page"]))
    except (ValueError, TypeError, KeyError):
        return None


def _parse_made_report(out: bytes, template: str) -> MadeReport:
    try:
        row = json.loads(out)
        return MadeReport(
            Path(row["path"]),
            int(row["pages"]),
            tuple(map(str, row["draft"])),
            row["attachments"] != "none",
            is_blank_form=template == "blank",
        )
    except (ValueError, TypeError, KeyError) as error:
        raise AssessError(out.decode("utf-8", "replace")[:200]) from error
