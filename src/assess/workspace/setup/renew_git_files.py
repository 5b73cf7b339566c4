"""`assess upgrade --workspace`: git's files and settings as this program writes them today.

Answers, checklists and reports are not touched. Each clone has settings of its own; the files
travel with the repository.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from assess.errors import ChangedOnDiskError, WriteError
from assess.i18n import translator
from assess.store.files import write_atomic
from assess.store.git.commit.commit_files import commit as commit_files
from assess.store.git.run.plumbing import GitError, Repository
from assess.store.git.setup import local_settings as git_setup
from assess.store.git.setup.attribute_lines import (
    IGNORE,
    LinesChange,
    is_outdated,
    outdated_files,
    read_lines,
)
from assess.store.git.state.repository_state import (
    open_repository,
    refuse_detached,
    refuse_in_progress,
)
from assess.store.git.trust.attribute_files import NAME as ATTRIBUTES
from assess.store.git.trust.boundary import refuse_outside
from assess.store.lock import locked
from assess.workspace.core.workspace import Workspace
from assess.workspace.sharing.commit import refused
from assess.workspace.sharing.undo_writes import Written, taking_back

FILES = (ATTRIBUTES, IGNORE)
"""The files that are brought up to date."""


class Renewal(NamedTuple):
    """What is out of date."""

    files: tuple[LinesChange, ...]
    settings: tuple[str, ...]
    """Names of git's settings in this clone."""
    uncommitted: tuple[str, ...]
    """Files that are right here, and out of date in the last commit: a run that was ended."""

    @property
    def is_nothing(self) -> bool:
        """Whether all is up to date."""
        return not (self.files or self.settings or self.uncommitted)


def prepare_renewal(here: Workspace) -> Renewal:
    """Return what is out of date; nothing is written.

    Raises:
        UsageError: the workspace is in no repository.
        WriteError: a link, a folder or a pipe stands where a file is to be, or it can't be read.
        GitError: git does not open the repository.
    """
    open_repository(here.root, here.lang)
    files = tuple(outdated_files(here.root, here.lang))
    changed = {change.path for change in files}
    waiting = [path for path in _outdated_in_head(here) if path not in changed]
    return Renewal(files, tuple(git_setup.outdated_settings(here.root)), tuple(waiting))


def outdated_names(here: Workspace) -> list[str]:
    """Return the files of the workspace that are out of date; also where they can't be read.

    None where there is no repository: an export needs none of them.
    """
    if Repository.find(here.root) is None:
        return []
    try:
        return [change.path for change in outdated_files(here.root, here.lang)]
    except WriteError:
        return list(FILES)


def perform_renewal(
    here: Workspace, renewal: Renewal, *, environ: Mapping[str, str] | None = None
) -> str | None:
    """Bring all up to date and commit the files; return the commit id, None without a commit.

    Before the first commit of a repository none is made: `assess commit` takes the files.

    Raises:
        UsageError: a merge is in progress; no branch is checked out.
        ChangedOnDiskError: a file was changed by another program meanwhile.
        NoIdentityError: git does not know who commits.
        GitError: git or a hook refused; the files are as they were.
        WriteError, LockedError: a file can't be written.
    """
    repository = open_repository(here.root, here.lang)
    refuse_in_progress(here.root, here.lang)
    refuse_detached(here.root, here.lang)
    write_renewal(here, renewal)
    paths = [*(change.path for change in renewal.files), *renewal.uncommitted]
    if not paths or repository.head() is None:
        return None
    written = [
        Written(change.path, change.old, change.new, bool(change.old)) for change in renewal.files
    ]
    with taking_back(here, written):
        try:
            return commit_files(here.root, paths, _message(here), lang=here.lang, environ=environ)
        except GitError as error:
            raise refused(error, here) from error


def write_renewal(here: Workspace, renewal: Renewal) -> None:
    """Write files and settings, and commit nothing.

    Raises:
        ChangedOnDiskError: a file was changed by another program meanwhile; nothing was written.
        WriteError, LockedError: a file or the settings can't be written; git would write outside of
            the workspace's folder.
    """
    refuse_outside(here.root, here.lang)
    with locked(here.root, "", here.lang):
        for change in renewal.files:
            if read_lines(here.root / change.path, here.root, here.lang) != change.old:
                _ = translator(here.lang)
                message = _("{file} was changed by another program meanwhile")
                hint = "assess upgrade --workspace"
                raise ChangedOnDiskError(message.format(file=change.path), hint)
        for change in renewal.files:
            _put(here, change.path, change.new)
    git_setup.set_up(here.root, here.lang)


def _put(here: Workspace, path: str, text: str) -> None:
    """Write a file, or remove it where it was not there before."""
    whole = here.root / path
    if text:
        write_atomic(whole, text.encode("utf-8", "surrogateescape"), here.lang)
    else:
        whole.unlink(missing_ok=True)


def _message(here: Workspace) -> str:
    _ = translator(here.config().language)
    return _("Workspace files brought up to date (.gitattributes, .gitignore)")


def _outdated_in_head(here: Workspace) -> list[str]:
    """Return the files that are out of date in the last commit."""
    repository = open_repository(here.root, here.lang)
    head = repository.head()
    if head is None:
        return []
    blobs = repository.tree(head, FILES)
    texts = {path: repository.read(blob.oid) for path, blob in blobs.items()}
    return [path for path in FILES if is_outdated(path, texts.get(path, b""))]
