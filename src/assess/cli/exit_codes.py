"""Exit codes of every command."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """What a script can rely on."""

    OK = 0
    NO = 1
    """The answer is no: lint found problems, a report does not match."""
    USAGE = 2
    """A word of the command is wrong."""
    ENVIRONMENT = 3
    """The machine lacks something, or a file can't be written."""
    FILES = 4
    """A file of the user can't be read, or is locked."""
    BUG = 70
    """The program is wrong."""
    INTERRUPTED = 130
    """Ctrl+C."""
