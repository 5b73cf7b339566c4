"""A process that was started ends with the process that started it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

from assess import parent_process
from assess.parent_process import VARIABLE, end_when_named_parent_ends, environ_naming_this_parent

SECONDS = 20

_CHILD = (
    "import os, signal, sys, time\n"
    "from assess import parent_process as p\n"
    "{before}"
    "p.end_when_named_parent_ends(signal.SIGKILL)\n"
    "print(os.getpid(), flush=True)\n"
    "time.sleep(600)\n"
)
_NO_SIGNAL = "p._try_setting_parent_death_signal = lambda how: False\np._PAUSE = 0.05\n"
_PARENT = (
    "import os, subprocess, sys, time\n"
    "from assess.parent_process import environ_naming_this_parent\n"
    "words = [sys.executable, '-c', sys.argv[1]]\n"
    "environ = environ_naming_this_parent(os.environ)\n"
    "subprocess.Popen(words, env=environ, start_new_session=True)\n"
    "time.sleep(600)\n"
)


def is_running(pid: int) -> bool:
    """Return whether a process is there and has not ended."""
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8") as stream:  # noqa: PTH123  # /proc gives one line
            return stream.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def ends_soon(pid: int) -> bool:
    """Return whether a process ends within some seconds."""
    until = time.monotonic() + SECONDS
    while is_running(pid) and time.monotonic() < until:
        time.sleep(0.02)
    return not is_running(pid)


@pytest.mark.parametrize("before", ["", _NO_SIGNAL], ids=["signal", "thread"])
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_the_child_ends_with_its_parent(how: signal.Signals, before: str) -> None:
    """However the parent ends, its child in another session ends too, with and without prctl."""
    words = [sys.executable, "-c", _PARENT, _CHILD.format(before=before)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        assert is_running(child)
        parent.send_signal(how)
        parent.wait()
        assert ends_soon(child)


def test_a_parent_that_has_ended_already_ends_the_child_at_once() -> None:
    """Between the start and the question for the signal the parent may die: its number tells."""
    done = subprocess.run(
        [sys.executable, "-c", _CHILD.format(before="")],
        env={**os.environ, VARIABLE: str(os.getppid())},
        stdout=subprocess.PIPE,
        check=False,
        timeout=SECONDS,
    )
    assert done.returncode == -signal.SIGKILL
    assert done.stdout == b""


def test_the_variable_reaches_no_further_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a started process starts itself has another parent, so the name is taken away."""
    monkeypatch.setattr(parent_process, "_try_setting_parent_death_signal", lambda _how: True)
    monkeypatch.setenv(VARIABLE, str(os.getppid()))
    end_when_named_parent_ends(signal.SIGKILL)
    assert VARIABLE not in os.environ


def test_without_a_named_parent_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    """A command that a person types goes on when the shell ends; a strange value is no number."""
    monkeypatch.delenv(VARIABLE, raising=False)
    end_when_named_parent_ends(signal.SIGKILL)
    monkeypatch.setenv(VARIABLE, "no number")
    end_when_named_parent_ends(signal.SIGKILL)


def test_the_parent_is_this_process() -> None:
    """The environment for a child names the process that makes it."""
    assert environ_naming_this_parent({"A": "b"}) == {"A": "b", VARIABLE: str(os.getpid())}


def test_a_system_without_the_call_is_watched(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another system than Linux has no such signal, and a C library may lack the call."""
    monkeypatch.setattr(sys, "platform", "darwin")
    assert not parent_process._try_setting_parent_death_signal(signal.SIGKILL)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr("ctypes.CDLL", lambda _name: object())
    assert not parent_process._try_setting_parent_death_signal(signal.SIGKILL)
