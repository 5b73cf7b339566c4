"""Files inside `.git` that git must not read: pipes, devices, very large files.

Git waits for ever for a pipe, and reads files of any size. The few files that nearly every git
command opens are checked before git is started. Other files are checked only if a git takes long.
"""

from __future__ import annotations

import contextlib
import os
import re
import stat
import sys
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple

_KIB: Final = 1024
_MIB: Final = 1024 * 1024

LIMITS: Final = {
    "HEAD": _MIB,
    "config": _MIB,
    "config.worktree": _MIB,
    "commondir": 64 * _KIB,
    "gitdir": 64 * _KIB,
    "index": 256 * _MIB,
    "packed-refs": 64 * _MIB,
    "shallow": 16 * _MIB,
    "info/attributes": _MIB,
    "info/exclude": _MIB,
    "info/grafts": 16 * _MIB,
    "info/sparse-checkout": _MIB,
    "objects/info/alternates": 64 * _KIB,
    "objects/info/commit-graph": 256 * _MIB,
    "objects/info/packs": 16 * _MIB,
    "logs/HEAD": 256 * _MIB,
    "MERGE_HEAD": _MIB,
    "MERGE_MODE": _MIB,
    "MERGE_MSG": 16 * _MIB,
    "MERGE_RR": 16 * _MIB,
    "AUTO_MERGE": _MIB,
    "CHERRY_PICK_HEAD": _MIB,
    "REVERT_HEAD": _MIB,
    "REBASE_HEAD": _MIB,
    "BISECT_LOG": 16 * _MIB,
    "ORIG_HEAD": _MIB,
    "FETCH_HEAD": 16 * _MIB,
    "SQUASH_MSG": 16 * _MIB,
    "COMMIT_EDITMSG": 16 * _MIB,
}
"""Files of git's folder that git opens by name, with the greatest size of each in bytes."""

_SHALLOW: Final = re.compile(rb"(?:[0-9a-f]{40}(?:[0-9a-f]{24})?\n)*+")
"""The content of `shallow`: ids of commits by SHA-1 or SHA-256, a line each."""

_MOST_REFS: Final = 20_000
"""Files of branches and tags that are checked; more are covered by the time limit only."""

_MOST_REF: Final = 4 * _KIB
"""Bytes of the file of a branch or tag."""

_MOST_INCLUDED: Final = 100
"""Files that settings include; git fails if they include each other more than ten deep."""

_MOST_NAMED: Final = 1000
"""Times that settings name a file to include, which may be missing."""

_LINE: Final = re.compile(
    rb"""\[(?P<section>[\w.-]+)(?:[ \t]+"(?:\\.|[^"\\\n])*")?[ \t]*\]"""
    rb"""|[#;][^\n]*"""
    rb"""|[A-Za-z][\w-]*[ \t]*="""
    rb"""(?P<value>(?:\\\r?\n|\\.|"(?:\\\r?\n|\\.|[^"\\\n])*"|[^"#;\\\n])*)""",
    re.ASCII,
)
_QUOTED: Final = re.compile(rb"\\(\r?\n|.)|()\"")
_ESCAPES: Final = {b"n": b"\n", b"t": b"\t", b"b": b"\b", b"\n": b"", b"\r\n": b"", None: b""}
"""`_LINE` matches a section, a comment, or a name with its value, which may have several lines."""

_FRESH: Final = 2.0
"""Seconds for which a check of `.git` is reused: a command runs git about ten times."""

_CHECKED: dict[Path, tuple[float, str]] = {}


def find_reason_not_to_start_git(folder: Path) -> str:
    """Return which file of git's folder around `folder` git must not open and why, '' without one.

    A result of the last two seconds is reused.
    """
    begun = time.monotonic()
    until, reason = _CHECKED.get(folder, (begun, ""))
    if begun >= until:
        reason = next(_find_reasons_not_to_start_git(folder), "")
        # With very many branches the check itself takes long.
        now = time.monotonic()
        _CHECKED[folder] = (now + _FRESH + 10 * (now - begun), reason)
    return reason


def forget_file_check_results() -> None:
    """Forget the results of checks, so that the next call checks again."""
    _CHECKED.clear()


