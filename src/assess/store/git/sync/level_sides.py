"""Two sides that have the same commits and tags: nothing is to be fetched, merged or pushed."""

from __future__ import annotations

from pathlib import Path

from assess.store.git.run.plumbing import Repository
from assess.store.git.setup.own_repository import list_programs
from assess.store.git.sync.exchange import RemoteState
from assess.store.git.sync.tag_refs import local_tags


def are_level(root: Path, remote: str, branch: str, there: RemoteState) -> bool:
    """Return whether the branch is here as it is there, git knows it, and no tag lacks there.

    False where a hook or another program would run: it may be meant for each exchange.

    Raises:
        GitError: tags can't be read.
    """
    repository = Repository.find(root)
    if repository is None or there.tip is None or list_programs(root):
        return False
    names = ("HEAD", f"refs/remotes/{remote}/{branch}")
    commits = {repository.resolve_commit(name) for name in names}
    return commits == {there.tip} and set(local_tags(root)) <= set(there.tags)
