"""`./run bench`: every figure as a ratio against a reference measured in the same run.

`./run bench PART…` runs the named parts alone; those of `NAMED` run in this way only.
"""

from __future__ import annotations

import importlib
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

PARTS = (
    "start",
    "decode",
    "merge",
    "library",
    "lint_scale",
    "history",
    "tui_start",
    "tui_keys",
    "grid_keys",
    "report",
    "report_size",
    "report_all",
)
NAMED = ("rollup",)
"""Parts that take very long, and run only where they are named."""


def main(wanted: list[str]) -> int:
    """Print the table; return 1 where a figure is over its bar."""
    # What is measured is the program as it is installed: compiled once, not at every start.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    over = 0
    print(f"{'what':<66} {'figure':>8} {'bar':>8}")
    unknown = set(wanted) - {*PARTS, *NAMED}
    if unknown:
        sys.exit(f"no such part: {', '.join(sorted(unknown))}; {', '.join((*PARTS, *NAMED))}")
    for part in wanted or PARTS:
        for name, figure, bar in importlib.import_module(part).measure():
            mark = "" if figure <= bar else "  over"
            over += figure > bar
            print(f"{name:<66} {figure:>8.2f} {bar:>8.2f}{mark}", flush=True)
    return int(over > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
