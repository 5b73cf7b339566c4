"""Hold the coverage of the last test run against the bars; prints the files that lack something.

Bars: branches and lines, 100 % of model, engine and store, 95 % of merging and workspace; with
`--all`, after a run in which all tests and their child processes were traced, 95 % of the whole.
"""

from __future__ import annotations

import sys
from pathlib import Path

from coverage import Coverage

SOURCE = Path(__file__).resolve().parent.parent / "src" / "assess"
"""Tests run other versions of the program too; these do not count."""

BARS = (
    (100, tuple(f"{SOURCE}/{part}/*" for part in ("model", "engine", "store"))),
    (95, tuple(f"{SOURCE}/{part}/*" for part in ("merging", "workspace"))),
)
BARS_OF_ALL = (*BARS, (95, (f"{SOURCE}/*",)))


def main(bars: tuple[tuple[int, tuple[str, ...]], ...]) -> int:
    """Report each bar; return 1 where one is missed."""
    coverage = Coverage()
    coverage.load()
    failed = False
    for bar, include in bars:
        print(f"\ncoverage of {', '.join(include)} (at least {bar} %)", flush=True)
        total = coverage.report(include=list(include), show_missing=True, skip_covered=True)
        failed |= total < bar
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(BARS_OF_ALL if "--all" in sys.argv[1:] else BARS))
