"""Files to choose from: only those of the home folder and the workspace."""

from __future__ import annotations

from pathlib import Path

import pytest

from assess.workspace.evidence import file_choice
from assess.workspace.evidence.file_choice import (
    FileEntry,
    complete_path,
    list_browsable_folders,
    list_folder_or_return_file,
)


def names(found: object) -> list[str]:
    """Return the names of a listing."""
    assert isinstance(found, list)
    return [entry.path.name for entry in found if isinstance(entry, FileEntry)]


def test_only_what_is_inside_is_seen(own_home: Path, tmp_path: Path) -> None:
    """Links that lead out, hidden files and broken links are left out; so is the way up out."""
    space, away = tmp_path / "w", tmp_path / "away"
    for folder in (space, away, own_home / "b"):
        folder.mkdir()
    (away / "secret.txt").write_text("x")
    (own_home / "A.txt").write_text("x")
    (own_home / ".ssh").mkdir()
    (own_home / "out").symlink_to(away)
    (own_home / "circle").symlink_to(own_home / "circle")
    within = list_browsable_folders(space)
    assert names(list_folder_or_return_file(own_home, within)) == ["w", "b", "A.txt"]
    assert names(list_folder_or_return_file(own_home / "b", within)) == [own_home.name]
    assert list_folder_or_return_file(away, within) is None
    assert list_folder_or_return_file(own_home / "out" / "secret.txt", within) is None
    assert list_folder_or_return_file(own_home / "A.txt", within) == own_home / "A.txt"
    assert list_folder_or_return_file(own_home / "none", within) is None


def test_a_workspace_in_the_home_folder_stands_there_once(own_home: Path) -> None:
    """It is listed as a folder like others, not a second time as a way to it."""
    space = own_home / "zicha"
    space.mkdir()
    assert names(list_folder_or_return_file(own_home, list_browsable_folders(space))) == ["zicha"]
    deep = own_home / "b" / "zicha"
    deep.mkdir(parents=True)
    assert names(list_folder_or_return_file(own_home, list_browsable_folders(deep))) == [
        "zicha",
        "b",
        "zicha",
    ]


def test_too_large_files_are_marked(own_home: Path, tmp_path: Path) -> None:
    """A file above the limit is shown, and that it can't be taken."""
    with (own_home / "big.bin").open("wb") as stream:
        stream.truncate(51 * 1024 * 1024)
    found = list_folder_or_return_file(own_home, list_browsable_folders(tmp_path))
    assert isinstance(found, list)
    assert [entry.too_large for entry in found if entry.path.name == "big.bin"] == [True]


def test_drives_and_the_last_folder_are_offered(
    own_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stick is listed once something is mounted; so is the folder that one came from."""
    media, last = tmp_path / "media", tmp_path / "扫描件"
    for folder in (media, last, tmp_path / "w"):
        folder.mkdir()
    monkeypatch.setattr(file_choice, "DRIVES", (media, tmp_path / "none"))
    assert media.resolve() not in list_browsable_folders(tmp_path / "w")
    (media / "USB").mkdir()
    within = list_browsable_folders(tmp_path / "w", last)
    assert names(list_folder_or_return_file(own_home, within)) == ["w", "media", "扫描件"]


def test_a_path_is_completed_as_far_as_it_is_clear(own_home: Path) -> None:
    """Up to where names differ, a folder with its slash; hidden ones and other texts stay."""
    for name in ("终端台账.xlsx", "终端照片.png", ".终端"):
        (own_home / name).write_text("x")
    (own_home / "docs").mkdir()
    both = ("终端台账.xlsx", "终端照片.png")
    assert complete_path("~/终") == ("~/终端", both)
    assert complete_path("~/终端台") == ("~/终端台账.xlsx", both[:1])
    assert complete_path(f"{own_home}/d") == (f"{own_home}/docs/", ("docs/",))
    assert complete_path("~/.终").names == (".终端",)
    assert complete_path("~/none/x") == ("~/none/x", ())
    assert complete_path("ev-12345678") == ("ev-12345678", ())


def test_odd_names_are_no_folders(own_home: Path, tmp_path: Path) -> None:
    """A link to a name that is too long, links in a circle, a NUL: nothing breaks."""
    folder = own_home / "odd"
    folder.mkdir()
    (folder / "long").symlink_to("x" * 300)
    (folder / "circle").symlink_to(folder / "circle")
    assert complete_path(f"{folder}/").names == ("circle", "long")
    within = list_browsable_folders(tmp_path, folder / "circle")
    assert folder / "circle" not in within
    for name in ("x" * 300, "a\0b"):
        assert list_folder_or_return_file(folder / name, within) is None
