"""Taking in with two workers of a local cluster, beside the pool of processes on the same cores."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import made_hand_ins as made

WORKERS = 2
_RUN = Path(__file__).resolve().parents[2] / "run"
"""It sets what an office is told to set."""

_LONGEST_START = 120
"""Seconds until the workers must have joined."""


def measure_cluster(folder: Path, source: Path, units: int) -> list[tuple[str, float, float]]:
    """Take in the hand-ins of a folder in both ways; nothing is measured where Dask is missing."""
    if find_spec("distributed") is None:
        print("(left out: taking in with a cluster, because distributed is not installed)")
        return []
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, sorted(cores)[:WORKERS])  # what is started inherits it
    try:
        pool = _measure_taking(folder / "office-pool", source, units)
        with _run_local_cluster(folder) as address:
            cluster = _measure_taking(folder / "office-cluster", source, units, address)
    finally:
        os.sched_setaffinity(0, cores)
    return [(f"take of {units:,} units with {WORKERS} workers ÷ pool", cluster / pool, 1.2)]


def _measure_taking(root: Path, source: Path, units: int, address: str | None = None) -> float:
    """Return how long it takes, in seconds."""
    made.make_office_of_units(root, units)
    words = [sys.executable, "-m", "assess", "rollup", "take", str(source)]
    words += ["--workers", address] if address else []
    begun = time.perf_counter()
    done = subprocess.run(words, cwd=root, check=False, capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"{done.stdout[-500:]}{done.stderr[-500:]}")
    return time.perf_counter() - begun


@contextlib.contextmanager
def _run_local_cluster(folder: Path) -> Iterator[str]:
    """Run a scheduler and its workers on the loopback; yield the address."""
    place = folder / "scheduler.json"
    words = [
        ["scheduler", "--port", "0", "--scheduler-file", str(place)],
        ["worker", "--scheduler-file", str(place), "--nworkers", str(WORKERS), "--nthreads", "1"],
    ]
    usual = ["--host", "127.0.0.1", "--no-dashboard", "--dashboard-address", "127.0.0.1:0"]
    processes: list[subprocess.Popen[bytes]] = []
    try:
        for each in words:
            process = subprocess.Popen(
                [str(_RUN), "cluster", *each, *usual], cwd=folder, stderr=subprocess.DEVNULL
            )
            processes.append(process)
        yield _wait_for_workers(place)
    finally:
        for process in reversed(processes):
            process.terminate()
            process.wait()


def _wait_for_workers(place: Path) -> str:
    """Return the address of the scheduler once all workers have joined."""
    from distributed import Client  # noqa: PLC0415  # an extra

    until = time.monotonic() + _LONGEST_START
    while not place.exists() and time.monotonic() < until:
        time.sleep(0.1)
    time.sleep(0.5)  # the file is written in place
    address = str(json.loads(place.read_text("utf-8"))["address"])
    with Client(address) as client:
        client.wait_for_workers(WORKERS, timeout=_LONGEST_START)
    return address
