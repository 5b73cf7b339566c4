"""Frames of nested calls take no memory from the system one by one."""

from __future__ import annotations

import subprocess
import sys

import pytest

from assess.report.setting.thrift.frames import with_room

NESTED = """
import resource, sys
from assess.report.setting.thrift.frames import with_room

def nested(depth):
    return depth and nested(depth - 1)

def every_depth():
    # Each call from one of these depths may begin a new piece.
    for depth in range(600):
        for _time in range(20):
            nested(depth)

every_depth = with_room(every_depth) if sys.argv[1] == "room" else every_depth
sys.setrecursionlimit(2000)
before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
every_depth()
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""


def fetched(how: str) -> int:
    """Return how many pages of memory the system is asked for: new ones after each giving back."""
    words = [sys.executable, "-c", NESTED, how]
    return int(subprocess.run(words, check=True, capture_output=True, text=True).stdout)


def test_calls_take_and_give_back_nothing() -> None:
    """The frames of six hundred calls need some forty pages, once."""
    assert fetched("room") < fetched("none") / 4


def test_the_function_is_as_it_was() -> None:
    """It returns and raises what it did."""

    @with_room
    def halved(number: int) -> float:
        return 1 / number

    assert halved(2) == 0.5
    with pytest.raises(ZeroDivisionError):
        halved(0)
