"""Making a workspace from three answers: the unit, the person who fills in, the folder."""

from __future__ import annotations

import contextlib
from datetime import date
from pathlib import Path

from assess.errors import UsageError
from assess.i18n import Lang, translator
from assess.store.git.commit.commit_files import NoIdentityError
from assess.workspace.core.names import proposed_id
from assess.workspace.core.unfinished_init import is_half_made
from assess.workspace.core.workspace import Workspace


def proposed_folder(here: Path) -> Path:
    """Return where a workspace may be made: this folder where it is empty, else one inside it."""
    name, folder = "self-check", here
    number = 1
    while not _is_free(folder):
        folder = here / (name if number == 1 else f"{name}-{number}")
        number += 1
    return folder


def _is_free(folder: Path) -> bool:
    """Return whether a folder is missing, has nothing in it, or a workspace that is half made."""
    empty = not folder.exists() or (folder.is_dir() and next(folder.iterdir(), None) is None)
    return empty or is_half_made(folder)


def begin(folder: Path, *, organization: str, person: str, today: date, lang: Lang) -> Workspace:
    """Make a workspace with the basic checklist and one person, who fills in; commit it.

    Where git does not know its user yet, the commit waits.

    Raises:
        UsageError: the folder has something in it.
        WriteError, OSError: it can't be written.
    """
    _ = translator(lang)
    if not _is_free(folder):
        message = _("{path} is not empty; name a new folder").format(path=folder)
        raise UsageError(message)
    made = Workspace.make(folder, organization=organization, language=lang, today=today, lang=lang)
    if person:
        # A name of signs alone has no letters for an id.
        made.add_person(proposed_id(person, ()) or "filler", person, ["filler"])
        with contextlib.suppress(NoIdentityError):
            made.commit(_("Name who fills in"))
    return made
