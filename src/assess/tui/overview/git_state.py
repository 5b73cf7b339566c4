"""The state of git for the overview; read off the event loop."""

from __future__ import annotations

from typing import NamedTuple

from assess.errors import AssessError, DamagedError, UsageError
from assess.i18n import Lang, translator
from assess.workspace import Workspace
from assess.workspace.core.git_refusals import explain_error_if_from_git
from assess.workspace.core.late_answers import LateSheet, find_late_sheets
from assess.workspace.setup.outdated_git_files import (
    find_outdated_files_and_settings,
    list_outdated_file_names,
)
from assess.workspace.setup.renew_git_files import write_renewal
from assess.workspace.sharing.commit import list_uncommitted_files


class GitState(NamedTuple):
    """The state of git in a workspace."""

    uncommitted: list[str] | None = None
    """The files that a commit would take; None if it is not known."""
    lack: str = ""
    """What merging by meaning lacks."""
    unfinished: str = ""
    """An unfinished operation of git, such as a merge, and the command that ends it."""
    late: tuple[LateSheet, ...] = ()
    """Answers that came after their round was closed."""
    outdated: tuple[str, ...] = ()
    """Files of the workspace that an older program wrote."""


def read_git_state(workspace: Workspace, lang: Lang) -> GitState:
    """Read the state of git; without git it is empty."""
    try:
        with workspace.git.open_snapshot():
            return GitState(
                _list_files_to_commit(workspace),
                workspace.git.read_merge_setup().explain_what_is_missing(lang),
                workspace.git.describe_operation_in_progress(),
                tuple(find_late_sheets(workspace.root, workspace.read_config(), lang)),
                tuple(list_outdated_file_names(workspace)),
            )
    except DamagedError as error:
        return GitState(unfinished=str(explain_error_if_from_git(error, workspace.root, lang)))
    except AssessError:
        return GitState()


def _list_files_to_commit(workspace: Workspace) -> list[str]:
    """Return the files that a commit would take; without a repository all inputs of reports."""
    try:
        return list_uncommitted_files(workspace)
    except UsageError:
        return workspace.list_uncommitted_report_inputs()


def set_up_merging(workspace: Workspace, lang: Lang) -> str:
    """Set up merging by meaning, as `assess git setup` does; return the message."""
    try:
        workspace.git.set_up_merges()
    except AssessError as error:
        return str(error)
    _ = translator(lang)
    return _("git merges by meaning here now")


def update_outdated_files(workspace: Workspace, lang: Lang) -> str:
    """Update the workspace's own files without a commit; return the message."""
    try:
        write_renewal(workspace, find_outdated_files_and_settings(workspace))
    except AssessError as error:
        return str(error)
    _ = translator(lang)
    return _("the workspace's files are up to date; they are to be committed (p)")
