"""Files that a newer program wrote, as a sync meets them."""

from __future__ import annotations

from collections.abc import Iterator

from assess.engine.history.changes import Changes
from assess.errors import FilesError
from assess.i18n import translator
from assess.problem import Problem
from assess.store import layout
from assess.store.file_types import yaml_kind
from assess.store.git.run.plumbing import GitError
from assess.store.git.state.repository_state import open_repository
from assess.store.yaml.reading.decode import decode
from assess.workspace.core import conflicts
from assess.workspace.core.workspace import Workspace


def refuse_newer(here: Workspace, *commits: str) -> None:
    """Refuse a merge of commits in which a newer program wrote files.

    Raises:
        FilesError: names these files; nothing was changed.
    """
    problems = [one for commit in commits for one in _newer_files(here, commit)]
    if problems:
        _ = translator(here.lang)
        message = _(
            "a newer assess wrote files, so nothing was merged and nothing was changed: update"
            " assess, then again: assess sync"
        )
        raise FilesError(message, list(dict.fromkeys(problems)))


def _newer_files(here: Workspace, commit: str) -> Iterator[Problem]:
    repository = open_repository(here.root, here.lang)
    for path, blob in repository.tree(commit, layout.INPUTS).items():
        kind = yaml_kind(path)
        if kind is None:
            continue
        try:
            text = repository.read(blob.oid).decode("utf-8", "replace")
        except GitError:  # a clone that holds only a part: the merge says what it lacks
            continue
        problems = decode(text, kind, path, here.lang).problems
        yield from (one for one in problems if one.code == "format-newer")


def arrived_unreadable(here: Workspace, changes: Changes) -> list[Problem]:
    """Return why files of the workspace can't be read, where changes that came in tell of one."""
    if all(change.verb != "unreadable" for change in changes.files):
        return []
    return conflicts.unreadable(here.root, here.lang)
