"""Reports of 1,000 and 3,000 answers against one of 211: time for each answer, and memory."""

from __future__ import annotations

import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import report

SIZES = (1000, 3000)
RUNS = 2


def measure() -> Iterator[tuple[str, float, float]]:
    """Yield name, the best of interleaved runs for an answer against 211's, bar; megabytes, bar."""
    with tempfile.TemporaryDirectory() as name:
        roots = {}
        for items in (report.ITEMS, *SIZES):
            folder = Path(name) / str(items)
            folder.mkdir()
            roots[items] = report.workspace(folder / "w", items).root
        runs = [{items: _timed(root) for items, root in roots.items()} for _run in range(RUNS)]
        each = {items: min(one[items] for one in runs) / items for items in roots}
        for items in SIZES:
            said = f"an answer of {items} ÷ an answer of {report.ITEMS}"
            yield f"assess report, {said}", each[items] / each[report.ITEMS], 1.25
        yield f"assess report ({SIZES[-1]} answers), peak MB", report.peak(roots[SIZES[-1]]), 1000


def _timed(root: Path) -> float:
    begin = time.perf_counter()
    subprocess.run(report.WHOLE, cwd=root, check=True, capture_output=True)
    return time.perf_counter() - begin
