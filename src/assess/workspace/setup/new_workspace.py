"""Making a workspace from three inputs: the organization, the person who fills in, the folder."""

from __future__ import annotations

import contextlib
from datetime import date
from pathlib import Path

from assess.errors import UsageError
from assess.i18n import Lang, translator
from assess.store.git.commit.commit_files import NoIdentityError
from assess.workspace.core.names import propose_unused_id
from assess.workspace.core.unfinished_init import is_workspace_incomplete
from assess.workspace.core.workspace import Workspace
from assess.workspace.setup.make_workspace import commit_all_files, make_and_commit_workspace
from assess.workspace.sharing.commit import (
    choose_commit_email,
    is_commit_identity_known,
    set_committer_identity,
)


def propose_workspace_folder(current_folder: Path) -> Path:
    """Return a folder for a new workspace: `current_folder` if it is empty, else one inside it."""
    name, folder = "self-check", current_folder
    number = 1
    while not _is_empty_or_half_made_folder(folder):
        folder = current_folder / (name if number == 1 else f"{name}-{number}")
        number += 1
    return folder


def _is_empty_or_half_made_folder(folder: Path) -> bool:
    """Return whether a folder is missing, is empty, or holds a half-made workspace."""
    empty = not folder.exists() or (folder.is_dir() and next(folder.iterdir(), None) is None)
    return empty or is_workspace_incomplete(folder)


def make_first_workspace(
    folder: Path, *, organization: str, person: str, today: date, lang: Lang
) -> Workspace:
    """Make a workspace with the basic checklist and one person who fills in, and commit it.

    Where git does not know its user yet, it gets the person's name for this workspace. No commit is
    made if it is not named either.

    Raises:
        UsageError: the folder is not empty.
        WriteError, OSError: the folder can't be written.
    """
    _ = translator(lang)
    if not _is_empty_or_half_made_folder(folder):
        message = _("{path} is not empty; name a new folder").format(path=folder)
        raise UsageError(message)
    made = make_and_commit_workspace(
        folder, organization=organization, language=lang, today=today, lang=lang
    )
    if person:
        # A name without letters gives no id.
        person_id = propose_unused_id(person, ()) or "filler"
        made.add_person(person_id, person, ["filler"])
        message = _("Name who fills in")
        if not is_commit_identity_known(made):
            message = _("Make the workspace")
            email = choose_commit_email(made.read_config(), person_id)
            with contextlib.suppress(UsageError):  # a name that git does not take
                set_committer_identity(made, person, email)
        with contextlib.suppress(NoIdentityError):
            commit_all_files(made, message)
    return made
