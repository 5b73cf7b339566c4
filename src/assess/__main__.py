"""`python -m assess`, and the console script."""

from __future__ import annotations

import sys
from typing import Final

_DRIVER: Final = 4
"""Words of `merge-driver BASE OURS THEIRS` at least; fewer are the command line's to explain."""


def main() -> None:
    """Run the command line and exit with its code."""
    if sys.argv[1:2] == ["merge-driver"] and len(sys.argv) > _DRIVER:
        from assess.merging.driver import run  # noqa: PLC0415  # without the command line's imports

        sys.exit(run(sys.argv[2:]))
    from assess.cli.boundary import guarded  # noqa: PLC0415  # nothing is imported before it is needed

    sys.exit(guarded(sys.argv[1:]))


if __name__ == "__main__":
    main()
