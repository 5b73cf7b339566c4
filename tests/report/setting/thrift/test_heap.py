"""Free memory goes back to the system."""

from __future__ import annotations

import ctypes
import subprocess
import sys

import pytest

from assess.report.setting.thrift.heap import give_back

HOLES = """
from pathlib import Path
from assess.report.setting.thrift.heap import give_back

def pages():
    return int(Path("/proc/self/statm").read_text().split()[1])

held = [bytes(2000) for _ in range(20_000)]
# The last one stands above all holes.
held = held[-1:]
before = pages()
give_back()
print(before - pages())
"""


def test_holes_are_given_back() -> None:
    """Most of 40 MB, which lay under something that lives."""
    done = subprocess.run([sys.executable, "-c", HOLES], check=True, capture_output=True, text=True)

    assert int(done.stdout) * 4096 > 20_000_000


def test_where_the_c_library_cannot(monkeypatch: pytest.MonkeyPatch) -> None:
    """Others than glibc do it by themselves, or never."""
    asked = []

    def library(name: str | None) -> object:
        asked.append(name)
        return object()

    monkeypatch.setattr(ctypes, "CDLL", library)

    give_back()

    assert asked == [None]
