"""Files of a folder are compared with those of a commit by what they hold, at a bounded price."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from assess.store.git.run import file_ids
from assess.store.git.run.file_ids import ContentComparison, compute_git_blob_id, is_large_file


def oid_of(data: bytes) -> str:
    """Return the object id that git gives to content."""
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def test_a_file_is_what_it_holds(tmp_path: Path) -> None:
    """Another content, or another size than the object's, is another file."""
    file = tmp_path / "a"
    file.write_bytes(b"a\n")
    assert compute_git_blob_id(file) == oid_of(b"a\n")
    assert ContentComparison({}).has_same_content(file, oid_of(b"a\n"))
    assert not ContentComparison({}).has_same_content(file, oid_of(b"b\n"))
    assert not ContentComparison({oid_of(b"a\n"): 3}).has_same_content(file, oid_of(b"a\n"))
    assert not is_large_file(file)
    assert not is_large_file(tmp_path / "missing")


def test_many_names_of_one_file_are_read_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An archive holds a file of 50 MB once, and a thousand hard links to it."""
    read = []

    def count_reading(path: Path, *, sha256: bool = False) -> str:
        read.append(sha256)
        return compute_git_blob_id(path, sha256=sha256)

    (tmp_path / "a").write_bytes(b"a")
    os.link(tmp_path / "a", tmp_path / "b")
    monkeypatch.setattr(file_ids, "compute_git_blob_id", count_reading)
    compared = ContentComparison({})
    assert all(compared.has_same_content(tmp_path / name, oid_of(b"a")) for name in ("a", "b", "a"))
    assert read == [False]


def test_holes_are_read_up_to_a_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files of holes that an archive of some kilobytes lays out count as others at last."""
    monkeypatch.setattr(file_ids, "_MOST_HOLES", 5_000_000)
    files = [tmp_path / name for name in "abc"]
    for file in files:
        file.touch()
        os.truncate(file, 2_000_000)
    full = tmp_path / "d"
    full.write_bytes(b"\1" * 2_000_000)
    compared = ContentComparison({})
    assert [compared.has_same_content(file, oid_of(bytes(2_000_000))) for file in files] == [
        True,
        True,
        False,
    ]
    assert compared.has_same_content(full, oid_of(b"\1" * 2_000_000))
    real = full.stat()
    packed = os.stat_result([*real[:10]], {"st_blocks": 0})
    assert file_ids._count_hole_bytes(full, packed) == 0
