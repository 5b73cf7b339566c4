"""The remote of a workspace: choosing it, joining a folder, refusing what is not trusted."""

from __future__ import annotations

from pathlib import Path

from assess.errors import UsageError
from assess.harmless import quote_for_shell
from assess.i18n import translator
from assess.store.git.state.repository_state import (
    open_repository,
    require_checked_out_branch,
    resolve_revision,
)
from assess.store.git.sync import pushed_folders, remote_places, remote_setup
from assess.workspace.core.workspace import Workspace
from assess.workspace.sharing.commit import list_untrusted_hooks_and_settings
from assess.workspace.sharing.sync_refusals import explain_git_and_disk_errors


def make_folder_the_remote(workspace: Workspace, folder: Path) -> bool:
    """Make a folder the remote of the workspace; a missing or empty one becomes a bare repository.

    No data is exchanged yet: settings that take effect with the new address must be trusted first
    (`sharing.commit.list_untrusted`). The result says whether a repository was made.

    Raises:
        UsageError: as `is_new_remote_or_refuse_unfit`.
        GitError, WriteError: the repository can't be made.
    """
    with explain_git_and_disk_errors(workspace):
        if not is_new_remote_or_refuse_unfit(workspace, folder):
            return False
        branch = require_checked_out_branch(workspace.root, workspace.lang)
        return remote_setup.add_origin_and_create_if_missing(
            workspace.root, folder, branch, workspace.lang
        )


def is_new_remote_or_refuse_unfit(workspace: Workspace, folder: Path) -> bool:
    """Return whether a folder can become the remote, False where it is the remote already.

    Nothing is changed.

    Raises:
        UsageError: there is no commit or branch; the workspace has another remote already; the
            folder holds other files.
    """
    repository = open_repository(workspace.root, workspace.lang)
    branch = require_checked_out_branch(workspace.root, workspace.lang)
    resolve_revision(repository, "HEAD", workspace.lang)
    known = remote_setup.find_remote_and_branch(workspace.root, branch)
    _ = translator(workspace.lang)
    if known is None:
        if pushed_folders.is_missing_folder_like_server_address(folder):
            message = _("that is an address, not a folder; git is told of it once")
            raise UsageError(message, "git remote add origin ADDRESS && assess sync")
        if not remote_setup.can_be_remote(folder):
            message = _("{path} is neither empty nor a repository to share")
            hint = _("assess sync FOLDER: a new or an empty one")
            raise UsageError(message.format(path=folder), hint)
        return True
    other_path = pushed_folders.find_path_of_first_push_address(workspace.root, known[0])
    if other_path is not None and other_path.resolve() == folder.resolve():
        return False
    message = _("this workspace synchronizes with {remote} already")
    raise UsageError(message.format(remote=known[0]), "assess sync; git remote -v")


def refuse_untrusted_repository(workspace: Workspace, message: str = "") -> None:
    """Refuse a repository with untrusted hooks and settings; `message` has a place for their names.

    Raises:
        UsageError: names these hooks and settings.
    """
    waiting = list_untrusted_hooks_and_settings(workspace)
    if waiting:
        _ = translator(workspace.lang)
        text = message or _("this repository's hooks and settings are not trusted yet: {names}")
        hint = _("look at them, then: assess sync --trust")
        raise UsageError(text.format(names=", ".join(waiting)), hint)


def refuse_untrusted_push_targets(workspace: Workspace, remote: str) -> None:
    """Refuse a remote with several push addresses if a folder among them is not trusted.

    Raises:
        UsageError: the remote is such a one.
    """
    if pushed_folders.has_untrusted_folder_among_several(workspace.root, remote):
        _ = translator(workspace.lang)
        message = _("{remote} pushes to several places; a folder among them is not trusted")
        raise UsageError(message.format(remote=remote), "git remote -v; assess sync --trust")


def choose_remote(workspace: Workspace, branch: str) -> tuple[str, str]:
    """Return the remote of a branch, and the branch's name on that remote.

    Raises:
        UsageError: there is no remote, or there are several and none is chosen; the chosen name
            is no branch.
    """
    chosen = remote_setup.find_remote_and_branch(workspace.root, branch)
    _ = translator(workspace.lang)
    if chosen is not None and chosen[1].startswith("refs/"):
        message = _("this branch goes to {name} of the other side, which is no branch")
        setting, branch_ref = f"branch.{branch}.merge", f"refs/heads/{branch}"
        hint = f"git config {quote_for_shell(setting)} {quote_for_shell(branch_ref)}"
        raise UsageError(message.format(name=chosen[1]), hint)
    if chosen is not None:
        return chosen
    if known := remote_places.list_remote_names(workspace.root):
        message = _("several other repositories are known, and none is chosen: {names}")
        hint = f"git config {quote_for_shell(f'branch.{branch}.remote')} NAME && assess sync"
        raise UsageError(message.format(names=", ".join(known)), hint)
    raise UsageError(
        _("this workspace has no other repository to synchronize with"),
        _("assess sync FOLDER (USB stick, shared folder), or: git remote add origin URL"),
    )
