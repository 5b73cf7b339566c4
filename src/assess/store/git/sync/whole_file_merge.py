"""Files that a merge must take whole from one side: evidence and reports.

Git merges text by lines, and `.gitattributes` of an older workspace does not prevent that. So the
result of the merge is checked: it must have each content that a side added since the common
commits, and no other content. A missing content is added under a new name beside the file.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import Final, NamedTuple

from assess import locations
from assess.file_bytes import read_regular_file
from assess.store.evidence import MAX_SIZE, make_safe_name_with_digest, numbered_target_paths
from assess.store.git.run import plumbing as git
from assess.store.git.run.commits import find_path_in_git_folder
from assess.store.git.run.flushed_writes import run_writing_git
from assess.store.git.run.git_facts import find_workspace_prefix
from assess.store.git.run.plumbing import Blob, Repository
from assess.store.git.trust.trusted_programs import list_git_options_by_trust
from assess.store.report_seal import is_unchanged_report

FOLDERS: Final = (locations.EVIDENCE, locations.REPORTS)
"""Folders whose files are taken whole; only the register is merged by meaning."""

_ORDINARY: Final = ("100644", "100755")

_MARKERS: Final = (b"<<<<<<< ", b">>>>>>> ")

BlobsByPath = Mapping[str, Blob]


class FileDecision(NamedTuple):
    """The decision about a file that differs between the two sides.

    `copy` is the path of their version, if it has one. Without a copy only one version is left:
    the program made their version and can make it again (`theirs_made`), or one side removed the
    file. `ours_made` says that the program made our version too, so rendering it anew loses
    nothing.
    """

    path: str
    copy: str | None = None
    theirs_made: bool = False
    ours_made: bool = False


class MergeDecisions(NamedTuple):
    """The decisions of a merge, and the new paths of contents that were moved."""

    decisions: tuple[FileDecision, ...] = ()
    moved: Mapping[str, str] = {}
    """Paths by the SHA-256 of their contents."""


class _FilesOfMergeSides(NamedTuple):
    ours: BlobsByPath
    theirs: BlobsByPath
    bases: tuple[BlobsByPath, ...]

    @property
    def all_oids(self) -> set[str]:
        """The object ids of all files of both sides and of the common commits."""
        sides = (self.ours, self.theirs, *self.bases)
        return {blob.oid for files in sides for blob in files.values()}

    @property
    def common_oids(self) -> set[str]:
        """The object ids of all files of the common commits."""
        return {blob.oid for base in self.bases for blob in base.values()}


def can_merge_mix_whole_files(root: Path, theirs: str) -> bool:
    """Return whether a merge with a commit may mix files that must be taken whole.

    It may if both sides changed a path. It may also if one side removed a file, which git can take
    for a rename.
    """
    sides = _read_files_of_sides(_open_repository(root), theirs)
    for base in sides.bases or ({},):
        ours, others = (
            _paths_changed_by_side(base, sides.ours),
            _paths_changed_by_side(base, sides.theirs),
        )
        if any(sides.ours.get(path) != sides.theirs.get(path) for path in ours & others):
            return True
        if (ours - set(sides.ours) and others) or (others - set(sides.theirs) and ours):
            return True
    return False


def decide_and_write_whole_files(root: Path, *, just_merged: bool) -> MergeDecisions:
    """Decide evidence and reports in the merge in progress; no content that a side added is lost.

    Our version stays at its path. Their version gets a new name, unless it is a report that can be
    made again. A file that one side removed and the other changed stays. Links are left undecided.
    `just_merged` says that nobody changed files since git merged, so a content of neither side was
    mixed by git.

    Raises:
        GitError: git can't read or write its objects.
    """
    theirs = _read_merge_head(root)
    if theirs is None:
        return MergeDecisions()
    repository = _open_repository(root)
    sides = _read_files_of_sides(repository, theirs)
    index = _blobs_by_path_and_stage(repository)
    contents = sides.all_oids if just_merged else None
    mixed = [
        path
        for path, stages in index.items()
        if _is_unmerged_or_mixed(path, stages, sides, contents)
        and (just_merged or not _is_edited_by_person(repository, path, stages))
    ]
    result = {path: stages["0"] for path, stages in index.items() if "0" in stages}
    result = {path: blob for path, blob in result.items() if path not in mixed}
    chosen = {path: sides.ours.get(path) or sides.theirs.get(path) for path in mixed}
    result |= {path: blob for path, blob in chosen.items() if blob is not None}
    copies = _CopyPlan(repository, result)
    waiting = {blob.oid for path in mixed for blob in index[path].values()}
    elsewhere = _decide_files_with_theirs_elsewhere(sides, mixed, result)
    missing = copies.plan_copies_missing_in_result(sides, None if just_merged else waiting)
    decisions = [*elsewhere, *missing, *_decide_files_of_one_side(sides, mixed)]
    write_blobs_to_index_and_folder(repository, {**chosen, **copies.added})
    return MergeDecisions(tuple(decisions), copies.moved)


def _decide_files_with_theirs_elsewhere(
    sides: _FilesOfMergeSides, mixed: Iterable[str], result: BlobsByPath
) -> list[FileDecision]:
    """Return the decisions about files whose version of theirs is in the result at another path."""
    places = {blob.oid: path for path, blob in result.items()}
    both = [path for path in mixed if path in sides.ours and path in sides.theirs]
    copies = {path: places.get(sides.theirs[path].oid, path) for path in both}
    return [
        FileDecision(path, copy) for path, copy in copies.items() if result[copy] != result[path]
    ]


def _decide_files_of_one_side(
    sides: _FilesOfMergeSides, mixed: Iterable[str]
) -> list[FileDecision]:
    return [FileDecision(path) for path in mixed if (path in sides.ours) != (path in sides.theirs)]


class _CopyPlan:
    """Finds new paths for contents that the result of the merge lacks."""

    def __init__(self, repository: Repository, result: Mapping[str, Blob]) -> None:
        self._repository = repository
        self._oids = {blob.oid for blob in result.values()}
        self._paths = set(result)
        self.added: dict[str, Blob | None] = {}
        self.moved: dict[str, str] = {}

    def plan_copies_missing_in_result(
        self, sides: _FilesOfMergeSides, only_oids: set[str] | None
    ) -> Iterable[FileDecision]:
        """Yield a decision for each added content (of `only_oids`) that the result lacks."""
        common = sides.common_oids
        for path, blob in [*sides.ours.items(), *sides.theirs.items()]:
            wanted = blob.mode in _ORDINARY and (only_oids is None or blob.oid in only_oids)
            if not wanted or blob.oid in common or blob.oid in self._oids:
                continue
            data = self._read_content_within_limit(blob)
            if (
                data is not None
                and locations.is_inside(path, locations.REPORTS)
                and is_unchanged_report(data)
            ):
                yield FileDecision(
                    path,
                    theirs_made=True,
                    ours_made=self._is_unchanged_report_blob(sides.ours.get(path)),
                )
            else:
                self._oids.add(blob.oid)
                yield FileDecision(path, self._add_copy_at_free_path(blob, data))

    def _is_unchanged_report_blob(self, ours: Blob | None) -> bool:
        data = self._read_content_within_limit(ours) if ours is not None else None
        return data is not None and is_unchanged_report(data)

    def _read_content_within_limit(self, blob: Blob) -> bytes | None:
        """Return the bytes of a file, None if it is too large to be evidence."""
        size = git.run_git(self._repository.root, ["cat-file", "-s", blob.oid]).stdout
        return self._repository.read_blob(blob.oid) if int(size) <= MAX_SIZE else None

    def _add_copy_at_free_path(self, blob: Blob, data: bytes | None) -> str:
        digest = blob.oid if data is None else hashlib.sha256(data).hexdigest()
        copy = self._find_free_path(blob.path, digest)
        self.added[copy] = Blob(blob.mode, blob.oid, copy)
        self._paths.add(copy)
        self.moved[digest] = copy
        return copy

    def _find_free_path(self, path: str, digest: str) -> str:
        folder, root = PurePosixPath(path).parent, self._repository.root
        names = numbered_target_paths(
            root / folder, make_safe_name_with_digest(PurePosixPath(path).name, digest)
        )
        relative = (
            (folder / candidate.name).as_posix()
            for candidate in names
            if not os.path.lexists(candidate)
        )
        return next(candidate for candidate in relative if candidate not in self._paths)


def _is_unmerged_or_mixed(
    path: str, stages: Mapping[str, Blob], sides: _FilesOfMergeSides, contents: set[str] | None
) -> bool:
    """Return whether git left a regular file unmerged, or merged it by lines."""
    if any(blob.mode not in _ORDINARY for blob in stages.values()):
        return False
    if "0" not in stages:
        return True
    known = path in sides.ours or path in sides.theirs
    return known and contents is not None and stages["0"].oid not in contents


def _is_edited_by_person(repository: Repository, path: str, stages: Mapping[str, Blob]) -> bool:
    """Return whether a person edited the file: it is no version of git's and has no markers.

    Such a file stays undecided until a person settles it.
    """
    file = repository.root / path
    if not file.is_file() or not file.stat().st_size:
        return False
    if not all(repository.select_changed_paths([path], {path: blob}) for blob in stages.values()):
        return False
    return not any(
        line.startswith(_MARKERS)
        for line in read_regular_file(file, MAX_SIZE, os.O_NOFOLLOW).split(b"\n")
    )


def _paths_changed_by_side(base: BlobsByPath, side: BlobsByPath) -> set[str]:
    return {path for path in {*base, *side} if base.get(path) != side.get(path)}


def _read_files_of_sides(repository: Repository, theirs: str) -> _FilesOfMergeSides:
    done = git.run_git(repository.root, ["merge-base", "--all", "HEAD", theirs], check=False)
    bases = done.stdout.decode("ascii").split()
    trees = [
        _copy_without_register(repository.list_files(commit, FOLDERS))
        for commit in ("HEAD", theirs, *bases)
    ]
    return _FilesOfMergeSides(trees[0], trees[1], tuple(trees[2:]))


def _copy_without_register(tree: BlobsByPath) -> dict[str, Blob]:
    return {path: blob for path, blob in tree.items() if path != locations.REGISTER}


def _open_repository(root: Path) -> Repository:
    return Repository.find_repository(root) or Repository(root, find_workspace_prefix(root))


def _read_merge_head(root: Path) -> str | None:
    """Return the commit that is being merged, None without a merge or with several commits."""
    path = find_path_in_git_folder(root, "MERGE_HEAD")
    words = path.read_text("ascii").split() if path.is_file() else []
    return words[0] if len(words) == 1 else None


def _blobs_by_path_and_stage(repository: Repository) -> dict[str, dict[str, Blob]]:
    """Return the entries of git's index below FOLDERS, by path and then by stage."""
    words = ["ls-files", "-s", "-z", "--", *(f":(literal){folder}" for folder in FOLDERS)]
    entries: dict[str, dict[str, Blob]] = {}
    for record in git.run_git(repository.root, words).stdout.split(b"\0"):
        meta, _tab, raw = record.partition(b"\t")
        path = os.fsdecode(raw)
        if raw and path != locations.REGISTER:
            mode, oid, stage = meta.decode("ascii").split()
            entries.setdefault(path, {})[stage] = Blob(mode, oid, path)
    return entries


