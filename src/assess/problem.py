"""Problems in a user's files: values, collected and shown together, never exceptions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple, Self

from assess.harmless import escape_and_mark_line_breaks

Severity = Literal["error", "warning"]
TreePath = tuple[str | int, ...]
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
    path: TreePath = ()
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        """Return `path:line:column: code: message (hint)` as one line, controls as escapes."""
        hint = f" ({self.hint})" if self.hint else ""
        text = f"{self.file}:{self.line}:{self.column}: {self.code}: {self.message}{hint}"
        return escape_and_mark_line_breaks(text)

    def with_texts_escaped_on_one_line(self) -> Self:
        """Return the problem with each of its texts as one line, controls as escapes.

        Its texts quote what files hold: the terminal, JSON and a log show them alike.
        """
        file, message, hint = map(escape_and_mark_line_breaks, (self.file, self.message, self.hint))
        return self._replace(file=file, message=message, hint=hint)


def select_errors(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems that are errors, not warnings."""
    return [problem for problem in problems if problem.severity == "error"]


def sort_problems(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems by file and position."""
    return sorted(
        problems, key=lambda problem: (problem.file, problem.line, problem.column, problem.code)
    )
