"""Files that a merge in progress left undecided, with the versions of both sides."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final, Literal, NamedTuple

from assess.store.file_types import is_merged_by_meaning
from assess.store.git.run import plumbing as git
from assess.store.git.run.flushed_writes import run_writing_git
from assess.store.git.run.git_facts import find_reusable_git_folders, find_setting_value
from assess.store.git.run.index_file import read_index_file_without_git
from assess.store.git.run.plumbing import Blob, Repository
from assess.store.git.trust.trusted_programs import list_git_options_by_trust

_LITERAL: Final = {"GIT_LITERAL_PATHSPECS": "1"}

Kind = Literal["changed", "deleted", "renamed", "gone"]


class UndecidedFile(NamedTuple):
    """A file that git left undecided, with its version on each side; None means no file.

    The path may begin with `../`: the file is then in the larger repository around the workspace.
    """

    path: str
    base: Blob | None
    ours: Blob | None
    theirs: Blob | None

    @property
    def kind(self) -> Kind:
        """Why it is undecided.

        `changed`: both sides changed it. `deleted`: one side removed it and the other changed it.
        `renamed`: both renamed it, and this is a new name. `gone`: this is the old name.
        """
        if self.ours is not None and self.theirs is not None:
            return "changed"
        if self.ours is None and self.theirs is None:
            return "gone"
        return "deleted" if self.base is not None else "renamed"

    @property
    def is_decided_as_whole(self) -> bool:
        """Whether it is decided as a whole and not field by field."""
        return self.kind != "changed" or not is_merged_by_meaning(self.path)


def list_undecided_files(root: Path) -> list[UndecidedFile]:
    """Return the files that the merge in progress left undecided, with paths from `root`.

    Without a repository the list is empty.
    """
    if _has_surely_no_undecided_files(root):
        return []
    stages: dict[str, dict[str, Blob]] = {}
    done = git.run_git(root, ["ls-files", "-u", "-z", "--", ":/"], check=False)
    for record in done.stdout.split(b"\0"):
        meta, _tab, raw = record.partition(b"\t")
        if raw:
            mode, oid, stage = meta.decode("ascii").split()
            path = os.fsdecode(raw)
            stages.setdefault(path, {})[stage] = Blob(mode, oid, path)
    return [
        UndecidedFile(path, versions.get("1"), versions.get("2"), versions.get("3"))
        for path, versions in stages.items()
    ]


def _has_surely_no_undecided_files(root: Path) -> bool:
    """Return whether git's list has no undecided file; False if git must be asked."""
    folders = find_reusable_git_folders(root)
    if folders is None:
        return False
    hash_name = find_setting_value(root, "extensions.objectformat") or "sha1"
    entries = read_index_file_without_git(folders.paths["index"], hash_name)
    return entries is not None and not any(entry.stage for entry in entries)


def remove_old_names_from_index(root: Path) -> None:
    """Remove the old names of files that both sides renamed from git's list.

    Raises:
        GitError: git can't write its list of files.
    """
    gone = [file.path for file in list_undecided_files(root) if file.kind == "gone"]
    if gone:
        words = ["rm", "-q", "--cached", "--", *gone]
        run_writing_git(root, words, options=list_git_options_by_trust(root), environ=_LITERAL)


def settle_file_with_blob(root: Path, path: str, blob: Blob | None) -> None:
    """Settle a file with a version of it; None removes the file.

    Raises:
        GitError: git can't write it.
    """
    from assess.store.git.sync.whole_file_merge import write_blobs_to_index_and_folder  # noqa: PLC0415  # 2 ms at every start; during a merge only

    repository = Repository.find_repository(root)
    assert repository is not None  # noqa: S101  # a merge is in progress in it
    write_blobs_to_index_and_folder(repository, {path: blob})


def settle_file_with_folder_content(root: Path, path: str) -> None:
    """Settle a file with its content in the folder.

    Raises:
        GitError: git can't write it.
    """
    words = ["add", "-A", "--", path]
    run_writing_git(root, words, options=list_git_options_by_trust(root), environ=_LITERAL)
