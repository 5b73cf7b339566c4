"""Exit codes of all commands."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """The exit codes on which scripts can rely."""

    OK = 0
    NO = 1
    """The answer is no: lint found problems, a report does not match, a merge left conflicts."""
    USAGE = 2
    """A word of the command is wrong."""
    ENVIRONMENT = 3
    """The machine lacks something, or a file can't be written; `verify`: not to be checked here."""
    FILES = 4
    """A file of the user can't be read, or is locked."""
    NOT_PROVED = 5
    """`verify`: what is attached matches, but the report can't be made here byte by byte."""
    RESERVATIONS = 6
    """`verify`: genuine, with a doubt about something beside the report itself."""
    BUG = 70
    """The program is wrong."""
    INTERRUPTED = 130
    """Ctrl+C."""
