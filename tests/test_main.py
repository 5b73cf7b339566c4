"""The program's own beginning and end."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

SLEEPER = """
import sys, tempfile, time
from assess.__main__ import install_end_signal_handlers
install_end_signal_handlers()
with tempfile.TemporaryDirectory() as name:
    print(name, flush=True)
    time.sleep(60)
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_an_end_from_outside_leaves_no_temporary_files(number: signal.Signals) -> None:
    """A closed terminal and `timeout` end as Ctrl+C does: what was laid out is removed."""
    words = [sys.executable, "-P", "-c", SLEEPER]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        folder = Path(process.stdout.readline().strip())
        assert folder.is_dir()
        process.send_signal(number)
        assert process.wait() == 128 + number
    assert not folder.exists()


CLEANER = """
import sys
from assess import __main__ as program
program.install_end_signal_handlers()
try:
    print("working", flush=True)
    sys.stdin.readline()
finally:
    print("cleaning", flush=True)
    sys.stdin.readline()
    print("clean", flush=True)
"""


def start(code: str) -> subprocess.Popen[str]:
    """Return a process that runs the code, with pipes to talk to it."""
    words = [sys.executable, "-P", "-c", code]
    return subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_more_signals_do_not_end_the_cleaning(number: signal.Signals) -> None:
    """A closed terminal and systemd send several, of both kinds; what was laid out is removed."""
    with start(CLEANER) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "working\n"
        process.send_signal(number)
        assert process.stdout.readline() == "cleaning\n"
        for again in (signal.SIGHUP, signal.SIGTERM, signal.SIGINT, number):
            process.send_signal(again)
        rest, _errors = process.communicate("\n")
        assert (rest, process.returncode) == ("clean\n", 128 + number)


def test_a_cleaning_that_hangs_is_ended() -> None:
    """Nobody needs `kill -9` for a program that was told to end."""
    code = CLEANER.replace(
        "program.install_end_signal_handlers()",
        "program._CLEANING = 1\nprogram.install_end_signal_handlers()",
    )
    with start(code) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "working\n"
        process.send_signal(signal.SIGTERM)
        assert process.stdout.readline() == "cleaning\n"
        assert process.wait() == -signal.SIGALRM


def test_what_is_to_be_ignored_stays_so() -> None:
    """`nohup assess report` goes on when the terminal is closed."""
    code = (
        "import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN)\n"
        "from assess.__main__ import install_end_signal_handlers; install_end_signal_handlers()\n"
        "assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN"
    )
    subprocess.run([sys.executable, "-P", "-c", code], check=True)
