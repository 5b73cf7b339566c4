"""What git says of the workspace, for the overview; asked off the event loop."""

from __future__ import annotations

from typing import NamedTuple

from assess.errors import AssessError, DamagedError
from assess.i18n import Lang, translator
from assess.workspace import Workspace
from assess.workspace.core.git_refusals import in_words
from assess.workspace.core.late_answers import LateSheet, late_sheets
from assess.workspace.setup.renew_git_files import outdated_names, prepare_renewal, write_renewal


class GitHere(NamedTuple):
    """What git has to say."""

    uncommitted: list[str] | None = None
    """None where that is not known."""
    lack: str = ""
    """What merging by meaning lacks."""
    unfinished: str = ""
    """What git has begun and not ended, such as a merge, and how to end it."""
    late: tuple[LateSheet, ...] = ()
    """Answers that came after their round was closed."""
    outdated: tuple[str, ...] = ()
    """Files of the workspace that an older program wrote."""


def look(here: Workspace, lang: Lang) -> GitHere:
    """Ask git; where there is none, nothing is said of it."""
    try:
        return GitHere(
            here.uncommitted(),
            here.git_setup().lack(lang),
            here.git_unfinished(),
            tuple(late_sheets(here.root, here.config(), lang)),
            tuple(outdated_names(here)),
        )
    except DamagedError as error:
        return GitHere(unfinished=str(in_words(error, here.root, lang)))
    except AssessError:
        return GitHere()


def set_up(here: Workspace, lang: Lang) -> str:
    """Let git merge by meaning here, as `assess git setup` does; return what to tell."""
    try:
        here.set_up_git()
    except AssessError as error:
        return str(error)
    _ = translator(lang)
    return _("git merges by meaning here now")


def renew(here: Workspace, lang: Lang) -> str:
    """Bring the workspace's own files up to date, and commit nothing; return what to tell."""
    try:
        write_renewal(here, prepare_renewal(here))
    except AssessError as error:
        return str(error)
    _ = translator(lang)
    return _("the workspace's files are up to date; they are to be committed (p)")
