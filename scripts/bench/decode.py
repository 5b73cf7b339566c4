"""Decoding and surgical saving, against the bare events of libyaml and against one decode."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import big
import yaml

from assess.store.open_file import read_valid_yaml_file
from assess.store.yaml.field_edit import FieldEdit
from assess.store.yaml.reading.decode import decode_yaml
from assess.store.yaml.reading.tree import pause_garbage_collector

ROUNDS = 9

SHEET = """\
format: assess/answers/1
checklist: {id: big, version: "2026.1"}
scope: {organization: qingxi-data}
round: "2026"
answers:
"""
ANSWER = """\
  BIG-{number:05d}:
    status: unmet
    note: |-
      末条为“允许所有”。
      原因：2024 年迁移时临时放开，未收回。
    evidence:
      ev-7c1f09aa: policy
    remediation:
      action: 收回临时策略，末尾加默认拒绝。
      due: "2026-07-31"
      state: in_progress
    fingerprint: zh-3f9c2a7b10de
    by: wang-min
    at: "2026-05-12T09:30:00+08:00"
"""

PEAK = r"""
import re
print(re.search(r"VmHWM:\s+(\d+)", open("/proc/self/status").read())[1])
"""
"""Prints the peak memory in KiB. (`ru_maxrss` would count the parent's, from before exec.)"""
DECODE = """
import sys
from pathlib import Path
from assess.store.yaml.reading.decode import decode_yaml
assert decode_yaml(Path(sys.argv[1]).read_text("utf-8"), "checklist", "big.yaml", "en").value
"""


def best(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Return the shortest of some runs, in seconds."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def events(text: str) -> None:
    """Go through the bare events of libyaml, with the collector paused."""
    with pause_garbage_collector():
        for _ in yaml.parse(text, yaml.CSafeLoader):
            pass


def _decode(text: str) -> None:
    if decode_yaml(text, "checklist", "big.yaml", "en").value is None:
        sys.exit("the checklist of the benchmark can't be read")


def _memory(text: str) -> float:
    """Return the peak of a process that decodes over a bare interpreter's, in MB."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "big.yaml")
        path.write_text(text, "utf-8")
        bare, whole = (
            int(subprocess.check_output([sys.executable, "-c", code + PEAK, str(path)]))
            for code in ("", DECODE)
        )
    return (whole - bare) / 1024


def _save() -> float:
    """Return the time of one saved field among 5,000 answers, in decodes of that sheet."""
    text = SHEET + "".join(ANSWER.format(number=number) for number in range(5000))
    decoding = best(lambda: decode_yaml(text, "sheet", "x.yaml", "en"), 5)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        path = root / "x.yaml"
        path.write_text(text, "utf-8")
        sheet = read_valid_yaml_file(path, "sheet", root, "en")
        times = []
        for turn in range(7):
            edit = FieldEdit(("answers", f"BIG-{turn * 700:05d}", "note"), f"第 {turn} 次")
            start = time.perf_counter()
            sheet = sheet.save([edit])
            times.append(time.perf_counter() - start)
    return min(times) / decoding


def measure() -> list[tuple[str, float, float]]:
    """Return name, figure and bar of each measure."""
    small, large = big.checklist(211), big.checklist(3000)
    bare = whole = many = float("inf")
    for _ in range(ROUNDS):  # in turn, so that what else the machine does falls on all three
        bare = min(bare, best(lambda: events(small), 3))
        whole = min(whole, best(lambda: _decode(small), 3))
        many = min(many, best(lambda: _decode(large), 1))
    return [
        ("decode 211 items / bare events", whole / bare, 3.0),
        ("decode per item, 3,000 items / 211", (many / 3000) / (whole / 211), 1.3),
        ("decode 3,000 items, peak MB over the interpreter", _memory(large), 80.0),
        ("save one of 5,000 answers / decode", _save(), 1.5),
    ]


if __name__ == "__main__":
    for name, figure, bar in measure():
        print(f"{name:45} {figure:8.2f}  (bar {bar:g})")
