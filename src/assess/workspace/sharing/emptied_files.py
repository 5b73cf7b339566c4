"""Files that a power cut left empty in the folder, though git has them whole."""

from __future__ import annotations

from assess.i18n import translator
from assess.problem import Problem
from assess.store.git.state.emptied_files import put_back_emptied
from assess.store.git.state.repository_state import shown
from assess.workspace.core.workspace import Workspace


def put_back(here: Workspace) -> tuple[Problem, ...]:
    """Write empty files as git has them; return each as a warning.

    Git flushes its own folder, and the files in the working folder only later: after a power cut
    they may be empty. A commit would put nothing in the place of everybody's good copy.

    Raises:
        FilesError, LockedError, WriteError, GitError: as `store.git.emptied.put_back_emptied`.
    """
    _ = translator(here.lang)
    message = _("the file was empty, as a power cut leaves it; it is put back as git has it")
    return tuple(
        Problem(shown(path), "put-back", message, "", "warning", line=1, column=1)
        for path in put_back_emptied(here.root, here.lang)
    )
