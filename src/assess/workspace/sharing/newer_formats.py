"""Files in formats of a newer program, found during a sync."""

from __future__ import annotations

from collections.abc import Iterator

from assess import locations
from assess.engine.history.changes import WorkspaceChanges
from assess.errors import FilesError
from assess.i18n import translator
from assess.problem import Problem
from assess.store.file_types import find_yaml_kind
from assess.store.git.run.plumbing import GitError
from assess.store.git.state.repository_state import open_repository
from assess.store.yaml.reading.decode import decode_yaml
from assess.workspace.core import conflicts
from assess.workspace.core.workspace import Workspace


def refuse_newer_file_formats(workspace: Workspace, *commits: str) -> None:
    """Refuse to merge commits that hold files in a newer format.

    Raises:
        FilesError: names these files; nothing was changed.
    """
    problems = [
        problem for commit in commits for problem in _problems_of_newer_files(workspace, commit)
    ]
    if problems:
        _ = translator(workspace.lang)
        message = _(
            "a newer assess wrote files, so nothing was merged and nothing was changed: update"
            " assess, then again: assess sync"
        )
        raise FilesError(message, list(dict.fromkeys(problems)))


def _problems_of_newer_files(workspace: Workspace, commit: str) -> Iterator[Problem]:
    repository = open_repository(workspace.root, workspace.lang)
    for path, blob in repository.list_files(commit, locations.INPUTS).items():
        kind = find_yaml_kind(path)
        if kind is None:
            continue
        try:
            text = repository.read_blob(blob.oid).decode("utf-8", "replace")
        except GitError:  # a partial clone: the merge reports the missing object
            continue
        problems = decode_yaml(text, kind, path, workspace.lang).problems
        yield from (problem for problem in problems if problem.code == "format-newer")


def find_arrived_unreadable_file_problems(
    workspace: Workspace, changes: WorkspaceChanges
) -> list[Problem]:
    """Return the problems of unreadable files, where the incoming changes hold such a file."""
    if all(change.verb != "unreadable" for change in changes.files):
        return []
    return conflicts.find_unreadable_file_problems(workspace.root, workspace.lang)
