"""A key's way to the screen with 3,000 items, against a bare Textual app with the same tree.

Both run in terminals of their own (pty), at once, and get a key in turn: neither has the machine to
itself. A key is answered when its last byte is out and nothing follows for a while.
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import tempfile
import termios
import time
from pathlib import Path
from statistics import median, quantiles

import big

ITEMS = 3000
PER_SECTION = 100
ROUNDS = 40
BAR = 3.0
MEMORY_BAR = 150.0
"""MB that the program may take."""
PATIENCE = 1.0
"""Seconds to wait for the first byte after a key."""
SAVED = 0.5
"""Seconds of silence after which an answer is taken for saved."""
QUIET = 0.06
"""Seconds of silence after which a key is taken for answered."""

BARE = f"""
from textual.app import App
from textual.widgets import Tree

class Bare(App):
    def compose(self):
        tree = Tree("root")
        tree.root.expand()
        for section in range({ITEMS} // {PER_SECTION}):
            node = tree.root.add(f"section {{section}}", expand=True)
            for number in range({PER_SECTION}):
                node.add_leaf(f"item {{section}}-{{number}}")
        yield tree

Bare().run(mouse=False)
"""

KEYS = {
    "down": b"\x1b[B",
    "answer": b"1",
    "next": b"n",
    "section": b"]",
    "scroll": b"\x1b[6~",
    "back": b"b",
}


class Seat:
    """A program in a terminal of its own."""

    def __init__(self, words: list[str], folder: Path) -> None:
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            os.chdir(folder)
            os.environ |= {"TERM": "xterm-256color", "ASSESS_LANG": "zh", "LC_ALL": "C.UTF-8"}
            os.execv(sys.executable, [sys.executable, *words])  # noqa: S606  # the program measured
        # Of 18 rows the question of an item is longer than its room: there is something to scroll.
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 18, 80, 0, 0))

    def drain(self, quiet: float) -> float:
        """Read until nothing comes for a while; return when the last byte came."""
        last = time.perf_counter()
        while select.select([self.terminal], [], [], quiet)[0]:
            os.read(self.terminal, 65536)
            last = time.perf_counter()
        return last

    def key(self, sent: bytes) -> float:
        """Return the seconds from a key to its last byte on the screen."""
        start = time.perf_counter()
        os.write(self.terminal, sent)
        if not select.select([self.terminal], [], [], PATIENCE)[0]:
            message = f"no answer to {sent!r}"
            raise RuntimeError(message)
        return self.drain(QUIET) - start

    def memory(self) -> float:
        """Return the MB that the program takes."""
        text = Path(f"/proc/{self.pid}/status").read_text()
        row = next(line for line in text.splitlines() if line.startswith("VmRSS"))
        return int(row.split()[1]) / 1024

    def end(self) -> None:
        """End the program."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.terminal)


def measure() -> list[tuple[str, float, float]]:
    """Return name, ratio, bar: medians and p99 of all keys, the median of each, and memory."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "w"
        big.workspace(root, items=ITEMS, answered=ITEMS // 2)
        ours, bare = Seat(["-m", "assess", "fill"], root), Seat(["-c", BARE], root)
        try:
            for seat in (ours, bare):
                seat.drain(3.0)
            return _judged(*_times(ours, bare), ours.memory())
        finally:
            ours.end()
            bare.end()


def _times(ours: Seat, bare: Seat) -> tuple[dict[str, list[float]], list[float]]:
    found: dict[str, list[float]] = {name: [] for name in KEYS}
    reference: list[float] = []
    for _round in range(ROUNDS):
        for name, sent in KEYS.items():
            reference.append(bare.key(KEYS["down"]))
            found[name].append(ours.key(sent))
            if name == "answer":
                ours.drain(SAVED)  # the line that says so must not count for the next key
    return found, reference


def _judged(
    found: dict[str, list[float]], reference: list[float], memory: float
) -> list[tuple[str, float, float]]:
    everything = [one for times in found.values() for one in times]
    middle, late = median(reference), quantiles(reference, n=100)[98]
    each = [
        (f"  key `{name}`, median", median(times) / middle, BAR) for name, times in found.items()
    ]
    return [
        (f"keys with {ITEMS} items ÷ bare Textual app, median", median(everything) / middle, BAR),
        ("the same, p99 ÷ p99", quantiles(everything, n=100)[98] / late, BAR),
        *each,
        (f"memory with {ITEMS} items, MB", memory, MEMORY_BAR),
    ]
