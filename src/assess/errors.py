"""Exceptions: for the environment, for misuse, and to carry problems to the boundary.

AssessError                 base; the boundary turns each into one line and an exit code
├── UsageError              a word of the command is wrong (exit 2)
│   ├── UnknownIdError      an id that is not there, with the nearest ones
│   └── MissingHistoryError this clone lacks a tag or a part of the history
├── EnvironmentLacksError   the machine lacks something (exit 3)
├── FilesError              files of the user can't be used; holds the problems (exit 4)
│   └── OptionFileError     the file that a word of the command names (exit 2)
├── ChangedOnDiskError      a file was changed by another program in the same place (exit 4)
├── DamagedError            what git keeps can't be read (exit 4)
├── LockedError             another process is writing (exit 4)
├── RepositoryError         git failed, or did not answer in time
└── WriteError              a file can't be written (exit 3)
    ├── UnconfirmedError    a file is written, but the disk did not confirm it (exit 3)
    └── NotTakenBackError   a command failed, and what it had written stays (exit 3)
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assess.problem import Problem


class AssessError(Exception):
    """Base of all; `message` says what happened, `hint` what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        """Return message and hint on one line."""
        return f"{self.message} ({self.hint})" if self.hint else self.message


class UsageError(AssessError):
    """A word of the command is wrong."""


class NoWorkspaceError(UsageError):
    """Neither the current folder nor a folder above it is a workspace."""


class UnknownIdError(UsageError):
    """An id that is not there; the nearest ones are named."""

    def __init__(self, message: str, wanted: str, known: Iterable[str]) -> None:
        self.nearest = find_nearest_names(wanted, known)
        super().__init__(message, ", ".join(self.nearest))


class MissingHistoryError(UsageError):
    """This clone lacks a tag or a part of the history that another clone may have."""


class EnvironmentLacksError(AssessError):
    """The machine lacks something: a program, a font, a library."""


class FilesError(AssessError):
    """Files of the user can't be used."""

    def __init__(self, message: str, problems: Sequence[Problem]) -> None:
        super().__init__(message)
        self.problems = tuple(problems)


class OptionFileError(FilesError):
    """A file that a word of the command names can't be used; `assess lint` may not know it."""


class UndecidedError(FilesError):
    """A merge left conflicts, which a person settles; the files themselves can be read."""


class ChangedOnDiskError(AssessError):
    """The same field was changed on disk by another program since it was read."""


class DamagedError(AssessError):
    """What git keeps of the workspace can't be read."""


class RepositoryError(AssessError):
    """Git failed, or did not answer in time."""


class LockedError(AssessError):
    """Another process holds the lock."""


class WriteError(AssessError):
    """A file can't be written; nothing was changed."""


class UnconfirmedError(WriteError):
    """A file is written, but the disk did not confirm it: a power cut may still take it back."""


class NotTakenBackError(WriteError):
    """A command failed after it had written files, and they can't be put back."""


_SIMILAR = 0.5
"""The least likeness of a name that is proposed, from 0 to 1 as difflib measures it."""

_AS_SIMILAR = 0.15
"""How much less alike than the nearest name a further name may be."""


def find_nearest_names(wanted: str, known: Iterable[str], count: int = 3) -> list[str]:
    """Return the known names that look most like `wanted`, whatever the case.

    Names that are much less alike than the nearest one are left out.
    """
    from difflib import SequenceMatcher, get_close_matches  # noqa: PLC0415  # 2 ms at every start

    low_wanted = wanted.lower()
    by_lower = {name.lower(): name for name in known}
    near = get_close_matches(low_wanted, by_lower, count, _SIMILAR)
    likeness = [SequenceMatcher(None, low, low_wanted).ratio() for low in near]
    return [
        by_lower[low]
        for low, ratio in zip(near, likeness, strict=True)
        if ratio >= likeness[0] - _AS_SIMILAR
    ]
