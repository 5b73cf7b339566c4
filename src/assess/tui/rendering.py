"""Making the report in a process of its own: its progress heard, cancelled without a trace."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from assess.errors import AssessError
from assess.i18n import Lang
from assess.workspace import SheetName

_PACKAGE = Path(__file__).resolve().parent.parent.parent
_PATIENCE = 5.0
"""Seconds that the process gets to end by itself once it is cancelled."""


class Wanted(NamedTuple):
    """Which report is to be made."""

    round_id: str
    sheet: SheetName | None
    """None: all sheets of the round in one report."""
    template: str
    lang: Lang


class Step(NamedTuple):
    """How far it is: `template`, `layout` with the page, `write`."""

    name: str
    page: int = 0


class Made(NamedTuple):
    """A report that was made; `draft` are the reasons why it is one."""

    path: Path
    pages: int
    draft: tuple[str, ...]


class CancelledError(AssessError):
    """The report was cancelled; nothing was written."""


class Rendering:
    """One report on its way."""

    def __init__(self, root: Path, wanted: Wanted, words: Lang) -> None:
        self._root = root
        self._words = words
        self._wanted = wanted
        self._process: asyncio.subprocess.Process | None = None
        self.cancelled = False

    def cancel(self) -> None:
        """End the process as Ctrl+C would, so that it takes its own children along."""
        self.cancelled = True
        if self._process is not None and self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                self._process.send_signal(signal.SIGINT)

    async def run(self, heard: Callable[[Step], None]) -> Made:
        """Make the report; `heard` is called for each step.

        Raises:
            CancelledError: it was cancelled.
            AssessError: it could not be made; the message is that of the command.
        """
        process = await asyncio.create_subprocess_exec(
            *command(self._wanted),
            cwd=self._root,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env=environment(os.environ, self._words),
            start_new_session=True,
        )
        self._process = process
        if self.cancelled:
            self.cancel()
        try:
            out, said = await asyncio.gather(_all(process.stdout), self._hear(process, heard))
            await process.wait()
        finally:
            await self._end(process)
        if self.cancelled:
            raise CancelledError("")
        if process.returncode:
            raise AssessError("\n".join(said) or f"exit {process.returncode}")
        return _made(out)

    async def _hear(
        self, process: asyncio.subprocess.Process, heard: Callable[[Step], None]
    ) -> list[str]:
        """Hand on the steps; return the other lines, which are for people."""
        said = []
        while process.stderr is not None and (raw := await process.stderr.readline()):
            text = raw.decode("utf-8", "replace").rstrip()
            step = _step(text)
            if step is not None:
                heard(step)
            elif text:
                said.append(text)
        return said

    async def _end(self, process: asyncio.subprocess.Process) -> None:
        if process.returncode is not None:
            return
        self.cancel()
        try:
            await asyncio.wait_for(process.wait(), _PATIENCE)
        except TimeoutError:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


async def _all(stream: asyncio.StreamReader | None) -> bytes:
    return await stream.read() if stream is not None else b""


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
