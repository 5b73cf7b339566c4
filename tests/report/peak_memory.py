"""The largest memory of a command of the program, and of the processes that it starts."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

_MEASURE = """
import resource, sys
sys.argv = ["assess", *sys.argv[1:]]
from assess.__main__ import main
try:
    main()
finally:
    for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN):
        print("peak", resource.getrusage(who).ru_maxrss // 1024, file=sys.stderr)
"""


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
