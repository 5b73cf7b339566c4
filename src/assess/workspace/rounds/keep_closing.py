"""Choosing between two closings of a round: its tag is replaced here, or on the other side."""

from __future__ import annotations

from typing import Literal, NamedTuple

from assess.errors import UsageError
from assess.i18n import translator
from assess.store.git.state.repository_state import require_checked_out_branch
from assess.store.git.sync import exchange, exchanged_tags
from assess.workspace.core.unfinished_merge import refuse_operation_in_progress
from assess.workspace.core.workspace import Workspace
from assess.workspace.sharing.remotes import (
    choose_remote,
    refuse_untrusted_push_targets,
    refuse_untrusted_repository,
)
from assess.workspace.sharing.sync_refusals import explain_git_and_disk_errors
from assess.workspace.sharing.two_closings import DoubleClosing, find_double_closings

ClosingChoice = Literal["ours", "theirs"]


class ChosenClosing(NamedTuple):
    """The closing that is valid on both sides now."""

    remote: str
    closing: DoubleClosing
    which: ClosingChoice


def set_closing_on_both_sides(
    workspace: Workspace, round_id: str, which: ClosingChoice
) -> ChosenClosing:
    """Make the tag of a round name the same commit on both sides: ours, or theirs.

    The other commit stays in the history; reports made from it can be verified as before.

    Raises:
        UnknownIdError: there is no such round.
        UsageError: there is nothing to synchronize with; a merge is in progress; the repository is
            not trusted; the tag names the same commit on both sides.
        UnconfirmedError: the tag is set, but a disk did not confirm it.
        GitError: the other side can't be reached, or refused.
    """
    workspace.list_sheets(round_id)  # refuses an unknown round
    with explain_git_and_disk_errors(workspace):
        branch = require_checked_out_branch(workspace.root, workspace.lang)
        refuse_operation_in_progress(workspace.root, workspace.lang)
        refuse_untrusted_repository(workspace)
        remote, other_branch = choose_remote(workspace, branch)
        refuse_untrusted_push_targets(workspace, remote)
        _tip, tags = exchange.read_remote_refs(workspace.root, remote, other_branch)
        double_closings = [
            closing
            for closing in find_double_closings(workspace, tags)
            if closing.round_id == round_id
        ]
        if not double_closings:
            _ = translator(workspace.lang)
            message = _("round {round} has one closing: no tag of it is of another commit there")
            raise UsageError(message.format(round=round_id), "assess sync")
        if which == "theirs":
            exchanged_tags.replace_local_tag(
                workspace.root, remote, double_closings[0].tag, workspace.lang
            )
        else:
            exchanged_tags.replace_remote_tag(
                workspace.root, remote, double_closings[0].tag, workspace.lang
            )
        exchange.flush_workspace_and_remote(workspace.root, remote, workspace.lang)
    return ChosenClosing(remote, double_closings[0], which)
