"""Files that a merge must take from one side whole: evidence and reports.

Git merges text by lines, also where `.gitattributes` of an older workspace does not keep it from
that, so this looks at the result: each content that a side added since the common commits must
stand in it, and no other. What lacks gets a name of its own beside.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import Final, NamedTuple

from assess.store import layout
from assess.store.evidence import MAX_SIZE, hashed_name, numbered
from assess.store.files import read_regular
from assess.store.git.run import plumbing as git
from assess.store.git.run.commits import git_path
from assess.store.git.run.flushed_writes import write
from assess.store.git.run.plumbing import Blob, Repository
from assess.store.git.run.read_once import prefix_of
from assess.store.git.trust.trusted_programs import settings
from assess.store.report_seal import is_as_made

FOLDERS: Final = ("evidence", "reports")
"""Where files are taken whole; the register is merged by meaning."""

_ORDINARY: Final = ("100644", "100755")

_MARKERS: Final = (b"<<<<<<< ", b">>>>>>> ")

Files = Mapping[str, Blob]


class Kept(NamedTuple):
    """What became of a file that the two sides have otherwise.

    `copy` is where theirs stands now, or stood already. Without a copy only one version stands:
    theirs was `made` by the program and can be made again, or one side removed the file. `again`:
    ours was made too, so rendering it anew loses nothing.
    """

    path: str
    copy: str | None = None
    made: bool = False
    again: bool = False


class Settled(NamedTuple):
    """What was decided in a merge, and where contents stand that went to another path."""

    kept: tuple[Kept, ...] = ()
    moved: Mapping[str, str] = {}
    """Paths by the SHA-256 of what they hold."""


class _Sides(NamedTuple):
    ours: Files
    theirs: Files
    bases: tuple[Files, ...]

    @property
    def contents(self) -> set[str]:
        """All that a side has, or both began with."""
        sides = (self.ours, self.theirs, *self.bases)
        return {blob.oid for files in sides for blob in files.values()}

    @property
    def common(self) -> set[str]:
        """The contents that both sides began with."""
        return {blob.oid for base in self.bases for blob in base.values()}


def meet(root: Path, theirs: str) -> bool:
    """Return whether a merge with a commit may mix files that are taken whole.

    Both sides changed one path, or one side removed a file: git may then follow it elsewhere.
    """
    sides = _sides(_open_repository(root), theirs)
    for base in sides.bases or ({},):
        ours, others = _changed(base, sides.ours), _changed(base, sides.theirs)
        if any(sides.ours.get(path) != sides.theirs.get(path) for path in ours & others):
            return True
        if (ours - set(sides.ours) and others) or (others - set(sides.theirs) and ours):
            return True
    return False


def take_whole(root: Path, *, fresh: bool) -> Settled:
    """Decide evidence and reports in the merge in progress; nothing that a side added is lost.

    Ours stays at its path. Theirs gets a name of its own, but for a report that can be made again.
    What one side removed and the other changed stays. Links and what is no file are left to
    somebody. `fresh`: nobody had a hand in it since git merged, so what neither side has is git's.

    Raises:
        GitError: git can't read or write its objects.
    """
    theirs = _merge_head(root)
    if theirs is None:
        return Settled()
    repository = _open_repository(root)
    sides = _sides(repository, theirs)
    index = _index(repository)
    contents = sides.contents if fresh else None
    mixed = [
        path
        for path, stages in index.items()
        if _is_mixed(path, stages, sides, contents)
        and (fresh or not _is_edited(repository, path, stages))
    ]
    result = {path: stages["0"] for path, stages in index.items() if "0" in stages}
    result = {path: blob for path, blob in result.items() if path not in mixed}
    chosen = {path: sides.ours.get(path) or sides.theirs.get(path) for path in mixed}
    result |= {path: blob for path, blob in chosen.items() if blob is not None}
    run = _Run(repository, result)
    waiting = {blob.oid for path in mixed for blob in index[path].values()}
    elsewhere = _elsewhere(sides, mixed, result)
    lost = run.lost(sides, None if fresh else waiting)
    kept = [*elsewhere, *lost, *_one_sided(sides, mixed)]
    put_files(repository, {**chosen, **run.added})
    return Settled(tuple(kept), run.moved)


def _elsewhere(sides: _Sides, mixed: Iterable[str], result: Files) -> list[Kept]:
    """Return the files of which ours stays, while theirs stands under another name already."""
    places = {blob.oid: path for path, blob in result.items()}
    both = [path for path in mixed if path in sides.ours and path in sides.theirs]
    copies = {path: places.get(sides.theirs[path].oid, path) for path in both}
    return [Kept(path, copy) for path, copy in copies.items() if result[copy] != result[path]]


def _one_sided(sides: _Sides, mixed: Iterable[str]) -> list[Kept]:
    return [Kept(path) for path in mixed if (path in sides.ours) != (path in sides.theirs)]


class _Run:
    """Finds names for contents that the result lacks."""

    def __init__(self, repository: Repository, result: Mapping[str, Blob]) -> None:
        self._repository = repository
        self._oids = {blob.oid for blob in result.values()}
        self._paths = set(result)
        self.added: dict[str, Blob | None] = {}
        self.moved: dict[str, str] = {}

    def lost(self, sides: _Sides, only: set[str] | None) -> Iterable[Kept]:
        """Yield what became of each content (of `only`) that a side added and the result lacks."""
        common = sides.common
        for path, blob in [*sides.ours.items(), *sides.theirs.items()]:
            wanted = blob.mode in _ORDINARY and (only is None or blob.oid in only)
            if not wanted or blob.oid in common or blob.oid in self._oids:
                continue
            data = self._data(blob)
            if data is not None and path.startswith("reports/") and is_as_made(data):
                yield Kept(path, made=True, again=self._is_made(sides.ours.get(path)))
            else:
                self._oids.add(blob.oid)
                yield Kept(path, self._copied(blob, data))

    def _is_made(self, ours: Blob | None) -> bool:
        data = self._data(ours) if ours is not None else None
        return data is not None and is_as_made(data)

    def _data(self, blob: Blob) -> bytes | None:
        """Return what a file holds; None of one that is too large to be evidence."""
        size = git.run(self._repository.root, ["cat-file", "-s", blob.oid]).stdout
        return self._repository.read(blob.oid) if int(size) <= MAX_SIZE else None

    def _copied(self, blob: Blob, data: bytes | None) -> str:
        digest = blob.oid if data is None else hashlib.sha256(data).hexdigest()
        copy = self._free(blob.path, digest)
        self.added[copy] = Blob(blob.mode, blob.oid, copy)
        self._paths.add(copy)
        self.moved[digest] = copy
        return copy

    def _free(self, path: str, digest: str) -> str:
        folder, root = PurePosixPath(path).parent, self._repository.root
        names = numbered(root / folder, hashed_name(PurePosixPath(path).name, digest))
        relative = ((folder / one.name).as_posix() for one in names if not os.path.lexists(one))
        return next(one for one in relative if one not in self._paths)


def _is_mixed(
    path: str, stages: Mapping[str, Blob], sides: _Sides, contents: set[str] | None
) -> bool:
    """Return whether git could not merge a regular file, or merged it by lines."""
    if any(blob.mode not in _ORDINARY for blob in stages.values()):
        return False
    if "0" not in stages:
        return True
    known = path in sides.ours or path in sides.theirs
    return known and contents is not None and stages["0"].oid not in contents


def _is_edited(repository: Repository, path: str, stages: Mapping[str, Blob]) -> bool:
    """Return whether somebody mended the file: it is none of git's versions, nor one with markers.

    Such a file waits until somebody says that it is done.
    """
    file = repository.root / path
    if not file.is_file() or not file.stat().st_size:
        return False
    if not all(repository.changed([path], {path: blob}) for blob in stages.values()):
        return False
    return not any(
        line.startswith(_MARKERS)
        for line in read_regular(file, MAX_SIZE, os.O_NOFOLLOW).split(b"\n")
    )


def _changed(base: Files, side: Files) -> set[str]:
    return {path for path in {*base, *side} if base.get(path) != side.get(path)}


def _sides(repository: Repository, theirs: str) -> _Sides:
    done = git.run(repository.root, ["merge-base", "--all", "HEAD", theirs], check=False)
    bases = done.stdout.decode("ascii").split()
    trees = [_whole(repository.tree(one, FOLDERS)) for one in ("HEAD", theirs, *bases)]
    return _Sides(trees[0], trees[1], tuple(trees[2:]))


def _whole(tree: Files) -> dict[str, Blob]:
    return {path: blob for path, blob in tree.items() if path != layout.REGISTER}


def _open_repository(root: Path) -> Repository:
    return Repository.find(root) or Repository(root, prefix_of(root))


def _merge_head(root: Path) -> str | None:
    """Return the commit that is being merged; None without one, or with several."""
    path = git_path(root, "MERGE_HEAD")
    words = path.read_text("ascii").split() if path.is_file() else []
    return words[0] if len(words) == 1 else None


def _index(repository: Repository) -> dict[str, dict[str, Blob]]:
    """Return the entries of git's index below FOLDERS: by path, then by stage."""
    words = ["ls-files", "-s", "-z", "--", *(f":(literal){one}" for one in FOLDERS)]
    entries: dict[str, dict[str, Blob]] = {}
    for record in git.run(repository.root, words).stdout.split(b"\0"):
        meta, _tab, raw = record.partition(b"\t")
        path = os.fsdecode(raw)
        if raw and path != layout.REGISTER:
            mode, oid, stage = meta.decode("ascii").split()
            entries.setdefault(path, {})[stage] = Blob(mode, oid, path)
    return entries


