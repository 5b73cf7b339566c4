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
BAR = 1.5

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

OURS = """
import sys
from datetime import UTC, date, datetime
from pathlib import Path

from assess.workspace import Workspace
from assess.tui.app.app import AssessApp
from assess.tui.walk.screen import WalkScreen

WalkScreen.mark_answerable_for_benchmark = lambda screen: screen.app.exit()
here = Workspace(Path.cwd(), "zh")
name = here.sheets("2026")[0]
now = lambda: datetime(2026, 6, 1, tzinfo=UTC)
app = AssessApp(here, "2026", None, date(2026, 6, 1), now, "zh", name)
app.run_to_end(headless=True, size=(80, 24))
"""


def measure() -> list[tuple[str, float, float]]:
    """Return name, ratio of medians over interleaved runs, bar."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "w"
        big.workspace(root, items=ITEMS)
        times: dict[str, list[float]] = {BARE: [], OURS: []}
        for _run in range(RUNS):
            for script, found in times.items():
                found.append(timed([sys.executable, "-c", script], root))
    ratio = median(times[OURS]) / median(times[BARE])
    return [(f"fill to first item ({ITEMS} items) ÷ bare Textual app with a tree", ratio, BAR)]
