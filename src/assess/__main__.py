"""`python -m assess`, and the console script."""

from __future__ import annotations

import signal
import sys
from typing import Final

_DRIVER: Final = 4
"""Words of `merge-driver BASE OURS THEIRS` at least; fewer are the command line's to explain."""

_SIGNALLED: Final = 128
"""Exit codes from here on tell of a signal."""


def end_tidily() -> None:
    """Let a closed terminal and a request to end be ends at which temporary files are removed.

    What starts this program may have it ignore them (nohup): then it does. The interface has
    handlers of its own.
    """
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _leave)


def _leave(number: int, _frame: object) -> None:
    """End with the exit code that shells give to such an end; at a second signal, at once.

    Raises:
        SystemExit: always.
    """
    signal.signal(number, signal.SIG_DFL)
    raise SystemExit(_SIGNALLED + number)


def main() -> None:
    """Run the command line and exit with its code."""
    end_tidily()
    if sys.argv[1:2] == ["merge-driver"] and len(sys.argv) > _DRIVER:
        from assess.merging.driver import run  # noqa: PLC0415  # without the command line's imports

        sys.exit(run(sys.argv[2:]))
    from assess.cli.boundary import run_guarded  # noqa: PLC0415  # nothing is imported before it is needed

    sys.exit(run_guarded(sys.argv[1:]))


if __name__ == "__main__":
    main()
