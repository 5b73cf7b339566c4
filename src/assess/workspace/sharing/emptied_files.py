"""Files that a power cut left empty in the folder, while git has their content."""

from __future__ import annotations

from assess.harmless import escape_undecodable_path_bytes
from assess.i18n import translator
from assess.problem import Problem
from assess.store.git.state.emptied_files import restore_emptied_files
from assess.workspace.core.workspace import Workspace


def restore_emptied_files_with_warnings(workspace: Workspace) -> tuple[Problem, ...]:
    """Restore emptied files from git; return a warning for each.

    Git flushes its own folder at once, and the files of the working folder only later: after a
    power cut these may be empty. A commit would replace everybody's good copy by an empty file.

    Raises:
        FilesError, LockedError, WriteError, GitError: as `restore_emptied_files`.
    """
    _ = translator(workspace.lang)
    message = _("the file was empty, as a power cut leaves it; it is put back as git has it")
    return tuple(
        Problem(
            escape_undecodable_path_bytes(path),
            "put-back",
            message,
            "",
            "warning",
            line=1,
            column=1,
        )
        for path in restore_emptied_files(workspace.root, workspace.lang)
    )
