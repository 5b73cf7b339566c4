"""The settings of a repository that name its remote, and a folder that becomes the remote."""

from __future__ import annotations

from pathlib import Path

from assess.i18n import Lang
from assess.store.git.run.flushed_writes import (
    flush_file_systems_of_repository,
    run_writing_git,
    write_repository_settings,
)
from assess.store.git.run.git_facts import find_setting_value
from assess.store.git.run.plumbing import GitError
from assess.store.git.sync import remote_places
from assess.store.git.trust.boundary import refuse_git_writing_outside
from assess.store.git.trust.trusted_programs import keep_trust_while_setting


def find_remote_and_branch(root: Path, branch: str) -> tuple[str, str] | None:
    """Return the remote of a branch and the branch's name there, None without a remote."""
    name = find_setting_value(root, f"branch.{branch}.remote")
    remote_branch = find_setting_value(root, f"branch.{branch}.merge").removeprefix("refs/heads/")
    known = remote_places.list_remote_names(root)
    if name in known:
        return name, remote_branch or branch
    if len(known) == 1 or "origin" in known:
        return ("origin" if "origin" in known else known[0]), branch
    return None


def can_be_remote(folder: Path) -> bool:
    """Return whether a folder is a bare repository, or is missing or empty and can become one."""
    return _is_missing_or_empty(folder) or (
        (folder / "HEAD").is_file() and (folder / "objects").is_dir()
    )


def _is_missing_or_empty(folder: Path) -> bool:
    return not folder.exists() or (folder.is_dir() and not any(folder.iterdir()))


def add_origin_and_create_if_missing(
    root: Path, folder: Path, branch: str, lang: Lang = "zh"
) -> bool:
    """Make `folder` the remote `origin`; return whether a bare repository was created in it.

    A missing or empty folder becomes a bare repository.

    Raises:
        GitError, WriteError: the repository can't be created, its path is ambiguous for git, there
            is an `origin` already, or git would write outside of the workspace's folder.
    """
    refuse_git_writing_outside(root, lang)
    if "origin" in remote_places.list_remote_names(root):
        raise GitError("remote origin already exists", "git remote -v")
    address = str(folder.resolve())
    remote_places.resolve_path_of_address(root, address)
    made = _is_missing_or_empty(folder)
    if made:
        folder.mkdir(parents=True, exist_ok=True)
        run_writing_git(folder, ["init", "-q", "--bare", "-b", branch, "."])
    ours = {
        "remote.origin.url": address,
        "remote.origin.fetch": "+refs/heads/*:refs/remotes/origin/*",
    }
    with keep_trust_while_setting(root, ours):
        write_repository_settings(root, ours, lang)
    flush_file_systems_of_repository(root, lang, [folder])
    return made


def set_upstream_unless_set(root: Path, remote: str, branch: str, lang: Lang) -> None:
    """Set the upstream of the branch, as `git push --set-upstream` does, unless it is set.

    Raises:
        GitError, WriteError: it can't be written; git would write outside of the workspace's
            folder.
    """
    ours = {
        f"branch.{branch}.remote": remote,
        f"branch.{branch}.merge": f"refs/heads/{branch}",
    }
    if all(find_setting_value(root, name) == value for name, value in ours.items()):
        return
    refuse_git_writing_outside(root, lang)
    if find_setting_value(root, "branch.autosetuprebase") in ("always", "remote"):
        ours[f"branch.{branch}.rebase"] = "true"
    with keep_trust_while_setting(root, ours):
        write_repository_settings(root, ours, lang)
