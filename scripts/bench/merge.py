"""Merging a sheet by the driver against a Python that only loads the three files."""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

RUNS = {211: 15, 5000: 5}
CHANGES = 50 / 211
"""Of the answers, on each side."""

HEAD = """\
format: assess/answers/1
checklist:
  id: mlps-level3
  version: "2026.1"
scope:
  organization: qingxi-data
round: "2026"
answers:
"""
ANSWER = """\
  MLPS-{number:04}:
    status: {status}
    note: |-
      末条为“允许所有”。{note}
      原因：2024 年迁移时临时放开，未收回。
    evidence:
      ev-7c1f09aa: policy{evidence}
    fingerprint: zh-3f9c2a7b10de
    by: {by}
    at: "2026-05-{day}T09:30:00+08:00"
"""
LOAD = "import yaml\nfor name in 'OAB': yaml.load(open(name), Loader=yaml.CSafeLoader)"


def measure() -> list[tuple[str, float, float]]:
    """Return name, figure, bar."""
    small, base = _times(211)
    large, _base = _times(5000)
    return [
        ("merge driver (211 answers, 50 changes a side) ÷ yaml loads the three", small / base, 2.5),
        ("merge driver an answer: 5,000 answers ÷ 211", (large / 5000) / (small / 211), 1.3),
    ]


def _times(answers: int) -> tuple[float, float]:
    """Return the median seconds of the driver and of its reference, run in turn."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for side in "OAB":
            (folder / side).write_text(_sheet(answers, side), "utf-8")
        ours = (folder / "A").read_bytes()
        times: dict[str, list[float]] = {"driver": [], "load": []}
        for _run in range(RUNS[answers]):
            times["load"].append(_timed(["-c", LOAD], folder, 0))
            (folder / "A").write_bytes(ours)
            words = ["-m", "assess", "merge-driver", "O", "A", "B", "answers/2026/x.yaml"]
            times["driver"].append(_timed(words, folder, 1))
        return median(times["driver"]), median(times["load"])


def _sheet(answers: int, side: str) -> str:
    """Return a sheet; sides A and B have changed a quarter of the answers each, some the same."""
    dice = random.Random(side)  # noqa: S311  # made-up answers
    chosen = dice.sample(range(answers), round(answers * CHANGES)) if side != "O" else []
    kinds = dict.fromkeys(range(answers), "") | {at: dice.choice("sne") for at in chosen}
    rows = [
        ANSWER.format(
            number=number,
            status="partial" if kind == "s" else "met",
            note=side if kind == "n" else "",
            evidence=f"\n      ev-{side.lower()}{number}: other" if kind == "e" else "",
            by={"A": "wang-min", "B": "li-jian"}[side] if kind else "zhao-yun",
            day={"A": 13, "B": 14}[side] if kind else 12,
        )
        for number, kind in kinds.items()
    ]
    return HEAD + "".join(rows)


def _timed(words: list[str], folder: Path, code: int) -> float:
    """Return the wall time of a Python; it must end with `code` (1: conflicts were found)."""
    begin = time.perf_counter()
    done = subprocess.run([sys.executable, *words], cwd=folder, check=False, capture_output=True)
    taken = time.perf_counter() - begin
    if done.returncode != code:
        message = done.stderr.decode()
        raise RuntimeError(message)
    return taken
