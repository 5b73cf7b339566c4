"""Hold the coverage of the last test run against the bars; prints the files that lack something.

Bars: branches and lines, 100 % of model, engine and store, 95 % of the whole.
"""

from __future__ import annotations

import sys

from coverage import Coverage
from coverage.exceptions import CoverageException

BARS = (
    (100, ("*/assess/model/*", "*/assess/engine/*", "*/assess/store/*")),
    (95, ("*/assess/*",)),
)


def main() -> int:
    """Report each bar; return 1 where one is missed and `--hold` is given."""
    coverage = Coverage()
    coverage.load()
    failed = False
    for bar, include in BARS:
        print(f"\ncoverage of {', '.join(include)} (at least {bar} %)", flush=True)
        total = coverage.report(include=list(include), show_missing=True, skip_covered=True)
        failed |= total < bar
    return int(failed and "--hold" in sys.argv)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except CoverageException as error:
        sys.exit(f"coverage: {error}" if "--hold" in sys.argv else 0)
