"""Count how often a command flushes the disk, with strace."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

_FLUSH = re.compile(r"\b(?:fsync|fdatasync|syncfs)\(")


def need_strace() -> None:
    """Skip the test where strace is not installed, or may not look at programs."""
    if shutil.which("strace") is None:
        pytest.skip("no strace")
    tried = subprocess.run(["strace", "-qq", "true"], check=False, capture_output=True)
    if tried.returncode:
        pytest.skip("strace may not trace here")


def traced(root: Path, words: Sequence[str], calls: str, options: Sequence[str] = ()) -> str:
    """Run `assess WORDS` in a folder and return what strace wrote of its system calls."""
    log = root.parent / f"strace-{os.urandom(4).hex()}"
    strace = ["strace", "-f", "-qq", "-e", f"trace={calls}", *options, "-o", str(log)]
    subprocess.run(
        [*strace, sys.executable, "-P", "-m", "assess", *words],
        cwd=root,
        check=True,
        capture_output=True,
        env={**os.environ, "ASSESS_LANG": "en", "COVERAGE_PROCESS_START": ""},
    )
    text = log.read_text("utf-8", "surrogateescape")
    log.unlink()
    return text


def flushes(root: Path, *words: str) -> int:
    """Return how many flushes `assess WORDS` makes, with all processes that it starts."""
    return len(_FLUSH.findall(traced(root, words, "fsync,fdatasync,syncfs")))
