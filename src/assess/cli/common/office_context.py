"""What the commands of an office share: finding its folder, committing what they wrote."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assess import locations
from assess.cli.common.context import LANG, _
from assess.import_pause import pause_garbage_collection_for_imports

if TYPE_CHECKING:
    from assess.problem import Problem
    from assess.workspace.office.office import Office


def open_office() -> Office:
    """Return the office whose folder contains the current folder.

    Raises:
        UsageError: neither the current folder nor one above it is the folder of an office.
    """
    with pause_garbage_collection_for_imports():
        from assess.workspace.office.office import Office  # noqa: PLC0415  # not for --help

    return Office.find_office(Path.cwd(), LANG)


def is_in_office_folder() -> bool:
    """Return whether the nearest folder with files of this program is that of an office."""
    begin = Path.cwd()
    for folder in (begin, *begin.parents):
        if (folder / locations.CONFIG).is_file():
            return False
        if (folder / locations.OFFICE).is_file():
            return True
    return False


def list_office_problems(paths: Sequence[Path]) -> list[Problem]:
    """Return the problems of the office's files, or only those of the files in `paths`."""
    from assess.workspace.office.checking import lint_office_files  # noqa: PLC0415  # not for --help

    return lint_office_files(open_office(), paths)


def commit_and_explain(
    office: Office,
    message: str,
    parts: Collection[str] = locations.OFFICE_OWN,
    **words: object,
) -> bool:
    """Commit what a command wrote, and say on stderr where git does not know who commits.

    Of the office's files only those of `parts` are committed.

    Raises:
        UsageError, GitError, WriteError: it can't be committed; what was written stays.
    """
    from assess.workspace.office.commit_office import commit_office_files  # noqa: PLC0415  # not for --help

    committed = commit_office_files(office, message, parts, **words)
    print_missing_identity(committed=committed)
    return committed


def print_missing_identity(*, committed: bool) -> None:
    """Say on stderr that nothing was committed, and what to do about it."""
    if not committed:
        text = _(
            "written, but not committed: git does not know who commits. Set it once: {commands}"
        )
        commands = "git config user.name NAME; git config user.email ADDRESS"
        click.echo(text.format(commands=commands), err=True)
