"""`assess log` over 10,000 commits to one sheet, against `git log -20` on that path.

The first screen is what a log prints unless told otherwise: twenty commits, each with its items,
findings and scores. git takes about 2 ms for its own, and an empty Python alone five times as
much, so there is no bar against git (docs/decisions/0056). `start` is what every command costs
before it does anything (`--version`). What is held is that the length of the history costs nothing.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from math import inf
from pathlib import Path
from statistics import median

import big
from start import timed

COMMITS, FEW = 10_000, 40
RUNS = 11
SHEET = "answers/2026/big.yaml"
STATUSES = ("met", "unmet", "partial")


def measure() -> list[tuple[str, float, float]]:
    """Return name, ratio of medians over interleaved runs, bar."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name) / "w"
        big.workspace(root, items=211)
        short = Path(name) / "short"
        shutil.copytree(root, short)
        _history(root, COMMITS)
        _history(short, FEW)
        assess = [sys.executable, "-m", "assess"]
        commands = {
            "git": ["git", "log", "-20", "--", SHEET],
            "python": [sys.executable, "-c", ""],
            "start": [*assess, "--version"],
            "log": [*assess, "log"],
            "status": [*assess, "status"],
        }
        times: dict[str, list[float]] = {key: [] for key in (*commands, "short")}
        for _run in range(RUNS):
            for key, words in commands.items():
                times[key].append(timed(words, root))
            times["short"].append(timed(commands["log"], short))
        mid = {key: median(some) for key, some in times.items()}
    return [
        ("an empty Python ÷ git log -20 (no bar)", mid["python"] / mid["git"], inf),
        (
            "assess log, first screen of 10,000 commits ÷ git log -20 (no bar)",
            mid["log"] / mid["git"],
            inf,
        ),
        (
            "the same above assess --version ÷ git log -20 (no bar)",
            (mid["log"] - mid["start"]) / mid["git"],
            inf,
        ),
        ("assess log of 10,000 commits ÷ of 40 commits", mid["log"] / mid["short"], 1.2),
        ("assess log, whole process ÷ assess status", mid["log"] / mid["status"], 2.0),
    ]


def _history(root: Path, commits: int) -> None:
    """Write the commits with fast-import: each changes one answer."""
    sheet = (root / SHEET).read_text("utf-8")
    lines = sheet.split("\n")
    at = [number for number, line in enumerate(lines) if line == "    status: met"]
    parts = [b"reset refs/heads/main\nfrom refs/heads/main^0\n\n"]
    for number in range(commits):
        lines[at[number % len(at)]] = f"    status: {STATUSES[(number // len(at) + 1) % 3]}"
        parts.append(_commit(number, "\n".join(lines).encode()))
    subprocess.run(
        ["git", "fast-import", "--quiet", "--force"], cwd=root, input=b"".join(parts), check=True
    )
    subprocess.run(["git", "reset", "-q", "--hard"], cwd=root, check=True)


def _commit(number: int, data: bytes) -> bytes:
    who = f"王敏 <wang.min@qingxi.example> {1_790_000_000 + number} +0800".encode()
    said = f"填写第 {number} 次".encode()
    head = b"commit refs/heads/main\nauthor %s\ncommitter %s\ndata %d\n%s\n"
    begin = b"from refs/heads/main^0\n" if number == 0 else b""
    file = b"M 100644 inline %s\ndata %d\n%s\n" % (SHEET.encode(), len(data), data)
    return head % (who, who, len(said), said) + begin + file
