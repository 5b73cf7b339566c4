"""Files of the folder that a power cut left empty are restored from git.

Git flushes its objects, its list of files and the branch, but never the files that a merge writes
to the folder. An empty file has no content that could be lost.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from assess import locations
from assess.i18n import Lang
from assess.store import layout
from assess.store.files import MAX_REPORT, is_empty_or_nul_bytes, write_atomic
from assess.store.git.run.plumbing import Blob, Repository, run_git
from assess.store.git.state.repository_state import find_operation_in_progress
from assess.store.git.trust.boundary import refuse_git_writing_outside
from assess.store.lock import workspace_lock

_PARTS: Final = (
    locations.CONFIG,
    locations.FINDINGS,
    locations.CHECKLISTS,
    locations.ANSWERS,
    locations.EVIDENCE,
    locations.REPORTS,
)
"""Files and folders in which no file is empty on purpose; a template may be."""

_RULE_FILES: Final = (".gitattributes", ".gitignore")
"""Files that may be empty on purpose: somebody took their only line out."""

_ORDINARY: Final = ("100644", "100755")
_BLOCK: Final = 1 << 16


def restore_emptied_files(root: Path, lang: Lang) -> list[str]:
    """Restore the empty files that have content in git, and return their paths.

    The content is that of the merge in progress, else the staged one, else the committed one.
    Without a repository nothing is restored.

    Raises:
        FilesError: folders are nested too deep, or the disk can't be read.
        WriteError: git would write outside of the workspace's folder; a file can't be written.
        LockedError: another process writes in the workspace.
        GitError: a commit or an object can't be read.
    """
    paths = [
        path
        for path in layout.list_workspace_files(root, lang, _PARTS)
        if Path(path).name not in _RULE_FILES and _is_emptied_file(root / path)
    ]
    repository = Repository.find_repository(root) if paths else None
    if repository is None:
        return []
    refuse_git_writing_outside(root, lang)
    blobs = _latest_blobs_by_path(repository)
    sizes = repository.measure_object_sizes([blobs[path].oid for path in paths if path in blobs])
    with workspace_lock(root, lang=lang):
        known = [path for path in paths if path in blobs and sizes.get(blobs[path].oid)]
        emptied = [path for path in known if _is_emptied_file(root / path)]
        return [
            path for path in emptied if _restore_emptied_file(repository, root, blobs[path], lang)
        ]


def _restore_emptied_file(repository: Repository, root: Path, blob: Blob, lang: Lang) -> bool:
    """Restore a file from git; return False if its content in git has only NUL bytes too."""
    data = repository.read_blob(blob.oid)
    if is_empty_or_nul_bytes(data):
        return False
    write_atomic(root / blob.path, data, lang)
    return True


def _is_emptied_file(path: Path) -> bool:
    """Return whether a file is empty or has only NUL bytes, as XFS and ext4 leave it."""
    if not path.is_file() or path.stat().st_size > MAX_REPORT:
        return False
    with path.open("rb") as stream:
        return all(is_empty_or_nul_bytes(block) for block in iter(lambda: stream.read(_BLOCK), b""))


def _latest_blobs_by_path(repository: Repository) -> dict[str, Blob]:
    """Return the latest version that git has of each file of the workspace.

    A file that a merge left undecided is neither as committed nor staged. Only AUTO_MERGE, git's
    tree of the merge's result, has it. Git before 2.33 has no AUTO_MERGE.
    """
    staged, unfinished = _read_staged_and_undecided(repository)
    blobs = {
        path: blob
        for path, blob in _list_files_of_tree(repository, "HEAD").items()
        if path not in unfinished
    }
    if find_operation_in_progress(repository.root) == "merge":
        blobs |= _list_files_of_tree(repository, "AUTO_MERGE")
    blobs |= staged
    return {path: blob for path, blob in blobs.items() if blob.mode in _ORDINARY}


def _list_files_of_tree(repository: Repository, revision: str) -> dict[str, Blob]:
    """Return the files of a commit or tree, none if it does not exist."""
    words = ["rev-parse", "--verify", "-q", f"{revision}^{{tree}}"]
    tree = run_git(repository.root, words, check=False).stdout.decode("ascii").strip()
    return repository.list_files(tree, _PARTS) if tree else {}


def _read_staged_and_undecided(repository: Repository) -> tuple[dict[str, Blob], set[str]]:
    """Return the staged files, and the paths that a merge left undecided."""
    done = run_git(repository.root, ["ls-files", "-s", "-z"], check=False)
    blobs, unfinished = {}, set()
    for record in done.stdout.split(b"\0"):
        meta, _tab, raw = record.partition(b"\t")
        if raw:
            mode, oid, stage = meta.decode("ascii").split()
            path = os.fsdecode(raw)
            if stage == "0":
                blobs[path] = Blob(mode, oid, path)
            else:
                unfinished.add(path)
    return blobs, unfinished
