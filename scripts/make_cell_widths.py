"""Write src/assess/data/cell_widths.txt: how many cells of a terminal each character takes.

The widths are those by which Rich, and so Textual, lays out a screen; the program's own layout has
to count alike. Run it as `.venv/bin/python scripts/make_cell_widths.py` when a test of
`display.text.cells` says that a new version of Rich counts otherwise.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from rich.cells import cell_len, get_character_cell_size

TARGET = Path(__file__).resolve().parent.parent / "src" / "assess" / "data" / "cell_widths.txt"
EMOJI_FORM = "\ufe0f"


def group_ranges(codes: Iterable[int]) -> Iterator[str]:
    """Yield sorted code points as ranges, each as `first-last` or `first` in hexadecimal."""
    numbered = enumerate(codes)
    for _distance, pairs in groupby(numbered, key=lambda pair: pair[1] - pair[0]):
        run = [code for _number, code in pairs]
        yield f"{run[0]:x}" if len(run) == 1 else f"{run[0]:x}-{run[-1]:x}"


def main() -> None:
    """Write a line for each width but 1, and a line of characters that the emoji form widens."""
    signs = [chr(code) for code in range(sys.maxunicode + 1)]
    codes = {
        "0": [ord(sign) for sign in signs if get_character_cell_size(sign) == 0],
        "2": [ord(sign) for sign in signs if get_character_cell_size(sign) == 2],  # noqa: PLR2004  # cells
        "+": [ord(sign) for sign in signs if cell_len(sign + EMOJI_FORM) > cell_len(sign)],
    }
    lines = (f"{key} {' '.join(group_ranges(of_key))}\n" for key, of_key in codes.items())
    TARGET.write_text("".join(lines), "ascii")


if __name__ == "__main__":
    main()
