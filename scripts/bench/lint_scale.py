"""`checklist lint` of a long list: the time for an item against that in a list of usual length."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import big

USUAL, LONG = 211, 10_000
RUNS = 3
BAR = 2.0


def measure() -> list[tuple[str, float, float]]:
    """Return name, ratio of the medians for an item, bar."""
    with tempfile.TemporaryDirectory() as folder:
        paths = {items: Path(folder) / f"big-{items}.yaml" for items in (USUAL, LONG)}
        times: dict[int, list[float]] = {items: [] for items in paths}
        for items, path in paths.items():
            path.write_text(big.checklist(items), "utf-8")
        for _run in range(RUNS):
            for items, path in paths.items():
                times[items].append(_time_lint(path))
    ratio = median(times[LONG]) / LONG / (median(times[USUAL]) / USUAL)
    return [(f"checklist lint per item, {LONG:,} items / {USUAL}", ratio, BAR)]


def _time_lint(path: Path) -> float:
    """Return the wall time of a lint in seconds; the list may have findings."""
    begin = time.perf_counter()
    words = [sys.executable, "-m", "assess", "checklist", "lint", str(path)]
    subprocess.run(words, cwd=path.parent, check=False, capture_output=True)
    return time.perf_counter() - begin
