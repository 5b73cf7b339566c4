"""Files that are merged by meaning, but that git left in our version, or merged by lines.

An attribute (`-merge`, `binary`) prevents git from starting the merge driver. The file then looks
settled, and the changes of the other side would be missing in the merge. Without the lines of the
program in .gitattributes git merges by lines, and leaves markers.
"""

from __future__ import annotations

import os
from typing import Any

from assess.file_bytes import read_start_of_regular_file
from assess.i18n import Lang
from assess.merging.texts import (
    MergeOutcome,
    Versions,
    merge_bytes_by_meaning_or_lines,
    write_merged_file,
)
from assess.store.files import MAX_FILE
from assess.store.git.run.plumbing import Blob, Repository
from assess.store.git.state.repository_state import open_repository
from assess.store.git.sync.undecided_files import (
    UndecidedFile,
    list_undecided_files,
    settle_file_with_folder_content,
)
from assess.store.yaml.reading.tree import read_tree
from assess.workspace.core.workspace import Workspace
from assess.workspace.sharing.merge_markers import has_merge_markers


def merge_undecided_files_by_meaning(workspace: Workspace, *, just_merged: bool) -> None:
    """Merge the files by meaning that the merge in progress left in our version.

    A file in which a person decided everything for our side is unchanged. `just_merged` says that
    nobody decided anything since git merged: a conflict is then written into a file that is ours,
    and markers of git are replaced.

    Raises:
        FilesError: a newer program wrote one of the versions.
        WriteError: a merged file can't be written.
        GitError: git can't read its objects, or write its list of files.
    """
    repository = open_repository(workspace.root, workspace.lang)
    for file in list_undecided_files(workspace.root):
        outcome = _merge_file_unless_decided(
            repository, file, workspace.lang, just_merged=just_merged
        )
        if outcome is None or (outcome.by_lines and not just_merged):
            continue
        write_merged_file(workspace.root / file.path, outcome, workspace.lang)
        if not outcome.unsettled:
            settle_file_with_folder_content(workspace.root, file.path)


def _merge_file_unless_decided(
    repository: Repository, file: UndecidedFile, lang: Lang, *, just_merged: bool
) -> MergeOutcome | None:
    """Return the merge of a file; None where it equals the file, or a person or the driver made it.

    What git left `just_merged` is ours, or has markers.
    """
    stages = (file.base, file.ours, file.theirs)
    regular = all(blob is None or blob.mode.startswith("100") for blob in stages)
    path = repository.root / file.path
    if file.is_decided_as_whole or not regular or path.is_symlink() or not path.is_file():
        return None
    versions = Versions(*(_read_blob_or_empty(repository, blob) for blob in stages))
    data = read_start_of_regular_file(path, MAX_FILE, os.O_NOFOLLOW)
    if data != versions.ours and not (just_merged and has_merge_markers(data)):
        return None
    outcome = merge_bytes_by_meaning_or_lines(versions, file.path, lang)
    if just_merged:
        return outcome if outcome.data != data else None
    same = not outcome.by_lines and _decode_without_conflicts_and_format(
        outcome.data, lang
    ) == _decode_without_conflicts_and_format(versions.ours, lang)
    return None if same else outcome


def _read_blob_or_empty(repository: Repository, blob: Blob | None) -> bytes:
    return b"" if blob is None else repository.read_blob(blob.oid)


def _decode_without_conflicts_and_format(data: bytes, lang: Lang) -> Any:
    """Return the values of a file without its conflicts and its format."""
    value: Any = read_tree(data.decode("utf-8"), "", lang).value
    return {**value, "format": ""} if isinstance(value, dict) else value
