"""Starting: `--version`, `status` and `lint` against a Python that imports yaml and click.

Why the bars are what they are: docs/decisions/0056.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import big

REFERENCE = [sys.executable, "-c", "import yaml, click"]
RUNS = 15


def measure() -> list[tuple[str, float, float]]:
    """Return name, ratio of medians over interleaved runs, bar."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name) / "w"
        big.workspace(root, items=211)
        assess = [sys.executable, "-m", "assess"]
        commands = {
            "assess --version ÷ import yaml, click": ([*assess, "--version"], 1.6),
            "assess status (211 items) ÷ import yaml, click": ([*assess, "status"], 4.0),
            "assess lint (211 items) ÷ import yaml, click": ([*assess, "lint"], 4.0),
        }
        times: dict[str, list[float]] = {key: [] for key in ("", *commands)}
        for _run in range(RUNS):
            times[""].append(timed(REFERENCE, root))
            for key, (words, _bar) in commands.items():
                times[key].append(timed(words, root))
        base = median(times[""])
        return [(key, median(times[key]) / base, bar) for key, (_words, bar) in commands.items()]


def timed(words: list[str], folder: Path) -> float:
    """Return the wall time of a command in seconds; it must not fail."""
    begin = time.perf_counter()
    subprocess.run(words, cwd=folder, check=True, capture_output=True)
    return time.perf_counter() - begin
