"""Count the keys of a second year: 211 items, of which 180 are as last year, at the real app.

Each key counts one, the characters of a text count one together. `--write` puts the counts into
tests/tui/year/figures.yaml; without it they are compared with the file. The work is in
tests/tui/year/work.py, its keys in tests/tui/year/strategy.py.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from tui.year.counting import (
    FIGURES,
    Figures,
    count_everything,
    read_figures,
    share_of_start,
    write_figures,
)


def main() -> int:
    """Count, print, and write or compare; 1 where the file says something else."""
    with tempfile.TemporaryDirectory() as folder:
        counted = asyncio.run(count_everything(Path(folder)))
    start, written = read_figures("start"), read_figures("now")
    _print_figures(counted, start)
    if "--write" in sys.argv[1:]:
        write_figures(start, counted)
        return 0
    if counted != written:
        print(f"{FIGURES.name} has other counts: scripts/count_keys.py --write", file=sys.stderr)
    return int(counted != written)


def _print_figures(counted: Figures, start: Figures) -> None:
    for kind, (items, keys) in counted.year.items():
        print(f"{kind:24} {items:4} items {keys:5} keys")
    print(f"{'all':24} {counted.items:4} items {counted.keys:5} keys")
    print(f"of the keys at the start: {share_of_start(counted, start):.0%}")
    print(f"to the first answer: {counted.first_answer}, to the next gap: {counted.next_gap}")


if __name__ == "__main__":
    sys.exit(main())
