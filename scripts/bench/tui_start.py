"""Starting the terminal interface, against a bare Textual app with a tree of as many nodes."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from statistics import median

import big
from start import timed

RUNS = 11
ITEMS = 211
BAR = 2.0
"""What the modules of the program cost above those of Textual: docs/decisions/0056."""

BARE = f"""
from textual.app import App
from textual.widgets import Tree

class Bare(App):
    def compose(self):
        tree = Tree("root")
        tree.root.expand()
        for number in range({ITEMS}):
            tree.root.add_leaf(f"item {{number}}")
        yield tree

    def on_ready(self):
        self.call_after_refresh(self.exit)

Bare().run(headless=True, size=(80, 24))
"""

REFERENCE = [sys.executable, "-c", BARE]
WALK = [sys.executable, str(Path(__file__).with_name("open_walk.py"))]


def measure() -> list[tuple[str, float, float]]:
    """Return name, ratio of medians over interleaved runs, bar."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "w"
        big.workspace(root, items=ITEMS)
        references: list[float] = []
        walks: list[float] = []
        for _run in range(RUNS):
            references.append(timed(REFERENCE, root))
            walks.append(timed(WALK, root))
    ratio = median(walks) / median(references)
    return [(f"fill to first item ({ITEMS} items) ÷ bare Textual app with a tree", ratio, BAR)]
