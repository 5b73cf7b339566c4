"""Files of the folder that a power cut left empty, put back as git has them.

Git flushes its objects, its list of files and the branch, but never the files that a merge writes
into the folder. An empty file holds nothing that could be lost.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from assess.i18n import Lang
from assess.store import layout
from assess.store.files import write_atomic
from assess.store.git.run.plumbing import Blob, Repository, run
from assess.store.git.state.repository_state import operation
from assess.store.git.trust.boundary import refuse_outside
from assess.store.lock import locked

_PARTS: Final = (layout.CONFIG, "checklists", "answers", "evidence", "reports")
"""Where no file is empty by anybody's will; a template may be."""

_ORDINARY: Final = ("100644", "100755")


def put_back_emptied(root: Path, lang: Lang) -> list[str]:
    """Write the files that are empty, and that git has with content, as git has them.

    Git has what the merge in progress wrote, else what is staged, else what was committed. Returns
    the paths; none where there is no repository.

    Raises:
        FilesError: folders are nested too deep, or the disk can't be read.
        WriteError: git's folder leads out of the workspace; a file can't be written.
        LockedError: another process writes in the workspace.
        GitError: a commit, or what git has of a file, can't be read.
    """
    paths = [path for path in layout.files_of(root, lang, _PARTS) if _is_empty(root / path)]
    repository = Repository.find(root) if paths else None
    if repository is None:
        return []
    refuse_outside(root, lang)
    blobs = _known_blobs(repository)
    sizes = repository.sizes([blobs[path].oid for path in paths if path in blobs])
    with locked(root, lang=lang):
        known = [path for path in paths if path in blobs and sizes.get(blobs[path].oid)]
        emptied = [path for path in known if _is_empty(root / path)]
        for path in emptied:
            write_atomic(root / path, repository.read(blobs[path].oid), lang)
    return emptied


def _is_empty(path: Path) -> bool:
    return path.is_file() and not path.stat().st_size


def _known_blobs(repository: Repository) -> dict[str, Blob]:
    """Return what git has of the workspace's files.

    A file that a merge could not finish is neither as it was committed nor staged: only git's note
    of what the merge wrote has it. A git before 2.33 makes none.
    """
    staged, unfinished = _staged(repository)
    blobs = {path: one for path, one in _tree(repository, "HEAD").items() if path not in unfinished}
    if operation(repository.root) == "merge":
        blobs |= _tree(repository, "AUTO_MERGE")
    blobs |= staged
    return {path: blob for path, blob in blobs.items() if blob.mode in _ORDINARY}


def _tree(repository: Repository, revision: str) -> dict[str, Blob]:
    """Return the files of a commit or tree; none where it is not there."""
    words = ["rev-parse", "--verify", "-q", f"{revision}^{{tree}}"]
    tree = run(repository.root, words, check=False).stdout.decode("ascii").strip()
    return repository.tree(tree, _PARTS) if tree else {}


def _staged(repository: Repository) -> tuple[dict[str, Blob], set[str]]:
    """Return what git's list of files says, and the paths that a merge could not finish."""
    done = run(repository.root, ["ls-files", "-s", "-z"], check=False)
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