def write_blobs_to_index_and_folder(
    repository: Repository, blobs_by_path: Mapping[str, Blob | None]
) -> None:
    """Write blobs to the index, in place of all stages of their paths, and to the folder.

    None removes the path from both.

    Raises:
        GitError: git can't write them.
    """
    if not blobs_by_path:
        return
    _stage_and_check_out_blobs(repository, blobs_by_path)
    for path, blob in blobs_by_path.items():
        if blob is None:
            with contextlib.suppress(FileNotFoundError, NotADirectoryError):
                (repository.root / path).unlink()


def _stage_and_check_out_blobs(
    repository: Repository, blobs_by_path: Mapping[str, Blob | None]
) -> None:
    rows = []
    nothing = "0" * len(repository.resolve_head_commit() or "")
    for path, blob in blobs_by_path.items():
        name = repository.prefix + path
        rows.append(f"0 {nothing}\t{name}")
        if blob is not None:
            rows.append(f"{blob.mode} {blob.oid} 0\t{name}")
    data = os.fsencode("".join(f"{row}\0" for row in rows))
    options = list_git_options_by_trust(repository.root)
    run_writing_git(
        repository.root, ["update-index", "-z", "--index-info"], options=options, data=data
    )
    written_paths = os.fsencode(
        "".join(f"{path}\0" for path, blob in blobs_by_path.items() if blob is not None)
    )
    git.run_git(
        repository.root,
        ["checkout-index", "-f", "-z", "--stdin"],
        options=options,
        data=written_paths,
    )


def stage_file_if_decided(root: Path, path: str) -> None:
    """Stage a file as it is on disk, unless it is still undecided.

    Raises:
        GitError: git can't write it.
    """
    if not git.run_git(root, ["ls-files", "-u", "--", path]).stdout:
        run_writing_git(root, ["add", "--", path], options=list_git_options_by_trust(root))
