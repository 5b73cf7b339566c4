"""Bytes of files; `tests/store/test_files.py` has the same with errors that say what to do."""

from __future__ import annotations

import os
import stat
import subprocess
from pathlib import Path

import pytest

from assess.file_bytes import (
    create_file_atomically,
    read_start_of_regular_file,
    remove_leftover_temporary_files,
    write_file_atomically,
)


def test_only_the_first_bytes_of_regular_files_are_read(tmp_path: Path) -> None:
    """A pipe and a folder are refused at once; a link where the flags say so."""
    (tmp_path / "x").write_bytes(b"abc")
    (tmp_path / "link").symlink_to("x")
    os.mkfifo(tmp_path / "pipe")
    assert read_start_of_regular_file(tmp_path / "link", 2, 0) == b"ab"
    for name, flags in (("pipe", 0), (".", 0), ("link", os.O_NOFOLLOW)):
        with pytest.raises(OSError, match=r"Invalid|symbolic|directory"):
            read_start_of_regular_file(tmp_path / name, 2, flags)


@pytest.mark.parametrize("flush", [True, False])
def test_a_file_is_replaced_with_its_permissions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, flush: bool
) -> None:
    """Nothing else stays in the folder; the disk is asked to confirm only where that is wanted."""
    flushed: list[int] = []
    monkeypatch.setattr(os, "fsync", flushed.append)
    (tmp_path / "x").touch(0o600)
    write_file_atomically(tmp_path / "x", b"new", flush=flush)
    assert (tmp_path / "x").read_bytes() == b"new"
    assert stat.S_IMODE((tmp_path / "x").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["x"]
    assert bool(flushed) is flush


def test_a_check_may_stop_the_renaming(tmp_path: Path) -> None:
    """The old file stays, and no temporary one."""

    def refuse() -> None:
        raise KeyboardInterrupt

    (tmp_path / "x").write_bytes(b"old")
    with pytest.raises(KeyboardInterrupt):
        write_file_atomically(tmp_path / "x", b"new", refuse)
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("x", b"old")]


def test_a_name_that_is_taken_is_not_taken_over(tmp_path: Path) -> None:
    """Of two writers of a new file the second is told."""
    create_file_atomically(tmp_path / "x", b"first")
    with pytest.raises(FileExistsError):
        create_file_atomically(tmp_path / "x", b"second")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("x", b"first")]


def test_what_ended_writers_left_in_a_folder_is_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of this process too, which writes nothing yet; other names and living writers stay."""
    ended = subprocess.Popen(["true"])
    ended.wait()
    end = "0a1b2c3d.tmp"
    stays = {f".x.{os.getppid()}-{end}", ".x.abc.tmp", "x.tmp", f".x.{ended.pid}-0a1b2c3d.txt"}
    goes = {f".x.{os.getpid()}-{end}", f".y.json.{ended.pid}-{end}"}
    for name in stays | goes:
        (tmp_path / name).touch()
    stays.add(f".a.99999999-{end}")
    (tmp_path / f".a.99999999-{end}").mkdir()  # no file: the others are removed all the same
    list_names = os.listdir
    monkeypatch.setattr(os, "listdir", lambda folder: sorted(list_names(folder)))
    remove_leftover_temporary_files(tmp_path)
    remove_leftover_temporary_files(tmp_path / "missing")
    assert {path.name for path in tmp_path.iterdir()} == stays


@pytest.mark.parametrize(
    "name",
    [
        ".x.pdf.20240101-mybackup.tmp",
        ".x.pdf.99999999-0A1B2C3D.tmp",
        ".x.pdf.99999999-0a1b2c3d4.tmp",
        ".x.pdf.99999999-0a1b2c3d.TMP",
        ".x.pdf.old.99999999-0a1b2c3d.tmp",
    ],
)
def test_a_file_of_the_user_with_a_similar_name_stays(tmp_path: Path, name: str) -> None:
    """A file is written into any folder of the user: only our temporary files of it go."""
    (tmp_path / name).write_bytes(b"keep")
    (tmp_path / ".x.pdf.99999999-0a1b2c3d.tmp").touch()
    write_file_atomically(tmp_path / "x.pdf", b"new")
    assert {path.name for path in tmp_path.iterdir()} == {"x.pdf", name}
