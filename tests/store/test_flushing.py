from __future__ import annotations

import ctypes
import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from assess.store import flushing
from assess.store.flushing import flush_file_systems, flush_folder


def _failing(number: int) -> Callable[[int], None]:
    def fail(_handle: int) -> None:
        raise OSError(number, os.strerror(number))

    return fail


@pytest.mark.parametrize("number", flushing.NOT_SUPPORTED)
def test_a_folder_that_cannot_be_flushed_is_no_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """FUSE, SMB and shared folders can't flush a folder; all else works there."""
    monkeypatch.setattr(os, "fsync", _failing(number))
    flush_folder(tmp_path)


def test_a_disk_that_fails_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Any other error of a flush is passed on."""
    monkeypatch.setattr(os, "fsync", _failing(errno.EIO))
    with pytest.raises(OSError, match="Input/output error"):
        flush_folder(tmp_path)


class _Library:
    """A C library whose syncfs ends with an error number; 0: none."""

    def __init__(self, number: int = 0) -> None:
        self.number = number
        self.handles: list[int] = []

    def syncfs(self, handle: int) -> int:
        self.handles.append(handle)
        ctypes.set_errno(self.number)
        return -1 if self.number else 0


def test_each_file_system_is_flushed_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two folders of one file system are one flush; handles are closed."""
    library = _Library()
    monkeypatch.setattr(ctypes, "CDLL", lambda *_a, **_k: library)
    (tmp_path / "a").mkdir()
    before = os.listdir("/proc/self/fd")  # noqa: PTH208  # names are all that is needed
    flush_file_systems([tmp_path, tmp_path / "a"])
    assert len(library.handles) == 1
    assert os.listdir("/proc/self/fd") == before  # noqa: PTH208  # names are all that is needed


def test_errors_of_a_file_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file system that can't be flushed is no error; one that fails is."""
    monkeypatch.setattr(ctypes, "CDLL", lambda *_a, **_k: _Library(errno.ENOSYS))
    flush_file_systems([tmp_path])
    monkeypatch.setattr(ctypes, "CDLL", lambda *_a, **_k: _Library(errno.EIO))
    with pytest.raises(OSError, match="Input/output error"):
        flush_file_systems([tmp_path])


def test_without_syncfs_everything_is_flushed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A C library without syncfs: all file systems are flushed."""
    calls: list[str] = []
    monkeypatch.setattr(ctypes, "CDLL", lambda *_a, **_k: object())
    monkeypatch.setattr(os, "sync", lambda: calls.append("sync"))
    flush_file_systems([tmp_path])
    assert calls == ["sync"]
