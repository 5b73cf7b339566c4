"""Walking through folders."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from assess.errors import FilesError
from assess.store.folder_walk import MOST_DEEP, walk_readable_files_and_folders


def nested(root: Path, name: str, count: int) -> None:
    """Make folders inside each other, also where their path is too long for the kernel."""
    root.mkdir(exist_ok=True)
    handle = os.open(root, os.O_RDONLY)
    for _ in range(count):
        os.mkdir(name, dir_fd=handle)
        inner = os.open(name, os.O_RDONLY, dir_fd=handle)
        os.close(handle)
        handle = inner
    os.close(handle)


def paths(root: Path) -> set[tuple[str, bool]]:
    """Return what stands below evidence/."""
    return set(walk_readable_files_and_folders(root, "evidence", "en"))


def test_files_and_folders_but_no_links(tmp_path: Path) -> None:
    """All that is there comes with its path; a link is neither."""
    (tmp_path / "evidence" / "2026").mkdir(parents=True)
    (tmp_path / "evidence" / "2026" / "a").touch()
    (tmp_path / "evidence" / "out").symlink_to("/etc")
    os.mkfifo(tmp_path / "evidence" / "pipe")

    assert paths(tmp_path) == {("evidence/2026", True), ("evidence/2026/a", False)}


@pytest.mark.parametrize(("name", "count"), [("d", MOST_DEEP + 1), ("d" * 200, 30)])
def test_folders_nested_too_deep_are_named(tmp_path: Path, name: str, count: int) -> None:
    """Too many, or a path that the kernel does not take: the beginning of the path is told."""
    nested(tmp_path / "evidence", name, count)
    with pytest.raises(FilesError) as refused:
        paths(tmp_path)
    (problem,) = refused.value.problems
    assert (problem.code, problem.file[:11]) == (
        "too-deep",
        "evidence/dd" if count < 99 else "evidence/d/",
    )


def test_as_many_as_allowed(tmp_path: Path) -> None:
    """The last folder that is allowed is read."""
    nested(tmp_path / "evidence", "d", MOST_DEEP)
    assert len(paths(tmp_path)) == MOST_DEEP


@pytest.mark.parametrize("number", [errno.EACCES, errno.ENOENT, errno.ENOTDIR])
def test_what_may_not_be_read_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """So is what vanishes in between."""

    def refuse(_path: Path) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "scandir", refuse)
    assert paths(tmp_path) == set()


def test_a_disk_that_fails_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder is named, with what the system says."""

    def refuse(_path: Path) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(FilesError, match="Input/output error"):
        paths(tmp_path)
