"""Which of two closings stands: the tag of a round is set here, or on the other side."""

from __future__ import annotations

from typing import Literal, NamedTuple

from assess.errors import UsageError
from assess.i18n import translator
from assess.store.git.state.repository_state import refuse_detached
from assess.store.git.sync import exchange, exchanged_tags
from assess.workspace.core.workspace import Workspace
from assess.workspace.sharing.sync import other_repository, refuse_several, refuse_untrusted
from assess.workspace.sharing.sync_refusals import explaining
from assess.workspace.sharing.two_closings import Apart, closings_apart

Which = Literal["ours", "theirs"]


class Kept(NamedTuple):
    """The closing that stands on both sides now."""

    remote: str
    apart: Apart
    which: Which


def keep_closing(here: Workspace, round_id: str, which: Which) -> Kept:
    """Let the tag of a round be of one commit on both sides: of ours, or of theirs.

    The other commit stays in the history; reports that were made at it can be verified as before.

    Raises:
        UnknownIdError: there is no such round.
        UsageError: there is nothing to synchronize with; the repository is not trusted; the tag is
            of the same commit on both sides.
        UnconfirmedError: the tag is set, but a disk did not confirm it.
        GitError: the other side can't be reached or refused.
    """
    here.sheets(round_id)  # refuses a round that is not there
    with explaining(here):
        branch = refuse_detached(here.root, here.lang)
        refuse_untrusted(here)
        remote, there_branch = other_repository(here, branch)
        refuse_several(here, remote)
        _tip, tags = exchange.look(here.root, remote, there_branch)
        apart = [one for one in closings_apart(here, tags) if one.round_id == round_id]
        if not apart:
            _ = translator(here.lang)
            message = _("round {round} has one closing: no tag of it is of another commit there")
            raise UsageError(message.format(round=round_id), "assess sync")
        if which == "theirs":
            exchanged_tags.take_tag(here.root, remote, apart[0].tag, here.lang)
        else:
            exchanged_tags.hand_on_tag(here.root, remote, apart[0].tag, here.lang)
        exchange.flush_sides(here.root, remote, here.lang)
    return Kept(remote, apart[0], which)
