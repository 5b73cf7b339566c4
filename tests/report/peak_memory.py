"""The largest memory of a command of the program, and of the processes that it starts."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

_MEASURE = r"""
import re, resource, sys
sys.argv = ["assess", *sys.argv[1:]]
from assess.__main__ import main
try:
    main()
finally:
    program = int(re.search(r"VmHWM:\s+(\d+)", open("/proc/self/status").read())[1])
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    for kibibytes in (program, children):
        print("peak", kibibytes // 1024, file=sys.stderr)
"""
"""Its own `ru_maxrss` would count the process that started it, from before exec."""


class PeakMemory(NamedTuple):
    """Megabytes at the peak."""

    program: int
    largest_child: int


def measure_peak_memory(root: Path, *words: str) -> PeakMemory:
    """Return the peak of a command that succeeds in the workspace at `root`."""
    done = subprocess.run(
        [sys.executable, "-c", _MEASURE, *words],
        cwd=root,
        check=True,
        capture_output=True,
        text=True,
    )
    peaks = [int(line.split()[1]) for line in done.stderr.splitlines() if line.startswith("peak ")]
    return PeakMemory(*peaks)
