"""Files that a merge in progress left undecided, with what each side has of them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final, Literal, NamedTuple

from assess.store.file_types import merged_by_meaning
from assess.store.git.run import plumbing as git
from assess.store.git.run.flushed_writes import write
from assess.store.git.run.index_file import staged_entries
from assess.store.git.run.plumbing import Blob, Repository
from assess.store.git.run.read_once import find_git_folders, setting_value
from assess.store.git.sync.both_sides import put_files
from assess.store.git.trust.trusted_programs import settings

_LITERAL: Final = {"GIT_LITERAL_PATHSPECS": "1"}

Kind = Literal["changed", "deleted", "renamed", "gone"]


class Waiting(NamedTuple):
    """A file that git could not finish, and its version on each side; None: it is not there.

    `../other` stands outside of the workspace, in the larger repository around it.
    """

    path: str
    base: Blob | None
    ours: Blob | None
    theirs: Blob | None

    @property
    def kind(self) -> Kind:
        """Why it waits.

        Both changed it; one side removed it, the other changed it; both renamed it, and this is one
        of the new names, or the old one, which is gone.
        """
        if self.ours is not None and self.theirs is not None:
            return "changed"
        if self.ours is None and self.theirs is None:
            return "gone"
        return "deleted" if self.base is not None else "renamed"

    @property
    def is_whole(self) -> bool:
        """Whether it is decided as a whole, not field by field."""
        return self.kind != "changed" or not merged_by_meaning(self.path)


def waiting_files(root: Path) -> list[Waiting]:
    """Return the files that the merge in progress could not finish, by path from `root`.

    None where there is no repository.
    """
    if _has_none(root):
        return []
    stages: dict[str, dict[str, Blob]] = {}
    done = git.run(root, ["ls-files", "-u", "-z", "--", ":/"], check=False)
    for record in done.stdout.split(b"\0"):
        meta, _tab, raw = record.partition(b"\t")
        if raw:
            mode, oid, stage = meta.decode("ascii").split()
            path = os.fsdecode(raw)
            stages.setdefault(path, {})[stage] = Blob(mode, oid, path)
    return [
        Waiting(path, some.get("1"), some.get("2"), some.get("3")) for path, some in stages.items()
    ]


def _has_none(root: Path) -> bool:
    """Return whether git's list says that nothing waits; False where git has to be asked."""
    folders = find_git_folders(root)
    if folders is None:
        return False
    hash_name = setting_value(root, "extensions.objectformat") or "sha1"
    entries = staged_entries(folders.paths["index"], hash_name)
    return entries is not None and not any(entry.stage for entry in entries)


def drop_gone(root: Path) -> None:
    """Take the old names of files that both sides renamed out of the merge: neither has them.

    Raises:
        GitError: git can't write its list of files.
    """
    gone = [file.path for file in waiting_files(root) if file.kind == "gone"]
    if gone:
        words = ["rm", "-q", "--cached", "--", *gone]
        write(root, words, options=settings(root), environ=_LITERAL)


def take_version(root: Path, path: str, blob: Blob | None) -> None:
    """Settle a file with one of its versions; None: it goes.

    Raises:
        GitError: git can't write it.
    """
    repository = Repository.find(root)
    assert repository is not None  # noqa: S101  # a merge is in progress in it
    put_files(repository, {path: blob})


def take_edited(root: Path, path: str) -> None:
    """Settle a file with what stands in the folder now.

    Raises:
        GitError: git can't write it.
    """
    words = ["add", "-A", "--", path]
    write(root, words, options=settings(root), environ=_LITERAL)