def put_files(repository: Repository, blobs: Mapping[str, Blob | None]) -> None:
    """Put blobs into the index, in place of all that stands there of their paths, and the folder.

    None: the path goes from both.

    Raises:
        GitError: git can't write them.
    """
    if not blobs:
        return
    _write_index(repository, blobs)
    for path, blob in blobs.items():
        if blob is None:
            with contextlib.suppress(FileNotFoundError, NotADirectoryError):
                (repository.root / path).unlink()


def _write_index(repository: Repository, blobs: Mapping[str, Blob | None]) -> None:
    rows = []
    nothing = "0" * len(repository.head() or "")
    for path, blob in blobs.items():
        name = repository.prefix + path
        rows.append(f"0 {nothing}\t{name}")
        if blob is not None:
            rows.append(f"{blob.mode} {blob.oid} 0\t{name}")
    data = os.fsencode("".join(f"{row}\0" for row in rows))
    options = settings(repository.root)
    write(repository.root, ["update-index", "-z", "--index-info"], options=options, data=data)
    there = os.fsencode("".join(f"{path}\0" for path, blob in blobs.items() if blob is not None))
    git.run(repository.root, ["checkout-index", "-f", "-z", "--stdin"], options=options, data=there)


def stage_merged(root: Path, path: str) -> None:
    """Take a file into the index as it is on disk, unless it is still to be settled.

    Raises:
        GitError: git can't write it.
    """
    if not git.run(root, ["ls-files", "-u", "--", path]).stdout:
        write(root, ["add", "--", path], options=settings(root))
