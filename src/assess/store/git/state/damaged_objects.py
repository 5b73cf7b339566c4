"""Damaged objects, as after a power cut: find them, rename them, write them anew.

Git accepts an empty or cut file as the object that its name says, and never writes that object
again. So git would report a commit as made that can't be read.
"""

from __future__ import annotations

import hashlib
import os
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Final

from assess.i18n import Lang
from assess.store.files import make_write_error
from assess.store.git.run.batch import BatchRepository
from assess.store.git.run.commits import find_path_in_git_folder
from assess.store.git.run.git_facts import find_workspace_prefix
from assess.store.git.run.plumbing import GitError, Repository, run_git
from assess.store.git.run.tree_objects import list_object_ids_of_tree

_SMALL: Final = 1024 * 1024
"""Bytes of an object that is always read whole, such as that of a sheet or a folder."""

_MOST_UNPACKED: Final = 256 * 1024 * 1024
"""Bytes that are unpacked of an object; a larger object counts as undamaged."""

_PART: Final = 64 * 1024
_FOLDER: Final = re.compile(r"[0-9a-f]{2}")
_NAME: Final = re.compile(r"[0-9a-f]{38}(?:[0-9a-f]{24})?")
_AT_ONCE: Final = 200
"""Files that a git process hashes."""

_PATTERNS: Final = {"GIT_LITERAL_PATHSPECS": "0"}
"""Variables with which git reads `:/` as the whole repository."""

TURNS: Final = 3
"""Tries to write damaged objects anew: of folders, of their entries, and a last check."""


def rename_damaged_and_check_incomplete(
    root: Path, tree: str | None, environ: Mapping[str, str], lang: Lang
) -> bool:
    """Rename the damaged objects of a tree; return whether the tree can't be read.

    Small objects are read whole. Larger ones are read whole if they are not in the newest commit.
    `tree` is None if git could not write it.

    Raises:
        WriteError: a damaged object can't be renamed.
    """
    listed = None if tree is None else _list_tree_object_ids(root, tree, environ)
    objects = find_path_in_git_folder(root, "objects")
    earlier = set(_list_tree_object_ids(root, "HEAD^{tree}", environ) or ()) if listed else set()
    damaged = [
        path
        for oid in listed or ()
        if _is_damaged_object_file(
            path := objects / oid[:2] / oid[2:], is_large_file_read=oid not in earlier
        )
    ]
    if listed is None:
        damaged += [
            path
            for path in _list_loose_object_files(objects)
            if _is_damaged_object_file(path, is_large_file_read=False)
        ]
    for path in damaged:
        _rename_damaged_object(path, lang)
    return listed is None or bool(damaged)


def make_damaged_object_error() -> GitError:
    """Return the error of a tree with a damaged object that can't be written anew."""
    error = GitError("unable to read all objects of the commit")
    error.output = error.message
    return error


def write_missing_objects_and_index(
    root: Path, paths: Sequence[str], *, options: Sequence[str], environ: Mapping[str, str]
) -> None:
    """Write the missing objects of the files that git lists below `paths`, from the folder.

    The list is then written anew, so that git checks whether the objects of folders exist.

    Raises:
        GitError: git can't list or write them.
    """
    words = ["ls-files", "-s", "-z", "--full-name", "--", ":/"]
    entries = run_git(root, words, environ={**environ, **_PATTERNS}).stdout
    missing = _files_with_missing_objects(
        root, _object_ids_of_files_below(root, entries, paths), environ
    )
    for start in range(0, len(missing), _AT_ONCE):
        words = ["hash-object", "-w", "--", *missing[start : start + _AT_ONCE]]
        run_git(root, words, options=options, environ=environ)
    run_git(root, ["update-index", "-z", "--index-info"], environ=environ, data=entries)


