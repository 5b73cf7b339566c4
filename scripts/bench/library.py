"""Loading the whole library, as `checklist list` does, against a bare load of the same bytes."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from statistics import median

import yaml

from assess.workspace import find_library_file, read_library_checklists

RUNS = 7


def measure() -> list[tuple[str, float, float]]:
    """Return name, ratio of medians over interleaved runs, bar; no cache on either side."""
    folder = find_library_file("egov-network", "en").parent
    texts = [path.read_bytes() for path in sorted(folder.glob("*.yaml"))]
    own, bare = [], []
    for _run in range(RUNS):
        own.append(timed(lambda: read_library_checklists("en")))
        bare.append(timed(lambda: load(texts)))
    return [("load the library ÷ bare C-loader load", median(own) / median(bare), 1.3)]


def load(texts: list[bytes]) -> None:
    """Load the texts as PyYAML does with libyaml."""
    for text in texts:
        yaml.load(text, Loader=yaml.CSafeLoader)  # the safe loader, in C


def timed(work: Callable[[], object]) -> float:
    """Return the wall time in seconds of work that starts with a clean heap."""
    gc.collect()
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin
