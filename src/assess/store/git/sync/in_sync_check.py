"""Whether both sides have the same commits and tags, so that a sync has nothing to do."""

from __future__ import annotations

from pathlib import Path

from assess.store.git.run.plumbing import Repository
from assess.store.git.setup.own_repository import list_hooks_and_program_settings
from assess.store.git.sync.exchange import RemoteState
from assess.store.git.sync.tag_refs import commits_by_local_tag


def is_surely_in_sync_with_remote(
    root: Path, remote: str, branch: str, remote_state: RemoteState
) -> bool:
    """Return whether the branch is at the remote's commit, and the remote has all local tags.

    The result is False if a hook or another program would run, which may be for every sync.

    Raises:
        GitError: the tags can't be read.
    """
    repository = Repository.find_repository(root)
    if repository is None or remote_state.tip is None or list_hooks_and_program_settings(root):
        return False
    names = ("HEAD", f"refs/remotes/{remote}/{branch}")
    commits = {repository.resolve_commit(name) for name in names}
    return commits == {remote_state.tip} and set(commits_by_local_tag(root)) <= set(
        remote_state.tags
    )
