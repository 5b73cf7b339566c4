"""The measuring that the attacks rely on sees what it is there for."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from adversary.measured import Measured, run_measured


def measure(code: str, folder: Path, limit: float = 10) -> Measured:
    """Run a line of Python."""
    return run_measured(
        [sys.executable, "-I", "-S", "-c", code], folder, dict(os.environ), limit, folder / "log"
    )


def test_exit_code_output_and_memory(tmp_path: Path) -> None:
    """The exit code, what was printed and the peak memory are those of the program."""
    done = measure("print('said'); x = b'a' * 200_000_000; raise SystemExit(3)", tmp_path)
    assert (done.code, done.output, done.left) == (3, "said\n", False)
    assert 190 < done.mebibytes < 300


def test_memory_of_a_child(tmp_path: Path) -> None:
    """The memory of a child counts; that of the test process itself does not."""
    child = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'b\"a\" * 200_000_000'])"
    assert 190 < measure(child, tmp_path).mebibytes < 300
    assert measure("pass", tmp_path).mebibytes < 50


def test_processor_time_of_a_child_counts_and_waiting_does_not(tmp_path: Path) -> None:
    """On a machine that does other things too, a program waits."""
    busy = "import time\nwhile time.process_time() < 1: pass"
    child = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {busy!r}])"
    assert measure(child, tmp_path, limit=60).seconds >= 1
    assert measure("import time; time.sleep(1)", tmp_path).seconds < 0.8


def test_a_hang_is_ended(tmp_path: Path) -> None:
    """A program that does not end in time has no exit code."""
    assert measure("import time; time.sleep(60)", tmp_path, limit=0.5).code is None


def test_a_process_that_is_left_is_seen(tmp_path: Path) -> None:
    """A child that goes on after the program is told."""
    code = "import subprocess; subprocess.Popen(['sleep', '60'])"
    assert measure(code, tmp_path).left
