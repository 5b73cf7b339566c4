"""`python -m assess`, and the console script."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from typing import Final

from assess.import_pause import pause_garbage_collection_for_imports

_DRIVER: Final = 4
"""Words of `merge-driver BASE OURS THEIRS` at least; fewer are the command line's to explain."""

_SIGNALLED: Final = 128
"""Exit codes from here on tell of a signal."""

_ENDS: Final = (signal.SIGTERM, signal.SIGHUP)
_CLEANING: Final = 10
"""Seconds that cleaning up may take after a signal."""


def install_exit_signal_handlers() -> None:
    """Let a closed terminal and a request to end be ends at which temporary files are removed.

    What starts this program may have it ignore them (nohup): then it does. The interface has
    handlers of its own.
    """
    for number in _ENDS:
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _exit_ignoring_further_signals)


def _exit_ignoring_further_signals(number: int, _frame: object) -> None:
    """End with the exit code that shells give to such an end; clean up whatever else is sent.

    A closed terminal sends one signal by the kernel and one by the shell, systemd two kinds. Where
    cleaning up takes too long, the alarm ends the process.

    Raises:
        SystemExit: always.
    """
    for other in (*_ENDS, signal.SIGINT):
        signal.signal(other, _ignore_signal)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(_CLEANING)
    raise SystemExit(_SIGNALLED + number)


def _ignore_signal(_number: int, _frame: object) -> None:
    """Do nothing at a signal; processes that are started meanwhile do not inherit that."""


def main() -> None:
    """Run the command line and exit with its code."""
    install_exit_signal_handlers()
    if sys.argv[1:2] == ["merge-driver"] and len(sys.argv) > _DRIVER:
        from assess.merging.driver import run_merge_driver  # noqa: PLC0415  # without the command line's imports

        sys.exit(run_merge_driver(sys.argv[2:]))
    with pause_garbage_collection_for_imports():
        from assess.cli.boundary import run_and_explain_errors  # noqa: PLC0415  # nothing is imported before it is needed

    code = run_and_explain_errors(sys.argv[1:])
    if code == _SIGNALLED + signal.SIGINT:
        _exit_without_waiting_for_threads(code)
    sys.exit(code)


def _exit_without_waiting_for_threads(code: int) -> None:
    """End at once: after Ctrl+C a thread may wait for what will never come."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    os._exit(code)


if __name__ == "__main__":
    main()