def _find_reasons_not_to_start_git(folder: Path) -> Iterator[str]:
    for git in find_git_data_folders(folder):
        if git.is_dir():
            yield from map(_no_ordinary_file_text, _find_files_in_git_folder_git_must_not_open(git))
            yield from _find_reason_against_shallow_file(git / "shallow")
            yield from _find_reasons_against_settings(git, folder)
        else:
            yield _no_ordinary_file_text(str(git))


def _no_ordinary_file_text(path: str) -> str:
    return f"{path} is no ordinary file"


def _find_files_in_git_folder_git_must_not_open(git: Path) -> Iterator[str]:
    names = (
        git / name
        for name, most in LIMITS.items()
        if not is_small_file_folder_or_absent(git / name, most)
    )
    yield from map(str, names)
    yield from _find_ref_files_git_must_not_open(git / "refs")


def _find_reason_against_shallow_file(file: Path) -> Iterator[str]:
    """Yield that the list of shallow commits has other lines: git then reads no commit at all."""
    if file.is_file() and not _SHALLOW.fullmatch(file.read_bytes()):
        yield f"{file} has lines that are no ids of commits"


def find_git_data_folders(folder: Path) -> list[Path]:
    """Return git's folder for `folder`, and the one that a linked working tree shares.

    A `.git` that is neither a file nor a folder is returned itself. Without a repository the list
    is empty.
    """
    if (folder / "objects").is_dir() and os.path.lexists(folder / "HEAD"):
        return [folder]
    folders: list[Path] = []
    for above in (folder, *folder.absolute().parents):
        git = above / ".git"
        if git.is_dir():
            folders += [git, *_find_common_git_folder(git)]
            if _is_git_repository(git):
                return folders
            # Git ignores it and continues with the parent folder.
        elif os.path.lexists(git):
            return [*folders, *_folders_named_by_git_file(git)]
    return folders


def _is_git_repository(git: Path) -> bool:
    """Return whether git accepts a folder as a repository, or it refers to a shared one."""
    parts = ("objects", "refs") if not os.path.lexists(git / "commondir") else ()
    return all(os.path.lexists(git / part) for part in ("HEAD", *parts))


def _folders_named_by_git_file(file: Path) -> list[Path]:
    """Return the folders that a `.git` file names, the file itself if it can't be read."""
    if not is_small_file_folder_or_absent(file, 64 * _KIB):
        return [file]
    text = file.read_text("utf-8", "surrogateescape").strip()
    git = file.parent / text.removeprefix("gitdir:").strip()
    return [git, *_find_common_git_folder(git)] if _is_existing_folder(git) else []


def _find_common_git_folder(git: Path) -> list[Path]:
    """Return the folder that a linked working tree shares with the main one."""
    file = git / "commondir"
    if not file.exists() or not is_small_file_folder_or_absent(file, 64 * _KIB):
        return []
    common = git / file.read_text("utf-8", "surrogateescape").strip()
    return [common] if _is_existing_folder(common) else []


def _is_existing_folder(path: Path) -> bool:
    """Return whether a folder exists; a name may have any length and characters."""
    return os.path.isdir(path)  # noqa: PTH112  # Path.is_dir fails for names that are too long


def is_small_file_folder_or_absent(path: Path | str, limit: int) -> bool:
    """Return whether `path` is absent, a folder, or a file of at most `limit` bytes.

    A link counts as its target.
    """
    try:
        state = os.stat(path)  # noqa: PTH116  # half the time, for some thirty calls
    except (OSError, ValueError):  # no file has a name with a NUL in it
        return True
    return stat.S_ISDIR(state.st_mode) or (stat.S_ISREG(state.st_mode) and state.st_size <= limit)


def _find_ref_files_git_must_not_open(folder: Path) -> Iterator[str]:
    """Yield the paths of branches and tags that are no ordinary files."""
    for entry in islice(_walk_files_below_within_limit([folder]), _MOST_REFS):
        if not is_small_file_folder_or_absent(entry.path, _MOST_REF):
            yield entry.path


