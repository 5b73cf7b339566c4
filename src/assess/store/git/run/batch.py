"""A repository whose objects are read through a single git process during a command."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from assess.store.git.run.checked_objects import CheckedObjects
from assess.store.git.run.commit_objects import CommitContent, parse_commit
from assess.store.git.run.commits import ObjectContent, ObjectReader
from assess.store.git.run.plumbing import (
    AmbiguousCommitError,
    Blob,
    BrokenHeadError,
    GitError,
    Repository,
    UnreadableObjectError,
    make_ended_or_not_started_error,
    not_started_text,
)
from assess.store.git.run.strange_files import find_reason_not_to_start_git
from assess.store.git.run.time_limits import reason_of_recent_stall


class _UnansweredError(Exception):
    """The `cat-file` process has no answer; a separate git command gives the reason."""


class BatchRepository(Repository):
    """A repository that reads through a `git cat-file` process, which starts at the first call.

    If that process has no answer, a separate git command runs, whose message says what is wrong.
    """

    def __init__(self, root: Path, prefix: str) -> None:
        super().__init__(root, prefix)
        self._objects: ObjectReader | None = None
        self._checked: CheckedObjects | None = None

    def close(self) -> None:
        """End the `cat-file` process; the next call starts another one."""
        if self._objects is not None:
            self._objects.close()
            self._objects = self._checked = None

    def start_or_get_object_reader(self) -> ObjectReader:
        """Return the reader with the `cat-file` process.

        Raises:
            GitError: a file of git's folder must not be opened, or a git stalled in this folder.
        """
        if self._objects is not None and self._objects.has_ended:
            self.close()
        if self._objects is None:
            if reason := find_reason_not_to_start_git(self.root):
                raise make_ended_or_not_started_error(not_started_text(reason))
            if text := reason_of_recent_stall(self.root):
                raise make_ended_or_not_started_error(text)
            self._objects = ObjectReader(self)
        return self._objects

    def resolve_commit(self, revision: str) -> str | None:
        """Return the commit id that `revision` names, None without one."""
        if not revision.startswith("-"):
            with suppress(GitError):
                return self.start_or_get_object_reader().find_object_id(
                    "commit", f"{revision}^{{commit}}"
                )
        return super().resolve_commit(revision)

    def start_or_get_checked_objects(self) -> CheckedObjects:
        """Return the reader by ids, which uses the same process.

        Raises:
            GitError: a file of git's folder must not be opened, or a git stalled in this folder.
        """
        objects = self.start_or_get_object_reader()
        if self._checked is None:
            self._checked = CheckedObjects(objects, self.prefix)
        return self._checked

    def list_files(self, commit: str, folders: Sequence[str] = ()) -> dict[str, Blob]:
        """Return the files of a commit below the workspace, by path from its root.

        Raises:
            BrokenHeadError: the newest commit can't be read.
            GitError: another commit can't be read.
        """
        with suppress(GitError):
            oid = self.start_or_get_object_reader().find_object_id("commit", f"{commit}^{{commit}}")
            if oid is not None:
                return self.start_or_get_checked_objects().list_files(oid, folders)
        return super().list_files(commit, folders)

    def read_blob(self, oid: str) -> bytes:
        """Return the bytes of an object."""
        with suppress(GitError, _UnansweredError):
            return self._read_object_or_raise("blob", oid).data
        return super().read_blob(oid)

    def head_and_parent_commit_seconds(self) -> list[int]:
        """Return the committer's times of the last commit and of its parents."""
        with suppress(GitError, _UnansweredError):
            newest = self._read_commit("HEAD^{commit}")
            contents = (
                self.start_or_get_object_reader().read_object("commit", parent)
                for parent in newest.parents
            )
            # A shallow clone lacks the parents.
            before = [parse_commit(content.oid, content.data) for content in contents if content]
            return [_require_committer_seconds(commit) for commit in (newest, *before)]
        return super().head_and_parent_commit_seconds()

    def measure_object_sizes(self, oids: Sequence[str]) -> dict[str, int]:
        """Return the sizes of objects in bytes, without those that are missing."""
        with suppress(GitError):
            return self.start_or_get_object_reader().object_sizes(oids)
        return super().measure_object_sizes(oids)

    def _read_commit(self, name: str) -> CommitContent:
        content = self._read_object_or_raise("commit", name)
        return parse_commit(content.oid, content.data)

    def _read_object_or_raise(self, kind: str, name: str) -> ObjectContent:
        """Return an object.

        Raises:
            _UnansweredError: there is no object of this kind, or it is too large.
            GitError: the `cat-file` process has ended.
        """
        content = self.start_or_get_object_reader().read_object(kind, name)
        if content is None:
            raise _UnansweredError
        return content


def _require_committer_seconds(commit: CommitContent) -> int:
    """Return the committer's time.

    Raises:
        _UnansweredError: the commit has no committer.
    """
    if commit.committed is None:
        raise _UnansweredError
    return commit.committed


def list_checked_files(
    repository: Repository, commit: str, folders: Sequence[str] = ()
) -> dict[str, Blob]:
    """Return the files of a commit below the workspace; each folder is held against its id.

    Raises:
        MisnamedObjectError: the commit or a folder is not the one of its id.
        AmbiguousCommitError: the commit is read by git in two ways.
        BrokenHeadError: the newest commit can't be read.
        UnreadableObjectError: another commit can't be read.
        GitError: it has too many files.
    """
    with open_checked_objects(repository) as objects:
        try:
            return objects.list_files(commit, folders)
        except AmbiguousCommitError:
            raise
        except UnreadableObjectError as error:
            if commit == repository.resolve_commit("HEAD"):
                raise BrokenHeadError(str(error), oid=commit) from error
            raise


@contextmanager
def open_checked_objects(repository: Repository) -> Iterator[CheckedObjects]:
    """Yield a reader whose answers were all parsed from bytes that have their ids.

    Raises:
        GitError: a file of git's folder must not be opened, or a git stalled in this folder.
    """
    if isinstance(repository, BatchRepository):
        yield repository.start_or_get_checked_objects()
    else:
        with closing(BatchRepository(repository.root, repository.prefix)) as opened:
            yield opened.start_or_get_checked_objects()


@contextmanager
def open_object_reader(repository: Repository) -> Iterator[ObjectReader]:
    """Yield a reader of objects; that of a snapshot stays open afterwards.

    Raises:
        GitError: a file of git's folder must not be opened, or a git stalled in this folder.
    """
    if isinstance(repository, BatchRepository):
        yield repository.start_or_get_object_reader()
    else:
        with ObjectReader(repository) as objects:
            yield objects
