"""No process of a report outlives the command, however the command ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from assess.report.render.child import RenderLimits
from assess.workspace import Workspace
from report.render.test_child import LOOP, template
from test_parent_process import SECONDS, ends_soon

_ALL = ("--all", "--jobs", "2")

_STATED = (str(RenderLimits().memory * 1024**2), str(RenderLimits().cpu))

_LOADED = 3
"""Seconds of processor time after which a child has loaded what it needs."""

_CASES = [
    pytest.param((), signal.SIGKILL, id="one-KILL"),
    pytest.param(_ALL, signal.SIGKILL, id="all-KILL"),
    *(
        pytest.param(words, how, id=f"{len(words)}-{how.name}", marks=pytest.mark.exhaustive)
        for words in ((), _ALL)
        for how in (signal.SIGTERM, signal.SIGHUP)
    ),
]


def setting_processes(folder: Path) -> set[int]:
    """Return the processes that set reports with TMPDIR in `folder`."""
    processes = set()
    for entry in Path("/proc").iterdir():
        try:
            if b"report.render." not in (entry / "cmdline").read_bytes():
                continue
            if os.fsencode(f"={folder}/") in (entry / "environ").read_bytes():
                processes.add(int(entry.name))
        except OSError:
            continue
    return processes


def soft_limits(pid: int) -> tuple[str, str]:
    """Return address space and processor time that a process may use; none where it has ended."""
    try:
        lines = Path("/proc", str(pid), "limits").read_text("utf-8").splitlines()
    except OSError:
        return "", ""
    limits = {line[:26].strip(): line[26:].split()[0] for line in lines[1:]}
    return limits["Max address space"], limits["Max cpu time"]


def processor_seconds(pid: int) -> float:
    """Return how much processor time a process has used."""
    words = Path("/proc", str(pid), "stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


def limited_processes(folder: Path) -> set[int]:
    """Return the processes under the stated limits, or none after some seconds."""
    until = time.monotonic() + 2 * SECONDS
    limited: set[int] = set()
    while not limited and time.monotonic() < until:
        limited = {pid for pid in setting_processes(folder) if soft_limits(pid) == _STATED}
        time.sleep(0.05)
    return limited


def wait_until_busy(process: subprocess.Popen[bytes], limited: set[int], count: int) -> None:
    """Wait until the template runs, which never ends; before, a child ends with its question.

    A single child says so. Of several it is known by their processor time: far more than loading
    takes.
    """
    if count == 1:
        assert process.stderr is not None
        assert b'"template"' in process.stderr.readline()
        return
    until = time.monotonic() + 4 * SECONDS
    while max(map(processor_seconds, limited)) < _LOADED:
        assert time.monotonic() < until
        time.sleep(0.05)


@pytest.mark.parametrize(("words", "how"), _CASES)
def test_the_command_takes_its_children_along(
    workspace: Workspace, tmp_path: Path, words: tuple[str, ...], how: signal.Signals
) -> None:
    """A killed command leaves no child that sets a report.

    The limits in force are those that the documentation states: 1,536 MB and 120 s.
    """
    template(workspace.root, LOOP)
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    environ = {**os.environ, "TMPDIR": str(temporary)}
    command = [sys.executable, "-P", "-m", "assess", "report", "--template", "full"]
    with subprocess.Popen(
        [*command, "--progress", "json", *words],
        cwd=workspace.root,
        env=environ,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        try:
            limited = limited_processes(temporary)
            assert limited
            wait_until_busy(process, limited, 2 if words else 1)
            children = setting_processes(temporary)
        finally:
            process.send_signal(how)
            process.wait()
    assert [pid for pid in children if not ends_soon(pid)] == []
