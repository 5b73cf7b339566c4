"""Problems in a user's files: values, collected and shown together, never exceptions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

Severity = Literal["error", "warning"]
Path = tuple[str | int, ...]
"""Where in a file's tree: keys and list indexes from the root."""


class Problem(NamedTuple):
    """One thing that is wrong in a file.

    `line` and `column` count from 1; 0 means not yet located: `path` then says where, and the store
    finds the position. `message` and `hint` are ready to show, in the language they were asked for.
    """

    file: str
    code: str
    message: str
    hint: str = ""
    severity: Severity = "error"
    path: Path = ()
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        """Return `path:line:column: code: message (hint)`."""
        hint = f" ({self.hint})" if self.hint else ""
        return f"{self.file}:{self.line}:{self.column}: {self.code}: {self.message}{hint}"


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems that are errors, not warnings."""
    return [problem for problem in problems if problem.severity == "error"]


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems by file and position."""
    return sorted(problems, key=lambda one: (one.file, one.line, one.column, one.code))