def _find_reasons_against_settings(git: Path, folder: Path) -> Iterator[str]:
    """Yield pipes and devices in git's settings, included files that are too large, and too many.

    Git reads included files, and opens some of the other paths. Each file is checked once.
    """
    waiting, known, named = [git / "config", git / "config.worktree"], set[str](), 0
    too_many = f"{git / 'config'} includes too many files"
    while waiting:
        file = waiting.pop()
        real_path = os.path.realpath(file)
        if real_path in known or not os.path.isfile(real_path):  # noqa: PTH113  # no name is too long
            continue
        known.add(real_path)
        if len(known) > _MOST_INCLUDED:
            yield too_many
            return
        for section, text in _parse_sections_and_values(file.read_bytes()):
            included = section in (b"include", b"includeif")
            named += included
            if named > _MOST_NAMED:
                yield too_many
                return
            for path in dict.fromkeys(
                base / _expand_home_or_root(text) for base in (file.parent, folder, git.parent)
            ):
                if not is_small_file_folder_or_absent(
                    path, _MIB if included else sys.maxsize
                ) and not _is_null_device(path):
                    yield _no_ordinary_file_text(str(path))
                elif included:
                    waiting.append(path)


def _parse_sections_and_values(data: bytes) -> Iterator[tuple[bytes, str]]:
    """Yield the sections and values of a settings file, unquoted as git reads them."""
    section = b""
    for line in _LINE.finditer(data):
        if line["section"]:
            section = line["section"].lower()
        elif line["value"]:
            value = _QUOTED.sub(lambda part: _ESCAPES.get(part[1], part[1]), line["value"])
            if text := value.partition(b"\0")[0].strip():
                yield section, os.fsdecode(text)


def _is_null_device(path: Path) -> bool:
    return os.fspath(path) == os.devnull


def _expand_home_or_root(text: str) -> Path:
    try:
        return Path(text).expanduser()
    except (RuntimeError, ValueError):  # there is no user of this name
        return Path("/")


_MOST_ENTRIES: Final = 200_000
"""Entries that are checked if a git takes long."""


def find_pipe_or_device_in_git_folder(folder: Path) -> str:
    """Return the path of a pipe or device in git's folder for which a git may wait, else ''."""
    return next(
        (
            entry.path
            for entry in _walk_files_below_within_limit(find_git_data_folders(folder))
            if _is_pipe_or_device(entry)
        ),
        "",
    )


class RepositorySize(NamedTuple):
    """The bytes on disk, and the number of files, of a repository and its working tree."""

    disk_bytes: int
    files: int


def measure_repository_and_worktree(folder: Path) -> RepositorySize:
    """Return the size of the repository around `folder` and of its working tree.

    Git may have to read or write all of it. Holes of sparse files are not counted.
    """
    tops = [git.parent if git.name == ".git" else git for git in find_git_data_folders(folder)]
    entries = _walk_files_below_within_limit([*tops, *([] if tops else [folder])])
    sizes = dict(map(_file_id_and_disk_bytes, entries))
    return RepositorySize(sum(sizes.values()), len(sizes))


def _walk_files_below_within_limit(tops: Sequence[Path]) -> Iterator[os.DirEntry[str]]:
    """Yield the files below folders, up to a number of entries; links are not followed."""
    waiting = [os.fspath(top) for top in tops]
    left = _MOST_ENTRIES
    while waiting and left > 0:
        with contextlib.suppress(OSError), os.scandir(waiting.pop()) as entries:
            for entry in entries:
                left -= 1
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                else:
                    yield entry


def _is_pipe_or_device(entry: os.DirEntry[str]) -> bool:
    """Return whether git would wait for an entry: a pipe, or a device that is no link."""
    try:
        mode = entry.stat().st_mode
    except OSError:
        return False
    device = stat.S_ISCHR(mode) or stat.S_ISBLK(mode)
    return stat.S_ISFIFO(mode) or (device and not entry.is_symlink())


def _file_id_and_disk_bytes(entry: os.DirEntry[str]) -> tuple[tuple[int, int], int]:
    """Return device and inode of a file, and its bytes on disk."""
    try:
        state = entry.stat(follow_symlinks=False)
    except OSError:
        return (0, 0), 0
    return (state.st_dev, state.st_ino), state.st_blocks * 512
