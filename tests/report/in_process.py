"""Runs the command line in the process of the tests: a start costs half a second."""

from __future__ import annotations

import contextlib
import io
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from assess.cli.boundary import run_and_explain_errors


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
