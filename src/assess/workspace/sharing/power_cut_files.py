"""Problems of files that a power cut emptied or cut short, for `assess status`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from assess import locations
from assess.errors import EnvironmentLacksError, FilesError
from assess.file_bytes import read_regular_file
from assess.harmless import escape_undecodable_path_bytes, quote_for_shell
from assess.i18n import translator
from assess.problem import Problem
from assess.store.files import MAX_FILE
from assess.store.git.run.plumbing import GitError
from assess.store.git.state.cut_files import find_files_cut_short
from assess.store.git.state.repository_state import find_operation_in_progress
from assess.workspace.core.workspace import Workspace

_EMPTY: Final = "empty-file"


def find_cut_short_file_problems(workspace: Workspace, paths: Iterable[str]) -> list[Problem]:
    """Return a problem for each of `paths` that a power cut emptied or cut short.

    A text file whose last line is complete is left out: somebody may have shortened it.

    Raises:
        GitError: the newest commit can't be read.
    """
    cut = find_files_cut_short(workspace.root, paths)
    return [
        _describe_file_cut_short(workspace, path)
        for path in cut
        if not _may_shortening_be_intended(workspace, path)
    ]


def add_power_cut_hints(workspace: Workspace, error: FilesError) -> FilesError:
    """Return the error with a hint for each file that a power cut emptied or cut short."""
    files = dict.fromkeys(problem.file for problem in error.problems)
    try:
        cut = find_files_cut_short(workspace.root, files)
        merging = find_operation_in_progress(workspace.root) == "merge"
    except (GitError, EnvironmentLacksError):
        return error
    problems = [
        _add_sync_hint_if_empty_file(workspace, problem) if merging else problem
        for problem in error.problems
    ]
    empty = {problem.file for problem in problems if problem.code == _EMPTY}
    more = [_describe_file_cut_short(workspace, path) for path in cut if path not in empty]
    return FilesError(error.message, _remove_hints_of_cut_files(problems, more) + more)


def _add_sync_hint_if_empty_file(workspace: Workspace, problem: Problem) -> Problem:
    """Return the problem of an empty file with the command that continues a merge."""
    if problem.code != _EMPTY:
        return problem
    _ = translator(workspace.lang)
    return problem._replace(hint=_("after a power cut: assess sync puts back what git has"))


def _remove_hints_of_cut_files(
    problems: Sequence[Problem], cut: Sequence[Problem]
) -> list[Problem]:
    """Return the problems without the hints for files that were cut: they would mislead."""
    files = {problem.file for problem in cut}
    return [problem._replace(hint="") if problem.file in files else problem for problem in problems]


def _describe_file_cut_short(workspace: Workspace, path: str) -> Problem:
    _ = translator(workspace.lang)
    if not (workspace.root / path).stat().st_size:
        command = (
            "assess sync"
            if find_operation_in_progress(workspace.root) == "merge"
            else "assess commit"
        )
        message = _("the file is empty, as a power cut leaves it; git has its content")
        hint = _("put back what git has: {command}").format(command=command)
        return Problem(escape_undecodable_path_bytes(path), _EMPTY, message, hint, line=1, column=1)
    message = _("the file ends early, as a power cut leaves it; git has all of it")
    hint = _("put back what git has: {command}").format(
        command=f"git checkout -- {quote_for_shell(path)}"
    )
    return Problem(
        escape_undecodable_path_bytes(path), "cut-short", message, hint, line=1, column=1
    )


def _may_shortening_be_intended(workspace: Workspace, path: str) -> bool:
    if locations.is_inside(path, locations.EVIDENCE) and not path.endswith(".yaml"):
        return False
    data = read_regular_file(workspace.root / path, MAX_FILE, 0)
    return data.endswith(b"\n")
