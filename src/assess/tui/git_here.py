"""What git says of the workspace, for the overview; asked off the event loop."""

from __future__ import annotations

from typing import NamedTuple

from assess.errors import AssessError
from assess.i18n import Lang, translator
from assess.workspace import Workspace


class GitHere(NamedTuple):
    """What git has to say."""

    uncommitted: list[str] | None = None
    """None where that is not known."""
    lack: str = ""
    """What merging by meaning lacks."""
    unfinished: str = ""
    """What git has begun and not ended, such as a merge, and how to end it."""


def look(here: Workspace, lang: Lang) -> GitHere:
    """Ask git; where there is none, nothing is said of it."""
    try:
        return GitHere(here.uncommitted(), here.git_setup().lack(lang), here.git_unfinished())
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
