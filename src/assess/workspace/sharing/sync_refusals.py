"""What git's refusals in a sync mean, and what is so afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from assess.errors import WriteError
from assess.i18n import translator
from assess.store.git.run.commits import shallow_edge
from assess.store.git.run.plumbing import GitError
from assess.store.git.state.refusals import remote_said
from assess.store.git.state.repository_state import open_repository, operation
from assess.workspace.core.workspace import Workspace
from assess.workspace.sharing.commit import refused


@contextmanager
def explaining(here: Workspace) -> Iterator[None]:
    """Say what git's refusals and those of the disk mean."""
    try:
        yield
    except GitError as error:
        raise _explained(error, here) from error
    except OSError as error:
        raise WriteError(f"{error.filename}: {error.strerror}", "df -h; ls -ld") from error


def _explained(error: GitError, here: Workspace) -> GitError:
    if "unrelated histories" in error.said and shallow_edge(open_repository(here.root, here.lang)):
        _ = translator(here.lang)
        message = _("this clone is shallow: git does not see what both sides have in common")
        return GitError(message, "git fetch --unshallow")
    if said := remote_said(error):
        _ = translator(here.lang)
        return GitError(_("the other side refused: {reason}").format(reason=said), _state(here))
    return refused(error, here, _state(here))


def _state(here: Workspace) -> str:
    """Return what is so after a refusal, and what to do."""
    _ = translator(here.lang)
    if operation(here.root) == "merge":
        return _(
            "the merge is not committed yet and nothing was handed on; mend it, then again:"
            " assess sync (give up: git merge --abort)"
        )
    return _("nothing was handed on; your commits are safe here; mend it, then again: assess sync")
