"""Making the report in a process of its own: its progress heard, cancelled without a trace."""

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

from assess.display.finish.report_steps import Made, Step, Wanted
from assess.errors import AssessError
from assess.i18n import Lang
from assess.parent_process import with_parent

_PACKAGE = Path(__file__).resolve().parent.parent.parent.parent
_PATIENCE = 5.0
"""Seconds that the process gets to end by itself once it is cancelled."""


class CancelledError(AssessError):
    """The report was cancelled; nothing was written."""


class Rendering:
    """One report on its way; `make` blocks, `cancel` may be called from another thread."""

    def __init__(self, root: Path, wanted: Wanted, words: Lang) -> None:
        self._root = root
        self._words = words
        self._wanted = wanted
        self._process: subprocess.Popen[bytes] | None = None
        self.cancelled = False

    def cancel(self) -> None:
        """End the process as Ctrl+C would, so that it takes its own children along."""
        self.cancelled = True
        process = self._process
        if process is not None and process.poll() is None:
            process.send_signal(signal.SIGINT)
            last = threading.Timer(_PATIENCE, process.kill)
            last.daemon = True
            last.start()

    def make(self, heard: Callable[[Step], None]) -> Made:
        """Make the report; `heard` is called for each step.

        Raises:
            CancelledError: it was cancelled.
            AssessError: it could not be made; the message is that of the command.
        """
        with tempfile.TemporaryFile() as out:
            with subprocess.Popen(
                command(self._wanted),
                cwd=self._root,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.PIPE,
                env=with_parent(environment(os.environ, self._words)),
                start_new_session=True,
            ) as process:
                self._process = process
                if self.cancelled:
                    self.cancel()
                said = list(_said(process, heard))
            if self.cancelled:
                raise CancelledError("")
            if process.returncode:
                raise AssessError("\n".join(said) or f"exit {process.returncode}")
            out.seek(0)
            return _made(out.read())


def _said(process: subprocess.Popen[bytes], heard: Callable[[Step], None]) -> Iterator[str]:
    """Hand on the steps; give the other lines, which are for people."""
    for raw in process.stderr or ():
        text = raw.decode("utf-8", "replace").rstrip()
        step = _step(text)
        if step is not None:
            heard(step)
        elif text:
            yield text


def command(wanted: Wanted) -> Sequence[str]:
    """Return the command line; `-P` keeps the workspace's folder out of what Python imports."""
    words = [sys.executable, "-P", "-m", "assess", "report"]
    if wanted.sheet is not None:
        words.append(wanted.sheet.checklist)
        if wanted.sheet.system is not None:
            words += ["--system", wanted.sheet.system]
    words += ["--round", wanted.round_id, "--lang", wanted.lang, "--template", wanted.template]
    return [*words, "--progress", "json", "--json"]


def environment(environ: Mapping[str, str], words: Lang) -> dict[str, str]:
    """Return the process's environment: this package found first, messages in `words`."""
    paths = [str(_PACKAGE), *filter(None, [environ.get("PYTHONPATH")])]
    return {**environ, "PYTHONPATH": os.pathsep.join(paths), "ASSESS_LANG": words}


def _step(text: str) -> Step | None:
    try:
        row = json.loads(text)
        return Step(str(row["step"]), int(row["page"]))
    except (ValueError, TypeError, KeyError):
        return None


def _made(out: bytes) -> Made:
    try:
        row = json.loads(out)
        return Made(Path(row["path"]), int(row["pages"]), tuple(map(str, row["draft"])))
    except (ValueError, TypeError, KeyError) as error:
        raise AssessError(out.decode("utf-8", "replace")[:200]) from error