def _object_ids_of_files_below(root: Path, entries: bytes, paths: Sequence[str]) -> dict[str, str]:
    """Return the object ids of the regular files at or below `paths`, by path."""
    prefix = find_workspace_prefix(root)
    files, wanted = {}, set(paths)
    for record in entries.split(b"\0"):
        meta, _tab, name = os.fsdecode(record).partition("\t")
        path = name.removeprefix(prefix)
        inside = meta.startswith("100") and name.startswith(prefix)
        if inside and wanted & {path, *map(str, PurePosixPath(path).parents)}:
            files[path] = meta.split()[1]
    return files


def _files_with_missing_objects(
    root: Path, oids_by_path: Mapping[str, str], environ: Mapping[str, str]
) -> list[str]:
    """Return the files in the folder whose objects are missing."""
    data = "".join(f"{oid}\n" for oid in oids_by_path.values()).encode()
    answer = run_git(root, ["cat-file", "--batch-check"], environ=environ, data=data).stdout
    gone = {line.split(b" ")[0].decode() for line in answer.splitlines() if b" missing" in line}
    return [path for path, oid in oids_by_path.items() if oid in gone and (root / path).is_file()]


def _list_tree_object_ids(root: Path, tree: str, environ: Mapping[str, str]) -> list[str] | None:
    """Return the ids of all objects of a tree, None if git can't read one of them."""
    repository = Repository.find_repository(root)
    apart = environ.get("GIT_OBJECT_DIRECTORY")
    if isinstance(repository, BatchRepository):
        objects = list_object_ids_of_tree(repository, tree, Path(apart) if apart else None)
        if objects is not None:
            return sorted(objects)
    words = ["rev-list", "--objects", "--no-object-names", "--missing=allow-promisor", tree]
    done = run_git(root, [*words, "--"], check=False, environ=environ)
    oids = done.stdout.decode("ascii").split()
    return None if done.returncode or not oids else oids


def _list_loose_object_files(objects: Path) -> Iterator[Path]:
    """Yield the files of all loose objects; links are not followed."""
    for folder in _list_entries_matching(objects, _FOLDER):
        if folder.is_dir(follow_symlinks=False):
            yield from (
                Path(entry.path) for entry in _list_entries_matching(Path(folder.path), _NAME)
            )


def _list_entries_matching(folder: Path, name: re.Pattern[str]) -> Iterable[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        return [entry for entry in entries if name.fullmatch(entry.name)]


def _is_damaged_object_file(path: Path, *, is_large_file_read: bool) -> bool:
    """Return whether a file, folder, pipe or link exists and is not the object of its name.

    A large file is read only with `is_large_file_read`.
    """
    try:
        if not path.is_file():
            return os.path.lexists(path)
        state = path.stat()
        large = state.st_size > _SMALL and not is_large_file_read
        return not state.st_size or not (large or _is_valid_loose_object(path))
    except OSError:
        return False


def _is_valid_loose_object(path: Path) -> bool:
    """Return whether a file is the object that its name says: compressed, complete, of that hash.

    Raises:
        OSError: the file can't be read.
    """
    name = path.parent.name + path.name
    sha1 = len(name) == hashlib.sha1(usedforsecurity=False).digest_size * 2
    digest = hashlib.sha1(usedforsecurity=False) if sha1 else hashlib.sha256()
    unpacker, size = zlib.decompressobj(), 0
    with path.open("rb") as stream:
        try:
            while size < _MOST_UNPACKED and not unpacker.eof:
                packed = unpacker.unconsumed_tail or stream.read(_PART)
                part = unpacker.decompress(packed, _PART)
                if not (packed or part):
                    return False
                digest.update(part)
                size += len(part)
        except zlib.error:
            return False
    return size >= _MOST_UNPACKED or digest.hexdigest() == name


def _rename_damaged_object(path: Path, lang: Lang) -> None:
    """Rename a damaged object to the name of a temporary object, which git cleans up.

    Raises:
        WriteError: the object can't be renamed.
    """
    try:
        path.rename(path.with_name(f"tmp_obj_damaged-{path.name}"))
    except OSError as error:
        raise make_write_error(error, path, lang) from error
