"""Evidence that a power cut left empty in the folder, though git has the whole file."""

from __future__ import annotations

from collections.abc import Iterable

from assess.errors import FilesError
from assess.harmless import typed
from assess.i18n import translator
from assess.problem import Problem
from assess.store.git.state import shown
from assess.workspace.folder import Workspace


def refuse_emptied(here: Workspace, paths: Iterable[str]) -> None:
    """Refuse to commit registered files that hold nothing; `paths`: what differs from git's.

    Git flushes its own folder, and the files in the working folder only later: after a power cut
    they may be empty. A commit would put nothing in the place of everybody's good copy.

    Raises:
        FilesError: names the files, with the command that puts each back.
    """
    _ = translator(here.lang)
    sizes = _registered_sizes(here)
    problems = []
    for path in paths:
        file = here.root / path
        if sizes.get(path) and file.is_file() and not file.stat().st_size:
            message = _("the registered file is empty now, as after a power cut")
            hint = _("put it back: {command}").format(command=f"git checkout -- {typed(path)}")
            problems.append(Problem(shown(path), "evidence-changed", message, hint, line=1))
    if problems:
        raise FilesError(_("files can't be read; nothing was committed"), problems)


def _registered_sizes(here: Workspace) -> dict[str, int]:
    """Return the bytes of registered files, by path; none while the register can't be read."""
    try:
        rows = here.register().evidence.values()
    except FilesError:
        return {}
    return {f"evidence/{row.file.path}": row.file.size for row in rows if row.file is not None}
