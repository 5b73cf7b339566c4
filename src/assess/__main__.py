"""`python -m assess`, and the console script."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line and exit with its code."""
    from assess.cli.boundary import guarded  # noqa: PLC0415  # nothing is imported before it is needed

    sys.exit(guarded(sys.argv[1:]))


if __name__ == "__main__":
    main()
