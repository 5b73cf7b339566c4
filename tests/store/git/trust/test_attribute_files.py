"""What stands where git reads attributes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from assess.errors import WriteError
from assess.store.git.trust.attribute_files import refuse_irregular_attribute_files


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace's folder in a larger repository, with a file where none of ours is."""
    root = tmp_path / "库" / "单位 一"
    (root / "evidence" / "2026").mkdir(parents=True)
    (tmp_path / "库" / ".git").mkdir()
    (root / ".gitattributes").write_text("* text\n", "utf-8")
    (root / "evidence" / ".gitattributes").write_text("* -text\n", "utf-8")
    os.mkfifo(tmp_path / ".gitattributes")
    return root


def test_files_are_fine(root: Path) -> None:
    """Also above, and nothing is looked at beyond the repository."""
    refuse_irregular_attribute_files(root, "en")


@pytest.mark.parametrize(
    ("folder", "cure"),
    [
        (".", "mv .gitattributes gitattributes.old && assess git setup"),
        ("..", "mv ../.gitattributes ../gitattributes.old"),
        ("evidence/2026", "mv evidence/2026/.gitattributes evidence/2026/gitattributes.old"),
    ],
)
@pytest.mark.parametrize("kind", ["link", "pipe", "folder"])
def test_what_is_no_file_is_refused(root: Path, kind: str, folder: str, cure: str) -> None:
    """With the place and how to move it away; the move is all that is needed."""
    path = root / folder / ".gitattributes"
    path.unlink(missing_ok=True)
    if kind == "link":
        path.symlink_to("/etc/hostname")
    elif kind == "pipe":
        os.mkfifo(path)
    else:
        path.mkdir()
    with pytest.raises(WriteError, match="link, a folder or a pipe") as caught:
        refuse_irregular_attribute_files(root, "en")
    assert caught.value.hint == cure
    path.rename(path.with_name("gitattributes.old"))
    refuse_irregular_attribute_files(root, "en")


def test_a_vast_file_is_refused(root: Path) -> None:
    """Git would read it whole, in each of its commands."""
    os.truncate(root / "evidence" / ".gitattributes", (1 << 20) + 1)
    with pytest.raises(WriteError, match=r"evidence/\.gitattributes is larger than"):
        refuse_irregular_attribute_files(root, "en")


def test_pipes_for_names_to_be_ignored_are_refused(root: Path) -> None:
    """Git reads .gitignore on every level; over a link or a folder of the name it passes."""
    path = root / "evidence" / "2026" / ".gitignore"
    path.mkdir()
    refuse_irregular_attribute_files(root, "en")
    path.rmdir()
    os.mkfifo(path)
    with pytest.raises(WriteError, match=r"\.gitignore is a link, a folder or a pipe"):
        refuse_irregular_attribute_files(root, "en")
