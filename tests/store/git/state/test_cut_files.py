"""Files that hold only the beginning of what git has."""

from __future__ import annotations

from pathlib import Path

import pytest

from assess.store.git.snapshot import open_repository_snapshot
from assess.store.git.state import cut_files
from assess.store.git.state.cut_files import find_files_cut_short
from store.git.run.test_commits import sh

WHOLE = b"first line\nsecond line\n"
NAME = "evidence/proof.txt"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository with a committed file."""
    sh(tmp_path, "init", "-q", "-b", "main")
    (tmp_path / "evidence").mkdir()
    (tmp_path / NAME).write_bytes(WHOLE)
    (tmp_path / "evidence/empty").touch()
    (tmp_path / "evidence/link").symlink_to("proof.txt")
    sh(tmp_path, "add", "-A")
    sh(tmp_path, "commit", "-q", "-m", "one")
    return tmp_path


@pytest.mark.parametrize("once", [True, False])
@pytest.mark.parametrize(
    ("data", "is_cut"),
    [
        (b"", True),
        (WHOLE[:5], True),
        (WHOLE[:11], True),
        (WHOLE[:5] + bytes(len(WHOLE) - 5), True),
        (bytes(len(WHOLE)), True),
        (WHOLE, False),
        (WHOLE + b"more", False),
        (b"other", False),
        (WHOLE[:-1] + b"!", False),
    ],
)
def test_the_beginning_of_what_git_has(root: Path, data: bytes, is_cut: bool, once: bool) -> None:
    """Shorter, empty, or without its end, but with nothing of its own."""
    (root / NAME).write_bytes(data)
    expected = [NAME] if is_cut else []
    if once:
        with open_repository_snapshot(root):
            assert find_files_cut_short(root, [NAME]) == expected
    else:
        assert find_files_cut_short(root, [NAME]) == expected


def test_what_is_staged_counts(root: Path) -> None:
    """A merge stages what it brings before it is committed."""
    (root / NAME).write_bytes(WHOLE + b"third line\n")
    sh(root, "add", "-A")
    (root / NAME).write_bytes(WHOLE)
    with open_repository_snapshot(root):
        assert find_files_cut_short(root, [NAME]) == [NAME]


def test_what_is_no_file_of_git_is_none(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A new, missing or empty file, a link, a vast file, and one that can't be read."""
    (root / "evidence/new").write_bytes(b"n")
    names = ["evidence/new", "evidence/gone", "evidence/empty", "evidence/link"]
    assert find_files_cut_short(root, names) == []
    (root / NAME).write_bytes(b"f")
    monkeypatch.setattr(cut_files, "MAX_SIZE", 3)
    assert find_files_cut_short(root, [NAME]) == []
    monkeypatch.undo()

    def fail(*_: object) -> bytes:
        raise OSError

    monkeypatch.setattr(cut_files, "read_start_of_regular_file", fail)
    assert find_files_cut_short(root, [NAME]) == []


def test_before_the_first_commit_and_without_git(tmp_path: Path) -> None:
    """There is nothing to compare with."""
    (tmp_path / "a").write_bytes(b"a")
    assert find_files_cut_short(tmp_path, ["a"]) == []
    sh(tmp_path, "init", "-q")
    assert find_files_cut_short(tmp_path, ["a"]) == []
